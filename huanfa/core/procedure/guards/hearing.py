"""Conditions of notice, defence and hearing: the party's rights and their time."""

from __future__ import annotations

from datetime import date

from huanfa.core.calendar.terms import due
from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.people import conflicts
from huanfa.core.procedure.standing import Standing, day_of

HEARING = "行政处罚法第六十三条；生态环境行政处罚办法第四十六条"
DEFENCE = "行政处罚法第四十五条；生态环境行政处罚办法第四十四条"


@guard
def proposal_can_be_notified(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Notice goes before a penalty or a no-penalty decision, not before the other two outcomes (行政处罚法第44条)."""
    if standing.proposal in ("unfounded", "crime"):
        return against("处理建议是违法事实不能成立或者移送司法机关，不需要事先告知", "行政处罚法第五十七条")
    return []


@guard
def hearing_right(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Whether the proposed penalty gives a right to a hearing: by kind, or by amount (生态环境行政处罚办法第46、89条).

    The article names citizens and organisations; for an individual business the lower amount is taken, which protects it.
    """
    rule, report = facts.settings["hearing"], "report_investigation"
    kinds = set(standing.value(report, "kinds") or ())
    if standing.proposal == "penalty" and kinds & set(rule["kinds"]):
        return []
    person = facts.party_kind in ("person", "individual_business")
    threshold = 100 * int(rule["amount_person" if person else "amount_organisation"])
    largest = max(int(standing.value(report, key) or 0) for key in ("fine", "confiscated"))
    if standing.proposal == "penalty" and largest >= threshold:
        return []
    return against("拟作出的处罚没有达到听证的范围", HEARING)


@guard
def has_hearing_right(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """As hearing_right, for the request itself (行政处罚法第63条)."""
    return hearing_right(standing, facts, values, on)


@guard
def hearing_asked_in_time(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A hearing is asked for within five working days of the notice (生态环境行政处罚办法第47条)."""
    ends, asked = facts.due(standing, "hearing_request"), day_of(values.get("received_on"))
    if ends and asked and ends.late(asked):
        return against(f"要求听证的期限已于{ends.due}届满", "行政处罚法第六十四条；生态环境行政处罚办法第四十七条", "received_on")
    return []


@guard
def hearing_not_waived(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """An express waiver of the hearing is recorded and stands (生态环境行政处罚办法第44条)."""
    return against("当事人已书面放弃听证", HEARING) if "hearing_waived" in standing.marks else []


@guard
def chair_is_no_investigator(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The chair has not investigated this case and is not recused (行政处罚法第64条)."""
    out: list[Reason] = []
    for chair in facts.names(values.get("chair")):
        if not chair.has_role("hearing_chair", on):
            out += against(f"{chair.name}当日不是听证主持人", "行政处罚法第六十四条", "chair")
        if chair.id in standing.recused:
            out += against(f"{chair.name}已回避本案", "行政处罚法第四十三条", "chair")
        out += [Reason(one.sentence, one.article, "chair") for one in conflicts("hearing_chair", chair, standing.people)]
    return out


@guard
def hearing_notified_in_time(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Seven full working days between notice and hearing, the careful reading (生态环境行政处罚办法第47条)."""
    hearing_on, served = day_of(values.get("hearing_on")), day_of(values.get("served_on"))
    if not hearing_on or not served:
        return []
    latest = due(facts.terms["hearing_notice"], hearing_on, facts.calendar)
    article = "行政处罚法第六十四条；生态环境行政处罚办法第四十七条"
    if latest.provisional:
        return against(latest.why_provisional + "听证日期请定在已载入的年份", article, "hearing_on")
    if latest.due and served > latest.due:
        return against(f"在{hearing_on}听证的，通知最迟须在{latest.due}送达", article, "hearing_on")
    return []


@guard
def hearing_on_the_day_notified(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The hearing is held on the day told to the party, not earlier (行政处罚法第64条)."""
    told = standing.day("notify_hearing", "hearing_on")
    if told and on != told:
        return against(f"听证已通知在{told}举行；改期的，重新送达听证通知书", "行政处罚法第六十四条")
    return []


@guard
def defence_over_or_waived(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Five working days have run out, or the party has expressly waived; silence is no waiver (办法第44条)."""
    if "serve_notice" not in standing.done:
        return against("尚未送达事先告知书", "行政处罚法第四十四条")
    if "waive_defence" in standing.done:
        return []
    ends = facts.due(standing, "defence")
    if ends is None or not ends.elapsed(on):
        until = f"到{ends.due}届满" if ends and ends.due else "尚未届满"
        why = ends.why_provisional if ends else ""
        return against(f"当事人陈述申辩的五个工作日{until}，期满次日起或者当事人明确放弃后才能决定。{why}", DEFENCE)
    return []


@guard
def defence_reviewed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """What the party brought forward has been reviewed, point by point (行政处罚法第45条)."""
    if "record_defence" in standing.done and "review_defence" not in standing.done:
        return against("当事人的陈述申辩尚未复核", DEFENCE)
    return []


@guard
def hearing_over_or_waived(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A hearing that was asked for is held and reported; a right not used has run out or been waived."""
    if "request_hearing" in standing.done:
        return [] if "report_hearing" in standing.done else against("当事人要求听证，听证尚未完成", HEARING)
    if "serve_notice" not in standing.done or hearing_right(standing, facts, {}, on):
        return []
    ends = facts.due(standing, "hearing_request")
    if "hearing_waived" in standing.marks or (ends and ends.elapsed(on)):
        return []
    until = f"到{ends.due}届满" if ends and ends.due else "尚未届满"
    return against(f"当事人要求听证的五个工作日{until}，期满次日起或者明确放弃听证后才能决定", HEARING)
