"""Everything that happens in the demonstration, noted with its day and hour and then done in that order.

So numbers run in the order of days, registers grow from January to December, and each day can be sealed as it ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from huanfa.core.calendar.workdays import Calendar
from huanfa.core.errors import HuanfaError

ZONE = ZoneInfo("Asia/Shanghai")
Act = Callable[[datetime], object]


class Diary:
    """Acts to come. `note` plans one, `run` does them all."""

    def __init__(self, calendar: Calendar, rng: Random):
        self.calendar, self.rng = calendar, rng
        self._acts: list[tuple[datetime, int, str, Act]] = []
        first, last = min(one.year for one in calendar.years), max(one.year for one in calendar.years)
        days = (date(first, 1, 1) + timedelta(n) for n in range((date(last, 12, 31) - date(first, 1, 1)).days + 1))
        self._workdays = [day for day in days if calendar.is_workday(day)]

    def note(self, at: datetime, what: str, act: Act) -> None:
        """Plan an act. `what` names it in the message, should the law forbid it."""
        self._acts.append((at, len(self._acts), what, act))

    def run(self, tell: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Do everything in order and return how much that was. A refusal is a fault of ours, and says which act it was."""
        acts = sorted(self._acts, key=lambda one: one[:2])
        for done, (at, _, what, act) in enumerate(acts, start=1):
            try:
                act(at)
            except HuanfaError as refused:
                refused.add_note(f"{at:%Y-%m-%d %H:%M} {what}")
                raise
            tell(done, len(acts))
        return len(acts)

    def workday(self, day: date, steps: int = 0) -> date:
        """The working day `steps` after (before, if negative) `day`; with 0 the day itself or the next one worked."""
        if steps <= 0:
            place = bisect_left(self._workdays, day) + steps
        else:
            place = bisect_right(self._workdays, day) + steps - 1
        return self._workdays[place]

    def workdays(self, first: date, last: date) -> list[date]:
        """All working days from `first` to `last`."""
        return self._workdays[bisect_left(self._workdays, first) : bisect_right(self._workdays, last)]

    def moment(self, day: date, *, earliest: time = time(9), after: datetime | None = None, gap: int = 50) -> datetime:
        """A plausible time of that day: at work, not over lunch, and after what was done before on it."""
        at = datetime.combine(day, earliest, ZONE) + timedelta(minutes=self.rng.randint(0, gap))
        if after is not None and after.date() == day:
            at = max(at, after + timedelta(minutes=self.rng.randint(6, max(gap // 2, 7))))
        if time(12) <= at.time() < time(13, 30):
            at += timedelta(minutes=95)
        return at
