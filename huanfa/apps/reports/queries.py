"""The figures of a year from the rows of all rooms, and the records behind each as a table."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Max, Q
from django.urls import reverse

from huanfa.apps.cases.models import Case, Deadline
from huanfa.apps.cases.queries import rulebook
from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger.models import Entry, Organisation
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import hours_in, hours_wanted
from huanfa.core import figures as core
from huanfa.core.money import figures as money_figures
from huanfa.core.money import yuan
from huanfa.core.offences.words import KINDS

# The periods whose end makes a case 未查 or 未决.
EXAMINED, DECIDED = "filing_review", "decide_within"


# What the records of each kind are shown by.
DECISION = ("决定书文号", "案件", "决定日期", "处罚种类", "罚款（元）", "没收（元）", "法制审核", "后来的变化")
PUBLICATION = ("决定书文号", "案件", "决定日期", "公开日期", "按期")
OVERDUE = ("案件", "期限", "到期日", "办结日期")
VISIT = ("检查日期", "当事人", "人数", "联合检查", "参加的部门")
HOURS = ("姓名", "学时")
# Columns that are set flush right.
NUMBERS = frozenset({"人数", "学时", "罚款（元）", "没收（元）"})


@dataclass(frozen=True)
class Table:
    """Records as a page or a file shows them: cells in the order of the head, and where each record is to be found."""

    head: tuple[str, ...]
    rows: list[tuple[tuple[object, ...], str]]
    numbers: frozenset[str] = NUMBERS


@dataclass(frozen=True)
class Compared:
    """A figure beside that of the year before, and how much it grew (None where that says nothing)."""

    figure: core.Figure
    before: core.Figure
    change: core.Number | None

    @property
    def change_text(self) -> str:
        """The change with its sign."""
        return "—" if self.change is None else "持平" if self.change == 0 else f"{self.change:+,}"


def figures(org: Organisation, year: int, on: date | None = None) -> list[core.Figure]:
    """Every figure of a year of an organisation and those below it. `on` is today: what is overdue depends on it."""
    return core.figures(records(org, year, on))


def compared(org: Organisation, year: int, on: date) -> list[Compared]:
    """The figures of a year beside those of the year before; a year that still runs, as far as it has come."""
    before = {one.id: one for one in figures(org, year - 1, on)}
    out = []
    for now in figures(org, year, on):
        old = before.get(now.id)
        if old is not None:
            known = now.value is not None and old.value is not None
            out.append(Compared(now, old, now.value - old.value if known else None))
        else:
            out.append(Compared(now, core.Figure(now.id, now.label, None, now.unit, now.kind), None))
    return out


def records(org: Organisation, year: int, on: date | None = None) -> core.Year:
    """Everything core needs for the figures of a year."""
    last = date(year, 12, 31)
    until = min(on, last) if on else None
    book = rulebook(org)
    visits = Visit.objects.filter(org__path__startswith=org.path, on__year=year).order_by("on", "pk")
    return core.Year(
        year=year,
        on=until,
        calendar=book.calendar,
        publish=book.terms["publish"],
        decisions=_decisions(org, year),
        overdue=_overdue(org, until) if until else (),
        late=_late(org, year),
        visits=[
            core.VisitRecord(row.pk, row.party_id, row.party.name, row.on, row.people, _joint(row), row.departments)
            for row in visits.select_related("party")
        ],
        hours=_hours(org, year, until or last),
        hours_wanted={key: (one["hours"], one["source"]) for key, one in hours_wanted(org, year).items()},
    )


def newest_year(org: Organisation, today: date) -> int:
    """The newest year with a decision or a visit; this year if there is none at all."""
    decided = Case.objects.filter(org__path__startswith=org.path).aggregate(day=Max("decided_on"))["day"]
    visited = Visit.objects.filter(org__path__startswith=org.path).aggregate(day=Max("on"))["day"]
    return max((day.year for day in (decided, visited) if day), default=today.year)


def years(org: Organisation, today: date) -> list[int]:
    """Every year from the first decision or visit to this year, newest first."""
    decided = Case.objects.filter(org__path__startswith=org.path, decided_on__isnull=False).dates("decided_on", "year")
    visited = Visit.objects.filter(org__path__startswith=org.path).order_by().dates("on", "year")
    known = {day.year for day in decided} | {day.year for day in visited} | {today.year}
    return list(range(today.year, min(known) - 1, -1))


def statistics(org: Organisation, year: int) -> dict[str, Any]:
    """The yearly table of penalties in the Hubei layout: cases under each column, all of them, and the sum in 万元."""
    decisions = _decisions(org, year)
    return {
        "columns": [(title, len(rows)) for title, rows in core.by_column(decisions).items()],
        "total": len(decisions),
        "sum": core.wan(sum(one.fine + one.confiscated for one in decisions)),
        "unnamed": sorted({KINDS.get(kind, kind) for one in decisions for kind in one.kinds} - set(core.COLUMNS)),
    }


def table(figure: core.Figure, year: core.Year) -> Table:
    """The records behind a figure."""
    page, head, cells = {
        "visit": ("visit", VISIT, _visit),
        "hours": ("officer", HOURS, lambda one: (one.name, one.hours)),
        "overdue": ("case", OVERDUE, lambda one: (one.name, one.what, one.due, one.done_on or "尚未办结")),
        "publication": ("case", PUBLICATION, partial(_publication, year=year)),
        "decision": ("case", DECISION, _decision),
    }[figure.kind]
    return Table(head, [(cells(one), reverse(page, args=[one.id])) for one in figure.records])


def plain(cell: object) -> object:
    """A cell for a file: sums without the commas that a spreadsheet would take for text."""
    return str(yuan(cell.fen)) if isinstance(cell, Fen) else cell


@dataclass(frozen=True)
class Fen:
    """A sum in a table."""

    fen: int

    def __str__(self) -> str:
        return money_figures(self.fen) if self.fen else "—"


def _visit(one: core.VisitRecord) -> tuple[object, ...]:
    return (one.on, one.party, one.people, one.joint.split("/", 1)[-1], one.departments)


def _publication(one: core.Decision, *, year: core.Year) -> tuple[object, ...]:
    kept = "是" if core.published_in_time(one, year) else "否"
    return (one.number, one.name, one.on, one.published_on or "未公开", kept)


def _decision(one: core.Decision) -> tuple[object, ...]:
    kinds = "、".join(KINDS.get(kind, kind) for kind in one.kinds)
    reviewed = "是" if one.reviewed else "否"
    return (one.number, one.name, one.on, kinds, Fen(one.fine), Fen(one.confiscated), reviewed, one.overturned or "无")


def _joint(row: Visit) -> str:
    """Two bodies may give their joint inspections the same name."""
    return f"{row.org_id}/{row.joint_key}" if row.joint_key else ""


def _decisions(org: Organisation, year: int) -> list[core.Decision]:
    """Penalty decisions that stand in the year, with what their entries tell beyond the cached columns."""
    rows = Case.objects.filter(org__path__startswith=org.path, outcome="penalty", decided_on__year=year)
    told = _told(rows.values("pk"), ("decide", "withhold_publication", "annul"))
    results = _results(org)
    return [
        core.Decision(
            id=row.pk,
            number=row.decision_number,
            name=row.name,
            on=row.decided_on,
            kinds=tuple(told.get((row.pk, "decide"), {}).get("kinds", ())),
            fine=row.fine,
            confiscated=int(told.get((row.pk, "decide"), {}).get("confiscated") or 0),
            reviewed=row.reviewed,
            published_on=row.published_on,
            withheld=(row.pk, "withhold_publication") in told,
            overturned=results.get(told.get((row.pk, "annul"), {}).get("result", ""), ""),
        )
        for row in rows.order_by("decided_on", "pk")
    ]


def _told(dossiers: Any, steps: Iterable[str]) -> dict[tuple[int, str], dict[str, Any]]:
    """What was filled in for these steps when they last took effect. The proposal carries it, no later signature."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    proposed: dict[tuple[int, str], dict[str, Any]] = {}
    rows = Entry.objects.filter(dossier__in=dossiers, step__in=list(steps)).order_by("dossier_id", "seq")
    for dossier, step, kind, data in rows.values_list("dossier_id", "step", "kind", "data"):
        values = json.loads(data)["values"]
        key = (dossier, step)
        if kind == "refuse":
            proposed.pop(key, None)
            continue
        proposed[key] = {**proposed.get(key, {}), **values}
        if kind == "act":
            found[key] = proposed.pop(key)
    return found


