"""Benchmarks and findings for tests of fines: tables opened once, everything at its lowest or highest, money in yuan."""

from dataclasses import replace
from datetime import date
from typing import Any

from huanfa.core.discretion import Benchmark, Computation, Findings, Statute, compute, library
from huanfa.core.discretion.benchmark import WeightTable
from huanfa.core.discretion.findings import Applied
from huanfa.core.errors import NotAllowed, Reason

YUAN = 100
ON = date(2024, 3, 4)       # Guangdong 2022 is in force
EARLIER = date(2021, 3, 4)  # Jiangmen 2020 is

GUANGDONG = library.load("guangdong/2022")
JIANGMEN = library.load("jiangmen/2020")


def dated(benchmark_id: str) -> Benchmark:
    """A benchmark whose day of beginning is in no text at hand, with one lent to it so that its arithmetic can be seen."""
    return replace(library.load(benchmark_id), begins=date(2021, 1, 1))


def weights(table_id: str) -> WeightTable:
    """A weight table of Guangdong."""
    table = GUANGDONG.table(table_id)
    assert isinstance(table, WeightTable)
    return table


def lowest(table: WeightTable) -> dict[str, str]:
    """Every factor at its lowest level."""
    return {one.name: min(one.levels.values(), key=lambda level: level.share).name for one in table.factors}


def highest(table: WeightTable) -> dict[str, str]:
    """Every factor at its highest level."""
    return {one.name: max(one.levels.values(), key=lambda level: level.share).name for one in table.factors}


def fine(benchmark: Benchmark, table_id: str, *, on: date = ON, statute: Statute | None = None, **found: Any) -> Computation:
    """The computation of findings told by name; `quantity` and `chosen` in yuan."""
    for key in ("quantity", "chosen"):
        if found.get(key) is not None:
            found[key] *= YUAN
    return compute(benchmark, table_id, Findings(**found), on=on, statute=statute)


def yuan(computation: Computation) -> int:
    """The amount in whole yuan; a part of a yuan would be a fault of the test."""
    whole, rest = divmod(computation.amount, YUAN)
    assert not rest
    return whole


def statute(low: int, high: int, **more: Any) -> Statute:
    """A statutory range in yuan."""
    return Statute(low * YUAN, high * YUAN, "示例法第一条", **more)


def moved(adjustment: str, value: Any = None, reason: str = "理由", **more: Any) -> tuple[Applied, ...]:
    """One adjustment, as findings carry it."""
    return (Applied(adjustment, value, reason, **more),)


def kinds(computation: Computation) -> list[str]:
    """The kinds of the lines, in order."""
    return [line.kind for line in computation.lines]


def why(refused: NotAllowed) -> list[Reason]:
    """The reasons; each of them is a sentence that says something."""
    for reason in refused.reasons:
        assert len(reason.sentence) > 8 and "None" not in reason.sentence, reason
    return list(refused.reasons)
