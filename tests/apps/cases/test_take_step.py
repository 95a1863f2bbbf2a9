"""Taking a step from its page: shapes, refusals, drafts, stale pages. The law itself is tested in core."""

from datetime import date, timedelta

import pytest
from django.test import Client

from huanfa.apps.cases import forms, queries
from huanfa.apps.cases.models import Case, Draft
from huanfa.apps.officers.models import Card
from tests.apps.builders import a_bureau, a_case, a_client, an_officer, take

pytestmark = pytest.mark.django_db

DAY = "2026-09-04"
CONDITIONS = ["evidence", "punishable", "competence", "in_time"]


def filing(bureau, case: Case, **changed):
    """What an officer types to file a case."""
    return {
        "on": DAY, "expected": length(case), "conditions": CONDITIONS, "handlers": bureau.two, "suspected_breach": "法典某条",
        "reason": "有初步证据", **changed,
    }


def length(case: Case) -> int:
    case.dossier.refresh_from_db()
    return case.dossier.length


def test_a_step_is_proposed_and_waits_for_the_next_signature():
    bureau = a_bureau()
    case, client = a_case(bureau), a_client(bureau["handler"])

    response = client.post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, signed_opinion="建议立案"))

    assert (response.status_code, response.url) == (303, f"/cases/{case.pk}/")
    assert case.pending.get(step="file").slot == "unit_head"
    assert "建议立案" in client.get(response.url).content.decode()


def test_every_reason_comes_back_beside_its_field_with_the_article():
    bureau = a_bureau()
    case = a_case(bureau)
    typed = filing(bureau, case, conditions=["evidence"], handlers=bureau.two[:1], reason="")

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", typed)

    page = response.content.decode()
    assert response.status_code == 400
    assert "四项立案条件须全部具备" in page and "生态环境行政处罚办法第十九条" in page
    assert "承办人不得少于两名" in page and "请填写“立案理由”" in page
    assert "法典某条" in page and length(case) == 1


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2026-11-25", "在今天之后"), ("2026-08-30", "早于前一环节的日期"), ("2026-02-30", "输入一个有效的日期"),
        ("1900-01-01", "没有生效的版本"), ("", "这个字段是必填项"),
    ],
)
def test_a_wrong_legal_date_is_refused_in_a_sentence(on, sentence):
    bureau = a_bureau()
    case = a_case(bureau)

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, on=on))

    assert response.status_code == 400 and sentence in response.content.decode()
    assert length(case) == 1


def test_an_officer_whose_card_has_expired_is_refused_and_the_list_says_so_beforehand():
    bureau = a_bureau()
    late = an_officer(bureau.org, "过期示例", "officer", card=True, expires=date(2026, 9, 3))
    case, client = a_case(bureau), a_client(bureau["handler"])
    address = f"/cases/{case.pk}/steps/file/"

    shown = client.get(address).content.decode()
    response = client.post(address, filing(bureau, case, handlers=[bureau["handler"].pk, late.pk]))

    assert "过期示例的行政执法证" in shown and "已于2026-09-03到期" in shown
    assert response.status_code == 400 and "已于2026-09-03到期" in response.content.decode()


def test_one_s_own_expired_card_keeps_one_from_signing():
    bureau = a_bureau()
    case = a_case(bureau)
    Card.objects.filter(officer=bureau["handler"]).update(expires_on=date(2026, 9, 2))

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", filing(bureau, case))

    assert response.status_code == 400 and "已于2026-09-02到期" in response.content.decode()


def test_a_page_that_is_out_of_date_changes_nothing_and_keeps_what_was_typed_as_a_draft():
    bureau = a_bureau()
    case, client = a_case(bureau, at="file"), a_client(bureau["handler"])
    expected = length(case)
    take(case, "inspect_site", date(2026, 9, 7), bureau=bureau)
    typed = {"on": "2026-09-08", "expected": expected, "officers": bureau.two, "place": "写到一半的地点"}

    response = client.post(f"/cases/{case.pk}/steps/interview/", typed)

    page = response.content.decode()
    assert response.status_code == 409
    assert "其他人已对本案办理了新的事项" in page and "现场检查（勘察）" in page
    assert length(case) == expected + 1
    assert "写到一半的地点" in client.get(f"/cases/{case.pk}/steps/interview/").content.decode()


def test_a_page_that_does_not_say_how_old_it_is_counts_as_out_of_date():
    bureau = a_bureau()
    case = a_case(bureau)
    typed = filing(bureau, case)
    del typed["expected"]

    assert a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", typed).status_code == 409


