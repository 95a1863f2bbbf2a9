"""Pages of visits: the register, one visit, recording one."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from huanfa.apps.inspections import actions, queries
from huanfa.apps.inspections.forms import Filter, VisitForm
from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import staff
from huanfa.apps.parties.models import Party
from huanfa.apps.parties.queries import listed as parties_listed
from huanfa.core.errors import NotAllowed

OFFERED = 12


@require_GET
@access.officer_only
def visits(request: HttpRequest) -> HttpResponse:
    """The register with its four counts, newest first."""
    form, rows = _wanted(request)
    found = rows.select_related("party").prefetch_related("officers")
    page = pages.page(found, queries.KEYS, request.GET.get("page", ""))
    return render(request, "inspections/list.html", {
        "form": form,
        "rows": page.rows,
        "counts": queries.counts(rows),
        "newer": pages.address(request, page.newer),
        "older": pages.address(request, page.older),
        "may_record": _may_record(request),
        "query": request.GET.urlencode(),
    })


@require_GET
@access.officer_only
def visits_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    _, rows = _wanted(request)
    found = rows.select_related("party").prefetch_related("officers").order_by("-on", "-pk")[: pages.LONGEST_FILE]
    head = ("检查日期", "当事人", "检查方式", "检查人员", "人数", "联合检查", "参加部门", "结果", "检查情况")
    return pages.csv_file("行政检查登记.csv", head, (
        (row.on, row.party.name, row.get_kind_display(), "、".join(one.name for one in row.officers.all()), row.people,
         row.joint_key, row.departments, row.get_result_display(), row.findings)
        for row in found
    ))


@require_GET
@access.officer_only
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit as recorded."""
    rows = access.scoped(Visit.objects.select_related("party", "entry__dossier", "org"), request.officer)
    row = get_object_or_404(rows.prefetch_related("officers"), pk=pk)
    joint = access.scoped(Visit.objects.all(), request.officer).filter(org=row.org, joint_key=row.joint_key)
    return render(request, "inspections/visit.html", {
        "visit": row,
        "together": joint.exclude(pk=pk).select_related("party").order_by("on", "pk") if row.joint_key else [],
        "may_record": _may_record(request),
    })


@require_http_methods(["GET", "POST"])
@access.officer_only
def visit_new(request: HttpRequest) -> HttpResponse:
    """Record a visit to the party chosen; without one, choose it first."""
    access.require(request.officer, timezone.localdate(), "officer")
    party = _party(request)
    if party is None:
        return _choose(request)
    form = VisitForm(
        request.POST or None, people=_staff(request), today=timezone.localdate(),
        initial={"on": timezone.localdate(), "kind": Visit.Kind.DAILY, "officers": [request.officer.pk]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.record_visit(party, **form.cleaned_data, by=request.officer, now=timezone.localtime())
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, "已登记检查。")
            return pages.see_other("visit", row.pk)
    return render(request, "inspections/new.html", {"form": form, "party": party}, status=400 if form.errors else 200)


def _wanted(request: HttpRequest) -> tuple[Filter, QuerySet[Visit]]:
    """The filter, and the visits it leaves."""
    rows = access.scoped(Visit.objects.all(), request.officer)
    people = access.scoped(Officer.objects.all(), request.officer)
    form = Filter(request.GET, years=queries.years(rows), people=people)
    return form, queries.listed(rows, **(form.cleaned_data if form.is_valid() else {}))


def _may_record(request: HttpRequest) -> bool:
    return "officer" in access.roles(request.officer, timezone.localdate())


def _staff(request: HttpRequest) -> QuerySet[Officer]:
    """Everybody of the body who has ever been an officer or had a card."""
    rows = access.scoped(Officer.objects.all(), request.officer)
    return staff(rows.filter(cards__isnull=False).distinct())


def _party(request: HttpRequest) -> Party | None:
    wanted = request.GET.get("party", "")
    rows = access.scoped(Party.objects.all(), request.officer)
    return get_object_or_404(rows, pk=int(wanted)) if wanted.isdecimal() else None


def _choose(request: HttpRequest) -> HttpResponse:
    """Find the party, or open a file for it and come back."""
    q = request.GET.get("q", "").strip()[:60]
    found = list(parties_listed(request.officer, q).order_by("-pk")[: OFFERED + 1])
    back = reverse("visit_new")
    return render(request, "inspections/choose.html", {
        "q": q, "found": found[:OFFERED], "more": len(found) > OFFERED,
        "new_url": f"{reverse('party_new')}?{urlencode({'next': back, 'name': q})}",
    })
