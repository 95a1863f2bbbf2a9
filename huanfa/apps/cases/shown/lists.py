"""Lists of cases: the filters and the pages of the case list, its Excel file, and what waits for one officer."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from openpyxl import Workbook

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case, CaseOfficer
from huanfa.apps.cases.shown import clocks, labels
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.core.money import yuan
from huanfa.core.procedure.definition import Procedure
from huanfa.core.rulebook import Rulebook

PAGE = 20
COUNTED = 1000
LONGEST_FILE = 10_000
COLUMNS = (
    "pk", "name", "number", "decision_number", "cause", "stage", "ended", "outcome", "found_on", "filed_on", "decided_on", "fine",
    "paid", "owed", "next_due", "next_term", "provisional", "party__name",
)
HEAD = (
    "案件名称", "当事人", "案由", "立案号", "阶段", "办结方式", "处理结果", "发现日期", "立案日期", "决定日期", "决定书文号", "罚款（元）",
    "应缴（元）", "已缴（元）", "最近到期",
)
KEYS = {"newest": {"pk": int}, "due": {"next_due": date.fromisoformat, "pk": int}}


@dataclass(frozen=True)
class Listed:
    """One page of the list, with where the others begin, and how many there are ("1000+" where counting stops)."""

    rows: list[dict[str, Any]]
    newer: str
    older: str
    total: str


def wanted(officer: Officer, filters: Mapping[str, Any], *, today: date) -> QuerySet[Case]:
    """The cases an officer may see that fit the filters; empty filters do not count."""
    rows = access.scoped(Case.objects.all(), officer)
    plain = {"stage": "stage", "outcome": "outcome", "offence": "offence", "party": "party_id", "filed": "filed_on__year",
             "decided": "decided_on__year"}
    rows = rows.filter(**{column: filters[key] for key, column in plain.items() if filters.get(key)})
    for word in str(filters.get("q") or "").split()[:6]:
        rows = rows.filter(search__icontains=word)
    if filters.get("field"):
        book = queries.rulebook(officer.org)
        rows = rows.filter(offence__in=[one.id for one in book.offences.values() if one.field == filters["field"]])
    if filters.get("handler"):
        acted = CaseOfficer.objects.filter(case=OuterRef("pk"), capacity="investigator")
        rows = rows.filter(Exists(acted.filter(officer__name__icontains=filters["handler"])))
    state = filters.get("state")
    if state == "open":
        rows = rows.filter(ended="")
    elif state == "ended":
        rows = rows.exclude(ended="")
    elif state == "late":
        rows = rows.filter(next_due__lt=today)
    return rows.exclude(next_due=None) if filters.get("sort") == "due" else rows


def listed(officer: Officer, filters: Mapping[str, Any], cursor: str, *, today: date) -> Listed:
    """A page of the list: three queries, whatever the page."""
    rows = wanted(officer, filters, today=today)
    sort = "due" if filters.get("sort") == "due" else "newest"
    found = pages.page(rows.values_list(*COLUMNS, named=True), KEYS[sort], cursor, size=PAGE, ascending=sort == "due")
    whole = not (found.newer or found.older)
    count = len(found.rows) if whole else rows.order_by()[: COUNTED + 1].count()
    total = f"{COUNTED}+" if count > COUNTED else str(count)
    return Listed(_told(found.rows, queries.rulebook(officer.org), today), found.newer, found.older, total)


def _told(rows: Iterable[Any], book: Rulebook, today: date) -> list[dict[str, Any]]:
    rows = list(rows)
    names = handlers_of([row.pk for row in rows])
    procedure = current(book, today)
    return [
        {
            "row": row,
            "handlers": "、".join(names.get(row.pk, ())),
            "stage": procedure.stage_title(row.stage),
            "ending": labels.ENDINGS.get(row.ended, ""),
            "outcome": labels.OUTCOMES.get(row.outcome, ""),
            "due": clocks.of_case(row, dict(book.terms), today, book.calendar),
            "fine": yuan(row.fine) if row.fine else None,
        }
        for row in rows
    ]


def handlers_of(cases: list[int]) -> dict[int, list[str]]:
    """The names of those who investigate these cases: one query."""
    found: dict[int, list[str]] = {}
    rows = CaseOfficer.objects.filter(case__in=cases, capacity="investigator").order_by("pk")
    for case, name in rows.values_list("case_id", "officer__name"):
        found.setdefault(case, []).append(name)
    return found


def current(book: Rulebook, today: date) -> Procedure:
    """The ordinary procedure as it reads today, for the titles of stages and steps."""
    return book.procedure("ordinary", today)


def workbook(officer: Officer, filters: Mapping[str, Any], *, today: date) -> bytes:
    """The filtered list as an Excel file, at most LONGEST_FILE rows. No cell is taken for a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案件")
    sheet.append(list(HEAD))
    rows = wanted(officer, filters, today=today).order_by("-pk").values_list(*COLUMNS, named=True)
    procedure = current(queries.rulebook(officer.org), today)
    for row in rows[:LONGEST_FILE].iterator(chunk_size=1000):
        cells = [
            row.name, row.party__name, row.cause, row.number, procedure.stage_title(row.stage), labels.ENDINGS.get(row.ended, ""),
            labels.OUTCOMES.get(row.outcome, ""), row.found_on, row.filed_on, row.decided_on, row.decision_number,
            yuan(row.fine), yuan(row.owed), yuan(row.paid), row.next_due,
        ]
        sheet.append([_cell(cell) for cell in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(pages.FORMULA) else value
