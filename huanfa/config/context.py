"""What every page is given: the navigation, who is signed in, whether this is the demonstration, today."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from huanfa.apps.officers import access
from huanfa.core.procedure.people import ROLES

# Title, name of the address, icon.
PLACES = (
    ("我的工作", "work", "work"),
    ("案件", "cases", "cases"),
    ("检查", "visits", "inspections"),
    ("当事人", "parties", "parties"),
    ("人员与证件", "officers", "officers"),
    ("文书", "papers", "papers"),
    ("法规库", "rules", "laws"),
    ("裁量计算", "calculator", "calculator"),
    ("台账", "ledger", "ledger"),
    ("年度数据", "figures", "figures"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor named in settings."""
    officer = access.of(request) if hasattr(request, "user") else None
    today = timezone.localdate()
    held = sorted(access.roles(officer, today)) if officer else []
    return {
        "nav": [_place(request, *place) for place in PLACES] if officer else [],
        "officer": {
            "id": officer.pk,
            "name": officer.name,
            "org": officer.org.short,
            "roles": "、".join(ROLES[role] for role in ROLES if role in held),
        }
        if officer
        else None,
        "demo": settings.HUANFA_DEMO,
        "bureau": officer.org.short if officer else "",
        "search_url": _address("cases") if officer else "",
        "sign_out_url": reverse("sign_out"),
        "today": today,
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return "#"


def _place(request: HttpRequest, title: str, name: str, icon: str) -> dict[str, Any]:
    url = _address(name)
    current = request.path == url if url == "/" else request.path.startswith(url)
    return {"title": title, "url": url, "current": current, "icon": icon}
