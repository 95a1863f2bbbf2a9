"""What moves a figure inside its range, or below it: position, severe, lenient, mitigated, apology, coefficients, grade shift.

Each benchmark lists its own in the order in which they are applied; here is the arithmetic of each kind. Exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huanfa.core.discretion.amount import YUAN, Span, decimal, fen_text, percent, share
from huanfa.core.discretion.benchmark import Adjustment, Benchmark
from huanfa.core.discretion.findings import POSITIONS, Applied, Findings, Statute
from huanfa.core.discretion.result import Line
from huanfa.core.errors import Reason

Exact = Fraction | int


@dataclass(frozen=True, slots=True)
class Ground:
    """What an adjustment may look at: the statutory range and the range of the benchmark, in fen."""

    statute: Statute | None
    low: Exact
    high: Exact


def settle(
    span: Span, low: Exact, high: Exact, findings: Findings, benchmark: Benchmark, source: str, reasons: list[Reason]
) -> tuple[Exact, Line]:
    """Return the figure inside a printed range by the benchmark's rule of position, with its line.

    Where the rule leaves room the officer's `chosen` figure is taken; what it does not say is refused, not guessed.
    """
    if span.shape == "fixed":
        return low, Line("position", "定额", "裁量表规定的是固定数额", fen_text(low), source, None, low)
    rule = next((one for one in benchmark.adjustments if one.kind == "position"), None)
    if rule is None:
        return _picked(findings, low, high, "幅度内选定", source, reasons)
    position = findings.position or str(rule.data.get("default", "ordinary"))
    if span.shape == "range" and rule.data.get("ordinary") == "open" and position != "severe":
        return _picked(findings, low, high, f"裁量情节：{POSITIONS[position]}", _cited(benchmark, rule), reasons)
    label, cited = f"裁量情节：{POSITIONS[position]}", _cited(benchmark, rule)
    if span.shape in ("only_max", "only_min"):
        known = rule.data.get(span.shape, {})
        end = high if span.shape == "only_max" else low
        if position not in known:
            only = "最高" if span.shape == "only_max" else "最低"
            sentence = f"只规定{only}数额的，裁量规则没有写{POSITIONS[position]}怎样取值；请按裁量基准外的情形提请集体讨论"
            reasons.append(Reason(sentence, cited, "position"))
            return 0, Line("position", label, "", "", cited)
        part = share(str(known[position]))
        told = f"{percent(part)} × {fen_text(end)}" if part < 1 else f"{decimal(part)} × {fen_text(end)}"
        return end * part, Line("position", label, "取规定的比例", told, cited, None, end * part)
    middle = Fraction(low + high, 2)
    if position == "ordinary":
        told = f"（{fen_text(low)}＋{fen_text(high)}）÷2"
        return middle, Line("position", label, "取幅度的中间值", told, cited, None, middle)
    if position == "severe" and rule.data.get("severe") == "top":
        return high, Line("position", label, "取该等级的最高额", fen_text(high), cited, None, high)
    if position == "lenient":
        return _picked(findings, low, middle, label, cited, reasons, open_end=True)
    return _picked(findings, middle, high, label, cited, reasons, open_end=benchmark.interval == "in_out")


def _picked(
    findings: Findings, low: Exact, high: Exact, label: str, source: str, reasons: list[Reason], *, open_end: bool = False
) -> tuple[Exact, Line]:
    chosen = findings.chosen
    words = f"{fen_text(low)}以上、{'低于' if open_end else '不超过'}{fen_text(high)}"
    if chosen is None:
        reasons.append(Reason(f"请在幅度内选定数额：{words}", source, "chosen"))
        return 0, Line("position", label, "", "", source)
    if not (low <= chosen < high if open_end else low <= chosen <= high):
        reasons.append(Reason(f"选定的{fen_text(chosen)}不在{words}之内", source, "chosen"))
    return chosen, Line("position", label, f"在{words}之间选定", fen_text(chosen), source, None, chosen)


def adjust(
    benchmark: Benchmark, findings: Findings, amount: Exact, ground: Ground, reasons: list[Reason]
) -> tuple[Exact, list[Line], bool]:
    """Apply the adjustments found, in the benchmark's order. Returns the amount, their lines, whether it was mitigated."""
    wanted = {one.id: one for one in findings.adjustments}
    known = {one.id: one for one in benchmark.adjustments}
    for one in findings.adjustments:
        if one.id not in known or known[one.id].kind == "position":
            reasons.append(Reason(f"《{benchmark.title}》没有“{one.id}”这一调整规则", "", "adjustments"))
        elif not one.reason.strip():
            reasons.append(Reason(f"适用“{known[one.id].gist or one.id}”须写明理由", _cited(benchmark, known[one.id]), "adjustments"))
        if one.to_max and one.id in known and not known[one.id].data.get("to_max_after_discussion"):
            reasons.append(Reason(f"“{one.id}”没有规定可以直接取法定最高额", _cited(benchmark, known[one.id]), "adjustments"))
    if len(wanted) < len(findings.adjustments):
        reasons.append(Reason("同一调整规则只能适用一次", "", "adjustments"))
    kinds = {known[one].kind for one in wanted if one in known}
    severe = "severe" in kinds or findings.position == "severe"
    if severe and (kinds & {"lenient", "mitigated"} or findings.position == "lenient"):
        reasons.append(Reason("从重与从轻（减轻）不能同时计算，须衡量后择一适用", "", "adjustments"))
    lines, mitigated = [], False
    for rule in benchmark.adjustments:
        if rule.id in wanted and rule.kind not in ("position", "grade_shift"):
            after, told, arithmetic = _APPLY[rule.kind](rule, wanted[rule.id], amount, ground, benchmark, reasons)
            lines.append(Line("adjustment", told, wanted[rule.id].reason, arithmetic, _cited(benchmark, rule), None, after - amount))
            amount, mitigated = after, mitigated or rule.kind == "mitigated"
    return amount, lines, mitigated


