"""The investigation report: how the case was investigated, what was found, on what evidence, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from huanfa.demo import weighing
from huanfa.demo.wording.base import Values, provider, taken_on, words_for

if TYPE_CHECKING:
    from huanfa.demo.story import Script


@words_for("report_investigation")
def _report(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    plan, told = script.plan, script.matter
    values: Values = {
        "course": _course(script, bool(given.get("again"))), "facts": told.facts, "evidence": _evidence(script), "proposal": plan.proposal,
        "regime": plan.regime, "benchmark_text": told.weigh, "leader_wants_panel": plan.panel,
    }
    if plan.regime_reason:
        values["regime_reason"] = plan.regime_reason
    if plan.proposal == "no_penalty":
        listed = "已核对不予处罚清单，各项条件都具备，" if told.listed else ""
        why = f"当事人初次违法，危害后果轻微，经责令后已及时改正并经复查确认，{listed}拟不予行政处罚。"
        return {**values, "no_penalty_ground": "first", "benchmark_text": why}
    values["kinds"] = list(plan.kinds)
    if plan.fine:
        values["fine"] = plan.fine * 100
    if plan.units:
        values["fine_units"] = plan.units
    if reason := plan.scale.get("mitigation"):
        values["mitigation"] = reason
    return values


def weighed(script: Script, step: str, values: Values) -> Values:
    """A step's words with what the worksheet in force says, which is known only when the step is taken."""
    if step == "report_investigation" and "fine" in values.get("kinds", ()):
        return {**values, "benchmark_text": weighing.grounds(script.pk, values["benchmark_text"])}
    if step == "legal_review" and script.plan.milder and "milder_choice" in values:
        return {**values, "milder_reason": f"逐项比较：{weighing.compared(script.pk)}。{script.plan.milder}"}
    return values


def _course(script: Script, again: bool) -> str:
    names = "、".join(script.crew[name].name for name in script.plan.pair)
    titles = {
        "inspect_site": "现场检查", "interview": "调查询问", "collect_evidence": "收集书证和视听资料", "tell_test_result": "告知监测结果",
        "order_correction": "责令改正", "recheck_correction": "复查改正情况",
    }
    done = sorted((script.days[step], title) for step, title in titles.items() if step in script.days)
    steps = "、".join(f"{day:%-m月%-d日}{title}" for day, title in done)
    more = "退回后按意见补充核对了证据的取得时间和来源，完善了裁量说明，事实和处理建议未变。" if again else ""
    return f"{script.days['file']:%Y年%-m月%-d日}立案后，由执法人员{names}承办，{steps}。当事人配合调查。{more}"


def _evidence(script: Script) -> list[dict[str, str]]:
    bureau = "武汉市生态环境局江汉区分局"
    rows = [
        ("现场检查（勘察）笔录", script.days["inspect_site"], bureau, script.matter.violation),
        (f"{script.staff}的调查询问笔录", script.days["interview"], bureau, "违法行为的经过、起止时间和原因"),
    ]
    gathered = script.days["collect_evidence"]
    rows += [
        (name, taken_on(script, kind, gathered), provider(script, kind, name), proves) for kind, name, proves in script.matter.proofs
    ]
    if script.plan.apology:
        _, name, proves = weighing.APOLOGY
        rows.append((name, script.days["apology"], script.party.name, proves))
    return [{"name": name, "taken_on": str(day), "provider": by, "proves": proves} for name, day, by, proves in rows]
