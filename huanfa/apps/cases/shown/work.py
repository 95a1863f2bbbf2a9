"""What waits for one officer today: signatures, periods, drafts, the cases at hand. Each row leads to where it is done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case, CaseOfficer, Deadline, Draft, Pending
from huanfa.apps.cases.shown import clocks, labels, lists
from huanfa.apps.ledger.models import Entry
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.guards.discretion import APPROVAL
from huanfa.core.procedure.people import SEPARATED, SLOTS
from huanfa.core.rulebook import Rulebook

SHOWN = 20
AHEAD, NEAR = timedelta(days=7), timedelta(days=30)
# Who looks after the periods of the whole body, not only those of their own cases.
CHIEFS = frozenset({"unit_head", "leader", "head", "supervisor"})


@dataclass(frozen=True)
class Desk:
    """Everything on an officer's desk. `periods` are those late or near, `more` how many run besides."""

    signing: list[dict[str, Any]]
    periods: list[dict[str, Any]]
    more: int
    late: int
    soon: int
    drafts: list[dict[str, Any]]
    mine: list[dict[str, Any]]
    handled: int


def desk(officer: Officer, *, today: date) -> Desk:
    """Read the desk: a dozen short queries, none of them longer with the years."""
    book = queries.rulebook(officer.org)
    procedure, roles = lists.current(book, today), access.roles(officer, today)
    periods = _periods(officer, roles, procedure)
    # A period that stands still has no last day, so it is neither late nor near.
    counts = periods.aggregate(
        late=Count("pk", filter=Q(due__lt=today)),
        soon=Count("pk", filter=Q(due__gte=today, remind__lte=today + AHEAD)),
        all=Count("pk"),
    )
    near = list(periods.filter(remind__lte=today + NEAR)[:SHOWN])
    handled = _handled(officer)
    return Desk(
        signing=_signing(officer, roles, book, procedure, today),
        periods=[_period(row, book, procedure, today) for row in near],
        more=counts["all"] - len(near),
        late=counts["late"],
        soon=counts["soon"],
        drafts=_drafts(officer, procedure),
        mine=[_mine(row, book, procedure, today) for row in handled.order_by(F("next_due").asc(nulls_last=True), "-pk")[:10]],
        handled=handled.count(),
    )


# ── signatures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _signing(officer: Officer, roles: frozenset[str], book: Rulebook, procedure: Procedure, today: date) -> list[dict[str, Any]]:
    """Steps whose next signature this officer may give: the slot fits a role, and nothing in the case keeps them out."""
    slots = [slot.id for slot in SLOTS.values() if slot.roles & roles]
    rows = Pending.objects.filter(slot__in=slots, case__org=officer.org).select_related("case").order_by("since", "pk")
    rows = list(access.scoped(rows, officer, "case__org")[:200])
    cases = {row.case_id for row in rows}
    acted = set(CaseOfficer.objects.filter(officer=officer, case__in=cases).values_list("case_id", "capacity"))
    signed = _signed(cases, {row.step for row in rows})
    out = []
    for row in rows:
        slot, names = SLOTS[row.slot], signed[row.case_id, row.step]
        investigates = (row.case_id, "investigator") in acted
        if officer.pk in names or (slot.handler and not investigates) or (slot.capacity in SEPARATED and investigates):
            continue
        out.append({
            "case": row.case.name,
            "number": row.case.number,
            "step": labels.REGISTERED[row.step] if row.step == APPROVAL else procedure.step(row.step).title,
            "slot": slot.title,
            "begins": not names,
            "who": next(iter(names.values()), ""),
            "since": row.since,
            "due": clocks.of_case(row.case, dict(book.terms), today, book.calendar),
            "url": _to(row, names),
        })
        if len(out) == SHOWN:
            break
    return out


def _to(row: Pending, names: dict[int, str]) -> str:
    """Where it is done: an approval that is no step has a page of its own."""
    if row.step == APPROVAL:
        return reverse("departure", args=[row.case_id])
    return reverse("sign" if names else "step", args=[row.case_id, row.step])


