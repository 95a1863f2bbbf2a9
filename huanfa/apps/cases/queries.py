"""Reading cases: the rules and facts core needs, where a case stands, and the lists of pages."""

from datetime import date

from django.conf import settings

from huanfa.apps.cases.models import Case
from huanfa.apps.ledger.models import Organisation
from huanfa.apps.ledger.queries import entries_of
from huanfa.apps.officers.queries import people
from huanfa.apps.parties.models import Party
from huanfa.core import rulebook as rules
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.engine import stand
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.standing import Standing
from huanfa.core.rulebook import Rulebook

# Offences tell natural persons from all others; the register of parties is finer.
PARTY_KINDS = {
    Party.Kind.LEGAL_PERSON: "organisation",
    Party.Kind.ORGANISATION: "organisation",
    Party.Kind.INDIVIDUAL_BUSINESS: "individual_business",
    Party.Kind.CITIZEN: "person",
}


def rulebook(org: Organisation) -> Rulebook:
    """The rules of an organisation; opened once per process."""
    return rules.load(org.pack or settings.HUANFA_PACK)


def facts(case: Case, *, on: date, today: date) -> Facts:
    """What core is told about a case besides its entries: the settings of the day of the act, people, party, offence."""
    book = rulebook(case.org)
    return Facts(
        today=today,
        calendar=book.calendar,
        terms=book.terms,
        settings=book.settings_on(on),
        officers=people(case.org_id),
        party_kind=PARTY_KINDS[Party.Kind(case.party.kind)],
        offence=book.offences.get(case.offence),
        titles=book.titles,
    )


def procedure(case: Case, on: date) -> Procedure:
    """The version of the case's procedure in force on the day of an act."""
    return rulebook(case.org).procedure(case.procedure, on)


def fold(case: Case, on: date) -> tuple[Standing, list[Entry]]:
    """Where a case stands, and the entries that say so."""
    entries = entries_of(case.pk)
    return stand(procedure(case, on), entries), entries
