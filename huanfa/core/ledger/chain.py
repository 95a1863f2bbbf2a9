"""A dossier's chain of entries: does it hold together, and if not, where does it break first."""

from __future__ import annotations

from collections.abc import Iterable

from huanfa.core.errors import ChainBroken
from huanfa.core.ledger.entry import GENESIS, Entry, canonical, digest


def check(dossier: str, entries: Iterable[Entry], *, algorithm: str = "sha256", head: str = "", length: int | None = None) -> str:
    """Return the hash of the last entry if the chain is whole.

    `entries` come in stored order. `head` and `length` are what was known of the chain elsewhere (a checkpoint, the
    dossier's row): a cut-off tail is found only through them. Raises ChainBroken at the first entry that is edited, out
    of order, missing or inserted.
    """
    prev, count = GENESIS, 0
    for count, entry in enumerate(entries, start=1):
        if entry.seq != count:
            missing = entry.seq > count
            raise ChainBroken(dossier, count, "此条缺失（被删除）" if missing else "序号重复或次序颠倒（被插入或调换）")
        if entry.prev != prev:
            raise ChainBroken(dossier, count, "与上一条不相连（被插入、调换，或者上一条被替换）")
        if digest(canonical(entry.as_data()), algorithm) != entry.hash:
            raise ChainBroken(dossier, count, "内容与登记时的摘要不符（被改动）")
        prev = entry.hash
    if length is not None and count != length:
        raise ChainBroken(dossier, min(count, length) + 1, f"应有 {length} 条，实有 {count} 条（末尾被删除或添加）")
    if head and prev != head:
        raise ChainBroken(dossier, count, "末条摘要与台账登记的不符")
    return prev
