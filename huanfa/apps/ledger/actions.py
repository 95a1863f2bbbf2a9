"""Writing the ledger: open a dossier, append one entry under its lock, seal the day."""

from datetime import date, datetime

from django.db import transaction

from huanfa.apps.ledger import queries, signing
from huanfa.apps.ledger.models import Checkpoint, Dossier, Entry, Organisation
from huanfa.core.ledger import checkpoint
from huanfa.core.ledger import entry as core


def open_dossier(org: Organisation, kind: str, key: str, title: str) -> Dossier:
    """A new, empty dossier. `key` is its lasting public id."""
    return Dossier.objects.create(org=org, kind=kind, key=key, title=title)


def lock(dossier_id: int) -> Dossier:
    """The dossier's row, locked until the transaction ends: two officers at once stand in line here."""
    return Dossier.objects.select_for_update().get(pk=dossier_id)


def append(dossier: Dossier, draft: core.Entry, *, now: datetime) -> core.Entry:
    """Seal `draft` to the end of a dossier that the caller has locked, and store it. `now` is the clock's time."""
    sealed = core.sealed(draft, prev=dossier.head, recorded_at=now.isoformat(timespec="seconds"))
    if sealed.seq != dossier.length + 1:
        raise ValueError(f"entry {sealed.seq} does not follow {dossier.length}")
    Entry.objects.create(
        dossier=dossier,
        seq=sealed.seq,
        kind=sealed.kind,
        step=sealed.step,
        by=sealed.by.id,
        on=sealed.on,
        recorded_at=now,
        data=core.canonical(sealed.as_data()).decode(),
        hash=sealed.hash,
    )
    dossier.length, dossier.head = sealed.seq, sealed.hash
    dossier.save(update_fields=["length", "head"])
    return sealed


@transaction.atomic
def record(
    org: Organisation, kind: str, year: int, step: str, values: dict, *, by: core.Signer, on: date, now: datetime
) -> tuple[Dossier, core.Entry]:
    """Write one record into the yearly register of that kind, opening the register when it is the first."""
    key = f"{kind}-{org.pk}-{year}"
    title = f"{org.short}{year}年{Dossier.Kind(kind).label}"
    dossier, _ = Dossier.objects.get_or_create(key=key, defaults={"org": org, "kind": kind, "title": title})
    dossier = lock(dossier.pk)
    draft = core.Entry(dossier.length + 1, "register", step, values, by, on)
    return dossier, append(dossier, draft, now=now)


@transaction.atomic
def seal_day(day: date) -> Checkpoint | None:
    """Sign the root over all dossier heads as they stand, once a day. None if the day is sealed already."""
    if Checkpoint.objects.filter(day__gte=day).exists():
        return None
    last = Checkpoint.objects.order_by("-day").first()
    heads = queries.heads(Dossier.objects.order_by("key"))
    point = checkpoint.Checkpoint(day, len(heads), checkpoint.root(heads), last.root if last else core.GENESIS)
    signature, public = signing.sign(point.message())
    return Checkpoint.objects.create(
        day=day,
        size=point.size,
        root=point.root,
        prev=point.prev,
        message=point.message().decode(),
        signature=signature,
        public_key=public,
        heads=[[head.dossier, head.length, head.hash] for head in heads],
    )