def shifts(benchmark: Benchmark, findings: Findings) -> list[Adjustment]:
    """The grade shifts that were found."""
    wanted = {one.id for one in findings.adjustments}
    return [one for one in benchmark.adjustments if one.kind == "grade_shift" and one.id in wanted]


def _cited(benchmark: Benchmark, rule: Adjustment) -> str:
    return f"《{benchmark.title}》{rule.article}"


def _part_of_statute(
    rule: Adjustment, applied: Applied, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str]:
    """A part, at most so much, of the statutory maximum or minimum: in fen, and in words."""
    most = share(str(rule.data["at_most"]))
    value = most if applied.value is None else applied.value
    name = "法定最高额" if rule.data["of"] == "max" else "法定最低额"
    if ground.statute is None:
        reasons.append(Reason(f"按{name}的比例调整，须先确定法定罚款幅度", _cited(benchmark, rule), "statute"))
        return 0, ""
    if applied.value is None and rule.data.get("unclear"):
        sentence = f"规定的“一般不超过{percent(most)}”怎样计算没有写明，请填写采用的比例"
        reasons.append(Reason(sentence, _cited(benchmark, rule), "adjustments"))
    if not 0 < value <= most:
        reasons.append(Reason(f"调整比例{percent(value)}超出规定的{percent(most)}", _cited(benchmark, rule), "adjustments"))
    end = ground.statute.high if rule.data["of"] == "max" else ground.statute.low
    return end * value, f"{percent(value)} × {name}{fen_text(end)}"


def _severe(
    rule: Adjustment, applied: Applied, amount: Exact, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str, str]:
    if applied.to_max and ground.statute and rule.data.get("to_max_after_discussion"):
        return ground.statute.high, "从重：经集体讨论取法定最高额", f"{fen_text(amount)} → {fen_text(ground.statute.high)}"
    added, told = _part_of_statute(rule, applied, ground, benchmark, reasons)
    return amount + added, "从重", f"{fen_text(amount)} ＋ {told} ＝ {fen_text(amount + added)}"


def _lenient(
    rule: Adjustment, applied: Applied, amount: Exact, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str, str]:
    cut, told = _part_of_statute(rule, applied, ground, benchmark, reasons)
    after = max(amount - cut, 0)
    return after, "减轻" if rule.kind == "mitigated" else "从轻", f"{fen_text(amount)} － {told} ＝ {fen_text(after)}"


