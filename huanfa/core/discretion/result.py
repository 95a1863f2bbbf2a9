"""What a computation gives back: the amount, and the lines that lead there. The reasons are the result."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from huanfa.core.cite import RuleRef


class Line(NamedTuple):
    """One line of the reckoning.

    `told` is what was found or which rule applies, `sum` the arithmetic, `source` the article, table and row. A line moves
    the amount by `share` × the base or by `change` fen (exact); the lines of a computation add up to its amount.
    """

    kind: str
    label: str
    told: str
    sum: str
    source: str
    share: Fraction | None = None
    change: Fraction | int = 0

    def as_data(self) -> dict[str, Any]:
        """The line as JSON can carry it; exact numbers as text."""
        data = {"kind": self.kind, "label": self.label, "told": self.told, "sum": self.sum, "source": self.source}
        if self.share is not None:
            data["share"] = str(self.share)
        if self.change:
            data["change"] = str(self.change)
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Line:
        """Read a line back."""
        share = Fraction(data["share"]) if "share" in data else None
        return cls(
            data["kind"], data["label"], data["told"], data["sum"], data["source"], share, Fraction(data.get("change", 0))
        )


@dataclass(frozen=True, slots=True)
class Computation:
    """An amount by a benchmark, in fen, with every line that leads to it.

    `low`/`high`: the range the benchmark leaves (fen; equal for one figure). `legal_low`/`legal_high`: the statutory range,
    None where none was given. `base` (fen, exact) is what the shares of the lines are taken of. `unestablished` names the
    factors taken at their lowest level. `warning`: a warning goes with or instead of the fine.
    """

    benchmark: str
    title: str
    table: str
    offence: str
    column: str
    amount: int
    low: int
    high: int
    base: Fraction | int
    lines: tuple[Line, ...]
    legal_low: int | None = None
    legal_high: int | None = None
    unestablished: tuple[str, ...] = ()
    warning: bool = False
    optional: bool = False
    refs: tuple[RuleRef, ...] = ()

    def total(self) -> Fraction:
        """What the lines add up to, in fen."""
        return sum((Fraction(one.change) + (one.share * self.base if one.share is not None else 0) for one in self.lines), Fraction(0))

    def as_data(self) -> dict[str, Any]:
        """The computation as JSON can carry it."""
        return {
            "benchmark": self.benchmark, "title": self.title, "table": self.table, "offence": self.offence, "column": self.column,
            "amount": self.amount, "low": self.low, "high": self.high, "base": str(self.base),
            "legal_low": self.legal_low, "legal_high": self.legal_high, "unestablished": list(self.unestablished),
            "warning": self.warning, "optional": self.optional, "lines": [line.as_data() for line in self.lines],
            "rules": [ref.as_data() for ref in self.refs],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Computation:
        """Read a computation back as it was stored; nothing is computed anew."""
        return cls(
            data["benchmark"], data["title"], data["table"], data["offence"], data["column"], data["amount"], data["low"],
            data["high"], Fraction(data["base"]), tuple(Line.from_data(line) for line in data["lines"]),
            data["legal_low"], data["legal_high"], tuple(data["unestablished"]), data["warning"], data["optional"],
            tuple(RuleRef(ref["file"], ref["version"], ref["sha256"]) for ref in data["rules"]),
        )
