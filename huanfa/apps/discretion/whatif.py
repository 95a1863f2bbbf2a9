"""What would change the result: every other level of every factor, really computed. And the lines with their running total."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from huanfa.apps.discretion import tables
from huanfa.core.discretion import compute
from huanfa.core.discretion.amount import fen_text
from huanfa.core.discretion.benchmark import Benchmark, GradeTable, RowTable, Table
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.result import Computation, Line
from huanfa.core.errors import HuanfaError, NotAllowed
from huanfa.core.money import figures

CHOOSE = "须在该档幅度内另行选定"


@dataclass(frozen=True)
class Other:
    """Another choice and what it gives (fen); `told` where it gives no figure. `now`: the one that was found."""

    name: str
    weight: str
    now: bool
    amount: int | None
    change: int
    told: str


@dataclass(frozen=True)
class Reckoned:
    """A line of the computation with what it moves and the total so far, both as text ("" where it moves nothing)."""

    line: Line
    moved: str
    total: str


def lines(computation: Computation) -> list[Reckoned]:
    """The lines of a computation with their running total."""
    found, total = [], Fraction(0)
    for line in computation.lines:
        moved = Fraction(line.change) + (line.share * computation.base if line.share is not None else 0)
        total += moved
        told = line.share is not None or line.change != 0
        found.append(Reckoned(line, _signed(moved) if told else "", _yuan(total) if told else ""))
    return found


def others(
    benchmark: Benchmark, table: Table, findings: Findings, computation: Computation, *, on: date, statute: Statute | None
) -> list[tuple[str, list[Other]]]:
    """For each factor its levels, each with the amount it would give, all else as found."""

    def tried(name: str, weight: str, now: bool, **changed: Any) -> Other:
        if now:
            return Other(name, weight, True, computation.amount, 0, "")
        try:
            other = compute(benchmark, table.id, replace(findings, **changed), on=on, statute=statute)
        except NotAllowed as refusal:
            chosen = any(one.field == "chosen" for one in refusal.reasons)
            return Other(name, weight, False, None, 0, CHOOSE if chosen else "与其他各项不能同时成立")
        except HuanfaError as refusal:
            return Other(name, weight, False, None, 0, str(refusal))
        return Other(name, weight, False, other.amount, other.amount - computation.amount, "警告" if not other.amount else "")

    out = []
    columns = tables.columns(table)
    if len(columns) > 1:
        out.append(("处罚对象" if isinstance(table, (RowTable, GradeTable)) else "适用栏", [
            tried(name, weight, name == findings.column, column=name) for name, weight in columns
        ]))
    if findings.override:
        rest: Iterable[tuple[str, list[tuple[str, str]]]] = ()
    else:
        rest = zip(tables.factor_names(table), tables.choices(table), strict=True)
    for factor, levels in rest:
        without = {name: value for name, value in findings.measures.items() if name != factor}
        now = _level_of(table, findings, factor)
        out.append((factor, [
            tried(name, weight, name == now, levels={**findings.levels, factor: name}, measures=without) for name, weight in levels
        ]))
    if isinstance(table, GradeTable):
        reached = [one for one in table.grades if set(one.any_of) & set(findings.circumstances)]
        top = max((one.grade for one in reached), default=0)
        out.append(("等级", [
            tried(f"第{one.grade}级", one.fine.text, one in reached and one.grade == top, circumstances=one.any_of[:1])
            for one in table.grades
        ]))
    return [(factor, rows) for factor, rows in out if len(rows) > 1]


def _level_of(table: Table, findings: Findings, factor: str) -> str:
    """The level that counts for a factor: as found, as measured, or the lowest."""
    if factor in findings.levels or isinstance(table, RowTable):
        return findings.levels.get(factor, "")
    known = next(one for one in tables.factors_of(table) if one.name == factor)
    if factor in findings.measures:
        return known.level_for(*findings.measures[factor]).name
    return known.lowest.name if known.lowest else ""


def _yuan(value: Fraction) -> str:
    """A running total; a part of a fen is only told as such."""
    return fen_text(value) if value.denominator == 1 else f"约{figures(round(value))}元"


def _signed(value: Fraction) -> str:
    return f"{'－' if value < 0 else '＋'}{_yuan(abs(value))}"
