"""Where a case stands, folded from its entries, and the questions that guards and pages ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from huanfa.core.calendar.terms import Due, Pause, Term, due
from huanfa.core.calendar.workdays import Calendar

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Done:
    """A step that stands: the entry that brought it into force, its legal date, and what was filled in."""

    step: str
    seq: int
    on: date
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature in the row of a step: who, in which slot, when, with which words."""

    slot: str
    officer: int
    name: str
    on: date
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step proposed and not yet signed by all."""

    step: str
    seq: int
    values: Mapping[str, Any]
    signed: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A period that was opened in this case. `ended` is "" while it runs, else "closed" or "cancelled"."""

    term: str
    start: date
    opened_by: str
    seq: int
    pauses: tuple[Pause, ...] = ()
    paused_by: tuple[str, ...] = ()
    extended_by: int = 0
    ended: str = ""
    closed_on: date | None = None
    closed_by: str = ""

    @property
    def runs(self) -> bool:
        """Whether the period is still open (perhaps standing still)."""
        return not self.ended

    @property
    def stands_still(self) -> bool:
        """Whether the period is open and excluded time is running."""
        return self.runs and any(pause.end is None for pause in self.pauses)

    def due(self, term: Term, calendar: Calendar) -> Due:
        """When it ends, with what is known now."""
        return due(term, self.start, calendar, pauses=self.pauses, extended_by=self.extended_by)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands after some entries. Frozen: every act gives a new one. `registered`: the latest record of each kind
    that is no step (a worksheet, a check of the no-fine list, an exhibit)."""

    done: Mapping[str, Done] = field(default_factory=dict)
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    registered: Mapping[str, Done] = field(default_factory=dict)
    handlers: frozenset[int] = NOBODY
    people: Mapping[str, frozenset[int]] = field(default_factory=dict)
    recused: frozenset[int] = NOBODY
    paid: int = 0
    seq: int = 0
    last_on: date | None = None
    stage: str = ""
    ended: str = ""

    def value(self, step: str, key: str, default: Any = None) -> Any:
        """What was filled in for `key` when `step` was taken; `default` if the step does not stand."""
        done = self.done.get(step)
        return done.values.get(key, default) if done else default

    def day(self, step: str, key: str = "") -> date | None:
        """The legal date of a step that stands, or the date filled in under `key`."""
        done = self.done.get(step)
        if done is None:
            return None
        return day_of(done.values.get(key)) if key else done.on

    def clock(self, term: str) -> Clock | None:
        """The latest clock of that term that was not cancelled, running or closed."""
        return next((one for one in reversed(self.clocks) if one.term == term and one.ended != "cancelled"), None)

    def running(self, term: str) -> Clock | None:
        """The running clock of that term, if there is one."""
        return next((one for one in reversed(self.clocks) if one.term == term and one.runs), None)

    @property
    def proposal(self) -> str:
        """What the investigation report proposes: penalty, no_penalty, unfounded, crime, or ""."""
        return str(self.value("report_investigation", "proposal", "") or "")

    @property
    def decided(self) -> str:
        """The deciding step that stands, "" before a decision."""
        return next((one for one in ("decide", "decide_no_penalty", "decide_unfounded", "refer_crime") if one in self.done), "")

    @property
    def fine(self) -> int:
        """The fine imposed, in fen; 0 without a decision that fines."""
        return int(self.value("decide", "fine") or 0)

    @property
    def owed(self) -> int:
        """What is to be paid by the decision, fine and confiscation, or by what it was changed to, in fen."""
        if self.value("annul", "result") == "changed":
            return int(self.value("annul", "new_amount") or 0)
        return self.fine + int(self.value("decide", "confiscated") or 0)

    def known(self, name: str) -> Any:
        """A fact of the case that outcomes may name in the procedure file. Raises KeyError for an unknown name."""
        facts: dict[str, Any] = {
            "proposal": self.proposal,
            "fine": "present" if self.owed else "",
            "published": "present" if "publish" in self.done else "",
            "paid_in_full": "present" if self.owed and self.paid >= self.owed else "",
        }
        return facts[name]


def with_person(
    people: Mapping[str, frozenset[int]], capacity: str, officers: frozenset[int]
) -> Mapping[str, frozenset[int]]:
    """`people` with these officers added in `capacity`."""
    if not capacity or officers <= people.get(capacity, NOBODY):
        return people
    return {**people, capacity: people.get(capacity, NOBODY) | officers}


def day_of(value: object) -> date | None:
    """Read a date as entries keep it (ISO text) or as forms give it; None if there is none."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def end_pauses(clock: Clock, on: date, *, reason: str = "", by: frozenset[str] = frozenset()) -> Clock:
    """Return `clock` with its running pauses of that reason (or begun by those steps) ended on `on`."""
    if all(pause.end for pause in clock.pauses):
        return clock
    pauses = tuple(
        replace(pause, end=on)
        if pause.end is None and ((reason and pause.reason == reason) or opener in by)
        else pause
        for pause, opener in zip(clock.pauses, clock.paused_by, strict=True)
    )
    return replace(clock, pauses=pauses)
