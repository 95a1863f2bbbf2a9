"""Pages of the yearly figures: the year, and the records behind each figure."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.reports import queries
from huanfa.core import figures as core

# Those that the yearly report puts first.
TILES = ("decisions", "fined", "reviewed", "published", "overdue", "people", "visits", "joint")
FIRST_YEAR = 2000
# More records than this are left to the file.
SHOWN = 1_000


@require_GET
@access.officer_only
def figures(request: HttpRequest) -> HttpResponse:
    """To the newest year with anything in it."""
    return redirect("figures_year", queries.newest_year(request.officer.org, timezone.localdate()))


@require_GET
@access.officer_only
def figures_year(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of a year beside the year before, and the yearly table of penalties."""
    org, on = request.officer.org, _day(year)
    rows = queries.compared(org, year, on)
    by_id = {one.figure.id: one.figure for one in rows}
    return render(request, "reports/year.html", {
        "year": year, "years": queries.years(org, on), "rows": rows, "org": org, "running": year == on.year,
        "tiles": [by_id[one] for one in TILES], "statistics": queries.statistics(org, year), "on": on,
    })


@require_GET
@access.officer_only
def figures_file(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of a year as a file."""
    rows = queries.compared(request.officer.org, year, _day(year))
    head = ("指标", f"{year}年", f"{year - 1}年", "增减", "单位", "说明", "依据")
    return pages.csv_file(f"{year}年度数据.csv", head, (
        (one.figure.label, one.figure.text, one.before.text, one.change_text, one.figure.unit, one.figure.note,
         one.figure.article)
        for one in rows
    ))


@require_GET
@access.officer_only
def figure(request: HttpRequest, year: int, figure: str) -> HttpResponse:
    """One figure and every record behind it."""
    found, table = _figure(request, year, figure)
    return render(request, "reports/figure.html", {
        "year": year, "figure": found, "table": table, "rows": table.rows[:SHOWN],
    })


@require_GET
@access.officer_only
def figure_file(request: HttpRequest, year: int, figure: str) -> HttpResponse:
    """The records behind a figure as a file."""
    found, table = _figure(request, year, figure)
    rows = ([queries.plain(cell) for cell in cells] for cells, _ in table.rows)
    return pages.csv_file(f"{year}年{found.label}.csv", table.head, rows)


def _day(year: int) -> date:
    """Today, for years that have begun; others have no page."""
    today = timezone.localdate()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return today


def _figure(request: HttpRequest, year: int, figure: str) -> tuple[core.Figure, queries.Table]:
    records = queries.records(request.officer.org, year, _day(year))
    found = next((one for one in core.figures(records) if one.id == figure), None)
    if found is None:
        raise Http404
    return found, queries.table(found, records)
