"""Pages of the papers' wording and of the procedures, drawn and in words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from huanfa.apps.lawbook import diagram, steps
from huanfa.apps.lawbook.forms import Find, OnDay
from huanfa.apps.lawbook.views import shown
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers import access
from huanfa.core.errors import NoRule
from huanfa.core.papers import SHARED_VALUES
from huanfa.core.procedure.definition import Procedure


@require_GET
@access.officer_only
def papers(request: HttpRequest) -> HttpResponse:
    """The papers whose wording the packs hold."""
    form, on, q, _ = shown.wanted(request, Find)
    rows = [
        one for one in shown.book(request).templates
        if one.valid_from <= on and (one.valid_until is None or on <= one.valid_until) and q in f"{one.title}{one.code}{one.form}"
    ]
    context = {"form": form, "rows": rows, "directions": steps.DIRECTIONS, "layouts": steps.LAYOUTS}
    return shown.page(request, "rules_papers", context, form)


@require_GET
@access.officer_only
def template(request: HttpRequest, template_id: str) -> HttpResponse:
    """One paper: its values, which steps draw it up, its wording."""
    book = shown.book(request)
    found = next((one for one in reversed(book.templates) if one.id == template_id), None)
    if found is None:
        raise Http404
    values = [(value, value.id in SHARED_VALUES) for value in found.values.values()]
    return shown.page(request, "rules_papers", {
        "template": found, "values": values, "steps": steps.drawn_by(book, template_id), "wording": steps.wording(found),
        "articles": book.cite(found.articles), "direction": steps.DIRECTIONS[found.direction], "layout": steps.LAYOUTS[found.layout],
    }, template="lawbook/template.html")


@require_GET
@access.officer_only
def procedures(request: HttpRequest) -> HttpResponse:
    """The procedures."""
    return shown.page(request, "rules_procedures", {"rows": shown.book(request).procedures})


@require_GET
@access.officer_only
def procedure(request: HttpRequest, procedure_id: str) -> HttpResponse:
    """A procedure as a drawing and a table; with ?case= also where that case stands in it."""
    book = shown.book(request)
    form, on, _, _ = shown.wanted(request, OnDay)
    if procedure_id not in {one.id for one in book.procedures}:
        raise Http404
    try:
        found = book.procedure(procedure_id, on)
    except NoRule as missing:
        context = {"procedure": None, "case": None, "missing": str(missing)}
        return shown.page(request, "rules_procedures", context, form, "lawbook/procedure.html")
    lines = steps.step_lines(book, found)
    stages = [(title, [one for one in lines if one.step.stage == stage]) for stage, title in found.stages]
    titles = {one.id: one.title for one in book.terms.values()}
    return shown.page(request, "rules_procedures", {
        "procedure": found, "stages": stages, "missing": "", "term_titles": titles, **_case(request, found),
    }, form, "lawbook/procedure.html")


def _case(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """The drawing; with ?case=, if this officer may see that case, where it stands in it."""
    wanted = request.GET.get("case", "")
    if not wanted:
        return {"case": None, "standing": None, "near": (), "drawn": diagram.draw(procedure)}
    rows = access.scoped(Dossier.objects.filter(kind=Dossier.Kind.CASE), request.officer)
    if not wanted.isdecimal() or len(wanted) > 18:
        raise Http404
    dossier = get_object_or_404(rows, pk=int(wanted))
    found = steps.standing_of(dossier, procedure)
    if found is None:
        raise Http404
    standing, near = found
    drawn = diagram.draw(procedure, done=standing.done, near=near, stage=standing.stage)
    return {"case": dossier, "standing": standing, "near": near, "drawn": drawn}
