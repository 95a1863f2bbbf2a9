"""One action, one transaction: ask core for the move, draw up its papers, append its entry, keep the copies for lists."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case, CaseOfficer, Deadline, Draft, Pending, SavedView
from huanfa.apps.cases.story import Story
from huanfa.apps.discretion import actions as discretion
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers.models import Officer
from huanfa.apps.papers import actions as papers
from huanfa.apps.papers.models import Paper
from huanfa.apps.parties.models import Party
from huanfa.core.errors import HuanfaError, NotAllowed, Reason
from huanfa.core.money import figures
from huanfa.core.papers import fill
from huanfa.core.procedure.definition import Procedure, Step
from huanfa.core.procedure.engine import Move, advance
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.fold import papers_of
from huanfa.core.procedure.guards.discretion import APPROVAL
from huanfa.core.procedure.registers import departure_waits
from huanfa.core.procedure.standing import Clock, Signature, Standing, day_of


class CaseHasMovedOn(HuanfaError):
    """The page an officer acted from was older than the case. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("案件已由他人办理了新的事项，您的页面已过时。内容未保存为办理事项，请查看最新情况后再办。")


@transaction.atomic
def register_lead(
    party: Party, values: Mapping[str, Any], *, by: Officer, on: date, now: datetime, procedure: str = "ordinary"
) -> Case:
    """Open a dossier and a case with its first step. Raises NotAllowed; then nothing is kept."""
    book = queries.rulebook(by.org)
    offence = book.offences.get(str(values.get("offence", "")))
    if offence is None:
        raise NotAllowed([Reason("请选择涉嫌违法行为（案由）", "", "offence")])
    cause = f"涉嫌{offence.name}案"
    count = Dossier.objects.filter(org=by.org, kind=Dossier.Kind.CASE).order_by("-pk").values_list("key", flat=True).first()
    serial = int(count.rsplit("-", 1)[1]) + 1 if count else 1
    dossier = ledger.open_dossier(by.org, Dossier.Kind.CASE, f"case-{by.org_id}-{serial}", f"{party.name}{cause}")
    case = Case.objects.create(
        dossier=dossier,
        org=by.org,
        party=party,
        procedure=procedure,
        offence=offence.id,
        cause=cause,
        name=f"{party.name}{cause}",
        stage="lead",
        found_on=day_of(values.get("found_on")) or on,
        example=party.example,
        search=f"{party.name} {_searched_code(party)} {cause}",
    )
    take(case.pk, book.procedure(procedure, on).first, values, by=by, on=on, now=now, expected=0)
    Draft.objects.filter(officer=by, case=None).delete()
    case.refresh_from_db()
    return case


@transaction.atomic
def take(
    case_id: int,
    step_id: str,
    values: Mapping[str, Any],
    *,
    by: Officer,
    on: date,
    now: datetime,
    expected: int | None = None,
    agrees: bool = True,
    opinion: str = "",
) -> Move:
    """Take a step, or put the next signature under it.

    `expected` is the length of the ledger the officer's page showed; `now` the clock. Raises NotAllowed with every
    reason, MissingValues if a paper would be half filled, CaseHasMovedOn if somebody was faster.
    """
    dossier = ledger.lock(case_id)
    if expected is not None and expected != dossier.length:
        raise CaseHasMovedOn
    case = Case.objects.select_related("org", "party").get(pk=case_id)
    procedure = queries.procedure(case, on)
    standing, _ = queries.fold(case, on)
    facts = queries.facts(case, on=on, today=now.date())
    move = advance(procedure, standing, step_id, values, by=by.pk, on=on, facts=facts, agrees=agrees, opinion=opinion)
    entry = move.entry
    if move.final:
        step = procedure.step(step_id)
        drawn = _draw_up(case, dossier, procedure, step, standing, move, facts)
        entry = replace(entry, papers=tuple((paper.template, paper.number, paper.sha256) for paper in drawn))
    move = replace(move, entry=ledger.append(dossier, entry, now=now))
    keep(case, procedure, facts, move.standing, entry.on)
    if move.final and (move.standing.decided != standing.decided or step_id == "annul"):
        annulled = "annul" in move.standing.done
        discretion.mark_decided(dossier, on=case.decided_on, fine=0 if annulled else case.fine, number=case.decision_number)
    Draft.objects.filter(officer=by, case=case, step=step_id).delete()
    return move


def preview(
    case: Case, step_id: str, values: Mapping[str, Any], *, by: Officer, on: date, today: date
) -> list[tuple[str, object]]:
    """The papers a step would draw up, as (template id, finished paper or the error that says what is missing)."""
    procedure = queries.procedure(case, on)
    standing, _ = queries.fold(case, on)
    facts = queries.facts(case, on=on, today=today)
    step, waiting = procedure.step(step_id), standing.waiting.get(step_id)
    given = dict(waiting.values) if waiting else dict(values)
    before = waiting.signed if waiting else ()
    signed = (*before, Signature(step.signs[len(before)], by.pk, by.name, on))
    book = queries.rulebook(case.org)
    out: list[tuple[str, object]] = []
    told = list(_papers_of(case))
    for paper_id in papers_of(standing, step, given):
        template = book.template(paper_id, on)
        story = Story(case, book, facts, standing, step, given, signed, on, told)
        try:
            number = f"{template.code}〔{on.year}〕（待编号）" if template.code else ""
            out.append((paper_id, fill(template, story.values(template), number=number)))
        except HuanfaError as error:
            out.append((paper_id, error))
    return out


