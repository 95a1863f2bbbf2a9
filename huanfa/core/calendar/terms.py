"""When a period of law ends, and the proof: each day counted or skipped, and why.

Not here: what opens or closes a period (procedure/engine.py) and which days are worked (workdays.py).

How days are counted (生态环境行政处罚办法第90条): the first day does not count; where the rule says so, a last day that
falls on a holiday moves to the first working day after it; excluded time (pauses) is not counted.
"""

from __future__ import annotations

import calendar as _calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from huanfa.core.calendar.workdays import Calendar
from huanfa.core.errors import NoCalendar

Unit = Literal["workdays", "days", "months", "years", "hours"]
Holder = Literal["party", "body"]
UNITS: dict[str, str] = {"workdays": "个工作日", "days": "日", "months": "个月", "years": "年", "hours": "小时"}


@dataclass(frozen=True, slots=True)
class Term:
    """A period as the law fixes it.

    `length` counts `unit`s. `holder` is whose time it is: the party's right (its last day moves past a holiday) or the
    body's duty (we remind on the earlier day). `roll` says whether the last day moves past holidays. `back` terms count
    backwards from an event (a hearing notice). `starts` names in Chinese what the period runs from. `code` is the row
    (D01 …) of the deadline table.
    """

    id: str
    title: str
    length: int
    unit: Unit
    holder: Holder
    article: str
    starts: str
    roll: bool = True
    back: bool = False
    code: str = ""
    gist: str = ""

    @property
    def length_text(self) -> str:
        """The length as papers say it: 5个工作日, 90日, 6个月."""
        return f"{self.length}{UNITS[self.unit]}"


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Excluded time: the days after `start` up to and including `end` do not count. `end` None: still running."""

    start: date
    end: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One line of the proof: a day, its number in the count (None if it does not count), and why."""

    day: date
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends.

    `due` is the last day by law (None while it stands still); `remind` the day before any shift past a holiday, on
    which the body should be done; `due_at` only for periods in hours. `remaining` counts what is left of a period that
    stands still. `provisional` names the years whose holiday notice is missing: the date may still move.
    """

    term: Term
    start: date
    due: date | None
    remind: date | None
    extended_by: int
    pauses: tuple[Pause, ...]
    remaining: int | None = None
    due_at: datetime | None = None
    provisional: tuple[int, ...] = ()

    def elapsed(self, on: date) -> bool:
        """True if the period has certainly run out before `on`. Never true of a date that may still move."""
        return self.due is not None and not self.provisional and on > self.due

    def late(self, on: date) -> bool:
        """True if `on` is past the last day. A body's own duty is not excused by a missing holiday notice."""
        if self.due is None or (self.provisional and self.term.holder == "party"):
            return False
        return on > self.due

    @property
    def why_provisional(self) -> str:
        """The sentence to show beside a provisional date, "" if the date is firm."""
        if not self.provisional:
            return ""
        years = "、".join(f"{year}年" for year in self.provisional)
        return f"{years}节假日安排尚未载入，此日期为暂定；载入国务院办公厅通知后可能变动。"


def due(
    term: Term, start: date, calendar: Calendar, *, pauses: Iterable[Pause] = (), extended_by: int = 0
) -> Due:
    """Return when `term`, running from `start`, ends. `extended_by` is in the term's own unit.

    The order in which pauses are handed over does not matter: they are sorted and joined first.
    Periods in hours go through `due_at`; passing one here raises ValueError.
    """
    if term.unit == "hours":
        raise ValueError(f"{term.id} runs in hours: use due_at")
    joined = join(pauses)
    if term.back:
        return _due_back(term, start, calendar)
    length = term.length + extended_by
    if term.unit in ("months", "years"):
        last, remaining = _months_later(term, start, length, joined), None
    else:
        last, remaining = _count(term, start, length, joined, calendar)
    if last is None:
        return Due(term, start, None, None, extended_by, joined, remaining)
    shifted = _roll(last, calendar) if term.roll else last
    return Due(term, start, shifted, last, extended_by, joined, provisional=_missing(term, start, shifted, calendar))


def due_at(term: Term, start: datetime) -> datetime:
    """Return the moment a period in hours ends: hours run through holidays. Raises ValueError for other units."""
    if term.unit != "hours":
        raise ValueError(f"{term.id} does not run in hours")
    return start + timedelta(hours=term.length)


def proof(result: Due, calendar: Calendar) -> list[DayLine]:
    """Return the day-by-day account of `result`: the start, each day counted or skipped with the reason, the last day.

    Long runs stay complete: a period of ninety days has at least ninety-one lines. Months and years, which are not
    counted by days, show start, excluded days and end.
    """
    term, lines = result.term, [DayLine(result.start, None, f"{result.term.starts}：开始之日不计")]
    last = result.remind
    if term.back:
        return lines[:0] + _proof_back(result, calendar)
    if last is None:
        lines.append(DayLine(result.pauses[-1].start, None, f"{result.pauses[-1].reason or '中止'}：此后停止计算"))
        return lines
    if term.unit in ("months", "years"):
        lines += [DayLine(p.start, None, f"扣除至{p.end}：{p.reason}") for p in result.pauses]
        lines.append(DayLine(last, term.length + result.extended_by, "期满"))
    else:
        number = 0
        for day in _days_after(result.start, last):
            if paused := _pause_on(day, result.pauses):
                lines.append(DayLine(day, None, f"扣除：{paused.reason}"))
            elif term.unit == "workdays" and not _works(day, calendar):
                lines.append(DayLine(day, None, _why_off(day, calendar)))
            else:
                number += 1
                lines.append(DayLine(day, number, "期满" if day == last else ""))
    if result.due and result.due != last:
        lines += [DayLine(day, None, _why_off(day, calendar) + "，顺延") for day in _days_after(last, result.due)][:-1]
        lines.append(DayLine(result.due, None, "末日遇节假日，顺延至此日期满"))
    return lines


