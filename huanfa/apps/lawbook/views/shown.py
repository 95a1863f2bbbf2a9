"""What every page of the rules shares: the row of tabs, the bureau's rules, the day for which they are wanted."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from huanfa.apps.lawbook import queries
from huanfa.core.rulebook import Rulebook

TABS = (
    ("rules", "概览"), ("rules_laws", "法律"), ("rules_offences", "案由"), ("rules_terms", "期限"), ("rules_settings", "门槛"),
    ("rules_calendar", "工作日"), ("rules_papers", "文书"), ("rules_procedures", "程序"),
)


def page(
    request: HttpRequest, place: str, context: dict[str, Any], form: forms.Form | None = None, template: str = "", *, status: int = 200
) -> HttpResponse:
    """A page of this part: the row of tabs, and 400 if what was asked cannot be read."""
    name = template or f"lawbook/{place}.html"
    wrong = form is not None and form.is_bound and not form.is_valid()
    shared = {"places": TABS, "place": place, "query": request.GET.urlencode()}
    return render(request, name, {**shared, **context}, status=400 if wrong else status)


def book(request: HttpRequest) -> Rulebook:
    """The rules of the officer's organisation."""
    return queries.rulebook(request.officer.org)


def wanted(request: HttpRequest, kind: type[forms.Form]) -> tuple[forms.Form, date, str, str]:
    """The form, the day (today unless another is asked), the words and the field wanted."""
    today = timezone.localdate()
    form = kind({**request.GET.dict(), "on": request.GET.get("on") or today.isoformat()})
    values = form.cleaned_data if form.is_valid() else {}
    return form, values.get("on") or today, values.get("q", ""), values.get("field", "")
