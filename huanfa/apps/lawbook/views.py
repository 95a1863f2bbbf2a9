"""Pages of the rules. They only read; each takes the day for which the rules are wanted."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from huanfa.apps.lawbook import diagram, queries, regimes
from huanfa.apps.lawbook.forms import Find, FindOffence, OnDay, Reckon
from huanfa.apps.ledger import pages
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers import access
from huanfa.core.errors import NoCalendar, NoRule
from huanfa.core.offences.words import FIELDS
from huanfa.core.papers import SHARED_VALUES
from huanfa.core.procedure.definition import Procedure
from huanfa.core.rulebook import Rulebook

TABS = (
    ("rules", "概览"), ("rules_laws", "法律"), ("rules_offences", "案由"), ("rules_terms", "期限"), ("rules_settings", "门槛"),
    ("rules_calendar", "工作日"), ("rules_papers", "文书"), ("rules_procedures", "程序"),
)


@require_GET
@access.officer_only
def rules(request: HttpRequest) -> HttpResponse:
    """The chain of packs: what each holds, and what is missing and asked of the bureau."""
    book = _book(request)
    return _page(request, "rules", {"book": book, "chain": queries.chain(book), "acts": queries.acts})


@require_GET
@access.officer_only
def laws(request: HttpRequest) -> HttpResponse:
    """The laws, and how each stands on a day."""
    form, on, q, _ = _wanted(request, Find)
    book = _book(request)
    rows = [(law, queries.law_state(law, on)) for law in queries.laws(book, q)]
    return _page(request, "rules_laws", {"form": form, "on": on, "rows": rows, "replaced": partial(queries.replaced_by, book)}, form)


@require_GET
@access.officer_only
def laws_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    _, on, q, _ = _wanted(request, Find)
    book = _book(request)
    return pages.csv_file("法律总表.csv", ("名称", "文号", "施行", "失效", f"{on}的状态", "被何者取代"), (
        (one.title, one.number, one.begins, one.until, queries.law_state(one, on)[1], queries.replaced_by(book, one))
        for one in queries.laws(book, q)
    ))


@require_GET
@access.officer_only
def offences(request: HttpRequest) -> HttpResponse:
    """The offences, with the text that governs conduct on a day."""
    book = _book(request)
    form, on, q, field = _wanted(request, FindOffence)
    rows = [(one, _regime(one, on)) for one in queries.offences(book, q, field)]
    words = {"fields": FIELDS, "fine": regimes.fine_text, "short": partial(queries.short, book)}
    return _page(request, "rules_offences", {"form": form, "on": on, "rows": rows, **words}, form)


@require_GET
@access.officer_only
def offences_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    book = _book(request)
    _, on, q, field = _wanted(request, FindOffence)
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
    book = _book(request)
    form, on, _, _ = _wanted(request, OnDay)
    if offence_id not in book.offences:
        raise Http404
    found = book.offence(offence_id)
    columns = regimes.columns(book, found, on)
    return _page(request, "rules_offences", {
        "offence": found, "form": form, "on": on, "columns": columns, "lines": regimes.side_by_side(columns),
        "facts": regimes.facts(found), "field": FIELDS[found.field], "absent": _why_none(found, on),
    }, form, "lawbook/offence.html")


@require_GET
@access.officer_only
def terms(request: HttpRequest) -> HttpResponse:
    """The periods."""
    book = _book(request)
    return _page(request, "rules_terms", {"rows": book.terms.values(), "holders": queries.HOLDERS})


@require_GET
@access.officer_only
def terms_file(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    head = ("代码", "期限", "长短", "从何时起算", "谁的期限", "末日遇节假日", "依据")
    return pages.csv_file("期限总表.csv", head, (
        (one.code, one.title, one.length_text, one.starts, queries.HOLDERS[one.holder], "顺延" if one.roll else "不顺延", one.article)
        for one in _book(request).terms.values()
    ))


@require_GET
@access.officer_only
def term(request: HttpRequest, term_id: str) -> HttpResponse:
    """One period, and a calculator that shows every day of its count."""
    book = _book(request)
    if term_id not in book.terms:
        raise Http404
    found = book.terms[term_id]
    form = Reckon(found, request.GET if "start" in request.GET else None)
    result = queries.reckon(book, found, form.begins, form.pauses, form.cleaned_data.get("extend") or 0) if form.is_valid() else None
    return _page(request, "rules_terms", {
        "term": found, "form": form, "result": result, "holder": queries.HOLDERS[found.holder],
        "used_by": queries.used_by(book, term_id),
    }, form, "lawbook/term.html")


@require_GET
@access.officer_only
def settings(request: HttpRequest) -> HttpResponse:
    """Thresholds and switches on a day: the nation's, and what a local pack puts in their place."""
    form, on, _, _ = _wanted(request, OnDay)
    return _page(request, "rules_settings", {"form": form, "on": on, "rows": queries.thresholds(_book(request), on)}, form)