def test_five_megabytes_of_text_are_refused_in_a_sentence_and_not_lost():
    bureau = a_bureau()
    case = a_case(bureau)
    text = "水" * (5 * 1024 * 1024 // 3)

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, reason=text))

    page = response.content.decode()
    assert response.status_code == 400 and "太长" in page and text in page


def test_more_than_the_server_takes_is_said_to_be_too_large():
    bureau = a_bureau()
    case = a_case(bureau)
    text = "x" * (7 * 1024 * 1024)

    response = a_client(bureau["handler"]).post(
        f"/cases/{case.pk}/steps/file/", f"reason={text}", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 413 and length(case) == 1


def test_control_characters_that_cannot_be_printed_are_refused():
    bureau = a_bureau()
    case = a_case(bureau)

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, reason="铃\x07声"))

    assert response.status_code == 400 and "控制字符" in response.content.decode()


def test_what_does_not_apply_is_not_recorded_even_if_it_was_sent():
    bureau = a_bureau()
    case = a_case(bureau, at="collect_evidence")
    typed = {
        "on": "2026-09-10", "expected": length(case), "service_address": "示例路1号", "receiver": "何示例", "electronic": "no",
        "electronic_address": "someone@example.org",
    }

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/confirm_address/", typed)

    standing, _ = queries.fold(case, date(2026, 9, 10))
    assert response.status_code == 303
    assert standing.value("confirm_address", "electronic") is False
    assert standing.value("confirm_address", "electronic_address") is None


def test_money_is_written_as_people_write_it_and_kept_in_fen():
    bureau = a_bureau()
    case = a_case(bureau, at="publish")
    typed = {"on": "2026-09-28", "expected": length(case), "paid_on": "2026-09-28", "amount": "5，000.00元", "receipt_number": "示例1"}

    response = a_client(bureau["finance"]).post(f"/cases/{case.pk}/steps/record_payment/", typed)

    case.refresh_from_db()
    assert response.status_code == 303 and case.paid == 500_000


@pytest.mark.parametrize("amount", ["5000.001", "NaN", "1e3x", "-1", "五千"])
def test_what_is_no_amount_is_refused(amount):
    bureau = a_bureau()
    case = a_case(bureau, at="publish")
    typed = {"on": "2026-09-28", "expected": length(case), "paid_on": "2026-09-28", "amount": amount, "receipt_number": "示例1"}

    response = a_client(bureau["finance"]).post(f"/cases/{case.pk}/steps/record_payment/", typed)

    case.refresh_from_db()
    assert response.status_code == 400 and case.paid == 0
    assert amount in response.content.decode()


def test_a_table_grows_by_a_row_without_a_script_and_keeps_what_is_in_it():
    bureau = a_bureau()
    case, client = a_case(bureau, at="file"), a_client(bureau["handler"])
    typed = {"on": "2026-09-08", "questions-0-q": "你是谁？", "questions-0-a": "负责人。", "do": "add:questions"}

    page = client.post(f"/cases/{case.pk}/steps/interview/", typed).content.decode()

    assert "你是谁？" in page and 'name="questions-1-q"' in page and length(case) == 4


def test_a_table_is_recorded_row_by_row_and_blank_rows_do_not_count():
    bureau = a_bureau()
    case, client = a_case(bureau, at="file"), a_client(bureau["handler"])
    typed = {
        "on": "2026-09-08", "expected": length(case), "officers": bureau.two, "begun_at": "2026-09-08T09:00",
        "ended_at": "2026-09-08T10:00", "place": "厂区", "person": "何示例", "person_detail": "负责人",
        "cards_shown": "yes", "party_opinion": "属实",
        "questions-7-q": "第二问", "questions-7-a": "第二答", "questions-0-q": "第一问", "questions-0-a": "第一答",
        "questions-3-q": " ", "questions-3-a": "",
    }

    response = client.post(f"/cases/{case.pk}/steps/interview/", typed)

    standing, _ = queries.fold(case, date(2026, 9, 8))
    assert response.status_code == 303
    assert [row["q"] for row in standing.value("interview", "questions")] == ["第一问", "第二问"]


def test_the_papers_of_a_step_can_be_seen_before_it_is_taken():
    bureau = a_bureau()
    case = a_case(bureau)

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, do="preview"))

    page = response.content.decode()
    assert response.status_code == 200 and length(case) == 1
    assert "文书预览" in page and "有初步证据" in page


def test_a_preview_of_a_half_filled_form_says_what_the_paper_lacks():
    bureau = a_bureau()
    case = a_case(bureau)

    page = a_client(bureau["handler"]).post(f"/cases/{case.pk}/steps/file/", {"on": DAY, "do": "preview"}).content.decode()

    assert "尚缺" in page and length(case) == 1


