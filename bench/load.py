"""Putting the set into the database in bulk: COPY for PostgreSQL, executemany for SQLite. Foreign keys are trusted."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models, transaction

from bench.data import Batch
from bench.moulds import Row, columns


def load(batches: Iterable[Batch]) -> int:
    """Store every batch, count sequences on, gather statistics. Returns the number of rows."""
    put = _copy if connection.vendor == "postgresql" else _insert
    rows, tables = 0, set()
    with _trusting():
        for batch in batches:
            for model, some in batch.items():
                put(model, some)
                rows += len(some)
                tables.add(model)
    _settle(tables)
    return rows


@contextmanager
def _trusting() -> Iterator[None]:
    """Without looking up each foreign key: the rows come from a generator that a test checks key by key."""
    off, on = (
        ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
        if connection.vendor == "postgresql"
        else ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
    )
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield
        cursor.execute(on)


def _names(model: type[models.Model]) -> str:
    return ", ".join(f'"{name}"' for name in columns(model))


def _copy(model: type[models.Model], rows: list[Row]) -> None:
    statement = f'COPY "{model._meta.db_table}" ({_names(model)}) FROM STDIN'
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _insert(model: type[models.Model], rows: list[Row]) -> None:
    places = ", ".join("?" * len(columns(model)))
    statement = f'INSERT INTO "{model._meta.db_table}" ({_names(model)}) VALUES ({places})'
    with transaction.atomic():
        connection.connection.executemany(statement, (tuple(map(_plain, row)) for row in rows))


def _plain(value: Any) -> Any:
    """Dates as Django keeps them in SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value


def _settle(tables: Iterable[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _count_on(cursor, tables)
        cursor.execute("ANALYZE")


def tidy() -> None:
    """What PostgreSQL would otherwise begin by itself in the middle of a measurement. Not inside a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def _count_on(cursor: Any, tables: Iterable[type[models.Model]]) -> None:
    """Set each sequence behind the highest key that was loaded."""
    for model in tables:
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key])
        if sequence := cursor.fetchone()[0]:
            cursor.execute(f'SELECT setval(%s, (SELECT max("{key}") FROM "{table}"))', [sequence])