def save_draft(officer: Officer, case: Case | None, step: str, fields: Mapping[str, Any], *, now: datetime) -> Draft:
    """Keep what an officer has typed so far; theirs alone, and gone once the step is taken."""
    values = {"fields": dict(fields), "saved_at": now, "step": step}
    key = {"officer": officer, "case": case} if case is None else {"officer": officer, "case": case, "step": step}
    return Draft.objects.update_or_create(**key, defaults=values)[0]


def discard_draft(officer: Officer, case: Case | None, step: str) -> None:
    """Throw a draft away."""
    Draft.objects.filter(officer=officer, case=case, step=step).delete()


def save_view(officer: Officer, name: str, query: str) -> SavedView:
    """Keep a filter of the case list under a name; the same name is used anew."""
    return SavedView.objects.update_or_create(user=officer.user, name=name[:40], defaults={"query": query[:400]})[0]


def delete_view(officer: Officer, view: int) -> None:
    """Remove a saved filter of one's own."""
    SavedView.objects.filter(user=officer.user, pk=view).delete()


def _draw_up(
    case: Case, dossier: Dossier, procedure: Procedure, step: Step, standing: Standing, move: Move, facts: Facts
) -> list[Paper]:
    """Draw up every paper of the move, in order; later ones may quote the numbers of earlier ones."""
    book = queries.rulebook(case.org)
    on, waiting = move.entry.on, standing.waiting.get(step.id)
    given = dict(waiting.values) if waiting else dict(move.entry.values)
    by = move.entry.by
    signed = (*(waiting.signed if waiting else ()), Signature(by.slot, by.id, by.name, on, move.entry.opinion))
    prefix = str(book.value("number_prefix"))
    if step.number == "filing_number" and not case.number:
        case.number = papers.next_number(dossier, prefix, str(book.value("filing_code")), on.year)
    # Papers tell of the case as it stands with this step; what it undid before is not theirs to tell.
    told = replace(move.standing, done={**standing.done, **move.standing.done})
    drawn: list[Paper] = []
    earlier = list(_papers_of(case))
    for paper_id in move.papers:
        template = book.template(paper_id, on)
        story = Story(case, book, facts, told, step, given, signed, on, [*earlier, *drawn])
        drawn.append(
            papers.draw_up(dossier, move.entry.seq, template, story.values(template), prefix=prefix, on=on)
        )
    return drawn


def _papers_of(case: Case) -> QuerySet[Paper]:
    return Paper.objects.filter(dossier_id=case.pk).order_by("seq", "pk")


def keep(case: Case, procedure: Procedure, facts: Facts, standing: Standing, on: date) -> None:
    """Bring the copies for lists in line with the standing: the case's row, its periods, who waits for whom."""
    clocks = [_deadline(case, clock, facts) for clock in standing.clocks]
    copy(case, standing, clocks)
    case.save()
    case.deadlines.all().delete()
    Deadline.objects.bulk_create(clocks)
    case.pending.all().delete()
    waiting = [(row.step, procedure.step(row.step).signs[len(row.signed)], row.signed[-1].on) for row in standing.waiting.values()]
    called = [(option.step.id, option.slot, on) for option in queries.called(procedure, standing, facts, on)]
    departs = [(APPROVAL, "head", one.on) for one in [departure_waits(standing)] if one]
    rows = [*waiting, *called, *departs]
    Pending.objects.bulk_create(Pending(case=case, step=step, slot=slot, since=since) for step, slot, since in rows)
    known = set(case.people.values_list("officer_id", "capacity"))
    acted = {(officer, capacity) for capacity, ids in standing.people.items() for officer in ids}
    CaseOfficer.objects.bulk_create(
        CaseOfficer(case=case, officer_id=officer, capacity=capacity) for officer, capacity in sorted(acted - known)
    )


def copy(case: Case, standing: Standing, clocks: list[Deadline]) -> None:
    """Set the cached columns of a case from its standing (not saved)."""
    case.stage, case.ended = standing.stage or "lead", standing.ended
    case.outcome = queries.OUTCOMES.get(standing.decided, "")
    case.found_on = standing.day("register_lead", "found_on") or case.found_on
    case.filed_on = standing.day("file")
    case.decided_on = standing.day(standing.decided) if standing.decided else None
    case.published_on = standing.day("publish", "published_on")
    case.closed_on = standing.day("close")
    case.fine, case.owed, case.paid = standing.fine, standing.owed, standing.paid
    case.reviewed = "legal_review" in standing.done
    running = [one for one in clocks if not one.ended and one.remind and one.holder == "body" and not one.term.startswith("limitation")]
    first = min(running, key=lambda one: one.remind, default=None)
    case.next_due, case.next_term = (first.remind, first.term) if first else (None, "")
    case.provisional = bool(first and first.provisional)
    numbers = Paper.objects.filter(dossier_id=case.pk, template__in=["penalty_decision", "no_penalty_decision"])
    case.decision_number = (numbers.order_by("-pk").values_list("number", flat=True).first() or "") if standing.decided else ""
    case.search = " ".join(
        [case.party.name, _searched_code(case.party), case.cause, case.number, case.decision_number, figures(case.fine)]
    )


def _searched_code(party: Party) -> str:
    """The code that lists search: never a citizen's identity number."""
    return "" if party.kind == Party.Kind.CITIZEN else party.code


def _deadline(case: Case, clock: Clock, facts: Facts) -> Deadline:
    term = facts.terms[clock.term]
    ends = clock.due(term, facts.calendar)
    return Deadline(
        case=case, term=clock.term, start=clock.start, due=ends.due, remind=ends.remind,
        provisional=bool(ends.provisional), holder=term.holder, ended=clock.ended, closed_on=clock.closed_on,
    )