def test_a_draft_is_kept_while_typing_found_again_and_thrown_away_on_request():
    bureau = a_bureau()
    case, client = a_case(bureau), a_client(bureau["handler"])
    address = f"/cases/{case.pk}/steps/file/"

    assert client.post(f"{address}draft/", filing(bureau, case, reason="写到一半")).status_code == 204
    again = client.get(address).content.decode()
    client.post(address, {"do": "discard"})

    assert "写到一半" in again and "已恢复您" in again
    assert not Draft.objects.exists() and "写到一半" not in client.get(address).content.decode()


def test_a_draft_is_gone_once_the_step_is_taken():
    bureau = a_bureau()
    case, client = a_case(bureau), a_client(bureau["handler"])
    client.post(f"/cases/{case.pk}/steps/file/", filing(bureau, case, do="draft"))

    client.post(f"/cases/{case.pk}/steps/file/", filing(bureau, case))

    assert not Draft.objects.exists()


def test_a_step_whose_turn_has_not_come_says_why():
    bureau = a_bureau()
    case = a_case(bureau, at="file")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/decide/").content.decode()

    assert "办理“作出行政处罚决定”之前，须先办理：送达告知书" in page


def test_who_may_not_take_a_step_is_told_who_may():
    bureau = a_bureau()
    case = a_case(bureau)
    client = a_client(bureau["archivist"])

    page = client.get(f"/cases/{case.pk}/steps/file/").content.decode()
    response = client.post(f"/cases/{case.pk}/steps/file/", filing(bureau, case))

    assert "这一步由承办人办理" in page and "张承办" in page and "data-huanfa-main" not in page
    assert response.status_code == 400 and "此处由执法人员签署" in response.content.decode()


def test_the_form_starts_with_what_the_case_tells():
    bureau = a_bureau()
    case = a_case(bureau, at="confirm_address")
    client = a_client(bureau["handler"])

    report = client.get(f"/cases/{case.pk}/steps/report_investigation/").content.decode()

    assert "现场检查（勘察）笔录" in report and 'value="2026-09-07"' in report
    assert "行为时与决定时适用的是同一条文" in report


def test_the_decision_starts_with_what_was_reported():
    bureau = a_bureau()
    case = a_case(bureau, at="legal_review")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/decide/").content.decode()

    assert 'name="fine" value="5000"' in page
    assert 'name="kinds" value="fine"' in page.replace(' id="id_kinds_0"', "")


def test_a_report_that_was_sent_back_is_mended_not_written_anew():
    bureau = a_bureau()
    case = a_case(bureau, at="report_investigation", report_investigation={"facts": "第一稿写明的事实"})
    take(case, "examine", date(2026, 9, 16), bureau=bureau, result="return")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/report_investigation/").content.decode()

    assert "第一稿写明的事实" in page


def test_both_texts_are_shown_where_the_law_changed_between_conduct_and_decision():
    bureau = a_bureau()
    begins = date(2026, 8, 3)
    case = a_case(bureau, at="order_correction", begins=begins)

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/steps/report_investigation/").content.decode()

    assert "行为时的法律" in page and "作出决定时的法律" in page
    assert "大气污染防治法》第一百二十条" in page and "生态环境法典》第一千一百三十三条" in page


def test_no_step_asks_under_a_name_that_the_form_itself_uses():
    bureau = a_bureau()

    for procedure in queries.rulebook(bureau.org).procedures:
        for step in procedure.steps.values():
            assert not {ask.id for ask in step.asks} & set(forms.OWN), step.id
            assert not any("-" in ask.id for ask in step.asks), step.id


def test_every_step_of_the_procedure_has_a_form_that_opens():
    bureau = a_bureau()
    case, client = a_case(bureau, at="decide"), a_client(bureau["handler"])

    for step in queries.procedure(case, date(2026, 9, 24)).steps:
        if step != "register_lead":
            assert client.get(f"/cases/{case.pk}/steps/{step}/").status_code in (200, 303), step


def test_a_forged_request_is_refused():
    bureau = a_bureau()
    case, client = a_case(bureau), Client(enforce_csrf_checks=True)
    client.force_login(bureau["handler"].user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(f"/cases/{case.pk}/steps/file/", filing(bureau, case)).status_code == 403


def test_a_page_is_not_changed_by_looking_at_it():
    bureau = a_bureau()
    case, client = a_case(bureau, at="file"), a_client(bureau["handler"])
    before = length(case)

    for address in ("", "steps/interview/", "sign/file/", "steps/interview/?officers=1"):
        client.get(f"/cases/{case.pk}/{address}")
    assert client.get(f"/cases/{case.pk}/steps/interview/draft/").status_code == 405

    assert length(case) == before and not Draft.objects.exists()
    assert timedelta(0) == case.filed_on - date(2026, 9, 4)
