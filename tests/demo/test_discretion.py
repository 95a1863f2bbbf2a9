"""The demonstration's fines rest on worksheets, and its no-fine list is checked when the law wants it."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from huanfa.apps.cases.annex import sheet_lines
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.queries import facts, fold, no_fine_items, procedure
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.evidence.store import is_untouched
from huanfa.apps.papers.models import Paper
from huanfa.apps.papers.queries import finished
from huanfa.core.discretion.worksheet import SEVEN
from huanfa.core.procedure.engine import Option, available
from huanfa.core.procedure.guards.discretion import APPROVAL, CHECK, WORKSHEET, approved
from huanfa.core.procedure.standing import Standing
from tests.demo.loads import TODAY

pytestmark = pytest.mark.django_db
BENCHMARK_SINCE = date(2022, 1, 1)


def standing_of(case: Case) -> Standing:
    return fold(case, TODAY)[0]


def sheet_of(case: Case) -> Worksheet:
    return Worksheet.objects.filter(dossier=case.pk).latest("seq")


def fined() -> list[Case]:
    return list(Case.objects.filter(outcome="penalty", decided_on__gte=BENCHMARK_SINCE, fine__gt=0))


def options(case: Case) -> dict[str, Option]:
    found = available(procedure(case, TODAY), standing_of(case), facts(case, on=TODAY, today=TODAY), TODAY)
    return {one.step.id: one for one in found}


def acts(case: Case) -> Iterator[str]:
    return (entry.step for entry in case.dossier.entries.order_by("seq") if entry.kind in ("act", "register"))


def at_hand(offence: str) -> list[Case]:
    return list(Case.objects.filter(offence=offence, ended="").order_by("found_on"))


def test_every_fine_since_the_benchmark_rests_on_a_worksheet_of_the_same_amount():
    assert [case.decided_on.year for case in fined()].count(2024) == 12
    for case in fined():
        sheet, standing = sheet_of(case), standing_of(case)
        assert (sheet.amount, sheet.fine, sheet.decided_on) == (case.fine, case.fine, case.decided_on), case.name
        assert sheet.seq < standing.done["report_investigation"].seq
        assert sheet.data["regime"] == standing.value("report_investigation", "regime")


def test_every_table_used_is_said_to_be_borrowed_and_elsewhere_all_seven_factors_are_told():
    assert Worksheet.objects.filter(table="").exists() and Worksheet.objects.exclude(table="").exists()
    for sheet in Worksheet.objects.all():
        assert ("演示借用" in sheet.data["borrowed"]) == bool(sheet.table)
        assert set(sheet.data["factors"]) == (set() if sheet.table else {key for key, _ in SEVEN}), sheet.name


def test_the_decision_prints_the_lines_of_the_worksheet():
    for case in fined():
        paper = Paper.objects.get(dossier=case.pk, template="penalty_decision")
        printed = json.dumps(finished(paper).blocks, ensure_ascii=False)
        for line in sheet_lines(sheet_of(case).data):
            assert all(json.dumps(cell, ensure_ascii=False)[1:-1] in printed for cell in line.values()), case.name


def test_one_fine_of_the_year_departs_from_the_table_and_the_head_approved_it():
    departing = [case for case in fined() if sheet_of(case).departs]

    assert [case.decided_on.year for case in departing].count(2024) == 1
    for case in departing:
        assert approved(standing_of(case), standing_of(case).registered[WORKSHEET])
        assert sheet_of(case).data["departure_reason"]
    assert [case.decided_on.year for case in departing if APPROVAL in standing_of(case).registered] == [2024]


def test_the_no_fine_list_is_checked_before_filing_and_before_the_report():
    for case in Case.objects.exclude(filed_on=None):
        told = list(acts(case))
        if not no_fine_items(case, case.found_on):
            assert CHECK not in told
            continue
        assert told.index(CHECK) < told.index("file")
        if "report_investigation" in told:
            assert CHECK in told[told.index("file") : told.index("report_investigation")]


def test_who_meets_the_list_is_let_off_and_who_is_fined_lacks_a_condition():
    listed = Case.objects.filter(offence="registration_form_not_filed", outcome__in=["penalty", "no_penalty"])

    assert set(listed.values_list("outcome", flat=True)) == {"penalty", "no_penalty"}
    for case in listed:
        check = standing_of(case).registered[CHECK].values
        assert check["concluded"] == ("applies" if case.outcome == "no_penalty" else "not")
        assert case.outcome == "no_penalty" or (check["items"][0]["unmet"] and check["reason"])


def test_a_fine_unlike_those_of_like_cases_says_why():
    unlike = [sheet for sheet in Worksheet.objects.all() if sheet.data["likeness_reason"]]

    assert [sheet.on.year for sheet in unlike] == [2025]


def test_cases_at_hand_wait_at_each_place_of_discretion():
    unchecked, weighed = at_hand("acceptance_report_not_published")[0], at_hand("special_period_not_kept")[0]
    departing = next(case for case in at_hand("repair_shop_exhaust") if case.stage == "review")
    across = at_hand("haz_ledger")[-1]

    assert any("不予处罚清单" in one.sentence for one in options(unchecked)["report_investigation"].reasons)
    assert sheet_of(weighed).amount and options(weighed)["report_investigation"].is_open
    assert sheet_of(departing).departs and not approved(standing_of(departing), standing_of(departing).registered[WORKSHEET])
    assert not options(departing)["decide"].is_open
    assert standing_of(across).day("register_lead", "conduct_from") < date(2026, 8, 15) < across.found_on
    assert "开始时" in sheet_of(across).data["other"] or "终了时" in sheet_of(across).data["other"]
    assert options(across)["legal_review"].is_open


def test_what_was_found_names_exhibits_that_are_on_file():
    named = {sheet.pk: sheet.data["findings"].get("evidence", {}) for sheet in Worksheet.objects.all()}

    for sheet in Worksheet.objects.all():
        registered = set(sheet.dossier.exhibits.values_list("number", flat=True))
        assert {number for numbers in named[sheet.pk].values() for number in numbers} <= registered
    assert any(named.values())
    assert Exhibit.objects.exists() and all(is_untouched(exhibit.sha256) for exhibit in Exhibit.objects.all())
