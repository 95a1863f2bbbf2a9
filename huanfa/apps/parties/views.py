"""Pages of parties: the list, one file, opening and changing one."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.parties import actions, queries
from huanfa.apps.parties.forms import Filter, PartyForm
from huanfa.apps.parties.models import Party
from huanfa.core.errors import NotAllowed

WRITERS = ("officer", "unit_head", "admin")


@require_GET
@access.officer_only
def parties(request: HttpRequest) -> HttpResponse:
    """The list, newest file first."""
    form = Filter(request.GET)
    rows = queries.listed(request.officer, **_wanted(form))
    page = pages.page(rows, queries.KEYS, request.GET.get("page", ""))
    whole, counts = queries.may_read_codes(request.officer, page.rows), queries.counts(page.rows)
    return render(request, "parties/list.html", {
        "form": form,
        "rows": [(row, queries.shown_code(row, whole), *counts[row.pk]) for row in page.rows],
        "newer": pages.address(request, page.newer),
        "older": pages.address(request, page.older),
        "may_write": _may_write(request),
        "query": request.GET.urlencode(),
    })


@require_GET
@access.officer_only
def parties_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    rows = list(queries.listed(request.officer, **_wanted(Filter(request.GET))).order_by("-pk")[: pages.LONGEST_FILE])
    whole = queries.may_read_codes(request.officer, rows)
    head = ("类型", "名称（姓名）", "代码", "法定代表人（负责人）", "经营者", "住所（地址）", "电话", "行业")
    return pages.csv_file("当事人.csv", head, (
        (row.get_kind_display(), row.name, queries.shown_code(row, whole), row.legal_rep, row.operator, row.address,
         row.phone, row.trade)
        for row in rows
    ))


@require_GET
@access.officer_only
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """One file over all years."""
    row = _party(request, pk)
    whole = queries.may_read_codes(request.officer, [row])
    return render(request, "parties/party.html", {
        "party": row,
        "particulars": queries.particulars(row, queries.shown_code(row, whole)),
        "masked": row.pk not in whole,
        "file": queries.file(row, request.officer, timezone.localdate(), whole=row.pk in whole),
        "may_write": _may_write(request),
        "may_visit": "officer" in access.roles(request.officer, timezone.localdate()),
    })


@require_http_methods(["GET", "POST"])
@access.officer_only
def party_new(request: HttpRequest) -> HttpResponse:
    """Open a file; with ?next= the page that asked for it gets the new file's id as `party`."""
    access.require(request.officer, timezone.localdate(), *WRITERS)
    usual = {"kind": Party.Kind.LEGAL_PERSON, "name": request.GET.get("name", "")}
    form = PartyForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.create(form.cleaned_data, by=request.officer, on=timezone.localdate())
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, f"已建立{row.name}的档案。")
            return _after(request, row)
    context = {"form": form, "back": _next(request)}
    return render(request, "parties/new.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@access.officer_only
def party_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change particulars, with a reason."""
    access.require(request.officer, timezone.localdate(), *WRITERS)
    row = _party(request, pk)
    hidden = row.pk not in queries.may_read_codes(request.officer, [row])
    form = PartyForm(request.POST or None, instance=row, code_hidden=hidden)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        reason, seen = values.pop("reason"), _number(request.POST.get("seen", ""))
        try:
            actions.change(row.pk, values, reason, by=request.officer, on=timezone.localdate(), seen=seen)
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, "已修改，原来的内容留在变更记录中。")
            return pages.see_other("party", row.pk)
    context = {"form": form, "party": row, "hidden": hidden, "seen": row.changes.count()}
    return render(request, "parties/edit.html", context, status=400 if form.errors else 200)


def _party(request: HttpRequest, pk: int) -> Party:
    return get_object_or_404(access.scoped(Party.objects.select_related("org"), request.officer), pk=pk)


def _wanted(form: Filter) -> dict[str, str]:
    values = form.cleaned_data if form.is_valid() else {}
    return {"q": values.get("q", ""), "kind": values.get("kind", "")}


def _may_write(request: HttpRequest) -> bool:
    return bool(access.roles(request.officer, timezone.localdate()) & set(WRITERS))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _next(request: HttpRequest) -> str:
    """Where to go back to, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _after(request: HttpRequest, row: Party) -> HttpResponse:
    """To the new file, or back to where it was wanted, with its id."""
    back = _next(request)
    if not back:
        return pages.see_other("party", row.pk)
    address = urlsplit(back)
    query = [pair for pair in parse_qsl(address.query, keep_blank_values=True) if pair[0] != "party"]
    found = address._replace(query=urlencode([*query, ("party", row.pk)])).geturl()
    return HttpResponseRedirect(found, status=303)
