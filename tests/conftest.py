"""What every test may rely on: steady examples, marks for the database, a browser when there is one."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and every run; nothing is ever timed.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what touches a database, to be run again on PostgreSQL; skips what SQLite cannot show."""
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="PostgreSQL only: python scripts/pg.py run -- pytest -m postgres"))


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive. Where everything must run (`make test`) its absence is a failure, not a skip."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None and os.environ.get("HUANFA_COMPLETE") == "1":
        pytest.fail("no Chromium found: run scripts/setup.sh chromium")
    if path is None:
        pytest.skip("no Chromium on this machine: run scripts/setup.sh chromium")
    return path


@pytest.fixture(autouse=True)
def guards_step_aside(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that really commit empty every table afterwards, which the guarded tables would refuse: lift the guard for that."""
    mark = request.node.get_closest_marker("django_db")
    committing = "live_server" in request.fixturenames or (mark is not None and mark.kwargs.get("transaction"))
    if not committing:
        yield
        return
    request.getfixturevalue("transactional_db")
    _guard(create=True)
    yield
    _guard(create=False)


def _guard(*, create: bool) -> None:
    from django.db import connection

    from huanfa.apps.ledger.guard import statements

    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_checkpoint", "papers_paper"):
            for statement in (*statements(connection.vendor, table, create=False), *(
                statements(connection.vendor, table, create=True) if create else ()
            )):
                cursor.execute(statement)
