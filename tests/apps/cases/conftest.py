"""All case pages are tested on one day, long after the plain course and inside the years with a holiday table."""

import pytest

from tests.apps.builders import stop_the_clock


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 24 November 2026, noon."""
    stop_the_clock(monkeypatch)
