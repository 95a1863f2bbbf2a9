"""Conditions of the lead and of filing: competence, the four conditions, the limitation period, the handlers."""

from __future__ import annotations

from datetime import date

from huanfa.core.calendar.terms import due
from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.people import Officer, conflicts
from huanfa.core.procedure.standing import Standing, day_of

FOUR = ("evidence", "punishable", "competence", "in_time")


@guard
def conduct_dates_in_order(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Conduct begins before it ends and ends before it is found (行政处罚法第36条 counts from its end)."""
    begun, ended, found = (day_of(values.get(key)) for key in ("conduct_from", "conduct_until", "found_on"))
    out = []
    if begun and ended and ended < begun:
        out += against("违法行为终了日期早于开始日期，请核对", "行政处罚法第三十六条", "conduct_until")
    if ended and found and ended > found:
        out += against("违法行为终了日期晚于发现日期；仍在继续的，填发现日期", "行政处罚法第三十六条", "conduct_until")
    if ended and facts.offence and not any(regime.governs(ended) for regime in facts.offence.regimes):
        out += against(f"规则包中没有“{facts.offence.name}”在{ended}适用的条文，请核对日期或者补充规则", "", "conduct_until")
    return out


@guard
def filing_review_still_runs(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """An extension is granted within the fifteen days, and once (生态环境行政处罚办法第18条)."""
    article = "生态环境行政处罚办法第十八条"
    clock, ends = standing.running("filing_review"), facts.due(standing, "filing_review")
    if clock and clock.extended_by:
        return against("立案审查期限已经延长过一次", article)
    if ends and ends.late(on):
        return against(f"立案审查期限已于{ends.due}届满，不能再延长；请决定是否立案", article)
    return []


@guard
def four_conditions_met(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """All four conditions of filing together (生态环境行政处罚办法第19条)."""
    if "conditions" in values and not set(FOUR) <= set(values["conditions"] or ()):
        return against("四项立案条件须全部具备；有一项不具备的，办理“不予立案”", "生态环境行政处罚办法第十九条", "conditions")
    return []


@guard
def within_competence(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """An offence that another department punishes is filed only on a written authority (生态环境行政处罚办法第13条)."""
    offence = facts.offence
    if offence and offence.enforced_by != "ecology" and values and not values.get("authority_to_act"):
        body = offence.other_body or "其他部门"
        return against(
            f"“{offence.name}”由{body}处罚。本机关立案须填写指定管辖的文件；没有文件的，办理“移送有管辖权的机关”",
            "生态环境行政处罚办法第十三条、第十六条",
            "authority_to_act",
        )
    return []


@guard
def not_time_barred(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Two years, five where pollution or damage resulted (行政处罚法第36条；生态环境法典第1054条).

    Which period governs environmental harm done before the Code is unsettled: then both are shown and the handler has
    to state the reading.
    """
    ended, found = standing.day("register_lead", "conduct_until"), standing.day("register_lead", "found_on")
    if ended is None or found is None:
        return []
    harm = bool(standing.value("register_lead", "harm"))
    two = due(facts.terms["limitation"], ended, facts.calendar).due
    five = due(facts.terms["limitation_harm"], ended, facts.calendar).due
    assert two and five
    article = "行政处罚法第三十六条；生态环境法典第一千零五十四条"
    if found > (five if harm else two):
        return against(f"违法行为终了于{ended}，至发现时（{found}）已超过追责期限，不能立案", article)
    if harm and found > two and values and not values.get("limitation_note"):
        return against(f"按二年计算追责期限至{two}，按五年计算至{five}，须说明适用哪一个", article, "limitation_note")
    return []


@guard
def handlers_named(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """At least two handlers with valid cards who have not examined, reviewed or chaired the case (行政处罚法第42条)."""
    article = "行政处罚法第四十二条；生态环境行政处罚办法第十条"
    if "handlers" not in values:
        return []
    named = facts.names(values["handlers"])
    out = [] if len({one.id for one in named}) >= 2 else against("承办人不得少于两名", article, "handlers")
    return out + unfit(standing, named, on, "handlers")


def unfit(standing: Standing, officers: list[Officer], on: date, field: str) -> list[Reason]:
    """Why any of these officers may not act as an investigator of the case on that day."""
    article, out = "行政处罚法第四十二条；生态环境行政处罚办法第十条", []
    for officer in officers:
        if not officer.has_role("officer", on):
            out.append(Reason(f"{officer.name}当日不是执法人员", article, field))
        if fault := officer.card_fault(on):
            out.append(Reason(fault, article, field))
        if officer.id in standing.recused:
            out.append(Reason(f"{officer.name}已回避本案", "行政处罚法第四十三条", field))
        out += [Reason(one.sentence, one.article, field) for one in conflicts("investigator", officer, standing.people)]
    return out
