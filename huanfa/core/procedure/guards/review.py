"""Conditions of examination, legal review and collective discussion."""

from __future__ import annotations

from datetime import date

from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.discretion import WORKSHEET, approved, departs
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.people import conflicts
from huanfa.core.procedure.standing import Standing

REVIEW = "行政处罚法第五十八条；生态环境行政处罚办法第四十九条"
PANEL = "行政处罚法第五十七条；生态环境行政处罚办法第五十二条"


@guard
def all_six_checked(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A case passes examination only if all six points hold (生态环境行政处罚办法第39条)."""
    if len(set(values.get("checked") or ())) < 6:
        return against("六项审查内容须全部符合才能通过；有不符合的，退回补充", "生态环境行政处罚办法第三十九条", "checked")
    return []


@guard
def all_eight_checked(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Agreement in legal review needs every point of the review to hold (生态环境行政处罚办法第50条)."""
    if len(set(values.get("checked") or ())) < 8:
        return against("审核项目须全部符合才能同意；有不符合的，提出意见退回", "生态环境行政处罚办法第五十条", "checked")
    return []


@guard
def review_required(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Whether this case must be reviewed: every case where the bureau says so, where more than one text of law may govern,
    else the statutory grounds (办法第49条)."""
    if len(facts.regimes(standing, on)) > 1:
        return []
    if facts.settings["legal_review"].get("scope") == "every_case":
        return []
    if standing.value("report_investigation", "review_grounds") or "hold_hearing" in standing.done:
        return []
    return against("本案不属于必须法制审核的情形", REVIEW)


@guard
def reviewed_where_required(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """No decision without a review that agrees and is younger than the last new evidence (办法第49条)."""
    if "legal_review" in standing.done or review_required(standing, facts, values, on):
        return []
    return against("尚未通过法制审核（有新证据或者经过听证的，须重新审核）", REVIEW)


@guard
def discussion_required(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Whether the heads must discuss: complex, by kind, by amount, because a head asks (办法第52条), or because the fine departs
    from the benchmark and the principal head has not approved it (国办发〔2022〕27号第十二项)."""
    rule, report = facts.settings["panel_discussion"], "report_investigation"
    sheet = standing.registered.get(WORKSHEET)
    if sheet is not None and departs(sheet) and not approved(standing, sheet):
        return []
    if standing.value(report, "leader_wants_panel") or "complex" in (standing.value(report, "review_grounds") or ()):
        return []
    if standing.proposal != "penalty":
        return against("本案不属于必须集体讨论的情形", PANEL)
    if set(standing.value(report, "kinds") or ()) & set(rule["kinds"]):
        return []
    # A confiscation weighs by itself: “罚款、没收违法所得、没收非法财物数额在五十万元以上”.
    sums = [standing.value(report, "fine"), standing.value(report, "confiscated")]
    if any(int(one or 0) >= 100 * int(rule["amount"]) for one in sums):
        return []
    return against("本案不属于必须集体讨论的情形", PANEL)


@guard
def discussed_where_required(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A major case is discussed by the heads, again after new facts (生态环境行政处罚办法第52条)."""
    if "discuss" in standing.done or discussion_required(standing, facts, values, on):
        return []
    return against("属于情节复杂或者重大的案件，尚未集体讨论（有新证据、经过申辩或者听证的，须重新讨论）", PANEL)


@guard
def panel_may_vote(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Several heads vote; investigators report and leave the vote to others (案卷评查细则第18项)."""
    if "voters" not in values:
        return []
    voters, out = facts.names(values["voters"]), []
    if len({one.id for one in voters}) < 2:
        out += against("集体讨论不能由一人表决；人数另有规定的，从本机关规定", PANEL, "voters")
    for voter in voters:
        if not any(voter.has_role(role, on) for role in ("leader", "head", "panel_member")):
            out += against(f"{voter.name}当日不是负责人或者案审会成员", PANEL, "voters")
        if voter.id in standing.recused:
            out += against(f"{voter.name}已回避本案", "行政处罚法第四十三条", "voters")
        out += [Reason(one.sentence, one.article, "voters") for one in conflicts("voter", voter, standing.people)]
    return out
