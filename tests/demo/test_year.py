"""The demonstration year, computed from its records: the figures of the report, every chain whole, the same each time."""

from datetime import date

import pytest
from django.db import connection
from django.utils.timezone import localdate

from huanfa.apps.cases.models import Case, Deadline, Draft, Pending
from huanfa.apps.cases.queries import fold, procedure
from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger.models import Checkpoint, Dossier, Entry
from huanfa.apps.ledger.queries import verify
from huanfa.apps.ledger.signing import holds
from huanfa.apps.officers.access import scoped
from huanfa.apps.officers.models import Officer
from huanfa.apps.papers.models import Paper
from huanfa.apps.parties import codes
from huanfa.apps.parties.models import Party
from huanfa.core import rulebook as rules
from huanfa.core.errors import NotAllowed
from huanfa.core.offences import check_fine
from huanfa.demo.loading import SEED, day_for, load
from huanfa.demo.people import PACK
from tests.demo.loads import TODAY, Told, the_figures, told

pytestmark = pytest.mark.django_db


def a_user(username: str) -> Officer:
    return Officer.objects.select_related("org").get(user__username=username)


def test_the_year_has_fifteen_decisions_of_25900_yuan():
    decided = Case.objects.filter(outcome="penalty", decided_on__year=2024)

    assert decided.count() == 15
    assert sum(case.fine for case in decided) == 2_590_000
    assert the_figures(2024)["decisions"] == "15"
    assert the_figures(2024)["fined"] == "2.59"


def test_409_visits_with_821_officers_and_more_than_ten_joint_inspections():
    assert the_figures(2024)["visits"] == "409"
    assert the_figures(2024)["people"] == "821"
    assert int(the_figures(2024)["joint"]) >= 10


def test_every_decision_was_reviewed_and_published_within_seven_working_days():
    assert the_figures(2024)["reviewed"] == "100"
    assert the_figures(2024)["published"] == "100"


def test_no_case_of_the_year_was_late():
    assert the_figures(2024)["overdue"] == "0"
    assert the_figures(2024)["late"] == "0"


def test_every_fine_of_the_year_was_paid_in_time():
    fined = Case.objects.filter(outcome="penalty", decided_on__year=2024, fine__gt=0)

    assert all(case.paid == case.owed for case in fined)
    for term in Deadline.objects.filter(case__in=fined, term="pay"):
        assert term.closed_on and term.due and term.closed_on <= term.due


def test_every_officer_was_taught_forty_hours_and_the_shortfall_below_sixty_shows():
    assert int(the_figures(2024)["hours_least"]) >= 40
    assert the_figures(2024)["under_training_hours"] == "0"
    assert the_figures(2024)["under_training_hours_national"] == "2"


def test_each_fine_lies_within_what_the_law_allowed():
    offences = rules.load(PACK).offences

    for case in Case.objects.filter(outcome="penalty", fine__gt=0).select_related("party"):
        standing, _ = fold(case, TODAY)
        conduct_ended = standing.day("register_lead", "conduct_until")
        chosen = standing.value("report_investigation", "regime")
        day = standing.day("decide") if chosen == "decision" else conduct_ended
        units = standing.value("report_investigation", "fine_units")
        assert check_fine(offences[case.offence].regime_on(day), case.fine, units=units) is None, case.name


def test_every_case_of_2024_is_archived_and_those_at_hand_stand_everywhere():
    assert set(Case.objects.filter(found_on__year=2024).values_list("ended", flat=True)) == {"archived"}
    at_hand = Case.objects.filter(ended="")
    assert {"lead", "filing", "investigation", "notice", "discussion", "decision", "service", "execution"} <= set(
        at_hand.values_list("stage", flat=True)
    )
    assert at_hand.count() >= 14
    assert Pending.objects.filter(step="file", slot="leader").exists()
    assert Pending.objects.filter(step="decide", slot="leader").exists()
    assert Pending.objects.filter(step="report_investigation", slot="unit_head").exists()
    assert Draft.objects.exists()
    assert Entry.objects.filter(kind="refuse").exists()


