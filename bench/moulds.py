"""From a story told once to a mould: its rows, moved by some weeks, with a blank wherever a clone has its own value."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction

from bench.stories import FIRST_ID, STORIES, Story, cast, party, tell
from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.models import Case
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger.models import Dossier, Entry
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.apps.parties.models import Party
from huanfa.core.ledger.entry import canonical, from_data
from huanfa.core.papers import format_number
from huanfa.core.procedure.fold import stand

DATES = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{4})年(\d{1,2})月(\d{1,2})日")
PEOPLE = re.compile(rf"(OFFICER|CARD|(?<!\w){FIRST_ID // 100})(\d\d)")
FIRM = re.compile(r"PARTY(NAME|CODE|REP|ADDRESS)(?:\d\d)?")
OWN_IDS = {Dossier: "case", Case: "case", Party: "party"}
NOT_MOVED = frozenset({"rules", "ref"})  # the dates of rule files are not the case's own


class Blank(str):
    """A text with places to fill: `blank % names`."""


class Place(str):
    """A column whose whole value is `names[place]`."""


Row = tuple[Any, ...]
Move = Callable[[Any], Any]


@dataclass(frozen=True)
class Mould:
    """The rows of one story in one week. `numbers` are (name, series, year) to be given out; `contents` of the papers
    and `chain` of the entries are filled first, since hashes stand in other rows."""

    story: str
    begins: date
    numbers: tuple[tuple[str, str, int], ...]
    contents: tuple[Blank, ...]
    chain: tuple[Blank, ...]
    rows: tuple[tuple[type[models.Model], tuple[Row, ...]], ...]


def columns(model: type[models.Model]) -> list[str]:
    """The columns of a table in the order that rows here have them."""
    return [field.column for field in model._meta.concrete_fields]


def make(wanted: Iterable[tuple[Story, int]]) -> tuple[dict[tuple[str, int], Mould], dict[str, str]]:
    """Tell every story once, make a mould for each (story, week) wanted, and take everything told back again.

    Returned with them: for each series of numbers (罚, 罚告 …) the code that counts it.
    """
    moulds = {}
    weeks: dict[str, set[int]] = {}
    for story, week in wanted:
        weeks.setdefault(story.name, set()).add(week)
    with transaction.atomic():
        org, seats = cast()
        for position, story in enumerate(STORIES):
            case = tell(story, party(org, story, position), seats)
            for week in sorted(weeks.get(story.name, ())):
                with transaction.atomic():
                    moulds[story.name, week] = _mould(story, Case.objects.get(pk=case.pk), week)
                    transaction.set_rollback(True)
        prefix = _prefix(org)
        counted = NumberSeries.objects.filter(org=org)
        codes = {series(format_number(prefix, row.code, row.year, 1), prefix): row.code for row in counted}
        transaction.set_rollback(True)
    return moulds, codes


def series(number: str, prefix: str) -> str:
    """What stands between the bureau's prefix and the year: 罚 of 武环示例罚〔2024〕1号."""
    return number.removeprefix(prefix).partition("〔")[0]


def _mould(story: Story, case: Case, week: int) -> Mould:
    days = timedelta(weeks=week)
    entries, papers = list(Entry.objects.filter(dossier=case.pk)), list(Paper.objects.filter(dossier=case.pk))
    moved = _mover(story, days)
    numbers = _numbers(case, papers, moved)
    blanks = _blanker({number: name for number, (name, _, _) in numbers.items()}, papers)
    for entry in entries:
        entry.on, entry.recorded_at = moved(entry.on), moved(entry.recorded_at)
        entry.data = _moved_json(entry.data, moved)
    contents = tuple(blanks(_moved_json(paper.content, moved)) for paper in papers)
    others = _copies(case, entries)
    for position, paper in enumerate(papers):
        paper.on, paper.content, paper.sha256 = moved(paper.on), Place(f"p{position}"), Place(f"s{position}")
    chain = tuple(_unlinked(entry.data, blanks) for entry in entries)
    for entry in entries:
        entry.data, entry.hash = Place("data"), Place("hash")
    case.dossier.head, case.dossier.length = Place("hash"), len(entries)
    groups: list[list[models.Model]] = [[case.party], [case.dossier], [case], papers, entries, _worksheets(case, moved), *others]
    return Mould(
        story.name, story.begins + days, tuple(numbers.values()), contents, chain,
        tuple((type(group[0]), tuple(_row(one, blanks) for one in group)) for group in groups if group),
    )


