"""Reading cases: the rules and facts core needs, where a case stands, and the lists of pages."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.utils import timezone

from huanfa.apps.cases.models import Case, Draft
from huanfa.apps.ledger.models import Organisation
from huanfa.apps.ledger.queries import entries_of
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import people
from huanfa.apps.parties.models import Party
from huanfa.core import rulebook as rules
from huanfa.core.discretion import no_fine
from huanfa.core.discretion.no_fine import Item, NoFineList
from huanfa.core.discretion.worksheet import use_of
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.engine import Option, active_holds, available
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.fold import stand
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.procedure.guards.discretion import WORKSHEET
from huanfa.core.procedure.people import SLOTS
from huanfa.core.procedure.standing import Standing
from huanfa.core.rulebook import Rulebook

# Offences tell natural persons from all others; the register of parties is finer.
PARTY_KINDS = {
    Party.Kind.LEGAL_PERSON: "organisation",
    Party.Kind.ORGANISATION: "organisation",
    Party.Kind.INDIVIDUAL_BUSINESS: "individual_business",
    Party.Kind.CITIZEN: "person",
}

# How a case came out, by the step that decided it.
OUTCOMES = {"decide": "penalty", "decide_no_penalty": "no_penalty", "decide_unfounded": "unfounded", "refer_crime": "crime"}

# Steps that not every case needs, and the guard that says whether this one does.
ONLY_IF = {"legal_review": "review_required", "discuss": "discussion_required"}


def rulebook(org: Organisation) -> Rulebook:
    """The rules of an organisation; opened once per process."""
    return rules.load(org.pack or settings.HUANFA_PACK)


def facts(case: Case, *, on: date, today: date) -> Facts:
    """What core is told about a case besides its entries: the settings of the day of the act, people, party, offence."""
    return replace(
        body_facts(case.org, on=on, today=today),
        party_kind=PARTY_KINDS[Party.Kind(case.party.kind)],
        offence=rulebook(case.org).offences.get(case.offence),
        no_fine_items=tuple(f"第{item.no}项" for _, item in no_fine_items(case, on)),
    )


def no_fine_items(case: Case, on: date) -> list[tuple[NoFineList, Item]]:
    """The items about the case's offence, of the lists the body uses that were in force when the conduct was found."""
    use = use_of(rulebook(case.org).settings_on(on), "no_fine_list")
    lists = [no_fine.load(one) for one in use.ids] if use else []
    return [(one, item) for one in lists if one.covers(case.found_on) for item in one.about(case.offence)]


def body_facts(org: Organisation, *, on: date, today: date) -> Facts:
    """The part of it that is the same for every case of a body."""
    book = rulebook(org)
    return Facts(
        today=today,
        calendar=book.calendar,
        terms=book.terms,
        settings=book.settings_on(on),
        officers=people(org.pk, on),
        titles=book.titles,
    )


def procedure(case: Case, on: date) -> Procedure:
    """The version of the case's procedure in force on the day of an act."""
    return rulebook(case.org).procedure(case.procedure, on)


def fold(case: Case, on: date) -> tuple[Standing, list[Entry]]:
    """Where a case stands, and the entries that say so."""
    entries = entries_of(case.pk)
    return stand(procedure(case, on), entries), entries


def called(procedure: Procedure, standing: Standing, facts: Facts, on: date) -> list[Option]:
    """Steps whose turn has come and that begin at a desk kept apart from the investigation: examination, review, hearing,
    discussion. No period calls these people, so the case has to."""
    if active_holds(procedure, standing, facts, on):
        return []
    return [
        option
        for option in available(procedure, standing, facts, on)
        if option.waiting is None
        and SLOTS[option.slot].bars_investigators
        and not (option.step.id in ONLY_IF and GUARDS[ONLY_IF[option.step.id]](standing, facts, {}, on))
    ]


def draft(officer: Officer, case: Case | None, step: str) -> Draft | None:
    """What an officer has typed for a step and not handed in, with the time in the bureau's zone."""
    found = Draft.objects.filter(officer=officer, case=case, step=step).first()
    if found:
        found.saved_at = timezone.localtime(found.saved_at)
    return found


def drift(case: Case) -> list[str]:
    """Where the stored copies of a case differ from what its entries fold to; [] if they agree."""
    standing, entries = fold(case, case.dossier.entries.order_by("-seq").values_list("on", flat=True).first() or case.found_on)
    folded = {
        "stage": standing.stage or "lead",
        "ended": standing.ended,
        "outcome": OUTCOMES.get(standing.decided, ""),
        "filed_on": standing.day("file"),
        "decided_on": standing.day(standing.decided) if standing.decided else None,
        "closed_on": standing.day("close"),
        "fine": standing.fine,
        "paid": standing.paid,
    }
    return [
        f"{Case._meta.get_field(name).verbose_name}：登记为{getattr(case, name) or '空'}，按台账应为{value or '空'}"
        for name, value in folded.items()
        if getattr(case, name) != value
    ] + _worksheets_drift(case, entries)


def _worksheets_drift(case: Case, entries: list[Entry]) -> list[str]:
    """Worksheets whose rows say another amount than their entries, or that are missing on either side."""
    told = {one.seq: one.values["amount"] for one in entries if one.kind == "register" and one.step == WORKSHEET}
    kept = dict(case.dossier.worksheets.values_list("seq", "amount"))
    return [
        f"裁量计算表（台账第{seq}条）：登记为{kept.get(seq, '无')}，按台账应为{told.get(seq, '无')}"
        for seq in sorted(told.keys() | kept.keys())
        if told.get(seq) != kept.get(seq)
    ]
