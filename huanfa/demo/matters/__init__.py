"""What the demonstration's cases are about: texts from the TOML files beside this one, filled with party, place and days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

FILES = ("small.toml", "large.toml")


@dataclass(frozen=True)
class Matter:
    """One story in the words of its papers. `asks` are (question, answer), `proofs` (kind, name, what it proves)."""

    id: str
    offence: str
    post: str
    summary: str
    facts: str
    production: str = ""
    permits: str = ""
    facilities: str = ""
    violation: str = ""
    other: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    order: str = ""
    proofs: tuple[tuple[str, str, str], ...] = ()
    weigh: str = ""
    recheck: str = ""
    public: str = ""
    plea: str = ""
    answer: str = ""

    def told(self, words: Mapping[str, str]) -> Matter:
        """The same story with the words in braces filled in."""
        return replace(self, **{one.name: _filled(getattr(self, one.name), words) for one in fields(self)})


@lru_cache(maxsize=1)
def matters() -> dict[str, Matter]:
    """Every story by its id."""
    rows = [row for file in FILES for row in tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))["matter"]]
    return {row["id"]: Matter(**{key: _frozen(value) for key, value in row.items()}) for row in rows}


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _filled(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_filled(one, words) for one in value)
    return value.format_map(words) if isinstance(value, str) else value
