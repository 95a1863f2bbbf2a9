"""The plain course of the builders is a real case, from the lead to the archive."""

import pytest

from huanfa.apps.ledger.queries import verify
from tests.apps.builders import a_bureau, a_case

pytestmark = pytest.mark.django_db


def test_a_plain_case_runs_from_the_lead_to_the_archive():
    case = a_case(at="archive")

    assert (case.stage, case.ended, case.outcome) == ("archive", "archived", "penalty")
    assert case.paid == case.owed == 500_000
    assert verify(case.dossier) == case.dossier.head


def test_a_case_can_be_had_at_any_stage():
    bureau = a_bureau()

    assert [a_case(bureau, at=at).stage for at in ("lead", "filing", "review", "decision")] == [
        "lead", "filing", "review", "decision"
    ]
