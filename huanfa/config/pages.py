"""The pages that belong to no app: signing in, and what is said when an address, a form or the server fails."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.core.procedure.people import ROLES
from huanfa.demo import people


class SignIn(LoginView):
    """Signing in. In the demonstration, and only there, the page lists an account for each role."""

    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration's accounts and the password that all of them share."""
        shown = {"demo_accounts": demo_accounts(), "demo_password": people.PASSWORD} if settings.HUANFA_DEMO else {}
        return {**super().get_context_data(**kwargs), **shown}


def demo_accounts() -> list[dict[str, str]]:
    """Every officer of the demonstration with the roles held today."""
    today = timezone.localdate()
    rows = list(Officer.objects.select_related("user", "org").prefetch_related("grants").order_by("pk"))
    return [
        {
            "username": row.user.username,
            "name": row.name,
            "body": row.org.short if row.org_id != rows[0].org_id else "",
            "roles": "、".join(ROLES[role] for role in ROLES if role in access.roles(row, today)),
        }
        for row in rows
    ]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that cannot be read; 413 if it is too big, with the sentence that names the limit."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"reason": str(exception)}, status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """403: the officer may not do this; the sentence says why."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing here, or nothing that this officer may see; the page does not tell which."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Rendered without asking the database anything."""
    return HttpResponse(render_to_string("500.html"), status=500)