def test_periods_at_hand_are_about_to_run_out_overdue_and_standing_still():
    running = Deadline.objects.filter(case__ended="", ended="")

    assert running.filter(term="filing_review", due__lt=TODAY).exists()
    assert running.filter(term="preserved_evidence", due=date(2026, 11, 26)).exists()
    assert running.filter(term="publish", due=date(2026, 11, 26)).exists()
    assert running.filter(term="decide_within", due=None).count() >= 3      # testing, suspension, hearing
    assert running.filter(term="demand").exists()


def test_conduct_before_the_code_is_judged_by_the_milder_text():
    milder = Case.objects.get(offence="haz_label")
    heavier = Case.objects.get(offence="waste_dumped_into_water")

    assert fold(milder, TODAY)[0].value("report_investigation", "regime") == "decision"
    assert milder.fine < 10_000_000                                         # the old text began at 100,000 yuan
    assert fold(heavier, TODAY)[0].value("report_investigation", "regime") == "conduct"
    assert heavier.fine < 10_000_000                                        # the Code begins at 100,000 yuan
    for case in (milder, heavier):
        assert case.decided_on and case.decided_on >= date(2026, 8, 15)
        standing, _ = fold(case, TODAY)
        assert standing.value("legal_review", "milder_choice") == standing.value("report_investigation", "regime")
        assert "法定最高罚款" in standing.value("legal_review", "milder_reason")


def test_every_chain_is_whole_and_every_checkpoint_signed():
    for dossier in Dossier.objects.all():
        verify(dossier)
    for case in Case.objects.all():
        standing, _ = fold(case, TODAY)
        assert (case.stage, case.ended, case.paid) == (standing.stage or "lead", standing.ended, standing.paid)
        assert procedure(case, TODAY).id == "ordinary"
    assert Checkpoint.objects.count() == 5
    assert all(holds(point) for point in Checkpoint.objects.all())


def test_acts_are_recorded_on_the_day_they_bear():
    for entry in Entry.objects.filter(dossier__kind__in=["case", "visits"]):
        assert localdate(entry.recorded_at) == entry.on


def test_numbers_of_decisions_run_in_the_order_of_days():
    numbered = Paper.objects.filter(template="penalty_decision", on__year=2024).order_by("on", "pk")

    assert [int(paper.number.split("〕")[1].rstrip("号")) for paper in numbered] == list(range(1, 16))


def test_all_firms_are_examples_with_codes_that_hold_together():
    parties = list(Party.objects.all())

    assert len(parties) == 130
    assert all(party.example and "示例" in party.name and not codes.fault(party.kind, party.code) for party in parties)


def test_the_city_sees_the_branch_and_another_branch_does_not():
    assert scoped(Case.objects.all(), a_user("shizhonghe")).count() == Case.objects.count() > 0
    assert scoped(Visit.objects.all(), a_user("shizhonghe")).count() == Visit.objects.count()
    assert not scoped(Case.objects.all(), a_user("qianduowen")).exists()
    assert not scoped(Visit.objects.all(), a_user("qianduowen")).exists()


def test_the_same_seed_makes_the_same_figures_papers_and_chains(loaded: Told):
    again = told()

    assert again.figures == loaded.figures
    assert again.papers == loaded.papers
    assert [row[:2] for row in again.heads] == [row[:2] for row in loaded.heads]
    if connection.vendor == "sqlite":                       # PostgreSQL does not give the ids of a load taken back again
        assert again.heads == loaded.heads


def test_a_database_in_use_is_left_alone():
    before = Dossier.objects.count()

    with pytest.raises(NotAllowed, match="只装入空库"):
        load(SEED, TODAY, say=lambda line: None)

    assert Dossier.objects.count() == before


def test_the_day_is_held_back_to_where_the_holidays_are_known():
    book = rules.load(PACK)

    assert day_for(date(2026, 11, 24), book) == date(2026, 11, 24)
    assert day_for(date(2027, 3, 1), book) == date(2026, 12, 20)
    with pytest.raises(NotAllowed, match="2026-11-18"):
        day_for(date(2026, 8, 1), book)
