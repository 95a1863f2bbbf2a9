"""What a signed-in officer may see. Every read path goes through here; a test walks all addresses to prove it."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from huanfa.apps.officers.models import Officer

View = Callable[..., HttpResponse]


def officer_only(view: View) -> View:
    """Let only signed-in officers of a body in; the view finds them as `request.officer`."""

    @login_required
    @wraps(view)
    def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        officer = of(request)
        if officer is None:
            raise PermissionDenied("您的账号没有对应的工作人员信息，请联系系统管理员。")
        request.officer = officer
        return view(request, *args, **kwargs)

    return inside


def of(request: HttpRequest) -> Officer | None:
    """The officer who is signed in, with organisation and roles; None for anybody else."""
    if not request.user.is_authenticated:
        return None
    found = getattr(request, "officer", None)
    if found is None:
        rows = Officer.objects.select_related("org", "user").prefetch_related("grants")
        found = rows.filter(user_id=request.user.pk).first()
    return found


def roles(officer: Officer, on: date) -> frozenset[str]:
    """The roles an officer holds on a day."""
    return frozenset(
        grant.role for grant in officer.grants.all() if grant.begins <= on and (grant.until is None or on <= grant.until)
    )


def scoped(rows: QuerySet, officer: Officer, org: str = "org") -> QuerySet:
    """Only rows of the officer's organisation and of those below it. `org` is the way from the row to it."""
    return rows.filter(**{f"{org}__path__startswith": officer.org.path})


def require(officer: Officer, on: date, *wanted: str) -> None:
    """Raise PermissionDenied unless the officer holds one of these roles on that day."""
    if not roles(officer, on) & set(wanted):
        raise PermissionDenied("您当前的岗位不能办理此事。")
