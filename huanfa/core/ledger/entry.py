"""One link of the ledger: who did what, on which legal date, by which rules, with which papers; and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from huanfa.core.cite import RuleRef

Kind = Literal["act", "sign", "refuse", "register"]
GENESIS = "0" * 64
ALGORITHMS = ("sha256", "sm3")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who put their name to an entry: their id and name, card number on that day, and the slot they signed in."""

    id: int
    name: str
    card: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act in a dossier.

    `act` brings a step into force, `sign` is a signature on the way, `refuse` a refusal to sign, `register` a record of
    a plain register. `on` is the legal date, `recorded_at` the clock's (ISO 8601 with zone). `values` hold only what
    JSON can carry: dates as ISO text, money as whole fen. `papers` are (template, number, SHA-256) of papers drawn up.
    """

    seq: int
    kind: Kind
    step: str
    values: Mapping[str, Any]
    by: Signer
    on: date
    opinion: str = ""
    recorded_at: str = ""
    rules: tuple[RuleRef, ...] = ()
    papers: tuple[tuple[str, str, str], ...] = ()
    prev: str = GENESIS
    hash: str = ""

    def as_data(self) -> dict[str, Any]:
        """The entry as plain data, in the form that is hashed and exported (without its own hash)."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "step": self.step,
            "values": dict(self.values),
            "by": {"id": self.by.id, "name": self.by.name, "card": self.by.card, "slot": self.by.slot},
            "on": self.on.isoformat(),
            "opinion": self.opinion,
            "recorded_at": self.recorded_at,
            "rules": [ref.as_data() for ref in self.rules],
            "papers": [list(paper) for paper in self.papers],
            "prev": self.prev,
        }


def canonical(data: object) -> bytes:
    """Return data as the one text that is hashed: JSON in UTF-8, keys sorted, no blanks, no NaN."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(data: bytes, algorithm: str = "sha256") -> str:
    """Return the hex digest by one of ALGORITHMS. Raises ValueError for another."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"不支持的摘要算法：{algorithm}")
    return hashlib.new(algorithm, data).hexdigest()


def sealed(entry: Entry, *, prev: str, recorded_at: str, algorithm: str = "sha256") -> Entry:
    """Return the entry linked to the one before it (`prev`, its hash) and with its own hash."""
    linked = replace(entry, prev=prev, recorded_at=recorded_at)
    return replace(linked, hash=digest(canonical(linked.as_data()), algorithm))


def from_data(data: Mapping[str, Any], entry_hash: str = "") -> Entry:
    """Read an entry back from its plain data."""
    by = data["by"]
    return Entry(
        seq=data["seq"],
        kind=data["kind"],
        step=data["step"],
        values=data["values"],
        by=Signer(by["id"], by["name"], by["card"], by["slot"]),
        on=date.fromisoformat(data["on"]),
        opinion=data["opinion"],
        recorded_at=data["recorded_at"],
        rules=tuple(RuleRef(ref["file"], ref["version"], ref["sha256"]) for ref in data["rules"]),
        papers=tuple((paper[0], paper[1], paper[2]) for paper in data["papers"]),
        prev=data["prev"],
        hash=entry_hash,
    )