def _apology(
    rule: Adjustment, applied: Applied, amount: Exact, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str, str]:
    low, high = share(str(rule.data["low"])), share(str(rule.data["high"]))
    value = low if applied.value is None and low == high else applied.value
    rates = [share(str(rate)) for _, rate in rule.data.get("rates", ())]
    if value is None or not low <= value <= high or (rates and value not in rates):
        words = "、".join(percent(one) for one in rates) if rates else percent(low) if low == high else f"{percent(low)}至{percent(high)}"
        reasons.append(Reason(f"公开道歉承诺从轻的比例应为{words}", _cited(benchmark, rule), "adjustments"))
        value = low
    cut = amount * value
    arithmetic = f"{fen_text(amount)} × （1－{percent(value)}） ＝ {fen_text(amount - cut)}"
    most = rule.data.get("cut_at_most")
    if most is not None and cut > most * YUAN:
        cut = most * YUAN
        arithmetic = f"{fen_text(amount)} － {fen_text(cut)}（减少额的上限） ＝ {fen_text(amount - cut)}"
    return amount - cut, "公开道歉承诺从轻", arithmetic


def _coefficient(
    rule: Adjustment, applied: Applied, amount: Exact, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str, str]:
    step, total = share(str(rule.data["step"])), _sum_of_coefficients(rule, applied, benchmark, reasons)
    after: Exact = amount * (1 + step * total)
    if after < 0:
        reasons.append(Reason("调整系数总和使罚款成为负数，请核对", _cited(benchmark, rule), "adjustments"))
    return after, "调整系数", f"{fen_text(amount)} × （1 ＋ {percent(step)} × {decimal(total)}） ＝ {fen_text(after)}"


def _midpoint_coefficient(
    rule: Adjustment, applied: Applied, amount: Exact, ground: Ground, benchmark: Benchmark, reasons: list[Reason]
) -> tuple[Exact, str, str]:
    total = _sum_of_coefficients(rule, applied, benchmark, reasons)
    return midpoint(share(str(rule.data["step"])), total, ground)


def midpoint(step: Fraction, total: Fraction, ground: Ground) -> tuple[Exact, str, str]:
    """Middle of the range + width × step × Σ coefficients."""
    middle, width = Fraction(ground.low + ground.high, 2), ground.high - ground.low
    after = middle + width * step * total
    return after, "中限加系数", f"{fen_text(middle)} ＋ {fen_text(width)} × {percent(step)} × {decimal(total)} ＝ {fen_text(after)}"


def _sum_of_coefficients(rule: Adjustment, applied: Applied, benchmark: Benchmark, reasons: list[Reason]) -> Fraction:
    if applied.value is None:
        reasons.append(Reason("请填写调整系数的总和", _cited(benchmark, rule), "adjustments"))
    return applied.value or Fraction(0)


_Apply = Callable[[Adjustment, Applied, Exact, Ground, Benchmark, list[Reason]], tuple[Exact, str, str]]
_APPLY: Mapping[str, _Apply] = {
    "severe": _severe, "lenient": _lenient, "mitigated": _lenient, "apology": _apology, "coefficient": _coefficient,
    "midpoint_coefficient": _midpoint_coefficient,
}
KINDS = ("position", "grade_shift", *_APPLY)
_NEEDS = {
    "severe": ("at_most", "of"), "lenient": ("at_most", "of"), "mitigated": ("at_most", "of"), "apology": ("low", "high"),
    "coefficient": ("step",), "midpoint_coefficient": ("step",), "position": (), "grade_shift": (),
}


def fault_of(raw: Mapping[str, Any]) -> str:
    """What is wrong with an adjustment of a rule file, "" if nothing is."""
    missing = [key for key in _NEEDS[raw["kind"]] if key not in raw]
    if missing:
        return f"调整规则 {raw.get('id')} 缺少 {'、'.join(missing)}"
    if raw.get("of", "max") not in ("max", "min"):
        return f"调整规则 {raw.get('id')} 的 of 只能是 max、min"
    try:
        parts = [share(str(raw[key])) for key in ("at_most", "low", "high", "step") if key in raw]
        parts += [share(str(value)) for key in ("only_max", "only_min") for value in raw.get(key, {}).values()]
    except ValueError as error:
        return f"调整规则 {raw.get('id')}：{error}"
    return "" if all(part > 0 for part in parts) else f"调整规则 {raw.get('id')} 的比例须大于零"
