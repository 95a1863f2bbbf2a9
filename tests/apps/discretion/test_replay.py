"""A year's decided cases under another benchmark: what would change, what cannot be said, and only what the officer may see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from huanfa.apps.cases import records
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.weighing import Asked
from huanfa.apps.discretion import queries
from huanfa.core.discretion import Findings, library
from huanfa.core.discretion.replay import replay
from tests.apps.builders import BEGINS, NOON, Bureau, a_bureau, a_case, a_client, take

pytestmark = pytest.mark.django_db
TABLE = "GD-8.38"
FIRST = {"近一年内同类违法行为情况": "无同类违法行为"}
COMPUTED = 750_000      # the middle of 5,000 and 10,000 yuan


def a_decided_case(bureau: Bureau) -> Case:
    """Decided by a table: an execution report that was not handed in, for the first time."""
    case = a_case(bureau, at="collect_evidence", register_lead={"offence": "permit_report_not_submitted"})
    asked = Asked(benchmark="guangdong/2022", table=TABLE, findings=Findings(levels=FIRST), units=1)
    records.file_worksheet(case.pk, asked, by=bureau["handler"], on=BEGINS + timedelta(10), now=NOON)
    penalty = {"kinds": ["fine"], "fine": COMPUTED}
    report = {"proposal": "penalty", "regime": "conduct", "fine_units": 1, "leader_wants_panel": False, **penalty}
    course = (
        ("report_investigation", 14, report), ("examine", 15, {"result": "pass"}), ("approve_notice", 16, {}),
        ("serve_notice", 17, {"service_mode": "direct"}), ("waive_defence", 20, {"hearing_too": False}),
        ("legal_review", 21, {"opinion_kind": "agree"}), ("decide", 22, penalty),
    )
    for step, days, given in course:
        take(case, step, BEGINS + timedelta(days), bureau=bureau, **given)
    return Case.objects.get(pk=case.pk)


def test_the_same_benchmark_gives_the_same_fines_again():
    bureau = a_bureau()
    a_decided_case(bureau)

    (one,) = replay(queries.decided(bureau["legal_reviewer"], 2026), library.load("guangdong/2022"), on=date(2026, 6, 1))

    assert one.now.amount == one.past.fine == COMPUTED and one.change == 0


def test_a_benchmark_that_lacks_the_table_says_so_instead_of_guessing():
    bureau = a_bureau()
    a_decided_case(bureau)

    page = a_client(bureau["legal_reviewer"]).get(reverse("replay"), {"year": "2026", "benchmark": "jiangmen/2020"}).content.decode()

    assert "能重算 0 件" in page and f"没有裁量表 {TABLE}" in page


def test_a_benchmark_without_a_known_day_is_refused_for_the_whole_year():
    bureau = a_bureau()
    a_decided_case(bureau)

    page = a_client(bureau["legal_reviewer"]).get(reverse("replay"), {"year": "2026", "benchmark": "huizhou/2023"}).content.decode()

    assert "没有查到施行日期" in page


def test_the_file_lists_every_case_with_what_it_was_and_would_be():
    bureau = a_bureau()
    case = a_decided_case(bureau)

    wanted = {"year": "2026", "benchmark": "guangdong/2022", "file": "1"}
    response = a_client(bureau["legal_reviewer"]).get(reverse("replay"), wanted)

    told = b"".join(response).decode("utf-8-sig") if response.streaming else response.content.decode("utf-8-sig")
    assert f"{case.name},2026-09-23,{TABLE},7500,7500,7500,0," in told


def test_nobody_replays_the_cases_of_another_bureau():
    a_decided_case(a_bureau())
    stranger = a_bureau("硚口区分局", "/42/4201/420104/")

    page = a_client(stranger["legal_reviewer"]).get(reverse("replay")).content.decode()

    assert "还没有可以重算的案件" in page


def test_a_field_officer_does_not_replay_the_year():
    bureau = a_bureau()

    assert a_client(bureau["handler"]).get(reverse("replay")).status_code == 403
