"""My work: each room finds there what waits for it, and nothing that does not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huanfa.apps.cases.shown.work import desk
from huanfa.apps.officers.models import RoleGrant
from tests.apps.builders import a_bureau, a_case, a_client, take

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def signing(bureau, slot: str) -> list[tuple[str, str]]:
    """What waits for an officer: case and step."""
    return [(row["case"], row["step"]) for row in desk(bureau[slot], today=TODAY).signing]


def test_a_proposed_step_waits_for_the_next_signature_only():
    bureau = a_bureau()
    case = a_case(bureau)
    take(case, "file", date(2026, 9, 4), bureau=bureau, signatures=1)

    assert signing(bureau, "unit_head") == [(case.name, "立案")]
    assert signing(bureau, "leader") == [] and signing(bureau, "handler") == []


def test_whoever_has_signed_is_not_asked_again_even_with_both_roles():
    bureau = a_bureau()
    RoleGrant.objects.create(officer=bureau["unit_head"], role="leader", begins=date(2020, 1, 1))
    case = a_case(bureau)
    take(case, "file", date(2026, 9, 4), bureau=bureau, signatures=2)

    assert signing(bureau, "unit_head") == []
    assert signing(bureau, "leader") == [(case.name, "立案")]


def test_the_second_handler_is_asked_for_the_report_and_other_officers_are_not():
    bureau = a_bureau()
    case = a_case(bureau, at="order_correction")
    take(case, "report_investigation", date(2026, 9, 15), bureau=bureau, signatures=1, proposal="unfounded", regime="conduct")

    assert signing(bureau, "second_handler") == [(case.name, "调查终结报告")]
    assert signing(bureau, "handler") == []


def test_examination_and_legal_review_call_their_own_desks_without_anybody_proposing_them():
    bureau = a_bureau()
    reported, examined = a_case(bureau, at="report_investigation"), a_case(bureau, at="examine")

    assert signing(bureau, "examiner") == [(reported.name, "案件审查")]
    assert signing(bureau, "legal_reviewer") == [(examined.name, "法制审核")]


def test_nobody_examines_what_they_investigated():
    bureau = a_bureau()
    RoleGrant.objects.create(officer=bureau["handler"], role="examiner", begins=date(2020, 1, 1))
    a_case(bureau, at="report_investigation")

    assert signing(bureau, "handler") == []


def test_a_discussion_is_called_for_only_where_the_case_needs_one():
    bureau = a_bureau()
    a_case(bureau, at="examine")
    wanted = a_case(bureau, at="examine", report_investigation={"leader_wants_panel": True})

    assert signing(bureau, "head") == [(wanted.name, "案件集体讨论")]


def test_a_suspended_case_calls_nobody():
    bureau = a_bureau()
    case = a_case(bureau, at="report_investigation")
    take(case, "suspend", date(2026, 9, 16), bureau=bureau)

    assert signing(bureau, "examiner") == []


def test_handlers_mind_the_periods_of_their_cases_and_chiefs_all_of_them():
    bureau = a_bureau()
    a_case(bureau)

    assert [row["due"]["title"] for row in desk(bureau["handler"], today=TODAY).periods] == ["立案审查"]
    assert desk(bureau["handler"], today=TODAY).late == 1
    assert desk(bureau["second_handler"], today=TODAY).periods == []
    assert desk(bureau["unit_head"], today=TODAY).late == 1


def test_other_rooms_find_their_work_by_the_periods_their_steps_close():
    bureau = a_bureau()
    a_case(bureau, at="serve_decision")
    a_case(bureau, at="close")

    assert [row["due"]["title"] for row in desk(bureau["publicist"], today=TODAY).periods] == ["公开处罚决定"]
    assert [row["due"]["title"] for row in desk(bureau["finance"], today=TODAY).periods] == ["缴纳罚款"]
    assert all("归档" in row["due"]["title"] for row in desk(bureau["archivist"], today=TODAY).periods)
    assert len(desk(bureau["archivist"], today=TODAY).periods) == 1


def test_another_body_s_work_is_not_mine():
    bureau, other = a_bureau(), a_bureau("硚口区分局", "/42/4201/420104/")
    case = a_case(bureau)
    take(case, "file", date(2026, 9, 4), bureau=bureau, signatures=1)

    found = desk(other["unit_head"], today=TODAY)

    assert found.signing == [] and found.periods == [] and found.late == 0


def test_drafts_lead_back_to_where_they_were_left():
    bureau = a_bureau()
    case, client = a_case(bureau, at="file"), a_client(bureau["handler"])
    client.post(f"/cases/{case.pk}/steps/interview/draft/", {"place": "写到一半"})
    client.post("/cases/new/draft/", {"summary": "写到一半"})

    page = client.get("/").content.decode()

    assert f"/cases/{case.pk}/steps/interview/" in page and "新的线索" in page


def test_the_page_has_states_in_words_and_the_article_beside_each_period():
    bureau = a_bureau()
    a_case(bureau)

    page = a_client(bureau["handler"]).get("/").content.decode()

    assert "已逾期" in page and "逾期69日" in page and "生态环境行政处罚办法第十八条" in page


def test_the_number_of_queries_does_not_grow_with_the_work():
    bureau = a_bureau()
    client = a_client(bureau["unit_head"])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    take(a_case(bureau), "file", date(2026, 9, 4), bureau=bureau, signatures=1)
    before = count()
    for _ in range(5):
        take(a_case(bureau), "file", date(2026, 9, 4), bureau=bureau, signatures=1)

    assert count() == before
