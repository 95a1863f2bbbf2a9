"""The whole chain: is the benchmark in force → method → adjustments → statutory range → rounding → days of a daily fine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

from huanfa.core.discretion.adjustments import Exact, Ground, adjust
from huanfa.core.discretion.amount import fen_text
from huanfa.core.discretion.benchmark import Benchmark, GradeTable, RowTable, Table, WeightTable
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.methods import METHODS
from huanfa.core.discretion.result import Computation, Line
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.sums import daily_fine


def compute(benchmark: Benchmark, table_id: str, findings: Findings, *, on: date, statute: Statute | None = None) -> Computation:
    """Return the amount that `findings` give by one table of `benchmark`, with every line.

    `on` is the day whose benchmark is wanted: that of the conduct, or of the decision where the new law is milder.
    `statute` is the range the amount is held to; left out, the range printed with the table is taken where there is one.
    Raises NoRule (not in force, no formula, unknown table), NotAllowed with every reason at once.
    """
    benchmark.must_cover(on)
    table = benchmark.table(table_id)
    statute = statute or printed_statute(table, findings)
    reasons: list[Reason] = []
    drawn = METHODS[type(table)](table, findings, benchmark, statute, reasons)
    amount, lines, mitigated = drawn.amount, drawn.lines, False
    if findings.adjustments:
        ground = Ground(statute, drawn.low, drawn.high)
        amount, more, mitigated = adjust(benchmark, _outside_the_table(table, findings), amount, ground, reasons)
        lines += more
    if drawn.per and statute is not None and statute.units not in (1, findings.units):
        reasons.append(Reason(f"按每{drawn.per}计罚，两处填写的数量不一致：{statute.units}、{findings.units}", table.source, "units"))
    if reasons:
        raise NotAllowed(dict.fromkeys(reasons))
    if statute is not None and drawn.fined:
        amount = _clamp(amount, statute, mitigated, lines)
    fen = _round(amount, benchmark, lines)
    units, per = _units(statute, findings, drawn.per)
    if units > 1:
        fen = _each(fen, units, per, statute.article if statute else table.source, lines)
    if findings.daily:
        fen = _daily(fen, findings.daily, lines)
    ranged = isinstance(table, (RowTable, GradeTable)) and drawn.low != drawn.high
    return Computation(
        benchmark=benchmark.id, title=benchmark.title, table=table_id, offence=table.offence, column=drawn.column, amount=fen,
        low=_whole(drawn.low) * units if ranged else fen, high=_whole(drawn.high) * units if ranged else fen,
        base=drawn.base, lines=tuple(lines),
        legal_low=statute.low * units if statute else None, legal_high=statute.high * units if statute else None,
        unestablished=tuple(drawn.unestablished), warning=drawn.warning, optional=drawn.optional, refs=benchmark.refs,
    )


def printed_statute(table: Table, findings: Findings) -> Statute | None:
    """The statutory range that the benchmark prints with the table, where it is clear which one; None otherwise."""
    place = -1
    if isinstance(table, WeightTable):
        column = next((one for one in table.columns if one.name == findings.column or len(table.columns) == 1), None)
        place = column.statutory if column else -1
    if place < 0 and len(table.statutory) == 1:
        place = 0
    if place < 0 or place >= len(table.statutory):
        return None
    printed = table.statutory[place]
    if not printed.fines or printed.shape == "only_min":
        return None
    if printed.unit != "yuan":
        quantity = _counted(table, findings)
        if quantity is None:
            return None
        low, high = printed.bounds(quantity)
        highest = _whole(high)
        return Statute(min(ceil(low), highest), highest, _basis(table))
    return Statute(int(printed.low) if printed.shape != "only_max" else 0, int(printed.high), _basis(table))


def _counted(table: Table, findings: Findings) -> int | None:
    """The quantity as it counts: at least the floor that the table prints."""
    if findings.quantity is None:
        return None
    if isinstance(table, WeightTable):
        column = next((one for one in table.columns if one.name == findings.column or len(table.columns) == 1), None)
        return max(findings.quantity, column.of_floor) if column and column.of else None
    of = (isinstance(table, RowTable) and any(one.of for one in table.targets)) or (isinstance(table, GradeTable) and bool(table.of))
    return findings.quantity if of else None


def _basis(table: Table) -> str:
    return table.basis[0] if table.basis else table.source


def _outside_the_table(table: Table, findings: Findings) -> Findings:
    """Without the coefficients that the table itself has used up."""
    if not (isinstance(table, GradeTable) and table.midpoint_step is not None):
        return findings
    return replace(findings, adjustments=tuple(one for one in findings.adjustments if one.id != "within"))


def _clamp(amount: Exact, statute: Statute, mitigated: bool, lines: list[Line]) -> Exact:
    """Hold the amount inside the statutory range; below it only where it was mitigated. A line of its own."""
    if amount > statute.high:
        held, why = statute.high, "高于法定上限，按上限"
    elif amount < statute.low and not mitigated:
        held, why = statute.low, "低于法定下限，没有减轻处罚的情形，按下限"
    else:
        return amount
    lines.append(Line("clamp", "法定幅度", why, f"{fen_text(amount)} → {fen_text(held)}", statute.article, None, held - amount))
    return held


def _round(amount: Exact, benchmark: Benchmark, lines: list[Line]) -> int:
    """Round where the benchmark says how; else only what is less than a fen is dropped, since money has no smaller unit."""
    if benchmark.rounding == "half_up_yuan":
        yuan = (2 * Fraction(amount) + 100) // 200
        rounded, label, told, cited = int(yuan) * 100, "取整", "四舍五入到元", f"《{benchmark.title}》{benchmark.rounding_article}"
    else:
        rounded, label, told, cited = _whole(amount), "以分为止", "不足一分的部分舍去（裁量规则没有规定取整）", ""
    if rounded != amount:
        lines.append(Line("rounding", label, told, f"{fen_text(amount)} → {fen_text(rounded)}", cited, None, rounded - amount))
    return rounded


def _whole(amount: Exact) -> int:
    return amount if isinstance(amount, int) else amount.numerator // amount.denominator


def _units(statute: Statute | None, findings: Findings, per: str) -> tuple[int, str]:
    """How many the amount is for, and of what: as the table counts them, else as the law does."""
    if per:
        return findings.units or 1, per
    return (statute.units, statute.per) if statute else (1, "")


def _each(fen: int, units: int, per: str, source: str, lines: list[Line]) -> int:
    total, told = fen * units, f"每{per}计罚，共{units}{per}"
    lines.append(Line("units", "计罚数量", told, f"{fen_text(fen)} × {units} ＝ {fen_text(total)}", source, None, total - fen))
    return total


def _daily(fen: int, days: tuple[date, date], lines: list[Line]) -> int:
    ordered_on, found_on = days
    try:
        count, total = daily_fine(fen, ordered_on, found_on)
    except ValueError as error:
        raise NotAllowed([Reason(f"{error}。", "按日连续处罚办法第十七条", "daily")]) from None
    told = f"责令改正决定书送达次日至复查发现之日（{ordered_on}次日至{found_on}，含当日）共{count}日"
    cited = "生态环境法典第一千零六十条；按日连续处罚办法第十七条、第十九条"
    lines.append(Line("daily", "按日连续处罚", told, f"{fen_text(fen)} × {count} ＝ {fen_text(total)}", cited, None, total - fen))
    return total
