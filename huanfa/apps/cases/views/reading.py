"""Pages that show: my work, the list of cases, one case, the proof of a period."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.forms import Filter
from huanfa.apps.cases.models import Case, SavedView
from huanfa.apps.cases.shown import clocks, lists
from huanfa.apps.cases.shown import opened as reading
from huanfa.apps.cases.shown.case import told
from huanfa.apps.cases.shown.opened import Opened
from huanfa.apps.cases.shown.work import desk
from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.papers.models import Paper
from huanfa.core.calendar.terms import proof

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR = 2021


@require_GET
@access.officer_only
def work(request: HttpRequest) -> HttpResponse:
    """My work: what waits for my signature, what is due, my drafts, my cases."""
    today = timezone.localdate()
    may_register = "officer" in access.roles(request.officer, today)
    return render(request, "cases/work.html", {"desk": desk(request.officer, today=today), "may_register": may_register})


@require_GET
@access.officer_only
def cases(request: HttpRequest) -> HttpResponse:
    """The list, with its filters and the officer's saved ones."""
    today = timezone.localdate()
    form = _filter(request, today)
    wanted = form.wanted()
    found = lists.listed(request.officer, wanted, request.GET.get("page", ""), today=today)
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "cases/list.html", {
        "form": form,
        "more": bool(set(wanted) - {"q", "state", "stage", "sort"}),
        "found": found,
        "newer": pages.address(request, found.newer),
        "older": pages.address(request, found.older),
        "last": pages.address(request, pages.LAST) if found.older else "",
        "query": query.urlencode(),
        "saved": SavedView.objects.filter(user=request.user),
        "may_register": "officer" in access.roles(request.officer, today),
    })


@require_GET
@access.officer_only
def cases_file(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel file."""
    today = timezone.localdate()
    data = lists.workbook(request.officer, _filter(request, today).wanted(), today=today)
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = content_disposition_header(True, f"案件{today}.xlsx")
    return response


@require_POST
@access.officer_only
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filter that is set, under a name."""
    name, query = request.POST.get("name", "").strip(), request.POST.get("query", "")
    if name:
        actions.save_view(request.officer, name, query)
        messages.success(request, f"已保存筛选“{name[:40]}”。")
    else:
        messages.error(request, "请给筛选起一个名称。")
    return _list(query)


@require_POST
@access.officer_only
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a saved filter of one's own."""
    actions.delete_view(request.officer, pk)
    return _list("")


@require_GET
@access.officer_only
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole case on one page."""
    view = opened(request, pk)
    papers = Paper.objects.filter(dossier=pk).defer("content").order_by("-seq", "pk")
    exhibits = Exhibit.objects.filter(dossier=pk)
    return render(request, "cases/case.html", {"view": view, **told(view, papers, exhibits)})


@require_GET
@access.officer_only
def clock(request: HttpRequest, pk: int, term: str, seq: int) -> HttpResponse:
    """How a period was reckoned, day by day."""
    view = opened(request, pk)
    found = next((one for one in view.standing.clocks if (one.term, one.seq) == (term, seq)), None)
    if found is None:
        raise Http404
    ends = found.due(view.facts.terms[term], view.facts.calendar)
    return render(request, "cases/clock.html", {
        "view": view,
        "clock": found,
        "ends": ends,
        "shown": clocks.shown(found, view.facts, view.on, ""),
        "lines": proof(ends, view.facts.calendar),
        "opened_by": view.procedure.step(found.opened_by).title,
        "closed_by": view.procedure.step(found.closed_by).title if found.closed_by else "",
    })


def opened(request: HttpRequest, pk: int, on: date | None = None) -> Opened:
    """The case of the address, if the officer may see it; told as of `on` (today)."""
    today = timezone.localdate()
    return reading.opened(case_of(request, pk), request.officer, on=on or today, today=today)


def case_of(request: HttpRequest, pk: int) -> Case:
    """The case of the address, or 404 for one that is not there or belongs to others: both look alike."""
    return get_object_or_404(access.scoped(Case.objects.select_related("org", "party", "dossier"), request.officer), pk=pk)


def _filter(request: HttpRequest, today: date) -> Filter:
    procedure = lists.current(queries.rulebook(request.officer.org), today)
    return Filter(request.GET, stages=procedure.stages, years=range(today.year, FIRST_YEAR - 1, -1))


def _list(query: str) -> Any:
    response = redirect(f"{reverse('cases')}?{query}" if query else reverse("cases"))
    response.status_code = 303
    return response
