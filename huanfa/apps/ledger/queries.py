"""Reading the ledger: entries as core knows them, and whether the chains hold."""

import json
from collections.abc import Iterable, Iterator

from huanfa.apps.ledger.models import Checkpoint, Dossier, Entry
from huanfa.core.errors import ChainBroken
from huanfa.core.ledger import entry as core
from huanfa.core.ledger.chain import check
from huanfa.core.ledger.checkpoint import Head


def entries_of(dossier_id: int) -> list[core.Entry]:
    """The entries of a dossier in order, as core's frozen objects."""
    rows = Entry.objects.filter(dossier_id=dossier_id).order_by("seq").values_list("data", "hash")
    return [core.from_data(json.loads(data), entry_hash) for data, entry_hash in rows]


def heads(dossiers: Iterable[Dossier]) -> list[Head]:
    """Where the chains of these dossiers end."""
    return [Head(dossier.key, dossier.length, dossier.head) for dossier in dossiers if dossier.length]


def verify(dossier: Dossier) -> str:
    """Check one chain against its rows and its dossier. Returns the hash of its head; raises ChainBroken."""
    rows = Entry.objects.filter(dossier=dossier).order_by("seq", "pk")
    return check(dossier.key, _stored(dossier, rows), head=dossier.head, length=dossier.length)


def _stored(dossier: Dossier, rows: Iterable[Entry]) -> Iterator[core.Entry]:
    """The entries as stored, refusing a row whose columns tell another story than the text that was hashed."""
    for row in rows:
        try:
            entry = core.from_data(json.loads(row.data), row.hash)
        except (ValueError, KeyError, TypeError) as error:
            raise ChainBroken(dossier.key, row.seq, "内容已无法读取（被改动）") from error
        if (row.seq, row.kind, row.step, row.on, row.by) != (entry.seq, entry.kind, entry.step, entry.on, entry.by.id):
            raise ChainBroken(dossier.key, row.seq, "列表栏与登记内容不一致（被改动）")
        if core.canonical(entry.as_data()) != row.data.encode():
            raise ChainBroken(dossier.key, row.seq, "内容与登记时的写法不符（被改动）")
        yield entry


def verify_checkpoints() -> Checkpoint | None:
    """Check that the daily roots are chained and follow from their heads. Returns the newest; raises ChainBroken."""
    from huanfa.apps.ledger.signing import holds

    last: Checkpoint | None = None
    for row in Checkpoint.objects.order_by("day"):
        if row.prev != (last.root if last else "0" * 64) or not holds(row):
            raise ChainBroken(f"检查点 {row.day}", row.pk, "签名、摘要或者前后衔接不符（被改动）")
        last = row
    return last
