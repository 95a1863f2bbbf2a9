"""Stepped amounts inside a grade (阶梯): a base, so much for each further pollutant, so much for each step of exceedance.

The text that has such grades does not say whether steps count from nought or from the threshold of the grade. So the
officer states the reading, and the exceedances are those counted by it; without a stated reading this refuses.
"""

from __future__ import annotations

from fractions import Fraction

from huanfa.core.discretion.amount import decimal, fen_text
from huanfa.core.discretion.benchmark import Increment, Steps
from huanfa.core.discretion.findings import Findings
from huanfa.core.discretion.result import Line
from huanfa.core.errors import Reason


def stepped(steps: Steps, findings: Findings, source: str, reasons: list[Reason]) -> tuple[int, list[Line]]:
    """Return the amount in fen and its lines; what is missing goes into `reasons`."""
    if not findings.excess:
        reasons.append(Reason("该等级按超标因子和超标数阶梯增加，请填写超标情况", source, "excess"))
    if steps.unclear and not findings.reading:
        reasons.append(Reason(f"{steps.unclear}请在说明中写明采用的算法", source, "excess"))
    if reasons:
        return 0, []
    kinds = {one.kind: one for one in steps.increments}
    lines = [Line("steps", "阶梯起点", findings.reading, fen_text(steps.base), source, None, steps.base)]
    total = steps.base
    for found in findings.excess:
        rule = kinds.get(found.kind)
        if rule is None:
            reasons.append(Reason(f"该等级没有“{found.kind}”这一类，只有{'、'.join(kinds)}", source, "excess"))
            continue
        if found.extra:
            added = rule.extra * found.extra
            arithmetic = f"{found.extra} × {fen_text(rule.extra)}"
            lines.append(Line("steps", f"{rule.kind}：增加的因子", f"{found.extra}个", arithmetic, source, None, added))
            total += added
        for value, unit in found.values:
            count, add, told = _count(rule, value, unit)
            if count is None:
                units = "、".join(one for one in (rule.of, rule.alt_of) if one)
                reasons.append(Reason(f"“{rule.kind}”的超标数应以{units}为单位", source, "excess"))
                continue
            lines.append(Line("steps", f"{rule.kind}：超标", told, f"{count} × {fen_text(add)}", source, None, count * add))
            total += count * add
    kept = min(max(total, steps.low), steps.high)
    if kept != total:
        told = f"该等级为{fen_text(steps.low)}至{fen_text(steps.high)}"
        lines.append(Line("steps", "阶梯上下限", told, f"{fen_text(total)} → {fen_text(kept)}", source, None, kept - total))
    return kept, lines


def _count(rule: Increment, value: Fraction, unit: str) -> tuple[int | None, int, str]:
    """How many steps a value makes, what each adds, and the value in words."""
    if unit in (rule.of, "倍") and not (unit == "倍" and rule.of != "超标倍数"):
        size, add, rounding = rule.size, rule.add, rule.rounding
    elif rule.alt_of and unit in (rule.alt_of, "pH", "pH单位"):
        size, add, rounding = rule.alt_size, rule.alt_add, rule.alt_rounding
    else:
        return None, 0, ""
    parts = value / size
    if rounding == "ceil":
        return -(-parts.numerator // parts.denominator), add, f"{decimal(value)}{unit}，每{decimal(size)}，向上取整"
    return int(parts + Fraction(1, 2)), add, f"{decimal(value)}{unit}，每{decimal(size)}，四舍五入"
