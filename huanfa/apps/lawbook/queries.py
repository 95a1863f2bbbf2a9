"""Reading the rules of a bureau for the pages: what each pack holds, laws, offences, periods, working days. No rows of ours."""

import calendar as months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from huanfa.apps.ledger.models import Organisation
from huanfa.core import rulebook as rules
from huanfa.core.calendar.terms import DayLine, Due, Pause, Term, due, due_at, proof
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.cite import Article
from huanfa.core.offences import Offence
from huanfa.core.rulebook import Gap, Law, Pack, Rulebook

LEVELS = {
    "nation": "国家",
    "province": "省",
    "city": "市",
    "district": "区县",
    "demo": "本机关（演示）",
    "bureau": "本机关",
}
HOLDERS = {"party": "当事人", "body": "机关"}
ACTS = {
    "inspection": "现场检查",
    "seizure": "查封扣押",
    "substitute_performance": "代履行",
    "penalty": "行政处罚",
    "correction": "责令改正",
    "restriction": "限产停产",
    "referral": "移送",
    "court_application": "申请法院执行",
}


def rulebook(org: Organisation) -> Rulebook:
    """The rules of an organisation; opened once per process."""
    return rules.load(org.pack or settings.HUANFA_PACK)


# ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Link:
    """A pack of the chain: what it holds in numbers, in whose name it lets act, what it assumes, what it lacks."""

    pack: Pack
    level: str
    holds: tuple[tuple[str, int], ...]
    bodies: tuple[Mapping[str, Any], ...]
    assumptions: tuple[str, ...]
    gaps: tuple[Gap, ...]


def chain(book: Rulebook) -> list[Link]:
    """The packs from the nation down to the bureau."""
    return [
        Link(
            pack,
            LEVELS.get(pack.level, pack.level),
            tuple(_holds(pack)),
            tuple(pack.data.get("body", ())),
            tuple(pack.data.get("assumption", ())),
            tuple(gap for gap in book.gaps if gap.pack == pack.id),
        )
        for pack in book.packs
    ]


def _holds(pack: Pack) -> Iterable[tuple[str, int]]:
    tables = (("法律", "law"), ("案由", "offence"), ("期限", "term"), ("门槛", "setting"), ("程序步骤", "step"))
    for title, key in tables:
        yield title, sum(len(file.data.get(key, ())) for file in pack.files)
    for title, folder in (("文书", "papers"), ("年度工作日", "calendar")):
        yield title, sum(f"/{folder}/" in file.name for file in pack.files)


def acts(kinds: Iterable[str]) -> str:
    """What the kinds of acts of a body are called."""
    return "、".join(ACTS.get(one, one) for one in kinds)


# ── laws and offences ───────────────────────────────────────────────────────────────────────────────────────────────


def laws(book: Rulebook, q: str = "") -> list[Law]:
    """The laws whose title, short title or number has every word of `q`."""
    words = q.casefold().split()
    return [
        one
        for one in book.laws.values()
        if all(word in f"{one.title} {one.short} {one.number} {one.id}".casefold() for word in words)
    ]


def law_state(law: Law, on: date) -> tuple[str, str]:
    """How a version of a law stands on a day: a kind of badge and a word."""
    if law.in_force(on):
        return "done", "施行中"
    return ("info", "尚未施行") if on < law.begins else ("plain", "已失效")


def replaced_by(book: Rulebook, law: Law) -> str:
    """The title of the law that took the place of this one; "" if none did."""
    return "、".join(book.titles.get(one, one) for one in law.repealed_by.split()) if law.repealed_by else ""


def short(book: Rulebook, articles: Iterable[Article]) -> str:
    """Articles as a list cites them, with the short titles of their laws."""
    return "、".join(one.text(book.laws[one.law].short) for one in articles)


def offences(book: Rulebook, q: str = "", field: str = "") -> list[Offence]:
    """The offences that match, in the order of the files."""
    return [one for one in book.offences.values() if (not field or one.field == field) and one.matches(q)]


# ── terms ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Reckoning:
    """When a period ends, and each day of the way there."""

    term: Term
    due: Due | None
    due_at: datetime | None
    lines: tuple[DayLine, ...]


def reckon(
    book: Rulebook, term: Term, start: datetime | date, pauses: Iterable[Pause] = (), extended_by: int = 0
) -> Reckoning:
    """When `term` ends. Periods in hours want a moment, all others a day."""
    if isinstance(start, datetime):
        return Reckoning(term, None, due_at(term, start), ())
    result = due(term, start, book.calendar, pauses=pauses, extended_by=extended_by)
    return Reckoning(term, result, None, tuple(proof(result, book.calendar)))


# ── working days ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Day:
    """A day of a month grid; `kind`: work · off · holiday · makeup."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven places, Monday first; an empty place belongs to another month."""

    number: int
    workdays: int
    weeks: tuple[tuple[Day | None, ...], ...]


def year_grid(days: Calendar, year: int) -> list[Month]:
    """The year month by month. Raises NoCalendar if its notice is not loaded."""
    out = []
    for number in range(1, 13):
        weeks = tuple(
            tuple(_day(days, date(year, number, day)) if day else None for day in week)
            for week in months.monthcalendar(year, number)
        )
        worked = sum(one.kind in ("work", "makeup") for week in weeks for one in week if one)
        out.append(Month(number, worked, weeks))
    return out


def _day(days: Calendar, day: date) -> Day:
    name = days.name_of(day)
    kind = {"补班": "makeup", "周末": "off", "": "work"}.get(name, "holiday")
    return Day(day, kind, name)
