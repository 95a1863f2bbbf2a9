"""Pages of the packs, the laws and the offences."""

from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huanfa.apps.lawbook import queries, regimes
from huanfa.apps.lawbook.forms import Find, FindOffence, OnDay
from huanfa.apps.lawbook.views import shown
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.core.errors import NoRule
from huanfa.core.offences import Offence, Regime
from huanfa.core.offences.words import FIELDS


@require_GET
@access.officer_only
def rules(request: HttpRequest) -> HttpResponse:
    """The chain of packs: what each holds, and what is missing and asked of the bureau."""
    book = shown.book(request)
    return shown.page(request, "rules", {"book": book, "chain": queries.chain(book), "acts": queries.acts})


@require_GET
@access.officer_only
def laws(request: HttpRequest) -> HttpResponse:
    """The laws, and how each stands on a day."""
    form, on, q, _ = shown.wanted(request, Find)
    book = shown.book(request)
    rows = [(law, queries.law_state(law, on)) for law in queries.laws(book, q)]
    return shown.page(request, "rules_laws", {"form": form, "on": on, "rows": rows, "replaced": partial(queries.replaced_by, book)}, form)


@require_GET
@access.officer_only
def laws_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    _, on, q, _ = shown.wanted(request, Find)
    book = shown.book(request)
    return pages.csv_file("法律总表.csv", ("名称", "文号", "施行", "失效", f"{on}的状态", "被何者取代"), (
        (one.title, one.number, one.begins, one.until, queries.law_state(one, on)[1], queries.replaced_by(book, one))
        for one in queries.laws(book, q)
    ))


@require_GET
@access.officer_only
def offences(request: HttpRequest) -> HttpResponse:
    """The offences, with the text that governs conduct on a day."""
    book = shown.book(request)
    form, on, q, field = shown.wanted(request, FindOffence)
    rows = [(one, _regime(one, on)) for one in queries.offences(book, q, field)]
    words = {"fields": FIELDS, "fine": regimes.fine_text, "short": partial(queries.short, book)}
    return shown.page(request, "rules_offences", {"form": form, "on": on, "rows": rows, **words}, form)


@require_GET
@access.officer_only
def offences_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    book = shown.book(request)
    _, on, q, field = shown.wanted(request, FindOffence)
    rows = ((one, _regime(one, on)) for one in queries.offences(book, q, field))
    head = ("案由", "领域", "代码", f"{on}的行为：违反条款", "处罚依据", "罚款", "核对")
    return pages.csv_file("案由.csv", head, (
        (one.name, FIELDS[one.field], one.code, *(
            (book.cite(now.breaks), book.cite(now.punished_by), regimes.fine_text(now.fine), now.mark)
            if now else ("当日没有对应的条文",)
        ))
        for one, now in rows
    ))


@require_GET
@access.officer_only
def offence(request: HttpRequest, offence_id: str) -> HttpResponse:
    """One offence: every text that ever governed it, side by side."""
    book = shown.book(request)
    form, on, _, _ = shown.wanted(request, OnDay)
    if offence_id not in book.offences:
        raise Http404
    found = book.offence(offence_id)
    columns = regimes.columns(book, found, on)
    return shown.page(request, "rules_offences", {
        "offence": found, "form": form, "on": on, "columns": columns, "lines": regimes.side_by_side(columns),
        "facts": regimes.facts(found), "field": FIELDS[found.field], "absent": _why_none(found, on),
    }, form, "lawbook/offence.html")


def _regime(offence: Offence, on: date) -> Regime | None:
    return next((one for one in offence.regimes if one.governs(on)), None)


def _why_none(offence: Offence, on: date) -> str:
    try:
        offence.regime_on(on)
    except NoRule as none:
        return str(none)
    return ""
