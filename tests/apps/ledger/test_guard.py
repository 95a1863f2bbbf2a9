"""The tables of record refuse UPDATE and DELETE, and a change made past them is found and named."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from huanfa.apps.ledger.guard import statements
from huanfa.apps.ledger.models import Checkpoint, Entry
from huanfa.apps.ledger.queries import verify
from huanfa.apps.papers.models import Paper
from huanfa.core.errors import ChainBroken
from tests.apps.builders import a_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Entry, Paper])
def test_an_entry_and_a_paper_can_neither_be_changed_nor_deleted(model):
    case = a_case(at="file")
    rows = model.objects.filter(dossier=case.pk)

    for forbidden in (lambda: rows.update(seq=99), lambda: rows.first().delete(), rows._raw_delete):
        with pytest.raises(DatabaseError, match="不得修改或者删除"), transaction.atomic():
            forbidden(rows.db) if forbidden == rows._raw_delete else forbidden()

    assert verify(case.dossier) == case.dossier.head


def test_a_checkpoint_cannot_be_changed():
    from datetime import date

    from huanfa.apps.ledger import actions

    a_case(at="file")
    actions.seal_day(date(2026, 11, 24))

    with pytest.raises(DatabaseError, match="不得修改或者删除"), transaction.atomic():
        Checkpoint.objects.update(root="0" * 64)


def past_the_guard(*sql: str) -> None:
    """What somebody with the database's own password could do."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, "ledger_entry", create=False):
            cursor.execute(statement)
        for statement in sql:
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE ledger_entry SET data = replace(data, '喷漆', '喷涂') WHERE seq = 1", 1),
        ("UPDATE ledger_entry SET step = 'interview' WHERE seq = 3", 3),
        ("DELETE FROM ledger_entry WHERE seq = 2", 2),
        ("DELETE FROM ledger_entry WHERE seq = 5", 5),
    ],
)
def test_a_change_made_past_the_guard_is_found_and_named(change, seq):
    case = a_case(at="inspect_site")
    assert case.dossier.length == 5

    past_the_guard(change)

    with pytest.raises(ChainBroken) as caught:
        verify(case.dossier)
    assert caught.value.seq == seq


def test_two_entries_swapped_past_the_guard_are_found():
    case = a_case(at="inspect_site")

    past_the_guard(
        "UPDATE ledger_entry SET seq = 99 WHERE seq = 2",
        "UPDATE ledger_entry SET seq = 2 WHERE seq = 3",
        "UPDATE ledger_entry SET seq = 3 WHERE seq = 99",
    )

    with pytest.raises(ChainBroken) as caught:
        verify(case.dossier)
    assert caught.value.seq == 2


def test_an_entry_inserted_past_the_guard_is_found():
    case = a_case(at="inspect_site")
    first = Entry.objects.filter(dossier=case.pk).first()
    data = {**json.loads(first.data), "seq": 6}

    Entry.objects.create(
        dossier=case.dossier, seq=6, kind="act", step=first.step, by=first.by, on=first.on,
        recorded_at=first.recorded_at, data=json.dumps(data), hash=first.hash,
    )

    with pytest.raises(ChainBroken) as caught:
        verify(case.dossier)
    assert caught.value.seq == 6
