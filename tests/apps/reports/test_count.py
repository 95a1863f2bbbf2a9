"""The figures of a year come from the records of the year, and each leads back to them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from huanfa.apps.inspections.actions import record_visit
from huanfa.apps.officers.actions import record_training
from huanfa.apps.reports import queries
from huanfa.core.figures import Figure
from tests.apps.builders import NOON, Bureau, a_bureau, a_case, a_client, a_party, an_officer, an_org, take

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


def found(bureau: Bureau, year: int = 2026, on: date | None = TODAY) -> dict[str, Figure]:
    """The figures of a year by id."""
    return {one.id: one for one in queries.figures(bureau.org, year, on)}


def test_decided_cases_give_decisions_sums_review_and_publication(bureau: Bureau):
    a_case(bureau, at="archive")
    sums = {"fine": 1_000_000, "confiscated": 90_000}
    a_case(bureau, at="decide", report_investigation=sums, decide=sums)
    a_case(bureau, at="legal_review")

    figures = found(bureau)

    assert figures["decisions"].value == 2
    assert figures["fined"].value == Decimal("1.59")
    assert figures["reviewed"].value == 100
    assert figures["published"].text == "50"
    assert [one.confiscated for one in figures["fined"].records] == [0, 90_000]
    assert {one.kinds for one in figures["decisions"].records} == {("fine",)}


def test_a_decision_counts_in_the_year_it_was_made(bureau: Bureau):
    a_case(bureau, at="decide", begins=date(2025, 3, 3))

    assert found(bureau, 2025)["decisions"].value == 1
    assert found(bureau, 2026)["decisions"].value == 0


def test_a_decision_annulled_later_still_counts_and_is_named(bureau: Bureau):
    case = a_case(bureau, at="serve_decision")
    take(case, "annul", date(2026, 10, 20), bureau=bureau, result="revoked")

    figures = found(bureau)

    assert figures["decisions"].value == 1
    assert [one.overturned for one in figures["overturned"].records] == ["撤销"]


def test_a_case_undecided_past_its_ninety_days_is_overdue_and_not_before(bureau: Bureau):
    a_case(bureau, at="file", begins=date(2026, 3, 2))
    filed = date(2026, 3, 5)

    on_the_last_day = found(bureau, on=date(2026, 6, 3))["overdue"]
    the_day_after = found(bureau, on=date(2026, 6, 4))["overdue"]

    assert (date(2026, 6, 3) - filed).days == 90
    assert (on_the_last_day.value, the_day_after.value) == (0, 1)
    assert the_day_after.records[0].what == "作出处理决定"


def test_a_case_decided_late_was_overdue_until_then(bureau: Bureau):
    case = a_case(bureau, at="report_investigation", begins=date(2026, 3, 2))
    for step, on, given in (
        ("examine", date(2026, 6, 15), {"result": "pass"}),
        ("approve_notice", date(2026, 6, 15), {}),
        ("serve_notice", date(2026, 6, 16), {"service_mode": "direct"}),
        ("waive_defence", date(2026, 6, 17), {"hearing_too": False}),
        ("legal_review", date(2026, 6, 17), {"opinion_kind": "agree"}),
        ("decide", date(2026, 6, 18), {"kinds": ["fine"], "fine": 500_000}),
    ):
        take(case, step, on, bureau=bureau, **given)

    figures = found(bureau)

    assert found(bureau, on=date(2026, 6, 10))["overdue"].value == 1
    assert (figures["overdue"].value, figures["late"].value) == (0, 1)


def test_visits_and_hours_of_the_year_are_counted(bureau: Bureau):
    two = [bureau["handler"], bureau["second_handler"]]
    for day in (date(2026, 3, 2), date(2026, 4, 2), date(2025, 4, 2)):
        record_visit(a_party(bureau.org), day, "daily", two, "clean", "正常", by=two[0], now=NOON)
    record_training(two[:1], date(2026, 2, 2), "专题", "其他", 41, by=bureau["admin"], now=NOON)

    figures = found(bureau)

    assert [figures[one].value for one in ("people", "visits", "parties", "joint")] == [4, 2, 2, 0]
    assert [one.name for one in figures["under_training_hours"].records] == ["李承办"]
    assert "under_training_hours_national" not in figures
    assert found(bureau, 2025)["under_training_hours_national"].value == 2


def test_an_empty_year_has_no_rate(bureau: Bureau):
    figures = found(bureau, 2024)

    assert (figures["decisions"].text, figures["fined"].text) == ("0", "0.00")
    assert (figures["reviewed"].text, figures["published"].text) == ("—", "—")


def test_every_figure_opens_the_records_behind_it(bureau: Bureau):
    case = a_case(bureau, at="archive")
    two = [bureau["handler"], bureau["second_handler"]]
    record_visit(a_party(bureau.org), date(2026, 3, 2), "daily", two, "clean", "正常", by=two[0], now=NOON)
    client = a_client(bureau["supervisor"])

    year = client.get(reverse("figures_year", args=[2026])).content.decode()

    for figure in found(bureau).values():
        address = reverse("figure", args=[2026, figure.id])
        assert address in year
        assert client.get(address).status_code == 200
        assert client.get(reverse("figure_file", args=[2026, figure.id])).status_code == 200
    page = client.get(reverse("figure", args=[2026, "decisions"])).content.decode()
    assert reverse("case", args=[case.pk]) in page
    assert case.decision_number in page


def test_the_year_stands_beside_the_year_before(bureau: Bureau):
    a_case(bureau, at="decide", begins=date(2025, 3, 3))
    a_case(bureau, at="decide")
    a_case(bureau, at="decide", begins=date(2026, 4, 1))

    rows = {one.figure.id: one for one in queries.compared(bureau.org, 2026, TODAY)}

    assert (rows["decisions"].before.value, rows["decisions"].change_text) == (1, "+1")
    assert rows["fined"].change_text == "+0.50"
    assert rows["reviewed"].change_text == "持平"
    assert {one.figure.id: one for one in queries.compared(bureau.org, 2025, TODAY)}["reviewed"].change_text == "—"


def test_the_yearly_table_counts_each_decision_once(bureau: Bureau):
    a_case(bureau, at="decide")

    table = queries.statistics(bureau.org, 2026)

    assert dict(table["columns"])["罚款"] == table["total"] == 1
    assert table["sum"] == Decimal("0.50")


def test_the_first_address_leads_to_the_newest_year_with_anything_in_it(bureau: Bureau):
    client = a_client(bureau["head"])
    assert client.get(reverse("figures"))["Location"] == "/figures/2026/"

    a_case(bureau, at="decide", begins=date(2025, 3, 3))

    assert client.get(reverse("figures"))["Location"] == "/figures/2025/"


def test_a_year_to_come_and_a_figure_that_is_none_do_not_exist(bureau: Bureau):
    client = a_client(bureau["head"])

    assert client.get("/figures/2027/").status_code == 404
    assert client.get("/figures/2026/nonsense/").status_code == 404


def test_another_bureaus_records_are_not_counted_but_those_below_are(bureau: Bureau):
    a_case(bureau, at="decide")
    other, city = an_org("硚口区分局", "/42/4201/420104/"), an_org("市局", "/42/4201/")
    an_officer(city, "市局人员", "supervisor")

    assert queries.figures(other, 2026, TODAY)[0].value == 0
    assert queries.figures(city, 2026, TODAY)[0].value == 1
