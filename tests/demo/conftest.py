"""One demonstration for all tests of this folder: loading it takes as long as all of them together."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from huanfa.demo.loading import SEED, load
from tests.demo.loads import TODAY, Told, told


@pytest.fixture(scope="package")
def first_load(django_db_setup: None, django_db_blocker: Any) -> Iterator[Told]:
    """A load that is taken back, then the load that the tests look at."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            load(SEED, TODAY, say=lambda line: None)
            first = told()
            transaction.set_rollback(True)
        with transaction.atomic():
            load(SEED, TODAY, say=lambda line: None)
            yield first
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(first_load: Told) -> Told:
    """Every test here looks at the demonstration."""
    return first_load