def _copies(case: Case, entries: list[Entry]) -> list[list[models.Model]]:
    """The case's cached columns, periods, signatures waited for and people, kept anew from the moved entries."""
    on = entries[-1].on
    standing = stand(queries.procedure(case, on), [from_data(json.loads(one.data), one.hash) for one in entries])
    facts = queries.facts(case, on=on, today=on)
    actions.keep(case, queries.procedure(case, on), facts, standing, on)  # what every act ends with
    return [list(rows.all()) for rows in (case.deadlines, case.pending, case.people)]


def _worksheets(case: Case, moved: Move) -> list[models.Model]:
    """The case's worksheets, moved; their data as the text that the database is given."""
    sheets = list(Worksheet.objects.filter(dossier=case.pk))
    for sheet in sheets:
        sheet.on, sheet.decided_on = moved(sheet.on), moved(sheet.decided_on)
        sheet.data, sheet.levels = (canonical(moved(one)).decode() for one in (sheet.data, sheet.levels))
    return sheets


def _mover(story: Story, days: timedelta) -> Move:
    """Moves dates of the story, wherever they stand; a date before the story began belongs to a rule and stays."""

    def one(match: re.Match[str]) -> str:
        iso, (year, month, day) = bool(match[1]), (int(part) for part in match.groups() if part)
        found = date(year, month, day)
        if found < story.begins:
            return match[0]
        found += days
        return found.isoformat() if iso else f"{found.year}年{found.month}月{found.day}日"

    def moved(value: Any) -> Any:
        if isinstance(value, (date, datetime)):
            return value + days
        if isinstance(value, str):
            return DATES.sub(one, value)
        if isinstance(value, list):
            return [moved(item) for item in value]
        if isinstance(value, dict):
            return {key: item if key in NOT_MOVED else moved(item) for key, item in value.items()}
        return value

    return moved


def _moved_json(text: str, moved: Move) -> str:
    return canonical(moved(json.loads(text))).decode()


def _prefix(org: models.Model) -> str:
    return str(queries.rulebook(org).value("number_prefix"))


def _numbers(case: Case, papers: list[Paper], moved: Move) -> dict[str, tuple[str, str, int]]:
    """Each number given out in the story: by itself, the name of its blank, its series and its year after the move."""
    given = {paper.number: paper.on for paper in papers if paper.number}
    if case.number:
        given[case.number] = case.filed_on
    prefix = _prefix(case.org)
    return {
        number: (f"n{position}", series(number, prefix), moved(on).year)
        for position, (number, on) in enumerate(given.items())
    }


def _blanker(numbers: dict[str, str], papers: list[Paper]) -> Callable[[str], Blank]:
    """Makes blanks of the names, numbers and hashes that stand for others in a story's texts."""
    own = {**numbers, **{paper.sha256: f"s{position}" for position, paper in enumerate(papers)}}
    found = re.compile("|".join(map(re.escape, own)) or r"(?!)")

    def blanks(text: str) -> Blank:
        text = text.replace("%", "%%")
        text = PEOPLE.sub(lambda match: f"%({match[1][:1].replace('9', 'I')}{match[2]})s", text)
        text = FIRM.sub(lambda match: f"%({match[1].lower()})s", text)
        return Blank(found.sub(lambda match: f"%({own[match[0]]})s", text))

    return blanks


def _unlinked(data: str, blanks: Callable[[str], Blank]) -> Blank:
    """An entry's text with a blank for the hash before it."""
    return Blank(blanks(re.sub(r'"prev":"[0-9a-f]{64}"', '"prev":"PREV"', data)).replace('"PREV"', '"%(prev)s"'))


def _row(one: models.Model, blanks: Callable[[str], Blank]) -> Row:
    return tuple(_column(one, field, getattr(one, field.attname), blanks) for field in one._meta.concrete_fields)


def _column(one: models.Model, field: models.Field, value: Any, blanks: Callable[[str], Blank]) -> Any:
    """One column of a mould: a key of the clone's own, a blank, or a value that all clones share."""
    if field.primary_key and type(one) not in OWN_IDS:
        return Place("next")
    if field.primary_key or (field.is_relation and field.related_model in (Dossier, Case, Party)):
        return Place(OWN_IDS[field.related_model if field.is_relation else type(one)])
    if field.attname == "org_id":
        return Place("org")
    if isinstance(value, int) and value // 100 == FIRST_ID // 100:
        return Place(f"I{value % 100:02}")
    if isinstance(value, Place) or not isinstance(value, str):
        return value
    if isinstance(one, Dossier) and field.attname == "key":
        return Place("key")
    filled = blanks(value)
    return filled if "%(" in filled else value
