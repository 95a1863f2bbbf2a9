"""What the settings read from outside: variables, the secret key file, the database address. Nothing of Django."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def flag(name: str) -> bool:
    """Whether the variable is set to 1; anything but 0, 1 or nothing is a mistake worth hearing about."""
    value = os.environ.get(name, "0") or "0"
    if value not in {"0", "1"}:
        raise SystemExit(f"环境变量 {name} 只能是 0 或 1，现为“{value}”。")
    return value == "1"


def number(name: str, default: int) -> int:
    """A whole number above zero."""
    value = os.environ.get(name) or str(default)
    if not value.isdecimal() or not int(value):
        raise SystemExit(f"环境变量 {name} 应为大于零的整数，现为“{value}”。")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """The comma-separated words of a variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(folder: Path) -> str:
    """HUANFA_SECRET_KEY, or the key kept in the data folder, made on first use and readable by its owner only."""
    if key := os.environ.get("HUANFA_SECRET_KEY"):
        return key
    path = folder / "secret.key"
    if not path.exists():
        draft = folder / f"secret.key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)    # all or nothing: of several workers starting at once, one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def database(folder: Path) -> dict[str, object]:
    """Django's database entry for DATABASE_URL, or for the SQLite file in the data folder."""
    address = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not address.scheme:
        return sqlite(folder / "database.sqlite3")
    if address.scheme not in {"postgresql", "postgres"}:
        raise SystemExit(f"DATABASE_URL 须以 postgresql:// 开头，现为“{address.scheme}://”。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.lstrip("/")),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(address.hostname or ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(address.query)),
    }


def sqlite(path: Path) -> dict[str, object]:
    """SQLite set up so that readers never wait, and a writer waits its turn instead of failing half way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
