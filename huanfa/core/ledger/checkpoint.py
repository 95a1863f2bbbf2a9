"""The daily checkpoint: a Merkle tree over the heads of all dossiers, chained to the day before.

Leaves and nodes are hashed with different prefixes (as RFC 6962 does), so no node can pass for a leaf. A dossier that
leaves the house with its chain and its `path` can be checked against a published root without the system.
Signing the root is the app's business; here is only what is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huanfa.core.ledger.entry import canonical, digest


@dataclass(frozen=True, slots=True)
class Head:
    """Where a dossier's chain ended: its id, number of entries, hash of the last one."""

    dossier: str
    length: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A day's root over `size` heads, chained to the root before (`prev`)."""

    day: date
    size: int
    root: str
    prev: str

    def message(self) -> bytes:
        """The bytes that are signed and published."""
        return canonical({"day": self.day.isoformat(), "size": self.size, "root": self.root, "prev": self.prev})


def leaf(head: Head) -> str:
    """The leaf of one dossier's head."""
    return digest(b"\x00" + canonical([head.dossier, head.length, head.hash]))


def root(heads: Sequence[Head]) -> str:
    """The Merkle root over the heads, ordered by dossier id. No heads give the hash of nothing."""
    level = [leaf(head) for head in sorted(heads, key=lambda one: one.dossier)]
    if not level:
        return digest(b"")
    while len(level) > 1:
        level = _up(level)
    return level[0]


def path(heads: Sequence[Head], dossier: str) -> list[tuple[str, str]]:
    """The way from a dossier's leaf to the root: (side, hash) pairs. Raises KeyError if it is not among the heads."""
    ordered = sorted(heads, key=lambda one: one.dossier)
    position = next((n for n, head in enumerate(ordered) if head.dossier == dossier), None)
    if position is None:
        raise KeyError(dossier)
    level, out = [leaf(head) for head in ordered], []
    while len(level) > 1:
        other = position ^ 1
        if other < len(level):
            out.append(("left" if other < position else "right", level[other]))
        level, position = _up(level), position // 2
    return out


def leads_to(head: Head, way: Sequence[tuple[str, str]], wanted: str) -> bool:
    """Whether `head` and its way give the root `wanted`."""
    value = leaf(head)
    for side, other in way:
        value = _node(other, value) if side == "left" else _node(value, other)
    return value == wanted


def _up(level: list[str]) -> list[str]:
    pairs = [_node(level[n], level[n + 1]) for n in range(0, len(level) - 1, 2)]
    return pairs + level[len(level) - len(level) % 2 :]


def _node(left: str, right: str) -> str:
    return digest(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right))
