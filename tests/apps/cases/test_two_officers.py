"""Two officers acting at the same moment never lose an act: one is kept, the other is told that the case has moved on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from huanfa.apps.cases import actions, queries
from huanfa.apps.ledger.models import Entry
from huanfa.apps.ledger.queries import verify
from tests.apps.builders import BEGINS, NOON, a_bureau, a_case, something


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_from_the_same_page_one_is_kept_and_the_other_is_refused():
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    length, start = case.dossier.length, Barrier(2)
    day = BEGINS + timedelta(6)

    def act(step: str) -> str:
        asks = queries.procedure(case, day).step(step).asks
        values = {ask.id: something(ask, day, bureau) for ask in asks if not ask.optional}
        start.wait()
        try:
            actions.take(case.pk, step, values, by=bureau["handler"], on=day, now=NOON, expected=length)
        except actions.CaseHasMovedOn:
            return "moved on"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as both:
        results = sorted(both.map(act, ["inspect_site", "interview"]))

    case.dossier.refresh_from_db()
    assert results == ["kept", "moved on"]
    assert case.dossier.length == length + 1
    assert verify(case.dossier) == case.dossier.head


@pytest.mark.django_db(transaction=True)
def test_acts_on_one_case_from_many_sides_stand_in_line():
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    length, day = case.dossier.length, BEGINS + timedelta(6)
    asks = queries.procedure(case, day).step("inspect_site").asks
    values = {ask.id: something(ask, day, bureau) for ask in asks if not ask.optional}

    def act(_: int) -> None:
        try:
            actions.take(case.pk, "inspect_site", values, by=bureau["handler"], on=day, now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as many:
        list(many.map(act, range(8)))

    case.dossier.refresh_from_db()
    assert case.dossier.length == length + 8
    assert list(Entry.objects.filter(dossier=case.pk).values_list("seq", flat=True)) == list(range(1, length + 9))
    assert verify(case.dossier) == case.dossier.head
