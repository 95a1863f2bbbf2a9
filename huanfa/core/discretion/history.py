"""A party's earlier decisions, and how many of them count within a window: 首次, 近二年同类违法行为."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huanfa.core.discretion.benchmark import Lookback


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier decision on the same party: its day, and what it was about."""

    on: date
    offence: str
    name: str
    number: str = ""


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_the_same(earlier: Iterable[Earlier], offence: str, *, back: Lookback, act_on: date, found_on: date) -> tuple[Earlier, ...]:
    """The earlier decisions on the same offence that a benchmark's window holds: back from the act or from its discovery."""
    ends = found_on if back.start == "discovery" else act_on
    begins = months_before(ends, back.months)
    last = ends if back.day_included else date.fromordinal(ends.toordinal() - 1)
    return tuple(one for one in earlier if one.offence == offence and begins <= one.on <= last)