def join(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """Return pauses sorted and joined where they touch or overlap, so that no day is excluded twice."""
    out: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.start, p.end or date.max, p.reason)):
        if pause.end is not None and pause.end <= pause.start:
            continue
        if out and (out[-1].end is None or pause.start <= out[-1].end):
            before = out.pop()
            end = None if before.end is None or pause.end is None else max(before.end, pause.end)
            reason = before.reason if pause.reason in before.reason.split("、") else f"{before.reason}、{pause.reason}"
            out.append(Pause(before.start, end, reason))
        else:
            out.append(pause)
    return tuple(out)


def _count(
    term: Term, start: date, length: int, pauses: Sequence[Pause], calendar: Calendar
) -> tuple[date | None, int | None]:
    """Count `length` days or working days after `start`; (None, what is left) if an open pause is met first."""
    day, left, pending = start, length, list(pauses)
    while True:
        pause = pending.pop(0) if pending else None
        if pause is None:
            return _ahead(term, day, left, calendar), None
        last = _ahead(term, day, left, calendar)
        if last <= pause.start:
            return last, None
        left -= _counted(term, day, max(pause.start, day), calendar)
        if pause.end is None:
            return None, left
        day = max(pause.end, day)


def _ahead(term: Term, day: date, count: int, calendar: Calendar) -> date:
    if term.unit == "days":
        return day + timedelta(days=count)
    while count:
        day += timedelta(days=1)
        count -= _works(day, calendar)
    return day


def _counted(term: Term, start: date, end: date, calendar: Calendar) -> int:
    if term.unit == "days":
        return (end - start).days
    return sum(_works(day, calendar) for day in _days_after(start, end))


def _months_later(term: Term, start: date, length: int, pauses: Sequence[Pause]) -> date | None:
    """Add calendar months (a day that the month lacks becomes its last day), then the excluded days one for one."""
    months = length * (12 if term.unit == "years" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = date(year, month + 1, min(start.day, _calendar.monthrange(year, month + 1)[1]))
    for pause in pauses:
        if pause.start >= last:
            break
        if pause.end is None:
            return None
        last += timedelta(days=(pause.end - max(pause.start, start)).days)
    return last


def _due_back(term: Term, event: date, calendar: Calendar) -> Due:
    """The latest day to act before `event`, with `length` full days between: the careful reading of “…日前”."""
    day, left = event, term.length
    while left:
        day -= timedelta(days=1)
        left -= 1 if term.unit == "days" else _works(day, calendar)
    day -= timedelta(days=1)
    while not _works(day, calendar):
        day -= timedelta(days=1)
    return Due(term, event, day, day, 0, (), provisional=_missing(term, day, event, calendar))


def _proof_back(result: Due, calendar: Calendar) -> list[DayLine]:
    assert result.due is not None
    lines, number, day = [DayLine(result.start, None, f"{result.term.starts}：当日不计")], 0, result.start
    while day > result.due:
        day -= timedelta(days=1)
        if day == result.due:
            lines.append(DayLine(day, None, "最迟在此日办理"))
        elif number < result.term.length and (result.term.unit == "days" or _works(day, calendar)):
            number += 1
            lines.append(DayLine(day, number, ""))
        else:
            lines.append(DayLine(day, None, _why_off(day, calendar)))
    return lines


def _roll(day: date, calendar: Calendar) -> date:
    while not _works(day, calendar):
        day += timedelta(days=1)
    return day


def _works(day: date, calendar: Calendar) -> bool:
    """Whether a day is worked. In a year without a notice only weekends are known to be off (hence "provisional")."""
    try:
        return calendar.is_workday(day)
    except NoCalendar:
        return day.weekday() < 5


def _missing(term: Term, start: date, end: date, calendar: Calendar) -> tuple[int, ...]:
    """Years without a holiday notice that could move the result: any year counted in working days, else the last."""
    if term.unit == "workdays":
        years: Iterable[int] = range(start.year, end.year + 1)
    elif term.roll:
        years = (end.year,)
    else:
        years = ()
    return tuple(year for year in years if not calendar.covers(year))


def _why_off(day: date, calendar: Calendar) -> str:
    if not calendar.covers(day.year):
        return "周末（该年节假日安排未载入）" if day.weekday() >= 5 else "该年节假日安排未载入"
    return "周末" if day.weekday() >= 5 else "法定节假日"


def _pause_on(day: date, pauses: Sequence[Pause]) -> Pause | None:
    return next((p for p in pauses if p.start < day and (p.end is None or day <= p.end)), None)


def _days_after(start: date, end: date) -> Iterator[date]:
    for offset in range(1, (end - start).days + 1):
        yield start + timedelta(days=offset)
