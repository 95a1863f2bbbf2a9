"""Conditions of the investigation: two officers, service, testing, preserved evidence, the report, the law applied."""

from __future__ import annotations

from datetime import date

from huanfa.core.calendar.terms import due
from huanfa.core.errors import Reason
from huanfa.core.offences import Regime, check_fine
from huanfa.core.offences.words import KINDS
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.filing import unfit
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.standing import Standing, day_of

TWO = "行政处罚法第四十二条；生态环境行政处罚办法第十条"
MILDER = "行政处罚法第三十七条；生态环境法典第一千零五十七条"


@guard
def two_valid_officers(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """No fewer than two officers, each of the case, with a card valid that day (行政处罚法第42条)."""
    if "officers" not in values:
        return []
    named = facts.names(values["officers"])
    out = [] if len({one.id for one in named}) >= 2 else against("执法人员不得少于两人", TWO, "officers")
    return out + unfit(standing, named, on, "officers")


@guard
def two_valid_handlers(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """At the decision two handlers with valid cards are still on the case (行政处罚法第42条)."""
    valid = [one for one in facts.names(list(standing.handlers)) if not unfit(standing, [one], on, "")]
    if len(valid) < 2:
        return against("具备资格的承办人不足两人，请先变更承办人", TWO)
    return []


@guard
def service_proven(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Each way of service has its proof and its day (生态环境行政处罚办法第59、60条；民事诉讼法第89—95条)."""
    mode, served = values.get("service_mode"), day_of(values.get("served_on"))
    out: list[Reason] = []
    if mode and mode != "direct" and not values.get("service_note"):
        out += against("留置、委托、邮寄、电子、转交、公告送达须在备注中写明凭证", "生态环境行政处罚办法第五十九条", "service_note")
    if mode == "electronic" and not standing.value("confirm_address", "electronic"):
        out += against("当事人没有签确认书同意电子送达", "行政处罚法第六十一条；生态环境行政处罚办法第六十条", "service_mode")
    if mode == "announcement" and served:
        announced = day_of(values.get("announced_on"))
        if announced is None:
            return out
        until = due(facts.terms["announcement"], announced, facts.calendar)
        if until.due and served < until.due:
            out += against(f"公告送达自{announced}起满三十日视为送达，最早为{until.due}", "民事诉讼法第九十五条", "served_on")
    return out


@guard
def evidence_gathered(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Facts are found by evidence before anything is proposed (行政处罚法第40、46条)."""
    if not {"inspect_site", "interview", "collect_evidence", "tell_test_result"} & set(standing.done):
        return against("尚无任何证据：请先办理现场检查、调查询问或者收集其他证据", "行政处罚法第四十条、第四十六条")
    return []


@guard
def test_result_told(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A test result is told to the party (生态环境行政处罚办法第29条)."""
    if "entrust_test" in standing.done and "tell_test_result" not in standing.done:
        return against("已委托监测（检测、鉴定），结果尚未告知当事人", "生态环境行政处罚办法第二十九条")
    return []


@guard
def nothing_preserved(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Preserved evidence is disposed of before more is done with the case (行政处罚法第56条)."""
    if standing.running("preserved_evidence"):
        return against("先行登记保存的证据尚未处理", "行政处罚法第五十六条；生态环境行政处罚办法第三十三条")
    return []


@guard
def preserved_evidence_disposed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """As nothing_preserved, for the report and the decision (行政处罚法第56条)."""
    return nothing_preserved(standing, facts, values, on)


@guard
def amount_as_law_allows(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The kinds proposed are in the provision and the fine inside its range (行政处罚法第9、32条)."""
    if values.get("proposal") != "penalty":
        return []
    regime = facts.chosen_regime(standing, on, str(values.get("regime", "conduct")))
    tier = str(values.get("tier") or "")
    out = within_the_law(facts, regime, values, tier=tier, mitigated=bool(values.get("mitigation")))
    if regime and "fine" in (values.get("kinds") or ()) and not tier and regime.fine.only_if and not values.get("condition_met"):
        sentence = f"本条以“{regime.fine.only_if}”为罚款前提，须写明该情形已经具备的事实；不具备的，只能责令改正"
        out += against(sentence, facts.cite(regime.punished_by), "condition_met")
    return out


def within_the_law(facts: Facts, regime: Regime | None, values: Values, *, tier: str, mitigated: bool) -> list[Reason]:
    """Why kinds and amount do not fit the text applied ([] if they do)."""
    if facts.offence is None or regime is None:
        return against("适用的法律在所选日期没有相应条文，请核对“适用的法律”", MILDER, "regime")
    kinds, out = set(values.get("kinds") or ()), []
    if not kinds:
        return against("请选择处罚种类", "行政处罚法第九条", "kinds")
    if outside := sorted(kinds - set(regime.kinds)):
        names = "、".join(KINDS.get(one, one) for one in outside)
        out += against(f"所引条文没有规定这一处罚种类：{names}", "行政处罚法第三十八条", "kinds")
    if "fine" in kinds and not outside:
        reason = check_fine(
            regime,
            int(values.get("fine") or 0),
            facts.party_kind,
            tier,
            mitigated=mitigated,
            base=values.get("fine_base"),
            units=values.get("fine_units"),
            titles=facts.titles,
        )
        out += [reason] if reason else []
    return out


@guard
def order_refused_first(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """“拒不改正的，处……”: first a served order to correct and a re-check that finds it not obeyed."""
    if values.get("proposal") != "penalty" or "fine" not in (values.get("kinds") or ()):
        return []
    regime = facts.chosen_regime(standing, on, str(values.get("regime", "conduct")))
    if regime and regime.needs_refusal(str(values.get("tier") or "")) and "refused_correction" not in standing.marks:
        sentence = "本条以“拒不改正”为处罚前提：须先送达责令改正决定书，复查确认未改正"
        return against(sentence, facts.cite(regime.punished_by), "kinds")
    return []


@guard
def milder_law_named(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Where more than one text may govern, the report says which applies and why (从旧兼从轻)."""
    if not values or len(facts.regimes(standing, on)) < 2 or values.get("regime_reason"):
        return []
    return against("行为时与决定时的法律不同，须写明适用哪一个以及从旧兼从轻的比较", MILDER, "regime_reason")


@guard
def milder_law_confirmed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The reviewer records which text is milder and why; the choice is human (从旧兼从轻)."""
    if values.get("opinion_kind") != "agree" or len(facts.regimes(standing, on)) < 2:
        return []
    choice, out = values.get("milder_choice"), []
    if not choice:
        out += against("本案可能适用的法律不止一个，同意前须记明适用哪一个", MILDER, "milder_choice")
    if not values.get("milder_reason"):
        out += against("须写明从旧兼从轻的比较和理由", MILDER, "milder_reason")
    applied = standing.value("report_investigation", "regime")
    if choice and applied and (choice == "decision") != (applied == "decision"):
        out += against("与调查报告适用的法律不一致；认为应当适用另一个的，提出意见退回重新报告", MILDER, "milder_choice")
    return out
