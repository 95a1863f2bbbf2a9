"""What each table comes to, held against the law: its own lowest and highest, the range printed with it, the ranges of both
regimes. A table may stay below the statutory minimum (the computation lifts it); that is told, not repaired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from huanfa.core.discretion.amount import Span, decimal, percent
from huanfa.core.discretion.benchmark import (
    Benchmark,
    Factor,
    GradeTable,
    LevelTable,
    RowTable,
    ScaledTable,
    Table,
    WeightTable,
    rests_on,
)
from huanfa.core.errors import Fault
from huanfa.core.money import figures
from huanfa.core.offences import Offence


@dataclass(frozen=True, slots=True)
class Extent:
    """The lowest and highest that one column or target of a table can give: fen, or multiples and parts of `of`."""

    table: str
    column: str
    low: Fraction
    high: Fraction
    unit: str
    of: str
    printed: Span | None
    regimes: tuple[tuple[str, str, str], ...]
    remarks: tuple[str, ...]

    @property
    def text(self) -> str:
        """Lowest and highest in words."""
        return f"{_say(self.low, self.unit)}至{_say(self.high, self.unit)}" + (f"（{self.of}）" if self.of else "")


def extents(benchmark: Benchmark, offences: Iterable[Offence] = ()) -> list[Extent]:
    """Every column of every table with its extent, the printed range, and the texts of both regimes it may be used under."""
    known = list(offences)
    return [one for table in benchmark.tables.values() for one in extents_of(table, known)]


def extents_of(table: Table, offences: Iterable[Offence]) -> list[Extent]:
    """The extents of one table."""
    regimes = _regimes(table, offences)
    if isinstance(table, WeightTable):
        return [_weighted(table, place, regimes) for place in range(len(table.columns))] if table.complete else []
    if isinstance(table, RowTable):
        return [one for place in range(len(table.targets)) if (one := _rowed(table, place, regimes))]
    if isinstance(table, GradeTable):
        fines = [grade.fine for grade in table.grades if grade.fine.fines]
        people = [grade.person for grade in table.grades if grade.person and grade.person.fines]
        sides = (("", fines, table.of), ("对个人罚款", people, table.person_of))
        return [_spanned(table, name, spans, of, regimes) for name, spans, of in sides if len({one.unit for one in spans}) == 1]
    return []


def faults_of(benchmark: Benchmark) -> list[Fault]:
    """What is wrong inside the tables: weights that fall or can never reach 100 %, levels with gaps or overlaps, ranges
    outside the printed one."""
    out = []
    for table in benchmark.tables.values():
        for sentence in _faults(table):
            out.append(Fault(table.file, table.line, f"{table.id}：{sentence}"))
    return out


def _faults(table: Table) -> list[str]:
    out = []
    if isinstance(table, (WeightTable, ScaledTable, LevelTable)):
        for factor in table.factors:
            out += _joins(factor)
            if any(level.points < 0 for level in factor.levels.values()):
                out.append(f"要素“{factor.name}”有负的权重")
    if isinstance(table, WeightTable) and table.complete and table.cap is not None:
        highest = max(column.start + sum(_most(factor) for factor in table.factors) for column in table.columns)
        if highest < table.cap:
            out.append(f"各要素取最高档也只有{percent(highest)}，达不到{percent(table.cap)}")
    if isinstance(table, GradeTable):
        order = [grade.grade for grade in table.grades]
        if order != sorted(order):
            out.append("等级没有从低到高排列")
    for one in extents_of(table, ()):
        if one.printed and one.printed.unit == one.unit and one.high > one.printed.high:
            out.append(f"最高{_say(one.high, one.unit)}超出所印法定幅度{one.printed.text}")
    return out


def _joins(factor: Factor) -> list[str]:
    """Gaps and overlaps between measured levels of the same unit, in the order of the table."""
    measured = [level for level in factor.levels.values() if level.bounds and not level.bounds.exactly]
    out = []
    for before, after in pairwise(measured):
        low, high = before.bounds, after.bounds
        assert low is not None and high is not None
        if low.unit == high.unit and low.high is not None and high.low is not None and low.high != high.low:
            out.append(f"要素“{factor.name}”的“{before.name}”与“{after.name}”之间{'有空档' if low.high < high.low else '重叠'}")
    return out


def _most(factor: Factor) -> Fraction:
    return max((level.share for level in factor.levels.values()), default=Fraction(0))


def _weighted(table: WeightTable, place: int, regimes: tuple[tuple[str, str, str], ...]) -> Extent:
    column = table.columns[place]
    low = column.start + sum((factor.lowest.share for factor in table.factors if factor.lowest), Fraction(0))
    high = column.start + sum((_most(factor) for factor in table.factors), Fraction(0))
    if table.floor is not None:
        low = max(low, table.floor)
    if table.cap is not None:
        high = min(high, table.cap)
    printed = table.statutory[column.statutory] if 0 <= column.statutory < len(table.statutory) else None
    if column.maximum:
        return _extent(table, column.name, low * column.maximum, high * column.maximum, "yuan", "", printed, regimes)
    unit = "times" if column.times else "percent"
    return _extent(table, column.name, low * column.rate, high * column.rate, unit, column.of, printed, regimes)


def _rowed(table: RowTable, place: int, regimes: tuple[tuple[str, str, str], ...]) -> Extent | None:
    target = table.targets[place]
    spans = [row.fines[place] for row in (*table.rows, *table.overrides) if row.fines[place].fines]
    units = {one.unit for one in spans}
    if len(units) != 1:
        return None     # no fine, or yuan and multiples mixed: there is no one lowest
    name = target.name if len(table.targets) > 1 else ""
    return _spanned(table, name, spans, target.of if units != {"yuan"} else "", regimes)


def _spanned(table: Table, name: str, spans: list[Span], of: str, regimes: tuple[tuple[str, str, str], ...]) -> Extent:
    low, high = min(Fraction(one.low) for one in spans), max(Fraction(one.high) for one in spans)
    unit = spans[0].unit
    printed = table.statutory[0] if len(table.statutory) == 1 and table.statutory[0].unit == unit else None
    return _extent(table, name, low, high, unit, of if unit != "yuan" else "", printed, regimes)


def _extent(
    table: Table, column: str, low: Fraction, high: Fraction, unit: str, of: str, printed: Span | None,
    regimes: tuple[tuple[str, str, str], ...],
) -> Extent:
    remarks = []
    if printed is not None and printed.unit == unit:
        if low < printed.low:
            remarks.append(f"最低{_say(Fraction(low), unit)}低于法定下限{_say(Fraction(printed.low), unit)}，计算时提高至下限")
        if high > printed.high:
            remarks.append(f"最高{_say(Fraction(high), unit)}高于法定上限{_say(Fraction(printed.high), unit)}，计算时降至上限")
        if high < printed.high and low >= printed.low:
            remarks.append("没有用到法定上限")
    return Extent(table.id, column, Fraction(low), Fraction(high), unit, of, printed, regimes, tuple(remarks))


def _regimes(table: Table, offences: Iterable[Offence]) -> tuple[tuple[str, str, str], ...]:
    """(offence, from, fine) of every text of every offence that one of the table's provisions punishes."""
    found = []
    for offence in offences:
        if any(rests_on(table.articles, regime.punished_by) for regime in offence.regimes):
            found += [(offence.name, regime.from_.isoformat(), regime.fine.text) for regime in offence.regimes]
    return tuple(found)


def _say(value: Fraction, unit: str) -> str:
    if unit == "yuan":
        return f"{figures(int(value))}元"
    return percent(value) if unit == "percent" else f"{decimal(value)}倍"
