"""Database triggers that refuse UPDATE and DELETE on a table, for PostgreSQL and SQLite; used by migrations."""

from collections.abc import Callable
from typing import Any

from django.db import migrations


def refuse_changes(app: str, model: str) -> migrations.RunPython:
    """A migration operation: from here on, rows of this table can be added and read, never changed or removed."""
    return migrations.RunPython(_apply(app, model, create=True), _apply(app, model, create=False))


def _apply(app: str, model: str, *, create: bool) -> Callable[[Any, Any], None]:
    def run(apps: Any, editor: Any) -> None:
        table = apps.get_model(app, model)._meta.db_table
        for statement in statements(editor.connection.vendor, table, create=create):
            editor.execute(statement)

    return run


def statements(vendor: str, table: str, *, create: bool) -> list[str]:
    """The SQL that puts the guard on a table, or takes it off. Raises NotImplementedError for another database."""
    words = f"{table}: 记载不得修改或者删除"
    if vendor == "postgresql":
        drop = [f"DROP TRIGGER IF EXISTS {table}_guard ON {table}", f"DROP FUNCTION IF EXISTS {table}_guard()"]
        make = [
            f"CREATE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$",
            f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_guard()",
        ]
    elif vendor == "sqlite":
        drop = [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
        make = [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("update", "delete")
        ]
    else:
        raise NotImplementedError(f"no guard for {vendor}")
    return make if create else drop