@require_GET
@access.officer_only
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The working days of a year, month by month."""
    days = _book(request).calendar
    years = sorted(one.year for one in days.years)
    wanted = year or min(max(timezone.localdate().year, years[0]), years[-1])
    try:
        grid = queries.year_grid(days, wanted)
    except NoCalendar as missing:
        context = {"year": wanted, "years": years, "grid": [], "missing": str(missing)}
        return _page(request, "rules_calendar", context, status=404)
    notice = next(one.ref.file for one in days.years if one.year == wanted and one.ref)
    context = {"year": wanted, "years": years, "grid": grid, "missing": "", "workdays": days.workdays_in(wanted), "file": notice}
    return _page(request, "rules_calendar", context)


@require_GET
@access.officer_only
def papers(request: HttpRequest) -> HttpResponse:
    """The papers whose wording the packs hold."""
    form, on, q, _ = _wanted(request, Find)
    rows = [
        one for one in _book(request).templates
        if one.valid_from <= on and (one.valid_until is None or on <= one.valid_until) and q in f"{one.title}{one.code}{one.form}"
    ]
    context = {"form": form, "rows": rows, "directions": queries.DIRECTIONS, "layouts": queries.LAYOUTS}
    return _page(request, "rules_papers", context, form)


@require_GET
@access.officer_only
def template(request: HttpRequest, template_id: str) -> HttpResponse:
    """One paper: its values, which steps draw it up, its wording."""
    book = _book(request)
    found = next((one for one in reversed(book.templates) if one.id == template_id), None)
    if found is None:
        raise Http404
    values = [(value, value.id in SHARED_VALUES) for value in found.values.values()]
    return _page(request, "rules_papers", {
        "template": found, "values": values, "steps": queries.drawn_by(book, template_id), "wording": queries.wording(found),
        "articles": book.cite(found.articles), "direction": queries.DIRECTIONS[found.direction], "layout": queries.LAYOUTS[found.layout],
    }, template="lawbook/template.html")


@require_GET
@access.officer_only
def procedures(request: HttpRequest) -> HttpResponse:
    """The procedures."""
    return _page(request, "rules_procedures", {"rows": _book(request).procedures})


@require_GET
@access.officer_only
def procedure(request: HttpRequest, procedure_id: str) -> HttpResponse:
    """A procedure as a drawing and a table; with ?case= also where that case stands in it."""
    book = _book(request)
    form, on, _, _ = _wanted(request, OnDay)
    if procedure_id not in {one.id for one in book.procedures}:
        raise Http404
    try:
        found = book.procedure(procedure_id, on)
    except NoRule as missing:
        context = {"procedure": None, "case": None, "missing": str(missing)}
        return _page(request, "rules_procedures", context, form, "lawbook/procedure.html")
    lines = queries.step_lines(book, found)
    stages = [(title, [one for one in lines if one.step.stage == stage]) for stage, title in found.stages]
    titles = {one.id: one.title for one in book.terms.values()}
    return _page(request, "rules_procedures", {
        "procedure": found, "stages": stages, "missing": "", "term_titles": titles, **_case(request, found),
    }, form, "lawbook/procedure.html")


# ── what the pages share ────────────────────────────────────────────────────────────────────────────────────────────


def _page(
    request: HttpRequest, place: str, context: dict[str, Any], form: forms.Form | None = None, template: str = "", *, status: int = 200
) -> HttpResponse:
    """A page of this part: the row of tabs, and 400 if what was asked cannot be read."""
    name = template or f"lawbook/{place}.html"
    wrong = form is not None and form.is_bound and not form.is_valid()
    shared = {"places": TABS, "place": place, "query": request.GET.urlencode()}
    return render(request, name, {**shared, **context}, status=400 if wrong else status)


def _book(request: HttpRequest) -> Rulebook:
    return queries.rulebook(request.officer.org)


def _wanted(request: HttpRequest, kind: type[forms.Form]) -> tuple[forms.Form, date, str, str]:
    """The form, the day (today unless another is asked), the words and the field wanted."""
    today = timezone.localdate()
    form = kind({**request.GET.dict(), "on": request.GET.get("on") or today.isoformat()})
    values = form.cleaned_data if form.is_valid() else {}
    return form, values.get("on") or today, values.get("q", ""), values.get("field", "")


def _regime(offence: Any, on: date) -> Any:
    return next((one for one in offence.regimes if one.governs(on)), None)


def _why_none(offence: Any, on: date) -> str:
    try:
        offence.regime_on(on)
    except NoRule as none:
        return str(none)
    return ""


def _case(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """The drawing; with ?case=, if this officer may see that case, where it stands in it."""
    wanted = request.GET.get("case", "")
    if not wanted:
        return {"case": None, "standing": None, "near": (), "drawn": diagram.draw(procedure)}
    rows = access.scoped(Dossier.objects.filter(kind=Dossier.Kind.CASE), request.officer)
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    dossier = get_object_or_404(rows, pk=int(wanted))
    found = queries.standing_of(dossier, procedure)
    if found is None:
        raise Http404
    standing, near = found
    drawn = diagram.draw(procedure, done=standing.done, near=near, stage=standing.stage)
    return {"case": dossier, "standing": standing, "near": near, "drawn": drawn}
