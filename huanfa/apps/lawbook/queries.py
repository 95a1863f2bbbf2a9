"""Reading the rules of a bureau for the pages: what each pack holds, and how lists are searched. No rows of our own."""

import calendar as months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from huanfa.apps.ledger.models import Dossier, Organisation
from huanfa.apps.ledger.queries import entries_of
from huanfa.core import rulebook as rules
from huanfa.core.calendar.terms import DayLine, Due, Pause, Term, due, due_at, proof
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.cite import Article
from huanfa.core.errors import HuanfaError
from huanfa.core.offences import Offence
from huanfa.core.offences.words import KINDS
from huanfa.core.papers import SHARED_VALUES, Template
from huanfa.core.papers.template import texts_of
from huanfa.core.procedure.definition import Opens, Procedure, Step
from huanfa.core.procedure.engine import near, stand
from huanfa.core.procedure.guards.words import SENTENCES
from huanfa.core.procedure.people import SLOTS
from huanfa.core.procedure.standing import Standing
from huanfa.core.rulebook import Gap, Law, Pack, Rulebook

LEVELS = {"nation": "国家", "province": "省", "city": "市", "district": "区县", "demo": "本机关（演示）", "bureau": "本机关"}
HOLDERS = {"party": "当事人", "body": "机关"}
DIRECTIONS = {"out": "对外", "in": "内部", "party": "当事人填写"}
LAYOUTS = {"letter": "公文", "form": "表格", "record": "笔录", "cover": "封面"}
SCOPES = {"listed": "法律列举的情形", "every_case": "每一件案件"}
CAPS = {"principal": "不超过罚款本金"}
ACTS = {
    "inspection": "现场检查", "seizure": "查封扣押", "substitute_performance": "代履行", "penalty": "行政处罚", "correction": "责令改正",
    "restriction": "限产停产", "referral": "移送", "court_application": "申请法院执行",
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
            pack, LEVELS.get(pack.level, pack.level), tuple(_holds(pack)), tuple(pack.data.get("body", ())),
            tuple(pack.data.get("assumption", ())), tuple(gap for gap in book.gaps if gap.pack == pack.id),
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
    return [one for one in book.laws.values() if all(word in f"{one.title} {one.short} {one.number} {one.id}".casefold() for word in words)]


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


def reckon(book: Rulebook, term: Term, start: datetime | date, pauses: Iterable[Pause] = (), extended_by: int = 0) -> Reckoning:
    """When `term` ends. Periods in hours want a moment, all others a day."""
    if isinstance(start, datetime):
        return Reckoning(term, None, due_at(term, start), ())
    result = due(term, start, book.calendar, pauses=pauses, extended_by=extended_by)
    return Reckoning(term, result, None, tuple(proof(result, book.calendar)))


def used_by(book: Rulebook, term_id: str) -> list[tuple[Procedure, Step]]:
    """The steps that open a term."""
    return [(one, step) for one in book.procedures for step in one.steps.values() if term_id in {o.term for o in opened(step)}]


def opened(step: Step) -> list[Opens]:
    """The terms a step may open, whatever its outcome."""
    return [*step.opens, *(one for outcome in step.outcomes for one in outcome.opens)]


# ── thresholds ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Version:
    """One rule for a threshold: which pack says it, and whether it counts on the chosen day."""

    pack: Pack
    rows: tuple[tuple[str, str], ...]
    title: str
    begins: date
    until: date | None
    articles: str
    gist: str
    replaces: bool
    in_force: bool


def thresholds(book: Rulebook, on: date) -> list[tuple[str, list[Version]]]:
    """Every threshold with all its versions, the one that counts first. What a local rule leaves out stays national."""
    found: dict[str, list[Version]] = {}
    for pack in book.packs:
        for file in pack.files:
            for raw in file.data.get("setting", ()) if file.name.endswith("/thresholds.toml") else ():
                found.setdefault(raw["id"], []).insert(0, _version(book, pack, raw, on))
    return [(versions[-1].title, sorted(versions, key=lambda one: not one.in_force)) for versions in found.values()]


def _version(book: Rulebook, pack: Pack, raw: Mapping[str, Any], on: date) -> Version:
    articles = [Article(**{key: str(part) for key, part in one.items()}) for one in raw.get("articles", ())]
    until = raw.get("until")
    return Version(
        pack, tuple(setting_rows(raw)), raw.get("title", raw["id"]), raw["from"], until,
        book.cite(articles) or raw.get("source", ""), raw.get("gist", ""), "replaces" in raw,
        raw["from"] <= on and (until is None or on <= until),
    )


def setting_rows(raw: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What a threshold says, label and text, for each key that carries a rule."""
    for key, label in (("amount", "金额"), ("amount_person", "公民"), ("amount_organisation", "法人或者其他组织")):
        if key in raw:
            yield label, f"{raw[key]:,}元"
    for key, label in (("amount_kinds", "金额所指的处罚"), ("kinds", "不论金额的处罚")):
        if key in raw:
            yield label, "、".join(KINDS[one] for one in raw[key])
    if "reasons" in raw:
        yield "情形", "；".join(one["title"] for one in raw["reasons"])
    if "scope" in raw:
        yield "范围", SCOPES[raw["scope"]]
    if "rate_percent" in raw:
        yield "每日", f"{raw['rate_percent']}%" + ("，可以不加" if raw.get("optional") else "")
    if "cap" in raw:
        yield "上限", CAPS[raw["cap"]]
    if "hours" in raw:
        yield "学时", str(raw["hours"])
    if "note" in raw:
        yield "说明", raw["note"]


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


# ── papers and procedures ───────────────────────────────────────────────────────────────────────────────────────────


def drawn_by(book: Rulebook, template_id: str) -> list[tuple[Procedure, Step]]:
    """The steps that draw up a paper."""
    return [(one, step) for one in book.procedures for step in one.steps.values() if template_id in step.all_papers()]


def wording(template: Template) -> list[tuple[str, list[str]]]:
    """The words of a paper block by block, values named in their place."""
    known = {**SHARED_VALUES, **template.values}
    labels = {f"{{{key}}}": f"〔{value.label}〕" for key, value in known.items()}
    out = []
    for block in template.blocks:
        texts = [text for text in texts_of(block) if text]
        for name, label in labels.items():
            texts = [text.replace(name, label) for text in texts]
        items = [item["label"] for item in block.spec.get("items", ()) if isinstance(item, Mapping) and "label" in item]
        if texts or items:
            out.append((block.kind, texts if len(texts) != len(items) else [f"{a}：{b}" for a, b in zip(items, texts, strict=True)]))
    return out


@dataclass(frozen=True)
class StepLine:
    """A step in the words of the table."""

    step: Step
    after: tuple[str, ...]
    needs: tuple[str, ...]
    signs: tuple[str, ...]
    papers: tuple[tuple[str, str], ...]
    opens: tuple[Term, ...]
    closes: tuple[str, ...]
    back: tuple[str, ...]


def step_lines(book: Rulebook, procedure: Procedure) -> list[StepLine]:
    """Every step of a procedure as the table shows it."""
    papers = {one.id: one.title for one in book.templates}
    return [_step_line(book, procedure, step, papers) for step in procedure.steps.values()]


def _step_line(book: Rulebook, procedure: Procedure, step: Step, papers: Mapping[str, str]) -> StepLine:
    title = {one.id: one.title for one in procedure.steps.values()}
    needs = dict.fromkeys([*step.needs, *(need for outcome in step.outcomes for need in outcome.needs)])
    ended = dict.fromkeys([*(one.term for one in step.closes), *(one for outcome in step.outcomes for one in outcome.closes)])
    back = dict.fromkeys([*step.undoes, *(one for outcome in step.outcomes for one in outcome.undoes)])
    return StepLine(
        step=step,
        after=tuple("或者".join(title[one] for one in either) for either in step.after),
        needs=tuple(SENTENCES[one] for one in needs),
        signs=tuple(SLOTS[one].title for one in step.signs),
        papers=tuple((one, papers[one]) for one in step.all_papers()),
        opens=tuple(dict.fromkeys(book.terms[one.term] for one in opened(step))),
        closes=tuple(book.terms[one].title for one in ended),
        back=tuple(title[one] for one in back if one != step.id),
    )


def standing_of(dossier: Dossier, procedure: Procedure) -> tuple[Standing, tuple[str, ...]] | None:
    """Where the case of a dossier stands in a procedure and whose turn it is; None if its entries belong to another."""
    try:
        standing = stand(procedure, entries_of(dossier.pk))
    except (HuanfaError, KeyError):
        return None
    return standing, near(procedure, standing)