def _signed(cases: Iterable[int], steps: Iterable[str]) -> dict[tuple[int, str], dict[int, str]]:
    """Who has signed each step that is under way, by case and step: officer's id → name."""
    rows = Entry.objects.filter(dossier__in=cases, step__in=steps, kind__in=["sign", "act", "refuse"]).order_by("dossier", "seq")
    found: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for case, step, kind, by in rows.values_list("dossier_id", "step", "kind", "by"):
        if kind == "sign":
            found[case, step][by] = ""
        else:
            found[case, step] = {}
    names = dict(Officer.objects.filter(pk__in={by for row in found.values() for by in row}).values_list("pk", "name"))
    return defaultdict(dict, {key: {by: names.get(by, "") for by in row} for key, row in found.items()})


# ── periods ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _periods(officer: Officer, roles: frozenset[str], procedure: Procedure) -> QuerySet[Deadline]:
    """Open periods this officer has to mind, the nearest first: of their own cases; for chiefs all; for other rooms the
    periods that their own steps close."""
    mine = Exists(CaseOfficer.objects.filter(case=OuterRef("case"), officer=officer, capacity="investigator"))
    of_body = Q(holder="body") & ~Q(term__startswith="limitation")
    mind = of_body & (Q() if roles & CHIEFS else mine)
    rooms = _terms_of(roles, procedure)
    rows = Deadline.objects.filter(mind | Q(term__in=rooms) if rooms else mind, ended="").exclude(remind=None)
    rows = access.scoped(rows, officer, "case__org").select_related("case", "case__party")
    return rows.order_by("remind", "pk")


def _terms_of(roles: frozenset[str], procedure: Procedure) -> list[str]:
    """The terms closed by steps that begin in a room of its own (publication, payment, archive), for these roles."""
    found: dict[str, None] = {}
    for step in procedure.steps.values():
        slot = SLOTS[step.signs[0]]
        if slot.roles & roles and len(slot.roles) == 1 and not slot.capacity and slot.id not in CHIEFS:
            closed = [change.term for change in step.closes] + [term for one in step.outcomes for term in one.closes]
            found |= dict.fromkeys(closed)
    return list(found)


def _period(row: Deadline, book: Rulebook, procedure: Procedure, today: date) -> dict[str, Any]:
    return {
        "case": row.case.name,
        "number": row.case.number,
        "party": row.case.party.name,
        "stage": procedure.stage_title(row.case.stage),
        "due": clocks.of_deadline(row, dict(book.terms), today, book.calendar),
        "url": reverse("case", args=[row.case_id]),
    }


# ── drafts and cases at hand ────────────────────────────────────────────────────────────────────────────────────────


def _drafts(officer: Officer, procedure: Procedure) -> list[dict[str, Any]]:
    rows = Draft.objects.filter(officer=officer).select_related("case").defer("fields").order_by("-saved_at")[:10]
    return [
        {
            "case": row.case.name if row.case else "新的线索",
            "step": procedure.step(row.step).title if row.step in procedure.steps else row.step,
            "saved_at": timezone.localtime(row.saved_at),
            "url": reverse("step", args=[row.case_id, row.step]) if row.case else reverse("case_new"),
        }
        for row in rows
    ]


def _handled(officer: Officer) -> QuerySet[Case]:
    rows = Case.objects.filter(ended="", people__officer=officer, people__capacity="investigator")
    return access.scoped(rows, officer)


def _mine(row: Case, book: Rulebook, procedure: Procedure, today: date) -> dict[str, Any]:
    return {
        "case": row.name,
        "number": row.number,
        "stage": procedure.stage_title(row.stage),
        "outcome": labels.OUTCOMES.get(row.outcome, ""),
        "due": clocks.of_case(row, dict(book.terms), today, book.calendar),
        "url": reverse("case", args=[row.pk]),
    }