def _results(org: Organisation) -> dict[str, str]:
    """What became of a decision, in the words of the procedure."""
    return {
        value: label
        for procedure in rulebook(org).procedures
        if "annul" in procedure.steps
        for value, label in procedure.step("annul").ask("result").choices
    }


def _periods(org: Organisation) -> Any:
    rows = Deadline.objects.filter(case__org__path__startswith=org.path, term__in=[EXAMINED, DECIDED])
    return rows.filter(due__isnull=False).exclude(ended="cancelled").select_related("case").order_by("due", "pk")


def _overdue(org: Organisation, on: date) -> list[core.Overdue]:
    """Periods that had run out by a day and were not met by then, as the entries know them today."""
    open_then = Q(ended="") | Q(closed_on__gt=on)
    return [_period(row, org) for row in _periods(org).filter(open_then, due__lt=on)]


def _late(org: Organisation, year: int) -> list[core.Overdue]:
    met_late = _periods(org).filter(ended="closed", closed_on__gt=F("due"), closed_on__year=year)
    return [_period(row, org) for row in met_late]


def _period(row: Deadline, org: Organisation) -> core.Overdue:
    return core.Overdue(row.case_id, row.case.name, rulebook(org).terms[row.term].title, row.due, row.closed_on)


def _hours(org: Organisation, year: int, on: date) -> list[core.Hours]:
    """Class hours of everybody who was an officer on the last day looked at."""
    held = Q(grants__role="officer", grants__begins__lte=on) & (Q(grants__until=None) | Q(grants__until__gte=on))
    rows = Officer.objects.filter(held, org__path__startswith=org.path).distinct()
    hours = hours_in(rows, year)
    return [core.Hours(row.pk, row.name, hours.get(row.pk, 0)) for row in rows]
