"""What the demonstration's cases are about: texts from the TOML files beside this one, filled with party, place and days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

FILES = ("small.toml", "large.toml", "variants.toml")


@dataclass(frozen=True)
class Matter:
    """One story in the words of its papers. `asks` are (question, answer), `proofs` (kind, name, what it proves).

    `scale` is the fine table with what was found in its words and the places of the proofs behind it, `factors` the seven
    points where no table may be used, `listed` the no-fine list held against the case: at `filing`, and before the `report`.
    """

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
    scale: Mapping[str, Any] = field(default_factory=dict)
    factors: Mapping[str, str] = field(default_factory=dict)
    listed: Mapping[str, Any] = field(default_factory=dict)

    def told(self, words: Mapping[str, str]) -> Matter:
        """The same story with the words in braces filled in."""
        return replace(self, **{one.name: _filled(getattr(self, one.name), words) for one in fields(self)})


@lru_cache(maxsize=1)
def matters() -> dict[str, Matter]:
    """Every story by its id. One that is `like` another has all of it that it does not tell itself."""
    told: dict[str, dict[str, Any]] = {}
    for file in FILES:
        for row in tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))["matter"]:
            told[row["id"]] = {**told.get(row.pop("like", ""), {}), **row}
    return {name: Matter(**{key: _frozen(value) for key, value in row.items()}) for name, row in told.items()}


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _filled(value: object, words: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_filled(one, words) for one in value)
    if isinstance(value, Mapping):
        return {key: _filled(one, words) for key, one in value.items()}
    return value.format_map(words) if isinstance(value, str) else value
