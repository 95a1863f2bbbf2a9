"""How a period is shown: its state in a word, what is left of it, how much is used. When it ends is core's to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huanfa.apps.cases.models import Deadline
from huanfa.core.calendar.terms import UNITS, Due, Term
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.errors import NoCalendar
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.standing import Clock

SOON = 3
ORDER = ("late", "soon", "ok", "provisional", "paused", "over", "closed")
# A period of the party is a right, and simply over when it has run out; these are duties, and late.
DUTIES = frozenset({"pay"})


@dataclass(frozen=True, slots=True)
class Span:
    """What lists know of a period: its term and dates. `due` empty: it stands still."""

    term: Term
    due: date | None
    remind: date | None
    provisional: bool


def state(span: Span, on: date, calendar: Calendar) -> tuple[str, str]:
    """The state of a running period on a day, and what is left of it in words."""
    if span.due is None:
        return "paused", "停止计算"
    body = span.term.holder == "body"
    if on > span.due and (body or not span.provisional):
        if body or span.term.id in DUTIES:
            return "late", f"逾期{(on - span.due).days}日"
        return "over", ""
    last = (span.remind or span.due) if body else span.due
    left = workdays(on, max(last, on), calendar)
    words = f"余{left}个工作日" if span.term.unit == "workdays" else f"余{max((last - on).days, 0)}日"
    if on >= last:
        words = "今天到期" if on == span.due else f"最迟{span.due}"
    if span.provisional and left > SOON:
        return "provisional", words
    return ("soon" if left <= SOON else "ok"), words


def workdays(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to `end`; in years without a notice every weekday counts."""
    try:
        return calendar.workdays_between(start, end)
    except NoCalendar:
        weeks, rest = divmod((end - start).days, 7)
        return 5 * weeks + sum((start.weekday() + day) % 7 < 5 for day in range(1, rest + 1))


def of_deadline(row: Deadline, terms: dict[str, Term], on: date, calendar: Calendar) -> dict[str, Any]:
    """A row of the list of periods, as ui.due wants it."""
    term = terms[row.term]
    word, left = state(Span(term, row.due, row.remind, row.provisional), on, calendar)
    return {"title": term.title, "state": word, "days_text": left, "due": row.due, "article": term.article}


def of_case(row: Any, terms: dict[str, Term], on: date, calendar: Calendar) -> dict[str, Any] | None:
    """The next period of a case from the copy in its row; None if none runs. The last day is moved past a holiday again."""
    if not row.next_due or row.next_term not in terms:
        return None
    term = terms[row.next_term]
    due = _rolled(row.next_due, term, calendar)
    word, left = state(Span(term, due, row.next_due, row.provisional), on, calendar)
    return {"title": term.title, "state": word, "days_text": left, "due": due, "article": term.article}


def shown(clock: Clock, facts: Facts, on: date, proof_url: str) -> dict[str, Any]:
    """A clock of a case, as ui.clock wants it."""
    term = facts.terms[clock.term]
    ends = clock.due(term, facts.calendar)
    word, left = _of_clock(clock, ends, on, facts.calendar)
    return {
        "title": term.title, "due": ends.due, "state": word, "days_text": left, "article": term.article,
        "proof_url": proof_url, "used_percent": _used(clock, ends, on) if word in ("ok", "soon", "late", "provisional") else None,
        "start": clock.start, "note": ends.why_provisional, "cancelled": clock.ended == "cancelled", "closed_on": clock.closed_on,
    }


def ordered(clocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The most urgent first."""
    return sorted(clocks, key=lambda one: (ORDER.index(one["state"]), one["due"] or date.max))


def _of_clock(clock: Clock, ends: Due, on: date, calendar: Calendar) -> tuple[str, str]:
    if clock.ended:
        late = clock.closed_on and ends.due and clock.closed_on > ends.due and ends.term.holder == "body"
        return "closed", f"{clock.closed_on}{'，逾期' if late else ''}" if clock.ended == "closed" else "已撤销"
    word, left = state(Span(ends.term, ends.due, ends.remind, bool(ends.provisional)), on, calendar)
    if word == "paused" and ends.remaining is not None:
        left = f"余{ends.remaining}{UNITS[ends.term.unit]}"
    return word, left


def _used(clock: Clock, ends: Due, on: date) -> int | None:
    if ends.due is None or ends.due <= clock.start:
        return None
    return max(0, min(100, 100 * (on - clock.start).days // (ends.due - clock.start).days))


def _rolled(day: date, term: Term, calendar: Calendar) -> date:
    """The day after which it is late: the next working day where the term moves past holidays."""
    while term.roll and not workdays(day - timedelta(days=1), day, calendar):
        day += timedelta(days=1)
    return day
