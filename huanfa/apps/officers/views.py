"""Pages of people: the list, one officer, and what admin and unit heads record about them."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from huanfa.apps.ledger import pages
from huanfa.apps.officers import access, actions, queries
from huanfa.apps.officers.forms import (
    CardForm,
    EndRoleForm,
    Filter,
    OfficerForm,
    RoleForm,
    SuspensionForm,
    TrainingForm,
)
from huanfa.apps.officers.models import Officer, RoleGrant
from huanfa.core.errors import NotAllowed
from huanfa.core.procedure.people import ROLES

MANAGERS = ("admin", "unit_head")


@require_GET
@access.officer_only
def officers(request: HttpRequest) -> HttpResponse:
    """Everybody, with roles, card and this year's class hours."""
    form, on = Filter(request.GET), timezone.localdate()
    rows = queries.listed(_everybody(request), on, **(form.cleaned_data if form.is_valid() else {}))
    return render(request, "officers/list.html", {
        "form": form, "rows": rows, "wanted": queries.hours_wanted(request.officer.org, on.year), "year": on.year,
        "may_manage": _may_manage(request), "may_add": "admin" in access.roles(request.officer, on),
        "query": request.GET.urlencode(),
    })


@require_GET
@access.officer_only
def officers_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    form, on = Filter(request.GET), timezone.localdate()
    rows = queries.listed(_everybody(request), on, **(form.cleaned_data if form.is_valid() else {}))
    head = ("姓名", "单位", "职务", "岗位", "执法证号", "有效期至", "状态", f"{on.year}年学时")
    return pages.csv_file("人员与证件.csv", head, (
        (one.row.name, one.row.org.short, one.row.post, one.roles, one.card.number, one.card.until, one.card.label,
         one.hours)
        for one in rows
    ))


@require_GET
@access.officer_only
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """One officer: cards, roles and training over time."""
    person, on = _person(request, pk), timezone.localdate()
    return render(request, "officers/officer.html", {
        "person": person, "on": on, "record": queries.record(person, on), "may_manage": _may_manage(request),
        "may_grant": _may_manage(request) and person.pk != request.officer.pk,
    })


@require_http_methods(["GET", "POST"])
@access.officer_only
def officer_new(request: HttpRequest) -> HttpResponse:
    """Register a person and an account."""
    access.require(request.officer, timezone.localdate(), "admin")
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_officer(
                request.officer.org, **form.cleaned_data, by=request.officer, now=timezone.localtime()
            )
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, f"已登记{person.name}。请接着登记执法证和岗位。")
            return pages.see_other("officer", person.pk)
    return _form(request, form, "登记人员", "登记", None)


@require_http_methods(["GET", "POST"])
@access.officer_only
def card_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a card; it takes the place of the one before."""
    person, form = _managed(request, pk), CardForm(request.POST or None)
    return _do(
        request, person, form, "登记执法证", "已登记执法证。",
        lambda now: actions.issue_card(person, **form.cleaned_data, by=request.officer, now=now),
    )


@require_http_methods(["GET", "POST"])
@access.officer_only
def card_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend the newest card."""
    person = _managed(request, pk)
    card = get_object_or_404(person.cards.order_by("-issued_on")[:1])
    form = SuspensionForm(request.POST or None, initial={"begins": timezone.localdate()})
    return _do(
        request, person, form, f"暂停使用执法证 {card.number}", "已登记暂停。",
        lambda now: actions.suspend_card(card, **form.cleaned_data, by=request.officer, now=now),
    )


@require_http_methods(["GET", "POST"])
@access.officer_only
def role_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    person = _of_another(request, pk)
    form = RoleForm(request.POST or None, roles=_grantable(request), initial={"begins": timezone.localdate()})
    return _do(
        request, person, form, "授予岗位", "已授予岗位。",
        lambda now: actions.grant_role(person, **form.cleaned_data, by=request.officer, now=now),
    )


@require_http_methods(["GET", "POST"])
@access.officer_only
def role_end(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """End a role."""
    person = _of_another(request, pk)
    held = get_object_or_404(RoleGrant, pk=grant, officer=person, role__in=_grantable(request))
    form = EndRoleForm(request.POST or None, initial={"until": timezone.localdate()})
    return _do(
        request, person, form, f"免去岗位：{ROLES[held.role]}", "已登记免去岗位。",
        lambda now: actions.end_role(held, **form.cleaned_data, by=request.officer, now=now),
    )


@require_http_methods(["GET", "POST"])
@access.officer_only
def training_record(request: HttpRequest) -> HttpResponse:
    """Record a course of several officers."""
    access.require(request.officer, timezone.localdate(), *MANAGERS)
    form = TrainingForm(request.POST or None, people=_everybody(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "officers": list(form.cleaned_data["officers"])}
        try:
            rows = actions.record_training(**values, by=request.officer, now=timezone.localtime())
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, f"已登记{len(rows)}人的培训学时。")
            return pages.see_other("officers")
    return _form(request, form, "登记培训", "登记", None)


def _everybody(request: HttpRequest) -> QuerySet[Officer]:
    return access.scoped(Officer.objects.all(), request.officer)


def _person(request: HttpRequest, pk: int) -> Officer:
    return get_object_or_404(queries.staff(_everybody(request)), pk=pk)


def _managed(request: HttpRequest, pk: int) -> Officer:
    access.require(request.officer, timezone.localdate(), *MANAGERS)
    return _person(request, pk)


def _of_another(request: HttpRequest, pk: int) -> Officer:
    """Nobody gives or takes a role of their own."""
    person = _managed(request, pk)
    if person.pk == request.officer.pk:
        raise PermissionDenied("本人的岗位由其他有权人员授予和免去。")
    return person


def _grantable(request: HttpRequest) -> dict[str, str]:
    """Only an admin makes another admin."""
    mine = access.roles(request.officer, timezone.localdate())
    return {role: title for role, title in ROLES.items() if role != "admin" or "admin" in mine}


def _may_manage(request: HttpRequest) -> bool:
    return bool(access.roles(request.officer, timezone.localdate()) & set(MANAGERS))


def _do(
    request: HttpRequest, person: Officer, form: forms.Form, title: str, said: str, act: Callable[[datetime], object]
) -> HttpResponse:
    """Bind, act, and go back to the person's page; or show the form with what stands in the way."""
    if request.method == "POST" and form.is_valid():
        try:
            act(timezone.localtime())
        except NotAllowed as refusal:
            pages.refuse(form, refusal)
        else:
            messages.success(request, said)
            return pages.see_other("officer", person.pk)
    return _form(request, form, title, "提交", person)


def _form(request: HttpRequest, form: forms.Form, title: str, button: str, person: Officer | None) -> HttpResponse:
    context = {"form": form, "heading": title, "button": button, "person": person}
    return render(request, "officers/form.html", context, status=400 if form.errors else 200)
