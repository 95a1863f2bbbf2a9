"""Conditions of the decision itself: the proposal it follows, no heavier than notified, the amount, the law in force."""

from __future__ import annotations

from datetime import date

from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.evidence import MILDER, within_the_law
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.standing import Standing

FOUR_OUTCOMES = "行政处罚法第五十七条；生态环境行政处罚办法第五十三条"
DECISION_TERM = "行政处罚法第六十条；生态环境行政处罚办法第五十七条"


def _proposal_is(standing: Standing, wanted: str, words: str) -> list[Reason]:
    if standing.proposal == wanted:
        return []
    return against(f"调查报告的处理建议不是“{words}”；要改变处理，退回重新报告", FOUR_OUTCOMES)


@guard
def proposal_is_penalty(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A penalty follows a proposal of a penalty that was examined and notified (行政处罚法第57条)."""
    return _proposal_is(standing, "penalty", "给予行政处罚")


@guard
def proposal_is_no_penalty(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """No penalty for a minor breach follows such a proposal (行政处罚法第33、57条)."""
    return _proposal_is(standing, "no_penalty", "依法不予行政处罚")


@guard
def proposal_is_unfounded(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Facts that cannot be established end the case (行政处罚法第57条)."""
    return _proposal_is(standing, "unfounded", "违法事实不能成立")


@guard
def proposal_is_crime(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A suspected crime is referred (行政处罚法第57条)."""
    return _proposal_is(standing, "crime", "涉嫌犯罪，移送司法机关")


@guard
def no_heavier_than_notified(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The decision is not heavier than what the party was told and answered to (行政处罚法第44、45条)."""
    article = "行政处罚法第四十四条、第四十五条"
    out: list[Reason] = []
    for key, label in (("fine", "罚款"), ("confiscated", "没收金额")):
        told = standing.value("report_investigation", key) or 0
        if int(values.get(key) or 0) > int(told):
            out += against(f"{label}高于告知书所载；确需加重的，退回重新报告、重新告知，且不得因申辩加重", article, key)
    extra = set(values.get("kinds") or ()) - set(standing.value("report_investigation", "kinds") or ())
    if extra:
        out += against("处罚种类超出告知书所载；须重新告知", article, "kinds")
    return out


@guard
def fine_as_law_allows(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Kinds and amount of the decision fit the provision applied (行政处罚法第9、32条)."""
    if not values:
        return []
    report = "report_investigation"
    measure = {key: standing.value(report, key) for key in ("fine_base", "fine_units")}
    return within_the_law(
        facts,
        facts.chosen_regime(standing, on),
        {**measure, **values},
        tier=str(standing.value(report, "tier") or ""),
        mitigated=bool(standing.value(report, "mitigation")),
    )


@guard
def law_named_still_governs(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """If the law changed after the report, or two texts may govern, the choice is on record and confirmed (从旧兼从轻)."""
    reported = standing.day("report_investigation")
    if reported is None or len(facts.regimes(standing, on)) < 2:
        return []
    if len(facts.regimes(standing, reported)) < 2 or not standing.value("report_investigation", "regime_reason"):
        return against("调查报告之后法律有变化，须退回重新报告，写明从旧兼从轻的比较", MILDER)
    if not (standing.value("legal_review", "milder_choice") and standing.value("legal_review", "milder_reason")):
        return against("适用的法律（从旧兼从轻）尚未经法制审核人员记明并说明理由", MILDER)
    return []


@guard
def decision_term_still_runs(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The ninety days are extended before they run out (生态环境行政处罚办法第57条)."""
    ends = facts.due(standing, "decide_within")
    if ends and ends.due and on > ends.due:
        return against(f"办案期限已于{ends.due}届满，不能再延长；请尽快作出决定，逾期情况记入案卷", DECISION_TERM)
    return []


@guard
def extension_at_most_thirty_days(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The second extension is at most thirty days (生态环境行政处罚办法第57条)."""
    days = values.get("days")
    if days is not None and not 1 <= int(days) <= 30:
        return against("第二次延长不得超过三十日，至少一日", DECISION_TERM, "days")
    return []
