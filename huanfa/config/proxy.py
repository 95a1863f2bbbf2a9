"""The visitor's address when a proxy stands in front (HUANFA_HTTPS=1). Without a proxy the header is not believed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def client_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Puts the address the nearest proxy saw into REMOTE_ADDR; earlier ones in the header are anybody's claim."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.HUANFA_HTTPS and (forwarded := request.headers.get("X-Forwarded-For")):
            request.META["REMOTE_ADDR"] = forwarded.rsplit(",", 1)[-1].strip()
        return get_response(request)

    return middleware
