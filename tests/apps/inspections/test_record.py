"""Visits: two officers with a valid card, one entry and one row each, counted in four ways."""

from datetime import date

import pytest
from django.urls import reverse

from huanfa.apps.inspections import queries
from huanfa.apps.inspections.actions import record_visit
from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.apps.officers.models import Card
from huanfa.apps.parties.models import Party
from huanfa.core.errors import NotAllowed
from tests.apps.builders import NOON, Bureau, a_bureau, a_client, a_party, an_officer, an_org

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 3)


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


@pytest.fixture
def party(bureau: Bureau) -> Party:
    return a_party(bureau.org)


def visit(bureau: Bureau, party: Party, on: date = ON, **changed: object) -> Visit:
    """A visit of the two handlers that found nothing."""
    values = {
        "kind": "daily", "officers": [bureau["handler"], bureau["second_handler"]], "result": "clean",
        "findings": "废气治理设施正常运行", **changed,
    }
    return record_visit(party, on, by=bureau["handler"], now=NOON, **values)  # type: ignore[arg-type]


def test_a_visit_is_one_row_and_one_entry_in_the_register_of_its_year(bureau: Bureau, party: Party):
    row = visit(bureau, party)

    dossier = Dossier.objects.get(kind="visits")
    entry = entries_of(dossier.pk)[0]
    assert (dossier.key, dossier.length) == (f"visits-{bureau.org.pk}-2026", 1)
    assert verify(dossier) == row.entry.hash
    assert (entry.step, entry.on) == ("record_visit", ON)
    assert (entry.values["people"], entry.values["party_name"]) == (2, party.name)
    assert [one["name"] for one in entry.values["officers"]] == ["张承办", "李承办"]


def test_one_officer_alone_may_not_inspect(bureau: Bureau, party: Party):
    with pytest.raises(NotAllowed, match="不得少于两人") as refusal:
        visit(bureau, party, officers=[bureau["handler"]])

    assert (refusal.value.reasons[0].field, refusal.value.reasons[0].article) == ("officers", "行政处罚法第四十二条")
    assert not Dossier.objects.filter(kind="visits").exists()


def test_the_same_officer_twice_is_not_two(bureau: Bureau, party: Party):
    with pytest.raises(NotAllowed, match="不得少于两人"):
        visit(bureau, party, officers=[bureau["handler"], bureau["handler"]])


def test_an_officer_whose_card_had_expired_that_day_may_not_inspect(bureau: Bureau, party: Party):
    expired = an_officer(bureau.org, "证到期", "officer", card=True, expires=date(2026, 6, 2))

    with pytest.raises(NotAllowed, match="已于2026-06-02到期"):
        visit(bureau, party, officers=[bureau["handler"], expired])

    assert visit(bureau, party, on=date(2026, 6, 2), officers=[bureau["handler"], expired]).people == 2


def test_a_card_renewed_since_does_not_undo_the_card_of_that_day(bureau: Bureau, party: Party):
    Card.objects.create(
        officer=bureau["handler"], number="新证", issued_on=date(2026, 7, 1), expires_on=date(2031, 6, 30)
    )

    assert visit(bureau, party, on=ON).on == ON


def test_an_officer_without_a_card_may_not_inspect(bureau: Bureau, party: Party):
    with pytest.raises(NotAllowed, match="没有行政执法证"):
        visit(bureau, party, officers=[bureau["handler"], bureau["finance"]])


def test_a_visit_cannot_lie_in_the_future(bureau: Bureau, party: Party):
    with pytest.raises(NotAllowed, match="今天之后"):
        visit(bureau, party, on=date(2026, 11, 25))

    assert visit(bureau, party, on=NOON.date()).on == NOON.date()


def test_a_joint_inspection_names_the_departments(bureau: Bureau, party: Party):
    with pytest.raises(NotAllowed, match="参加的部门"):
        visit(bureau, party, joint_key="加油站联合检查")
    with pytest.raises(NotAllowed, match="联合检查的名称"):
        visit(bureau, party, departments="应急局")


