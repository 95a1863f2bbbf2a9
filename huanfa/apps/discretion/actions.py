"""Keeping worksheets: one entry in the dossier's chain, one row for lists. Whether it may be, the caller has asked core."""

from datetime import date, datetime
from typing import Any

from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier
from huanfa.core.discretion.worksheet import Sheet
from huanfa.core.ledger.entry import Entry, Signer
from huanfa.core.procedure.guards.discretion import APPROVAL, CHECK, WORKSHEET


def keep_worksheet(
    dossier: Dossier, sheet: Sheet, *, papers: tuple[tuple[str, str, str], ...], by: Signer, on: date, now: datetime, name: str
) -> Worksheet:
    """Write a finished worksheet into a dossier that the caller has locked, and keep its row."""
    computed = sheet.computation
    entry = _append(dossier, WORKSHEET, sheet.as_data(), papers=papers, by=by, on=on, now=now, rules=computed.refs if computed else ())
    return Worksheet.objects.create(
        dossier=dossier, seq=entry.seq, org=dossier.org, offence=sheet.offence, benchmark=computed.benchmark if computed else "",
        table=computed.table if computed else "", column=computed.column if computed else "", levels=sheet.findings.by_factor(),
        data=dict(entry.values), computed=computed.amount if computed else None, amount=sheet.amount, departs=sheet.departs,
        filled_by=by.name, on=on, name=name,
    )


def keep_approval(dossier: Dossier, worksheet: int, reason: str, *, by: Signer, on: date, now: datetime) -> Entry:
    """Write the principal head's approval of a departure into a locked dossier."""
    return _append(dossier, APPROVAL, {"worksheet": worksheet, "reason": reason}, by=by, on=on, now=now)


def keep_check(dossier: Dossier, values: dict[str, Any], *, by: Signer, on: date, now: datetime) -> Entry:
    """Write a check of the no-fine list into a locked dossier."""
    return _append(dossier, CHECK, values, by=by, on=on, now=now)


def mark_decided(dossier: Dossier, *, on: date | None, fine: int, number: str) -> None:
    """Copy the decision to the worksheet in force, so that later cases can be compared with it; an earlier mark is taken off."""
    rows = Worksheet.objects.filter(dossier=dossier)
    rows.exclude(decided_on=None).update(decided_on=None, fine=None, number="")
    newest = rows.order_by("-seq").first()
    if newest is not None and on and fine:
        Worksheet.objects.filter(pk=newest.pk).update(decided_on=on, fine=fine, number=number)


def _append(
    dossier: Dossier, step: str, values: dict[str, Any], *, by: Signer, on: date, now: datetime,
    papers: tuple[tuple[str, str, str], ...] = (), rules: tuple[Any, ...] = (),
) -> Entry:
    return ledger.append(dossier, Entry(dossier.length + 1, "register", step, values, by, on, rules=rules, papers=papers), now=now)

