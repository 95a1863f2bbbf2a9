"""Signing what another proposed, or refusing to."""

from datetime import date

import pytest

from tests.apps.builders import a_bureau, a_case, a_client, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return a_bureau()


@pytest.fixture
def case(bureau):
    case = a_case(bureau)
    take(case, "file", date(2026, 9, 4), bureau=bureau, signatures=1, reason="喷漆废气未收集")
    return case


def signed(case, **changed):
    case.dossier.refresh_from_db()
    return {"on": "2026-09-05", "agrees": "yes", "opinion": "", "expected": case.dossier.length, **changed}


def test_the_signer_reads_what_was_proposed_and_the_paper_it_makes(bureau, case):
    page = a_client(bureau["unit_head"]).get(f"/cases/{case.pk}/sign/file/").content.decode()

    assert "喷漆废气未收集" in page and "张承办" in page
    assert "立案（不予立案）审批表" in page and "以承办机构负责人身份签署" in page


def test_the_last_signature_makes_the_paper_and_gives_the_number(bureau, case):
    a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", signed(case))

    response = a_client(bureau["leader"]).post(f"/cases/{case.pk}/sign/file/", signed(case, on="2026-09-06", opinion="同意立案。"))

    case.refresh_from_db()
    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/")
    assert case.number and case.filed_on == date(2026, 9, 6)
    assert case.dossier.papers.filter(template="filing_approval").count() == 1


def test_disagreeing_needs_a_reason(bureau, case):
    response = a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", signed(case, agrees="no"))

    assert response.status_code == 400 and "不同意的，请写明理由" in response.content.decode()


def test_a_refusal_clears_the_row_and_stays_in_the_history(bureau, case):
    response = a_client(bureau["unit_head"]).post(
        f"/cases/{case.pk}/sign/file/", signed(case, agrees="no", opinion="证据不足，先补充。")
    )

    page = a_client(bureau["handler"]).get(response.url).content.decode()
    assert response.status_code == 303 and not case.pending.exists()
    assert "未获同意" in page and "证据不足，先补充。" in page


def test_whoever_proposed_does_not_sign_again(bureau, case):
    client = a_client(bureau["handler"])

    page = client.get(f"/cases/{case.pk}/sign/file/").content.decode()
    response = client.post(f"/cases/{case.pk}/sign/file/", signed(case))

    assert "data-huanfa-main" not in page and "等待承办机构负责人签署" in page
    assert response.status_code == 400


def test_a_signature_before_the_one_under_it_is_refused(bureau, case):
    response = a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", signed(case, on="2026-09-03"))

    assert response.status_code == 400 and "早于前一环节的日期" in response.content.decode()


def test_a_signature_on_a_row_that_is_gone_changes_nothing(bureau, case):
    typed = signed(case)
    a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", signed(case, agrees="no", opinion="退回。"))

    response = a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", typed)

    assert response.status_code == 409 and "退回。" in response.content.decode()


def test_a_signature_on_a_page_that_is_out_of_date_keeps_the_opinion_on_screen(bureau, case):
    typed = signed(case, opinion="我的意见写好了")
    a_client(bureau["unit_head"]).post(f"/cases/{case.pk}/sign/file/", signed(case))

    response = a_client(bureau["leader"]).post(f"/cases/{case.pk}/sign/file/", typed)

    case.refresh_from_db()
    assert response.status_code == 409 and "我的意见写好了" in response.content.decode()
    assert case.filed_on is None


def test_opening_the_form_of_a_waiting_step_leads_to_its_signatures(bureau, case):
    response = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/file/")

    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/sign/file/")


def test_a_step_that_waits_for_nobody_leads_back_to_the_case(bureau, case):
    response = a_client(bureau["handler"]).get(f"/cases/{case.pk}/sign/interview/")

    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/")
