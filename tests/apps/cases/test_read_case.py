"""The case page: what can be done, what waits, what is held up and by which article; periods, papers, history."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huanfa.apps.cases.models import Case
from huanfa.apps.evidence.actions import add_exhibit
from tests.apps.builders import BEGINS, NOON, a_bureau, a_case, a_client, a_party, an_officer, an_org, take

pytestmark = pytest.mark.django_db


def test_a_whole_case_is_read_in_twelve_queries():
    bureau = a_bureau()
    case, client = a_case(bureau, at="record_payment"), a_client(bureau["handler"])
    client.get(f"/cases/{case.pk}/")

    with CaptureQueriesContext(connection, ) as queries:
        response = client.get(f"/cases/{case.pk}/")

    assert response.status_code == 200
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


def test_the_handler_sees_what_can_be_done_and_the_examiner_what_is_theirs():
    bureau = a_bureau()
    case = a_case(bureau, at="report_investigation")

    handler = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()
    examiner = a_client(bureau["examiner"]).get(f"/cases/{case.pk}/").content.decode()

    assert f"/cases/{case.pk}/steps/interview/" in handler
    assert f"/cases/{case.pk}/steps/examine/" not in handler and "案件审查人员" in handler
    assert f"/cases/{case.pk}/steps/examine/" in examiner


def test_what_is_not_yet_possible_is_said_with_its_article():
    bureau = a_bureau()
    case = a_case(bureau, at="serve_notice")
    take(case, "record_defence", date(2026, 9, 20), bureau=bureau, new_evidence=False)

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()

    assert "还不能办，因为" in page
    assert "当事人的陈述申辩尚未复核" in page and "行政处罚法第四十五条" in page


def test_a_waiting_signature_is_named_and_only_the_right_officer_is_offered_the_button():
    bureau = a_bureau()
    case = a_case(bureau)
    take(case, "file", date(2026, 9, 4), bureau=bureau, signatures=1)

    handler = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()
    head = a_client(bureau["unit_head"]).get(f"/cases/{case.pk}/").content.decode()

    assert "等待承办机构负责人（王科长）签署" in handler and ">查看<" in handler
    assert ">签署<" in head


def test_a_step_that_was_sent_back_says_what_it_undid():
    bureau = a_bureau()
    case = a_case(bureau, at="report_investigation")
    take(case, "examine", date(2026, 9, 16), bureau=bureau, result="return")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()

    assert "因此须重新办理：调查终结报告" in page


def test_an_entry_recorded_later_than_its_legal_date_is_marked_as_such():
    bureau = a_bureau()
    case = a_case(bureau, at="file")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()

    assert "补录" in page


def test_the_proof_of_a_period_counts_day_by_day():
    bureau = a_bureau()
    case = a_case(bureau, at="serve_notice")
    clock = next(one for one in case.dossier.entries.all() if one.step == "serve_notice")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/clocks/defence/{clock.seq}/").content.decode()

    assert "逐日计算" in page and "开始之日不计" in page and "周末" in page and "期满" in page
    assert "5个工作日" in page and "生态环境行政处罚办法第四十四条" in page


def test_a_period_into_a_year_without_a_holiday_notice_is_called_provisional():
    bureau = a_bureau()
    case = a_case(bureau, at="file", begins=date(2026, 11, 1))
    clock = case.dossier.entries.filter(step="file", kind="act").get()

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/clocks/decide_within/{clock.seq}/").content.decode()

    assert "日期为暂定" in page and "2027年节假日安排尚未载入" in page


def test_a_period_that_does_not_exist_is_not_found():
    bureau = a_bureau()
    case, client = a_case(bureau), a_client(bureau["handler"])

    assert client.get(f"/cases/{case.pk}/clocks/pay/1/").status_code == 404
    assert client.get(f"/cases/{case.pk}/steps/no_such_step/").status_code == 404
    assert client.get(f"/cases/{case.pk}/steps/register_lead/").status_code == 404


def test_a_case_of_another_body_is_not_there_for_anybody_but_the_bodies_above():
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    stranger = a_bureau("硚口区分局", "/42/4201/420104/")
    city = an_officer(an_org("市局", "/42/4201/"), "市局", "supervisor")
    addresses = ("", "steps/interview/", "sign/file/", "clocks/decide_within/4/")

    for address in addresses:
        assert a_client(stranger["handler"]).get(f"/cases/{case.pk}/{address}").status_code == 404, address
    for address in ("steps/interview/", "steps/interview/draft/", "sign/file/"):
        assert a_client(stranger["handler"]).post(f"/cases/{case.pk}/{address}").status_code == 404, address
    assert a_client(city).get(f"/cases/{case.pk}/").status_code == 200
    assert case.name not in a_client(stranger["handler"]).get("/cases/").content.decode()


def test_the_body_above_reads_but_cannot_act():
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    city = a_bureau("市局", "/42/4201/")

    page = a_client(city["handler"]).get(f"/cases/{case.pk}/").content.decode()

    assert f"/cases/{case.pk}/steps/" not in page and "由其他岗位办理" in page


def test_a_name_with_markup_is_shown_as_written_and_never_as_markup():
    bureau = a_bureau()
    party = a_party(bureau.org, "<script>alert(1)</script>\"'示例公司")
    case = a_case(bureau, at="file", party=party, register_lead={"summary": "<img src=x onerror=alert(2)>"})
    client = a_client(bureau["handler"])

    for address in (f"/cases/{case.pk}/", "/cases/", "/", f"/cases/{case.pk}/steps/interview/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_an_ended_case_says_how_it_ended_and_offers_nothing():
    bureau = a_bureau()
    case = a_case(bureau, at="archive")

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()

    assert Case.objects.get(pk=case.pk).ended == "archived"
    assert "已归档" in page and f"/cases/{case.pk}/steps/" not in page


def test_nobody_reads_a_case_without_signing_in(client):
    case = a_case(begins=BEGINS)

    for address in ("/", "/cases/", f"/cases/{case.pk}/", "/cases/new/", "/cases/file/"):
        assert client.get(address).status_code == 302


def test_a_proof_is_told_once_with_its_file_and_a_file_without_a_step_besides(settings, tmp_path):
    settings.HUANFA_EVIDENCE = tmp_path
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    take(case, "collect_evidence", date(2026, 9, 5), bureau=bureau, name="营业执照复印件")
    for name in ("营业执照复印件", "转账截图"):
        add_exhibit(
            case.pk, f"{name}.txt", [name.encode()], name=name, taken_on=BEGINS, provider="当事人", proves="主体身份",
            by=bureau["handler"], now=NOON,
        )

    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()

    rows = page.split('id="evidence"')[1].split("</table>")[0].split("<tr>")[1:]
    told = {name: [row for row in rows if name in row] for name in ("营业执照复印件", "转账截图")}
    assert {name: len(found) for name, found in told.items()} == {"营业执照复印件": 1, "转账截图": 1}
    assert "证据1" in told["营业执照复印件"][0] and "证据2" in told["转账截图"][0]
