"""Registering a lead from its page: the party and the offence are found by the server, and nothing typed is lost."""

import pytest

from huanfa.apps.cases.models import Case, Draft
from tests.apps.builders import BEGINS, a_bureau, a_client, a_party, an_org

pytestmark = pytest.mark.django_db

TYPED = {
    "on": str(BEGINS), "source": "site", "source_detail": "日常检查", "found_on": str(BEGINS), "offence": "repair_shop_exhaust",
    "conduct_from": str(BEGINS), "conduct_until": str(BEGINS), "harm": "no", "place": "示例路1号", "summary": "喷漆未收集废气",
    "expected": "0",
}


def test_a_lead_is_registered_and_its_case_is_opened():
    bureau = a_bureau()
    party, client = a_party(bureau.org), a_client(bureau["handler"])

    response = client.post("/cases/new/", {**TYPED, "party": party.pk})

    case = Case.objects.get()
    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/")
    assert case.party == party and case.stage == "lead" and case.name.startswith(party.name)
    assert "线索已登记" in client.get(response.url).content.decode()


def test_everything_missing_is_said_at_once_beside_its_field_and_what_was_typed_stays():
    bureau = a_bureau()
    party, client = a_party(bureau.org), a_client(bureau["handler"])

    response = client.post("/cases/new/", {"party": party.pk, "on": str(BEGINS), "offence": "repair_shop_exhaust", "summary": "写了一半"})

    page = response.content.decode()
    assert response.status_code == 400 and not Case.objects.exists()
    for label in ("案件来源", "发现日期", "违法行为发生地"):
        assert f"请填写“{label}”" in page
    assert "写了一半" in page


def test_a_lead_without_party_asks_for_one():
    bureau = a_bureau()

    response = a_client(bureau["handler"]).post("/cases/new/", TYPED)

    assert response.status_code == 400 and "请选择当事人" in response.content.decode()


def test_a_party_of_another_body_cannot_be_named():
    bureau = a_bureau()
    stranger = a_party(an_org("硚口区分局", "/42/4201/420104/"))

    response = a_client(bureau["handler"]).post("/cases/new/", {**TYPED, "party": stranger.pk})

    assert response.status_code == 400 and not Case.objects.exists()


def test_a_party_is_searched_for_without_losing_the_form():
    bureau = a_bureau()
    a_party(bureau.org, "北湖示例口腔门诊部")
    found = a_party(bureau.org, "晨光示例汽车维修有限公司")

    page = a_client(bureau["handler"]).post("/cases/new/", {**TYPED, "party_q": "晨光", "do": "find-party"}).content.decode()

    assert f'name="party" value="{found.pk}"' in page and "北湖" not in page
    assert "喷漆未收集废气" in page


@pytest.mark.parametrize("sought", ["汽修", "大气 汽修", "1133"])
def test_an_offence_is_found_by_keyword_field_or_article(sought):
    bureau = a_bureau()

    page = a_client(bureau["handler"]).post("/cases/new/", {**TYPED, "offence_q": sought, "do": "find-offence"}).content.decode()

    assert '<input type="radio" name="offence" value="repair_shop_exhaust" checked>' in page


def test_a_new_party_is_registered_in_between_and_the_form_is_as_it_was_left():
    bureau = a_bureau()
    client = a_client(bureau["handler"])

    response = client.post("/cases/new/", {**TYPED, "party_q": "新示例公司", "do": "party"})
    party = a_party(bureau.org, "新示例公司")
    page = client.get(f"/cases/new/?party={party.pk}").content.decode()

    assert response.status_code == 303 and "/parties/new/?next=%2Fcases%2Fnew%2F" in response.url
    assert "喷漆未收集废气" in page and f'name="party" value="{party.pk}" checked' in page


def test_a_draft_is_one_s_own_and_gone_once_the_lead_is_registered():
    bureau = a_bureau()
    party, client = a_party(bureau.org), a_client(bureau["handler"])

    assert client.post("/cases/new/draft/", TYPED).status_code == 204
    assert "喷漆未收集废气" in client.get("/cases/new/").content.decode()
    assert "喷漆未收集废气" not in a_client(bureau["second_handler"]).get("/cases/new/").content.decode()
    client.post("/cases/new/", {**TYPED, "party": party.pk})

    assert not Draft.objects.exists()


def test_an_end_of_conduct_after_it_was_found_is_refused_with_the_article():
    bureau = a_bureau()
    party = a_party(bureau.org)

    response = a_client(bureau["handler"]).post("/cases/new/", {**TYPED, "party": party.pk, "found_on": "2026-08-20"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "违法行为终了日期晚于发现日期" in page and "行政处罚法第三十六条" in page


def test_only_enforcement_officers_register_leads():
    bureau = a_bureau()

    assert a_client(bureau["archivist"]).get("/cases/new/").status_code == 403
    assert a_client(bureau["supervisor"]).post("/cases/new/", TYPED).status_code == 403
