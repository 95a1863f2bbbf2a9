"""Whose address counts when a proxy stands in front."""

from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from huanfa.config.proxy import client_address


def seen(header: str) -> str:
    """The address a page would see."""
    addresses = []

    def page(request):
        addresses.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    client_address(page)(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": header}))
    return addresses[0]


@override_settings(HUANFA_HTTPS=False)
def test_without_a_proxy_the_header_is_not_believed():
    assert seen("203.0.113.9") == "10.0.0.1"


@override_settings(HUANFA_HTTPS=True)
def test_behind_a_proxy_only_the_address_the_proxy_itself_saw_counts():
    assert seen("198.51.100.7, 203.0.113.9") == "203.0.113.9"
