"""The list of cases: filters, search, pages found by keys, saved filters, the Excel file."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huanfa.apps.cases.models import Case, SavedView
from tests.apps.builders import a_bureau, a_case, a_client, a_party, take

pytestmark = pytest.mark.django_db


def shown(response) -> list[int]:
    """The cases on a page, in order."""
    return [int(pk) for pk in re.findall(r'data-huanfa-href="/cases/(\d+)/"', response.content.decode())]


def many(bureau, count: int) -> list[int]:
    """Cases by copying a row: the list reads nothing else."""
    one = a_case(bureau, at="file")
    out = [one.pk]
    for _ in range(count - 1):
        out.append(a_case(bureau).pk)
    return sorted(out, reverse=True)


def test_the_list_is_read_in_eight_queries_however_it_is_filtered():
    bureau = a_bureau()
    many(bureau, 22)
    client = a_client(bureau["handler"])
    client.get("/cases/")

    for query in ("", "?sort=due", "?page=last", "?q=晨光&state=open&stage=lead&handler=张&field=air&filed=2026"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/cases/{query}")
        assert len(queries) <= 8, (query, [one["sql"][:90] for one in queries])


def test_pages_follow_one_another_both_ways_without_a_case_lost_or_shown_twice():
    bureau = a_bureau()
    all_of_them, client = many(bureau, 45), a_client(bureau["handler"])

    pages, address = [], "/cases/"
    while address:
        response = client.get(address)
        pages.append((address, shown(response)))
        found = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
        address = f"/cases/{found[1]}" if found else ""
    back = re.search(r'rel="prev" href="([^"]+)"', client.get(pages[2][0]).content.decode())

    assert [pk for _, page in pages for pk in page] == all_of_them
    assert back and shown(client.get(f"/cases/{back[1]}")) == pages[1][1]


def test_the_last_page_can_be_opened_at_once():
    bureau = a_bureau()
    all_of_them, client = many(bureau, 23), a_client(bureau["handler"])

    response = client.get("/cases/?page=last")

    assert shown(response) == all_of_them[-20:]
    assert 'rel="next"' not in response.content.decode() and 'rel="prev"' in response.content.decode()


def test_no_page_is_found_by_counting_rows():
    bureau = a_bureau()
    many(bureau, 23)
    client = a_client(bureau["handler"])

    with CaptureQueriesContext(connection) as queries:
        client.get("/cases/?page=last")
        client.get("/cases/?sort=due&page=last")

    assert not any("OFFSET" in one["sql"] for one in queries)


def test_an_address_that_cannot_be_read_shows_the_first_page():
    bureau = a_bureau()
    one, client = a_case(bureau), a_client(bureau["handler"])

    pages = ("page=older~x", "page=older~1~2", "page=~~~", "sort=due&page=older~2026-99-99~1")
    for query in (*pages, "stage=nowhere", "filed=abc", "party=x"):
        response = client.get(f"/cases/?{query}")
        assert response.status_code == 200 and shown(response) == [one.pk], query


def test_by_due_date_the_nearest_comes_first_and_cases_without_a_period_are_left_out():
    bureau = a_bureau()
    later, sooner = a_case(bureau, at="file"), a_case(bureau)
    a_case(bureau, at="archive")

    assert shown(a_client(bureau["handler"]).get("/cases/?sort=due")) == [sooner.pk, later.pk]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("state=open", {"lead", "filed", "decided"}), ("state=ended", {"archived"}), ("state=late", {"lead"}),
        ("stage=lead", {"lead"}), ("outcome=penalty", {"decided", "archived"}), ("field=air", {"lead", "filed", "decided", "archived"}),
        ("field=noise", set()), ("filed=2026", {"filed", "decided", "archived"}), ("filed=2025", set()),
        ("decided=2026", {"decided", "archived"}), ("handler=李", {"filed", "decided", "archived"}), ("handler=无此人", set()),
        ("offence=repair_shop_exhaust", {"lead", "filed", "decided", "archived"}),
    ],
)
def test_each_filter_shows_what_it_says(query, wanted):
    bureau = a_bureau()
    cases = {
        "lead": a_case(bureau), "filed": a_case(bureau, at="file"), "decided": a_case(bureau, at="decide"),
        "archived": a_case(bureau, at="archive"),
    }
    # The open periods of the others are moved away: only the lead's review is late on 24 November.
    Case.objects.exclude(pk=cases["lead"].pk).exclude(next_due=None).update(next_due=date(2026, 12, 1))

    assert set(shown(a_client(bureau["handler"]).get(f"/cases/?{query}"))) == {cases[name].pk for name in wanted}


def test_search_finds_name_code_number_and_several_words():
    bureau = a_bureau()
    party = a_party(bureau.org, "北湖示例口腔门诊部", code="91420103MA4E777777")
    case, other = a_case(bureau, at="decide", party=party), a_case(bureau, at="file")
    client = a_client(bureau["handler"])

    for sought in ("北湖", "MA4E777777", case.number, case.decision_number, "口腔 废气"):
        assert shown(client.get("/cases/", {"q": sought})) == [case.pk], sought
    assert shown(client.get("/cases/", {"q": "示例"})) == [other.pk, case.pk]
    assert "没有符合条件的案件" in client.get("/cases/", {"q": "%"}).content.decode()


def test_a_citizen_s_identity_number_does_not_find_their_case():
    bureau = a_bureau()
    citizen = a_party(bureau.org, "何示例", kind="citizen", code="420103199001010011")
    case, client = a_case(bureau, party=citizen), a_client(bureau["handler"])

    assert shown(client.get("/cases/?q=19900101")) == []
    assert shown(client.get("/cases/?q=何示例")) == [case.pk]


def test_the_cases_of_one_party_can_be_listed():
    bureau = a_bureau()
    party = a_party(bureau.org, "北湖示例口腔门诊部")
    case, _ = a_case(bureau, party=party), a_case(bureau)

    assert shown(a_client(bureau["handler"]).get(f"/cases/?party={party.pk}")) == [case.pk]


def test_a_filter_is_saved_by_name_opened_and_removed_by_its_owner_only():
    bureau = a_bureau()
    a_case(bureau)
    client, other = a_client(bureau["handler"]), a_client(bureau["leader"])

    response = client.post("/cases/views/", {"name": "我的线索", "query": "stage=lead"})
    view = SavedView.objects.get()
    assert (response.status_code, response.url) == (303, "/cases/?stage=lead")
    assert "我的线索" in client.get("/cases/").content.decode() and "我的线索" not in other.get("/cases/").content.decode()

    other.post(f"/cases/views/{view.pk}/delete/")
    assert SavedView.objects.exists()
    client.post(f"/cases/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_saved_filter_without_a_name_is_not_saved():
    bureau = a_bureau()

    a_client(bureau["handler"]).post("/cases/views/", {"name": "  ", "query": "stage=lead"})

    assert not SavedView.objects.exists()


def test_the_excel_file_has_the_filtered_cases_and_no_cell_is_a_formula():
    bureau = a_bureau()
    party = a_party(bureau.org, "=HYPERLINK(\"http://example.org\")")
    case, _ = a_case(bureau, at="decide", party=party), a_case(bureau)

    response = a_client(bureau["handler"]).get("/cases/file/?stage=decision")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][3] == case.number and rows[1][11] == 5000
    assert rows[1][1] == "'=HYPERLINK(\"http://example.org\")"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_case_that_stands_still_has_no_day_to_be_late():
    bureau = a_bureau()
    case = a_case(bureau, at="collect_evidence")
    take(case, "suspend", date(2026, 9, 10), bureau=bureau)

    assert case.pk not in shown(a_client(bureau["handler"]).get("/cases/?state=late"))


def test_an_empty_list_says_how_to_begin():
    bureau = a_bureau()

    assert "案件从登记线索开始" in a_client(bureau["handler"]).get("/cases/").content.decode()
