"""Every address of the system: closed to strangers, blind to other bureaux, and never a stack trace for an odd id."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.papers.models import Paper
from tests.apps.builders import a_bureau, a_case, a_client, a_party

pytestmark = pytest.mark.django_db

# Anybody may reckon a fine by the published tables (行政处罚法第34条: benchmarks are public); nothing is kept, no case is read.
CALCULATOR = {"calculator", "calculator_tables", "calculator_table", "api_fine", "api_fine_tables", "api_fine_table"}
OPEN_TO_ALL = {"sign_in", "sign_out", *CALCULATOR}
# Addresses that name no record of a bureau: rules, calendars and years are the same for everybody who is signed in.
NAMELESS = {"year", "figure", "day", "template", "offence", "law", "title", "column", "line", "kind"}


def addresses() -> list[tuple[str, str, dict]]:
    """(name, route, converters) of every address."""
    found = []

    def walk(patterns: list, prefix: str = "") -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, prefix + str(one.pattern))
            elif isinstance(one, URLPattern):
                found.append((one.name, prefix + str(one.pattern), one.pattern.converters))

    walk(get_resolver().url_patterns)
    return found


@pytest.fixture
def theirs():
    """One of everything a bureau has: the ids by the app whose addresses take them."""
    bureau = a_bureau()
    case = a_case(bureau, at="serve_notice")
    client = a_client(bureau["handler"])
    client.post(f"/cases/{case.pk}/exhibits/", {
        "name": "照片", "taken_on": "2026-09-10", "provider": "示例", "proves": "示例",
        "file": SimpleUploadedFile("a.txt", BytesIO("现场照片说明".encode()).getvalue(), "text/plain"),
    })
    from huanfa.apps.inspections.actions import record_visit

    record_visit(
        a_party(bureau.org, "另一家示例企业"), date(2026, 9, 10), "daily", [bureau["handler"], bureau["second_handler"]], "clean",
        "未发现问题", departments="", joint_key="", by=bureau["handler"], now=timezone.now(),
    )
    ledger.seal_day(date(2026, 11, 24))
    return {
        "cases": case.pk, "papers": Paper.objects.filter(dossier=case.pk).last().pk, "parties": case.party_id,
        "officers": bureau["handler"].pk, "inspections": Visit.objects.get().pk, "ledger": case.pk,
        "evidence": case.pk, "exhibit": Exhibit.objects.get().pk, "case": case,
    }


def filled(name: str, route: str, converters: dict, theirs: dict) -> str:
    """The address with the ids of a bureau's own records in it."""
    app = route.split("/")[0]
    app = {"visits": "inspections", "": "cases"}.get(app, app)
    out = "/" + route
    for key, converter in converters.items():
        kind = type(converter).__name__
        value: object = {"step": "serve_notice", "term": "decide_within", "seq": 5, "number": 1, "year": 2026, "day": "2026-11-24"}.get(key)
        if key in ("exhibit", "exhibit_id") or (key == "pk" and "evidence" in route and "cases/" not in route):
            value = theirs["exhibit"]
        if value is None:
            value = theirs.get(app, theirs["cases"]) if kind == "IntConverter" else "ordinary"
        out = out.replace(f"<{_kind(route, key)}{key}>", str(value))
    return out


def _kind(route: str, key: str) -> str:
    start = route[: route.index(f"{key}>")].rsplit("<", 1)[1]
    return start


ADDRESSES = addresses()


@pytest.mark.parametrize(("name", "route", "converters"), ADDRESSES, ids=[name for name, _, _ in ADDRESSES])
def test_nobody_enters_without_signing_in(name, route, converters, theirs, client):
    if name in OPEN_TO_ALL:
        return
    address = filled(name, route, converters, theirs)

    for send in (client.get, client.post):
        answer = send(address)
        assert answer.status_code in (302, 405), f"{address}: {answer.status_code}"
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("name", "route", "converters"),
    [one for one in ADDRESSES if one[2] and not set(one[2]) <= NAMELESS],
    ids=[one[0] for one in ADDRESSES if one[2] and not set(one[2]) <= NAMELESS],
)
def test_what_belongs_to_another_bureau_is_not_there(name, route, converters, theirs):
    stranger = a_client(a_bureau("硚口区分局", "/42/4201/420104/")["admin"])
    address = filled(name, route, converters, theirs)

    answer = stranger.get(address)

    if answer.status_code == 200:  # a page of rules: the same for all, and nothing of theirs on it
        assert theirs["case"].party.name not in answer.content.decode(errors="ignore"), address
        assert not address.startswith(("/cases", "/papers", "/parties", "/officers/", "/visits/", "/ledger/")), address
    else:
        assert answer.status_code in (403, 404, 405), f"{address}: {answer.status_code}"


def test_lists_show_nothing_of_another_bureau(theirs):
    stranger = a_client(a_bureau("硚口区分局", "/42/4201/420104/")["supervisor"])
    name = theirs["case"].party.name

    for one, route, converters in ADDRESSES:
        if not converters and one not in OPEN_TO_ALL:
            answer = stranger.get("/" + route, {"q": name[:4]})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert name not in body.decode(errors="ignore").replace(f'value="{name[:4]}"', ""), route


def test_the_city_bureau_above_sees_what_its_branch_does(theirs):
    from tests.apps.builders import an_officer, an_org

    above = a_client(an_officer(an_org("市局", "/42/4201/"), "市局督察", "supervisor"))

    assert above.get(f"/cases/{theirs['case'].pk}/").status_code == 200
    assert theirs["case"].party.name in above.get("/cases/").content.decode()
