"""What the settings read from outside."""

import stat
from pathlib import Path

import pytest

from huanfa.config import environment


def test_without_an_address_the_database_is_a_file_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    entry = environment.database(tmp_path)

    assert entry["ENGINE"] == "django.db.backends.sqlite3"
    assert entry["NAME"] == tmp_path / "database.sqlite3"


def test_a_postgresql_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://hua%40nfa:p%2Fw@db.example:5433/huanfa?sslmode=require")

    entry = environment.database(tmp_path)

    assert (entry["USER"], entry["PASSWORD"]) == ("hua@nfa", "p/w")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "huanfa")
    assert entry["OPTIONS"] == {"sslmode": "require"}
    assert entry["CONN_MAX_AGE"] == 600


def test_a_database_we_do_not_know_is_refused_in_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", "mysql://root@127.0.0.1/huanfa")

    with pytest.raises(SystemExit, match="postgresql://"):
        environment.database(tmp_path)


def test_the_secret_key_is_made_once_and_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("HUANFA_SECRET_KEY", raising=False)

    first = environment.secret_key(tmp_path)
    second = environment.secret_key(tmp_path)

    assert first == second
    assert len(first) >= 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_secret_key_from_outside_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HUANFA_SECRET_KEY", "from-outside")

    assert environment.secret_key(tmp_path) == "from-outside"
    assert list(tmp_path.iterdir()) == []


def test_a_switch_is_0_or_1_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUANFA_DEBUG", "yes")

    with pytest.raises(SystemExit, match="HUANFA_DEBUG"):
        environment.flag("HUANFA_DEBUG")
