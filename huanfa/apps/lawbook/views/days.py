"""Pages of the periods with their calculator, the thresholds, and the working days of a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from huanfa.apps.lawbook import queries, steps, thresholds
from huanfa.apps.lawbook.forms import OnDay, Reckon
from huanfa.apps.lawbook.views import shown
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.core.errors import NoCalendar


@require_GET
@access.officer_only
def terms(request: HttpRequest) -> HttpResponse:
    """The periods."""
    book = shown.book(request)
    return shown.page(request, "rules_terms", {"rows": book.terms.values(), "holders": queries.HOLDERS})


@require_GET
@access.officer_only
def terms_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    head = ("代码", "期限", "长短", "从何时起算", "谁的期限", "末日遇节假日", "依据")
    return pages.csv_file("期限总表.csv", head, (
        (one.code, one.title, one.length_text, one.starts, queries.HOLDERS[one.holder], "顺延" if one.roll else "不顺延", one.article)
        for one in shown.book(request).terms.values()
    ))


@require_GET
@access.officer_only
def term(request: HttpRequest, term_id: str) -> HttpResponse:
    """One period, and a calculator that shows every day of its count."""
    book = shown.book(request)
    if term_id not in book.terms:
        raise Http404
    found = book.terms[term_id]
    form = Reckon(found, request.GET if "start" in request.GET else None)
    result = queries.reckon(book, found, form.begins, form.pauses, form.cleaned_data.get("extend") or 0) if form.is_valid() else None
    return shown.page(request, "rules_terms", {
        "term": found, "form": form, "result": result, "holder": queries.HOLDERS[found.holder],
        "used_by": steps.used_by(book, term_id),
    }, form, "lawbook/term.html")


@require_GET
@access.officer_only
def settings(request: HttpRequest) -> HttpResponse:
    """Thresholds and switches on a day: the nation's, and what a local pack puts in their place."""
    form, on, _, _ = shown.wanted(request, OnDay)
    return shown.page(request, "rules_settings", {"form": form, "on": on, "rows": thresholds.thresholds(shown.book(request), on)}, form)


@require_GET
@access.officer_only
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The working days of a year, month by month."""
    days = shown.book(request).calendar
    years = sorted(one.year for one in days.years)
    wanted = year or min(max(timezone.localdate().year, years[0]), years[-1])
    try:
        grid = queries.year_grid(days, wanted)
    except NoCalendar as missing:
        context = {"year": wanted, "years": years, "grid": [], "missing": str(missing)}
        return shown.page(request, "rules_calendar", context, status=404)
    notice = next(one.ref.file for one in days.years if one.year == wanted and one.ref)
    context = {"year": wanted, "years": years, "grid": grid, "missing": "", "workdays": days.workdays_in(wanted), "file": notice}
    return shown.page(request, "rules_calendar", context)
