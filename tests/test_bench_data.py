"""The set that the benchmarks run on is sound: chains that hold, papers as hashed, keys that lead somewhere."""

import re

import pytest
from django.db import connection

from bench import data, load, stories
from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case, Deadline
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger.models import Dossier, Entry, Organisation
from huanfa.apps.ledger.queries import verify
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.apps.papers.queries import finished
from huanfa.core.papers.number import parse_number

WEEKS = (0, 0, 5, 5)
CASES = len(WEEKS) * len(stories.STORIES)
LEFT_OVER = re.compile(r"PARTY[A-Z]|OFFICER\d|CARD\d|BENCHORG|BENCHUSER|PREV|%\(|%%|武环示例")


@pytest.fixture
def loaded(db: None) -> list[data.Body]:
    """Every story four times, in two different weeks, in three bodies."""
    bodies, _ = data.bureau()
    told = [(story, week) for week in WEEKS for story in stories.STORIES]
    load.load(data.batches(told, bodies[:3]))
    return bodies[:3]


def test_a_set_of_cases_is_as_sound_as_if_officers_had_made_it(loaded: list[data.Body]) -> None:
    cases = list(Case.objects.select_related("dossier", "org", "party"))

    assert len(cases) == CASES
    connection.check_constraints()
    for case in cases:
        assert verify(case.dossier) == case.dossier.head
        standing, entries = queries.fold(case, case.dossier.entries.last().on)
        assert (standing.stage, standing.ended, standing.paid) == (case.stage, case.ended, case.paid)
        assert Deadline.objects.filter(case=case).count() == len(standing.clocks)
        assert {officer for ids in standing.people.values() for officer in ids} == set(
            case.people.values_list("officer_id", flat=True)
        )
        sheets = {sheet.seq: sheet.data for sheet in Worksheet.objects.filter(dossier=case.pk)}
        assert sheets == {entry.seq: entry.values for entry in entries if entry.step == "worksheet"}
        cited = {sha256 for entry in entries for _, _, sha256 in entry.papers}
        assert cited == set(Paper.objects.filter(dossier=case.pk).values_list("sha256", flat=True))


def test_no_placeholder_is_left_in_any_text(loaded: list[data.Body]) -> None:
    for paper in Paper.objects.all():
        assert finished(paper).number == paper.number
        assert not LEFT_OVER.search(paper.content), paper.template
    for entry in Entry.objects.all():
        assert not LEFT_OVER.search(entry.data), entry.step
    for sheet in Worksheet.objects.all():
        assert not LEFT_OVER.search(sheet.name + sheet.number + sheet.filled_by)
    for case in Case.objects.select_related("party"):
        assert not LEFT_OVER.search(case.search + case.name + case.number + case.party.search)
        assert case.party.name in case.name


def test_numbers_are_given_out_without_gaps_and_counted_on(loaded: list[data.Body]) -> None:
    given: dict[tuple[str, int], set[int]] = {}
    numbers = [*Paper.objects.exclude(number="").values_list("number", flat=True)]
    numbers += Case.objects.exclude(number="").values_list("number", flat=True)
    for number in map(parse_number, numbers):
        given.setdefault((number.series, number.year), set()).add(number.n)

    assert all(found == set(range(1, len(found) + 1)) for found in given.values())
    assert sum(NumberSeries.objects.values_list("last", flat=True)) == len(numbers)


def test_nothing_of_the_telling_is_left_and_the_next_key_is_free(loaded: list[data.Body]) -> None:
    assert not Organisation.objects.filter(path="/bench/").exists()
    fresh = Dossier.objects.create(org=loaded[0].org, kind=Dossier.Kind.CASE, key="next", title="下一件")
    assert fresh.pk > Case.objects.order_by("-pk").first().pk


def test_the_plan_comes_to_about_twenty_five_entries_a_case_and_is_the_same_every_time() -> None:
    assert sum(story.share for story in stories.STORIES) == 100
    assert data.plan(300) == data.plan(300)
    begins = [story.begins.toordinal() + 7 * week for story, week in data.plan(300)]
    assert begins == sorted(begins)
