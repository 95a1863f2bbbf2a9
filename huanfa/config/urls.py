"""Every address of the system: each app brings its own list, included here."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from huanfa.config import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", pages.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("", include("huanfa.apps.cases.urls")),
    path("", include("huanfa.apps.discretion.urls")),
    path("", include("huanfa.apps.evidence.urls")),
    path("", include("huanfa.apps.inspections.urls")),
    path("", include("huanfa.apps.lawbook.urls")),
    path("", include("huanfa.apps.ledger.urls")),
    path("", include("huanfa.apps.officers.urls")),
    path("", include("huanfa.apps.papers.urls")),
    path("", include("huanfa.apps.parties.urls")),
    path("", include("huanfa.apps.reports.urls")),
]

handler400 = "huanfa.config.pages.bad_request"
handler403 = "huanfa.config.pages.forbidden"
handler404 = "huanfa.config.pages.not_found"
handler500 = "huanfa.config.pages.broken"
