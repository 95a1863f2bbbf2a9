"""Officers as core knows them, and lists of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from huanfa.apps.ledger.models import Organisation
from huanfa.apps.officers.models import Card, Officer, RoleGrant, Suspension, Training
from huanfa.core import rulebook as rules
from huanfa.core.procedure.people import ROLES, Span
from huanfa.core.procedure.people import Officer as Person

# How long before its end a card is marked, so that renewing it is not forgotten. Ours: no text fixes it.
CARD_WARNING = timedelta(days=90)
CARD_STATES = {
    "ok": ("done", "有效"),
    "soon": ("soon", "将到期"),
    "expired": ("late", "已到期"),
    "suspended": ("paused", "暂停使用"),
    "future": ("info", "尚未生效"),
    "none": ("plain", "无证"),
}


@dataclass(frozen=True)
class CardState:
    """How an officer's newest card stands on a day: a word of CARD_STATES, its look and label, and core's sentence."""

    id: str
    look: str
    label: str
    number: str
    until: date | None
    sentence: str


@dataclass(frozen=True)
class Line:
    """One officer in the list."""

    row: Officer
    roles: str
    card: CardState
    hours: int
    enforces: bool


@dataclass(frozen=True)
class Record:
    """One officer's page: the card today, cards and roles over time, class hours by year with what is wanted."""

    card: CardState
    cards: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    years: list[dict[str, Any]]
    trainings: list[Any]


def card_state(who: Person, on: date) -> CardState:
    """Whether the card serves on that day, and if so whether it soon will not."""
    until = who.card_span[1] if who.card_span else None
    sentence = who.card_fault(on)
    if not who.card_span:
        state = "none"
    elif not sentence:
        state = "soon" if until and until - on <= CARD_WARNING else "ok"
    elif until and on > until:
        state = "expired"
    else:
        state = "future" if on < who.card_span[0] else "suspended"
    return CardState(state, *CARD_STATES[state], who.card, until, sentence)


def listed(rows: QuerySet[Officer], on: date, *, q: str = "", role: str = "", card: str = "") -> list[Line]:
    """Those of `rows` wanted, with this year's class hours. A body has dozens of people, not thousands: no pages."""
    if q:
        found = Q(name__icontains=q) | Q(user__username__icontains=q) | Q(cards__number__icontains=q)
        rows = rows.filter(found).distinct()
    hours = hours_in(rows, on.year)
    lines = []
    for row in staff(rows):
        who = person(row)
        state = card_state(who, on)
        if (not role or who.has_role(role, on)) and (not card or state.id == card):
            enforces = who.has_role("officer", on)
            lines.append(Line(row, roles_text(who, on), state, hours.get(row.pk, 0), enforces))
    return lines


def record(row: Officer, on: date) -> Record:
    """What one officer's page tells. `row` comes from `staff`."""
    cards = [
        {"card": card, "suspensions": list(card.suspensions.all()), "newest": n == 0}
        for n, card in enumerate(reversed(list(row.cards.all())))
    ]
    roles = [
        {"grant": grant, "title": ROLES[grant.role], "runs": grant.until is None or on <= grant.until}
        for grant in sorted(row.grants.all(), key=lambda one: (one.begins, one.pk), reverse=True)
    ]
    hours = {on.year: 0, **hours_by_year(row)}
    years = [
        {
            "year": year, "hours": hours[year], "running": year == on.year,
            "wanted": list(hours_wanted(row.org, year).values()),
        }
        for year in sorted(hours, reverse=True)
    ]
    return Record(card_state(person(row), on), cards, roles, years, list(row.trainings.select_related("entry")[:200]))


def staff(rows: QuerySet[Officer]) -> QuerySet[Officer]:
    """Officers with what `person` reads of them: three queries more, whatever their number."""
    return rows.select_related("org", "user").prefetch_related(
        "grants", Prefetch("cards", Card.objects.prefetch_related("suspensions"))
    )


def roles_text(who: Person, on: date) -> str:
    """The titles of the roles held on a day, in the order of the table of roles."""
    return "、".join(title for role, title in ROLES.items() if who.has_role(role, on))


def hours_by_year(row: Officer) -> dict[int, int]:
    """Class hours of an officer, newest year first."""
    sums = row.trainings.annotate(year=ExtractYear("on")).values("year").annotate(hours=Sum("hours")).order_by("-year")
    return {one["year"]: one["hours"] for one in sums}


def hours_in(rows: QuerySet[Officer], year: int) -> dict[int, int]:
    """Class hours in a year of each of these officers that has any."""
    found = Training.objects.filter(officer__in=rows, on__year=year)
    return {one["officer"]: one["hours"] for one in found.values("officer").annotate(hours=Sum("hours")).order_by()}


def hours_wanted(org: Organisation, year: int) -> dict[str, Mapping[str, Any]]:
    """The yearly class hours that the rules of an organisation name at the end of a year: its own, and the nation's."""
    on = date(year, 12, 31)
    found = rules.load(org.pack or settings.HUANFA_PACK).settings_on(on)
    return {key: found[key] for key in ("training_hours", "training_hours_national") if key in found}


def people(org_id: int, on: date) -> dict[int, Person]:
    """Every officer of an organisation by id, with the card that counts on that day, suspensions and roles.

    Every page of a case needs them all: four plain queries, whatever their number.
    """
    mine = {"officer__org_id": org_id}
    roles: dict[int, list[tuple[str, Span]]] = {}
    for officer, role, begins, until in RoleGrant.objects.filter(**mine).order_by("pk").values_list(
        "officer_id", "role", "begins", "until"
    ):
        roles.setdefault(officer, []).append((role, (begins, until)))
    suspended: dict[int, list[Span]] = {}
    for card, begins, until in Suspension.objects.filter(card__officer__org_id=org_id).values_list("card_id", "begins", "until"):
        suspended.setdefault(card, []).append((begins, until))
    cards: dict[int, tuple[int, str, date, date]] = {}
    for officer, *card in Card.objects.filter(**mine).order_by("issued_on").values_list(
        "officer_id", "pk", "number", "issued_on", "expires_on"
    ):
        if officer not in cards or card[2] <= on:
            cards[officer] = tuple(card)
    found = {}
    for pk, name in Officer.objects.filter(org_id=org_id).order_by("pk").values_list("pk", "name"):
        key, number, issued, expires = cards.get(pk, (0, "", None, None))
        found[pk] = Person(
            pk, name, number, (issued, expires) if issued else None, tuple(suspended.get(key, ())), tuple(roles.get(pk, ()))
        )
    return found


def person(row: Officer, on: date | None = None) -> Person:
    """One officer as core's frozen object. The newest card counts, of those issued by `on` if that is given."""
    cards = [card for card in row.cards.all() if on is None or card.issued_on <= on]
    card = cards[-1] if cards else None
    return Person(
        id=row.pk,
        name=row.name,
        card=card.number if card else "",
        card_span=(card.issued_on, card.expires_on) if card else None,
        suspended=tuple((one.begins, one.until) for one in card.suspensions.all()) if card else (),
        roles=tuple((grant.role, (grant.begins, grant.until)) for grant in row.grants.all()),
    )
