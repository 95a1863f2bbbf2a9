"""Officers as core knows them, and lists of them."""

from django.db.models import Prefetch

from huanfa.apps.officers.models import Card, Officer
from huanfa.core.procedure.people import Officer as Person


def people(org_id: int) -> dict[int, Person]:
    """Every officer of an organisation, with cards, suspensions and roles, by id: three queries whatever their number."""
    rows = Officer.objects.filter(org_id=org_id).prefetch_related(
        "grants", Prefetch("cards", Card.objects.prefetch_related("suspensions"))
    )
    return {row.pk: person(row) for row in rows}


def person(row: Officer) -> Person:
    """One officer as core's frozen object; the newest card counts."""
    cards = list(row.cards.all())
    card = cards[-1] if cards else None
    return Person(
        id=row.pk,
        name=row.name,
        card=card.number if card else "",
        card_span=(card.issued_on, card.expires_on) if card else None,
        suspended=tuple((one.begins, one.until) for one in card.suspensions.all()) if card else (),
        roles=tuple((grant.role, (grant.begins, grant.until)) for grant in row.grants.all()),
    )
