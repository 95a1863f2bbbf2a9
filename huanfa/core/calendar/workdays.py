"""Which days are worked: one table a year, as the State Council's notice fixes it. A year without a table is refused.

Not here: how periods run over these days (terms.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeGuard

from huanfa.core.cite import RuleRef
from huanfa.core.errors import Fault, NoCalendar
from huanfa.core.rulefile import RuleFile

_DAY = timedelta(days=1)
_HEAD = frozenset(
    {"title", "issuer", "notice", "source", "read_by", "reviewed_on", "version", "in_force", "holiday", "makeup"}
)


@dataclass(frozen=True, slots=True)
class Year:
    """One year's table: the days off, by name, and the weekend days that are worked in exchange."""

    year: int
    holidays: frozenset[date]
    makeup: frozenset[date]
    names: tuple[tuple[date, str], ...] = ()
    ref: RuleRef | None = None


@dataclass(frozen=True)
class Calendar:
    """Answers for the years it holds, and for no other: any day outside raises NoCalendar with that year."""

    years: tuple[Year, ...] = ()
    _tables: dict[int, Year] = field(init=False, repr=False, compare=False)
    _before: dict[int, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        tables = {year.year: year for year in self.years}
        if len(tables) != len(self.years):
            raise ValueError("a year has two tables")
        object.__setattr__(self, "_tables", tables)
        object.__setattr__(self, "_before", {number: _running_count(year) for number, year in tables.items()})

    def covers(self, year: int) -> bool:
        """Whether the notice of `year` is loaded."""
        return year in self._tables

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked: a weekday that is no holiday, or a make-up day. 补班日算工作日。"""
        return _worked(self._table(day.year), day)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is 节假日 (生态环境行政处罚办法第90条): a weekend or holiday that is not made up for."""
        return not self.is_workday(day)

    def name_of(self, day: date) -> str:
        """Why `day` is off or on: 国庆节, 周末, 补班, or "" for an ordinary working day."""
        table = self._table(day.year)
        if day in table.makeup:
            return "补班"
        if day in table.holidays:
            return dict(table.names).get(day, "节假日")
        return "周末" if day.weekday() > 4 else ""

    def add_workdays(self, start: date, n: int) -> date:
        """Return the `n`-th working day after `start`, which itself does not count. A negative `n` counts back."""
        step = _DAY if n >= 0 else -_DAY
        day, left = start, abs(n)
        while left:
            day += step
            if self.is_workday(day):
                left -= 1
        return day

    def workdays_between(self, a: date, b: date) -> int:
        """Return how many working days lie after `a` up to and including `b`; negative if `b` is the earlier day."""
        return self._total(b) - self._total(a) + self._years_between(a.year, b.year)

    def workdays_in(self, year: int) -> int:
        """Return the number of working days of `year`."""
        self._table(date(year, 1, 1).year)
        return self._before[year][-1]

    def _total(self, day: date) -> int:
        """Working days of its year up to and including `day`."""
        self._table(day.year)
        return self._before[day.year][day.timetuple().tm_yday]

    def _years_between(self, first: int, last: int) -> int:
        sign, low, high = (1, first, last) if first <= last else (-1, last, first)
        return sign * sum(self.workdays_in(year) for year in range(low, high))

    def _table(self, year: int) -> Year:
        try:
            return self._tables[year]
        except KeyError:
            raise NoCalendar(year) from None


def parse_year(file: RuleFile) -> Year | list[Fault]:
    """Read one calendar file. Every fault comes back together, each with its line."""
    faults = [file.fault(f"不认识的键“{key}”", key=key) for key in file.data if key not in _HEAD]
    faults += [file.fault(f"缺少“{key}”") for key in ("title", "issuer", "in_force", "holiday") if key not in file.data]
    span = file.data.get("in_force")
    if not (isinstance(span, dict) and _is_day(span.get("from")) and _is_day(span.get("until"))):
        return [*faults, file.fault("in_force 须写明 from 与 until 两个日期", key="in_force")]
    year = span["from"].year
    if (span["from"], span["until"]) != (date(year, 1, 1), date(year, 12, 31)):
        faults.append(file.fault("in_force 须恰为一整年", key="in_force"))
    names: dict[date, str] = {}
    for index, entry in enumerate(file.data.get("holiday", ())):
        faults += _read_holiday(file, index, entry, year, names)
    makeup = file.data.get("makeup", [])
    if not (isinstance(makeup, list) and all(_is_day(day) for day in makeup)):
        return [*faults, file.fault("makeup 须为日期列表", key="makeup")]
    faults += [
        file.fault(f"补班日 {day} 须是本年的周六或者周日，且不在放假之列", key="makeup")
        for day in makeup
        if day.year != year or day.weekday() < 5 or day in names
    ]
    if len(set(makeup)) != len(makeup):
        faults.append(file.fault("补班日重复", key="makeup"))
    return faults or Year(year, frozenset(names), frozenset(makeup), tuple(sorted(names.items())), file.ref)


def _read_holiday(file: RuleFile, index: int, entry: dict[str, Any], year: int, names: dict[date, str]) -> list[Fault]:
    """Add the days of one [[holiday]] to `names`; return its faults."""
    name, first, last = entry.get("name"), entry.get("from"), entry.get("to")
    faults = [file.fault(f"不认识的键“{key}”", "holiday", index, key) for key in set(entry) - {"name", "from", "to"}]
    if not isinstance(name, str) or not name or not _is_day(first) or not _is_day(last):
        return [*faults, file.fault("放假须写明 name、from、to", "holiday", index)]
    if not (first.year == last.year == year and first <= last):
        return [*faults, file.fault(f"{name}的起止日期须在{year}年内，且先后有序", "holiday", index)]
    for day in _days(first, last):
        if day in names:
            faults.append(file.fault(f"{day} 列入了两个假期", "holiday", index))
        names[day] = name
    return faults


def _running_count(table: Year) -> tuple[int, ...]:
    """Working days up to each day of the year: index 0 before 1 January, the last one the whole year."""
    counts = [0]
    for day in _days(date(table.year, 1, 1), date(table.year, 12, 31)):
        counts.append(counts[-1] + _worked(table, day))
    return tuple(counts)


def _worked(table: Year, day: date) -> bool:
    return day in table.makeup or (day.weekday() < 5 and day not in table.holidays)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def _is_day(value: object) -> TypeGuard[date]:
    return type(value) is date


def of_tables(tables: Iterable[tuple[int, Iterable[date], Iterable[date]]]) -> Calendar:
    """Build a calendar from plain (year, holidays, make-up days) tuples."""
    return Calendar(tuple(Year(year, frozenset(off), frozenset(on)) for year, off, on in tables))
