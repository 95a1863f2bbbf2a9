"""A year's decided cases computed again under another benchmark: what would change, and which cases it cannot say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from huanfa.core.discretion.benchmark import Benchmark
from huanfa.core.discretion.compute import compute
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.result import Computation
from huanfa.core.errors import HuanfaError, NoRule


@dataclass(frozen=True, slots=True)
class Past:
    """A decided case with the findings it was computed from; `fine` decided and `computed` by the benchmark, in fen."""

    key: int
    name: str
    on: date
    table: str
    findings: Findings
    statute: Statute | None
    computed: int
    fine: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """What another benchmark gives for a case; `now` None and `why` the sentence where it gives nothing."""

    past: Past
    now: Computation | None
    why: str = ""

    @property
    def change(self) -> int | None:
        """The difference to what was computed then, in fen."""
        return self.now.amount - self.past.computed if self.now else None


def replay(past: Iterable[Past], benchmark: Benchmark, *, on: date) -> list[Replayed]:
    """Compute every case again under `benchmark` as of `on`. A case whose findings it does not know is said, not guessed."""
    return [_again(one, benchmark, on) for one in past]


def _again(past: Past, benchmark: Benchmark, on: date) -> Replayed:
    try:
        again = compute(benchmark, past.table, replace(past.findings, evidence={}), on=on, statute=past.statute)
        _must_know(again, past.findings)
    except HuanfaError as error:
        return Replayed(past, None, str(error))
    return Replayed(past, again)


def _must_know(again: Computation, findings: Findings) -> None:
    """Factors that only the other benchmark has were never looked at: the lowest level must not be taken for them."""
    if unseen := [name for name in again.unestablished if name not in findings.unestablished]:
        raise NoRule(f"原案没有认定{'、'.join(unseen)}，不能按{again.table}重算。")
