"""The pages on which a fine is weighed: the worksheet, the approval of a departure, the case with its discretion at a glance."""

from datetime import UTC, datetime

import pytest

from huanfa.apps.discretion.models import Worksheet
from tests.apps.builders import a_bureau, a_client, a_party, stop_the_clock, take
from tests.apps.cases.a_water_case import (
    FINE,
    LESS,
    REASON,
    WHY,
    a_water_case,
    days,
    departed,
    filled,
    length,
    not_for_free,
    weigh_by_table,
)

pytestmark = pytest.mark.django_db


def test_a_worksheet_is_filed_from_its_page_and_shown_in_the_case():
    bureau = a_bureau()
    case, client = a_water_case(bureau), a_client(bureau["handler"])

    response = client.post(f"/cases/{case.pk}/discretion/worksheet/", filled(case))

    page = client.get(f"/cases/{case.pk}/discretion/").content.decode()
    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/discretion/")
    assert "170,000元" in page and "GD-2.7a" in page and "重新填写" in page
    assert Worksheet.objects.get().amount == FINE


def test_after_midnight_the_day_is_that_of_the_bureau_not_of_the_clock_in_greenwich(monkeypatch):
    stop_the_clock(monkeypatch, datetime(2026, 11, 24, 17, 30, tzinfo=UTC))   # half past one on the 25th
    bureau = a_bureau()
    case, client = a_water_case(bureau), a_client(bureau["handler"])
    page = client.get(f"/cases/{case.pk}/discretion/worksheet/").content.decode()

    response = client.post(f"/cases/{case.pk}/discretion/worksheet/", filled(case, on="2026-11-25"))

    assert 'value="2026-11-25"' in page and response.status_code == 303
    visit = {"on": "2026-11-25", "expected": length(case)}
    refused = client.post(f"/cases/{case.pk}/steps/inspect_site/", visit).content.decode()
    assert "在今天之后" not in refused


def test_computing_on_the_page_keeps_nothing():
    bureau = a_bureau()
    case, client = a_water_case(bureau), a_client(bureau["handler"])
    before = length(case)

    response = client.post(f"/cases/{case.pk}/discretion/worksheet/", filled(case, do="compute"))

    assert response.status_code == 200 and "170,000元" in response.content.decode()
    assert length(case) == before and not Worksheet.objects.exists()


def test_after_a_send_back_and_a_new_worksheet_the_report_starts_with_the_new_amount():
    bureau = a_bureau()
    case = a_water_case(bureau, at="report_investigation")
    take(case, "examine", days(1), bureau=bureau, result="return")

    weigh_by_table(case, bureau, days(2))

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/report_investigation/").content.decode()
    assert 'name="fine" value="170000"' in page and "裁量表2.7a" in page and REASON in page


def test_of_two_officers_the_second_is_told_and_what_was_typed_stays_on_the_page():
    bureau = a_bureau()
    case = a_water_case(bureau)
    first, second = a_client(bureau["handler"]), a_client(bureau["second_handler"])
    typed = filled(case, amount="120000", departure_reason="第二人写的理由")
    address = f"/cases/{case.pk}/discretion/worksheet/"

    assert first.post(address, filled(case)).status_code == 303
    after = length(case)
    response = second.post(address, typed)

    page = response.content.decode()
    assert response.status_code == 409 and length(case) == after and Worksheet.objects.count() == 1
    assert "没有保存" in page and "填写裁量计算表（2026-08-26）" in page and "第二人写的理由" in page
    assert f'name="expected" value="{after}"' in page
    assert second.post(address, {**typed, "expected": after}).status_code == 303


def test_the_head_approves_on_a_page_and_others_are_told_why_they_cannot():
    bureau = a_bureau()
    case = departed(bureau)
    address = f"/cases/{case.pk}/discretion/departure/"
    deputy, head = a_client(bureau["leader"]), a_client(bureau["head"])
    typed = {"on": str(days(1)), "expected": length(case), "reason": "同意按治理投入调整。"}

    shown, refused = deputy.get(address), deputy.post(address, typed)
    response = head.post(address, typed)

    assert "您现在不能批准" in shown.content.decode() and refused.status_code == 400
    assert "同意按治理投入调整。" in refused.content.decode()
    assert response.status_code == 303
    assert "调整适用已批准" in head.get(f"/cases/{case.pk}/discretion/").content.decode()


def test_a_page_of_a_case_that_belongs_to_others_is_not_there():
    bureau, others = a_bureau(), a_bureau("江岸区分局", "/42/4201/420102/")
    case = a_water_case(others)
    client = a_client(bureau["handler"])

    for name in ("", "worksheet/", "no-fine/", "departure/"):
        assert client.get(f"/cases/{case.pk}/discretion/{name}").status_code == 404, name
        if name:
            assert client.post(f"/cases/{case.pk}/discretion/{name}", filled(case)).status_code == 404, name
    assert a_party(bureau.org).pk and not Worksheet.objects.exists()


def test_the_page_of_the_case_tells_at_a_glance_where_its_discretion_stands():
    bureau = a_bureau()
    case, client = a_water_case(bureau), a_client(bureau["handler"])
    before = client.get(f"/cases/{case.pk}/").content.decode()
    not_for_free(case, bureau)
    weigh_by_table(case, bureau, amount=LESS, departure_reason=WHY)

    after = client.get(f"/cases/{case.pk}/").content.decode()

    assert all(one in before for one in ("拟处罚款的须先填写", "不止一个，须比较", "须核对"))
    assert all(one in after for one in ("120,000元", "尚未批准", "不适用"))