def test_a_second_click_does_not_make_a_second_visit(bureau: Bureau, party: Party):
    visit(bureau, party)

    with pytest.raises(NotAllowed, match="没有重复登记"):
        visit(bureau, party)

    assert Visit.objects.count() == Dossier.objects.get(kind="visits").length == 1


def test_officers_visits_parties_and_joint_inspections_are_counted_apart(bureau: Bureau, party: Party):
    other, third = a_party(bureau.org, "第二家"), an_officer(bureau.org, "丙", "officer", card=True)
    joint = {"joint_key": "六月加油站", "departments": "应急局"}
    visit(bureau, party, **joint)
    visit(bureau, other, officers=[bureau["handler"], bureau["second_handler"], third], **joint)
    visit(bureau, party, on=date(2026, 7, 1))

    assert queries.counts(Visit.objects.all()) == queries.Counts(people=7, visits=3, joint=1, parties=2)
    assert queries.counts(Visit.objects.none()) == queries.Counts(0, 0, 0, 0)


def test_a_filter_by_officer_does_not_change_how_people_are_counted(bureau: Bureau, party: Party):
    visit(bureau, party)

    rows = queries.listed(Visit.objects.all(), officer=bureau["handler"].pk, year=2026, kind="daily", q="晨光")

    assert queries.counts(rows) == queries.Counts(people=2, visits=1, joint=0, parties=1)


def test_an_officer_records_a_visit_on_the_page(bureau: Bureau, party: Party):
    client = a_client(bureau["handler"])
    address = f"{reverse('visit_new')}?party={party.pk}"
    values = {
        "on": "2026-06-03", "kind": "special", "result": "ordered", "findings": "危废标识缺失", "officers": bureau.two,
    }

    refused = client.post(address, {**values, "officers": bureau.two[:1]})
    done = client.post(address, values)

    assert refused.status_code == 400
    assert "不得少于两人（行政处罚法第四十二条）" in refused.content.decode()
    assert "危废标识缺失" in refused.content.decode()
    assert done.status_code == 303
    page = client.get(done["Location"]).content.decode()
    assert "责令限期改正" in page and "第 1 条" in page


def test_without_a_party_the_page_asks_for_one(bureau: Bureau, party: Party):
    page = a_client(bureau["handler"]).get(reverse("visit_new"), {"q": "晨光"}).content.decode()

    assert party.name in page
    assert f"?party={party.pk}" in page
    assert "next=%2Fvisits%2Fnew%2F" in page


@pytest.mark.parametrize("slot", ["supervisor", "unit_head", "leader", "admin"])
def test_only_officers_record_visits(bureau: Bureau, party: Party, slot: str):
    client = a_client(bureau[slot])

    assert client.get(reverse("visits")).status_code == 200
    assert client.post(f"{reverse('visit_new')}?party={party.pk}", {}).status_code == 403


def test_a_visit_of_another_bureau_does_not_exist_here(bureau: Bureau, party: Party):
    row = visit(bureau, party)
    stranger = a_client(an_officer(an_org("硚口区分局", "/42/4201/420104/"), "外人", "officer", card=True))

    assert stranger.get(reverse("visit", args=[row.pk])).status_code == 404
    assert stranger.get(f"{reverse('visit_new')}?party={party.pk}").status_code == 404
    assert party.name not in stranger.get(reverse("visits")).content.decode()


def test_the_city_sees_the_visits_of_its_districts(bureau: Bureau, party: Party):
    visit(bureau, party)
    city = a_client(an_officer(an_org("市局", "/42/4201/"), "市局人员", "supervisor"))

    assert party.name in city.get(reverse("visits")).content.decode()
    assert party.name in city.get(reverse("visits_file")).content.decode()
