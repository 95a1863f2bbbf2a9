"""Like cases (同案同罚): the nearest decided cases by offence and factors, why each was chosen, and the spread of their fines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from huanfa.core.errors import Reason
from huanfa.core.money import figures

ARTICLE = "行政处罚法第五条、第三十四条"
NEAR = Fraction(1, 2)
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided case as it is compared: its offence, table, column, levels found, and its fine in fen."""

    key: int
    name: str
    number: str
    on: date
    offence: str
    table: str
    column: str
    levels: Mapping[str, str]
    fine: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A near case: how far (0 the same findings, 1 nothing in common), which factors agree and which do not."""

    case: Decided
    distance: Fraction
    same: tuple[str, ...]
    other: tuple[tuple[str, str, str], ...]

    @property
    def why(self) -> str:
        """Why this one was chosen, in words."""
        words = f"同一案由、同一裁量表，{len(self.same)}项认定相同" if self.same else "同一案由"
        if self.other:
            words += "；不同：" + "，".join(f"{name}（该案“{theirs or '未认定'}”）" for name, _, theirs in self.other)
        return words


@dataclass(frozen=True, slots=True)
class Spread:
    """The fines of the near cases, in fen."""

    count: int
    low: int
    middle: int
    high: int

    def holds(self, fine: int) -> bool:
        """Whether a fine lies inside."""
        return self.low <= fine <= self.high

    @property
    def text(self) -> str:
        """The spread in words."""
        return f"{self.count}件，{figures(self.low)}元至{figures(self.high)}元，中位{figures(self.middle)}元"


def nearest(this: Decided, pool: Iterable[Decided], *, most: int = 8) -> tuple[Neighbour, ...]:
    """The nearest decided cases of the same offence, nearest first, newer before older."""
    found = [_near(this, one) for one in pool if one.offence == this.offence and one.key != this.key]
    return tuple(sorted(found, key=lambda one: (one.distance, -one.case.on.toordinal(), one.case.key))[:most])


def spread(neighbours: Sequence[Neighbour]) -> Spread | None:
    """The spread of the near ones (at most half of the findings differ); None with fewer than three: too few to tell."""
    fines = sorted(one.case.fine for one in neighbours if one.distance <= NEAR)
    if len(fines) < ENOUGH:
        return None
    middle = (fines[(len(fines) - 1) // 2] + fines[len(fines) // 2]) // 2
    return Spread(len(fines), fines[0], middle, fines[-1])


def outside(fine: int, around: Spread | None, reason: str) -> list[Reason]:
    """A fine outside the spread of like cases needs a reason."""
    if around is None or around.holds(fine) or reason.strip():
        return []
    return [Reason(f"罚款{figures(fine)}元在类案范围（{around.text}）之外，须写明理由", ARTICLE, "likeness_reason")]


def _near(this: Decided, other: Decided) -> Neighbour:
    if (this.table, this.column) != (other.table, other.column):
        return Neighbour(other, Fraction(1), (), ())
    names = list(dict.fromkeys([*this.levels, *other.levels]))
    same = tuple(name for name in names if this.levels.get(name) == other.levels.get(name))
    differ = tuple((name, this.levels.get(name, ""), other.levels.get(name, "")) for name in names if name not in same)
    return Neighbour(other, Fraction(len(differ), len(names)) if names else Fraction(0), same, differ)
