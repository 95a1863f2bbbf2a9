"""Reading the ledger: entries as core knows them, and whether the chains hold."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings

from huanfa.apps.ledger.models import Checkpoint, Dossier, Entry, Organisation
from huanfa.apps.ledger.signing import holds
from huanfa.core import rulebook as rules
from huanfa.core.errors import ChainBroken
from huanfa.core.ledger import entry as core
from huanfa.core.ledger.chain import check
from huanfa.core.ledger.checkpoint import Head, path

# What the entries of plain registers record, by the word kept in them.
REGISTER_STEPS = {
    "record_visit": "登记检查",
    "add_exhibit": "登记证据文件",
    "worksheet": "填写裁量计算表",
    "approve_departure": "批准调整适用裁量基准",
    "check_no_fine": "核对不予处罚清单",
    "add_officer": "登记人员",
    "issue_card": "登记执法证",
    "suspend_card": "暂停执法证",
    "grant_role": "授予岗位",
    "end_role": "免去岗位",
    "record_training": "登记培训",
}


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
    last: Checkpoint | None = None
    for row in Checkpoint.objects.order_by("day"):
        if row.prev != (last.root if last else "0" * 64) or not holds(row):
            raise ChainBroken(f"检查点 {row.day}", row.pk, "签名、摘要或者前后衔接不符（被改动）")
        last = row
    return last


def sealed_in(dossier: Dossier) -> Checkpoint | None:
    """The newest checkpoint, if it holds this dossier and the chain still contains the head that was sealed that day.

    None if it was never sealed. Raises ChainBroken if the entry that stood last on that day is gone or another.
    """
    point = Checkpoint.objects.order_by("-day").first()
    # A checkpoint holds every dossier of its day: what the newest lacks was opened after it.
    sealed = next((Head(*head) for head in point.heads if head[0] == dossier.key), None) if point else None
    if sealed is None:
        return None
    if not Entry.objects.filter(dossier=dossier, seq=sealed.length, hash=sealed.hash).exists():
        raise ChainBroken(dossier.key, sealed.length, f"与{point.day}检查点封存的末条不符（被改动或者删除）")
    return point


def checkpoint_holds(point: Checkpoint) -> bool:
    """Whether a checkpoint follows from its heads, is signed, and is chained to the one before it."""
    before = Checkpoint.objects.filter(day__lt=point.day).order_by("-day").first()
    return point.prev == (before.root if before else core.GENESIS) and holds(point)


def export(dossier: Dossier) -> dict[str, Any]:
    """A dossier as it leaves the house: its entries, and the way from its sealed head to a signed root.

    Whoever has it checks it without the system: hash each entry, follow `prev`, follow `way` to the root of the
    message, check the signature with the public key that the bureau publishes.
    """
    rows = Entry.objects.filter(dossier=dossier).order_by("seq").values_list("data", "hash")
    out: dict[str, Any] = {
        "dossier": {"key": dossier.key, "title": dossier.title, "length": dossier.length, "head": dossier.head},
        "entries": [{"entry": json.loads(data), "hash": entry_hash} for data, entry_hash in rows],
    }
    if point := sealed_in(dossier):
        heads = [Head(*head) for head in point.heads]
        sealed = next(head for head in heads if head.dossier == dossier.key)
        out["checkpoint"] = {
            **public(point),
            "sealed": {"length": sealed.length, "hash": sealed.hash},
            "way": [list(step) for step in path(heads, dossier.key)],
        }
    return out


def public(point: Checkpoint) -> dict[str, str]:
    """What the bureau publishes of a checkpoint: the signed message, its signature and the public key."""
    return {"message": point.message, "signature": point.signature, "public_key": point.public_key}


def titles(org: Organisation) -> dict[str, str]:
    """What the steps of entries are called: those of the procedures of an organisation, and of the registers."""
    book = rules.load(org.pack or settings.HUANFA_PACK)
    return REGISTER_STEPS | {step.id: step.title for one in book.procedures for step in one.steps.values()}
