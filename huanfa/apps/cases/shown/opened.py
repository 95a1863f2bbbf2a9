"""A case opened: its entries read once and folded once, with the rules and people of the day. Every page starts from it."""

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.shown import labels
from huanfa.apps.ledger.queries import entries_of
from huanfa.apps.officers.models import Officer
from huanfa.core.ledger.entry import Entry
from huanfa.core.offences import Regime
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.fold import after
from huanfa.core.procedure.people import SLOTS, refusals
from huanfa.core.procedure.standing import Clock, Done, Standing
from huanfa.core.rulebook import Rulebook


@dataclass(frozen=True)
class Trace:
    """One entry as it was folded: what it brought into force (None for a signature on the way) and what it undid."""

    entry: Entry
    done: Done | None
    undone: tuple[str, ...]


@dataclass(frozen=True)
class Opened:
    """Everything a page of a case needs, for one officer on one day."""

    case: Case
    officer: Officer
    on: date
    book: Rulebook
    procedure: Procedure
    facts: Facts
    standing: Standing
    trail: tuple[Trace, ...]

    @property
    def length(self) -> int:
        """How many entries the page was drawn from; what `expected` sends back."""
        return len(self.trail)

    def acts(self, step_id: str) -> list[Done]:
        """Every time a step came into force, oldest first, undone ones included."""
        return [one.done for one in self.trail if one.done and one.done.step == step_id]

    def may_sign(self, slot_id: str, officer_id: int) -> bool:
        """Whether core would let this officer sign in that slot on the day, as far as the person is concerned."""
        who = self.facts.officers.get(officer_id)
        standing = self.standing
        return who is not None and not refusals(
            SLOTS[slot_id], who, self.on, handlers=standing.handlers, people=standing.people, recused=standing.recused
        )

    def able(self, slot_id: str) -> list[str]:
        """The names of those who may sign in a slot today."""
        return [one.name for one in self.facts.officers.values() if self.may_sign(slot_id, one.id)]


def opened(case: Case, officer: Officer, *, on: date, today: date) -> Opened:
    """Read a case: its entries and the people of its body; the rules are in memory."""
    book, procedure = queries.rulebook(case.org), queries.procedure(case, on)
    standing, trail = Standing(), []
    for entry in entries_of(case.pk):
        then = after(procedure, standing, entry)
        undone = tuple(step for step in standing.done if step not in then.done)
        trail.append(Trace(entry, then.done.get(entry.step) if entry.kind == "act" else None, undone))
        standing = then
    facts = queries.facts(case, on=on, today=today)
    return Opened(case, officer, on, book, procedure, facts, standing, tuple(trail))


def blank(officer: Officer, *, on: date, today: date) -> Opened:
    """A case that is not there yet: the rules and people from which a lead is registered."""
    book = queries.rulebook(officer.org)
    facts = queries.body_facts(officer.org, on=on, today=today)
    return Opened(Case(org=officer.org), officer, on, book, book.procedure("ordinary", on), facts, Standing(), ())


def regimes(view: Opened) -> dict[str, Regime]:
    """The texts to choose between: that of the conduct and, if it is another, that of the decision. Once reported, the one named."""
    if view.standing.proposal:
        chosen = view.facts.chosen_regime(view.standing, view.on)
        return {str(view.standing.value("report_investigation", "regime", "conduct")): chosen} if chosen else {}
    found = {key: view.facts.chosen_regime(view.standing, view.on, key) for key in labels.REGIMES}
    if found["decision"] == found["conduct"]:
        del found["decision"]
    return {key: regime for key, regime in found.items() if regime}


def link(name: str, *args: object) -> str:
    """The address of another room's page; "" where that room is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def proof_url(case: Case, clock: Clock) -> str:
    """The address of a clock's day-by-day account."""
    return reverse("clock", args=[case.pk, clock.term, clock.seq])
