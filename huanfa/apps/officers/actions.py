"""Changes to people: recorded in the year's people register, then kept in tables."""

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier, Entry, Organisation
from huanfa.apps.officers.models import Card, Officer, RoleGrant, Suspension, Training
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Signer
from huanfa.core.procedure.people import ROLES


@transaction.atomic
def add_officer(
    org: Organisation, username: str, name: str, *, password: str | None, post: str = "", phone: str = "",
    by: Officer, now: datetime,
) -> Officer:
    """Register a person with an account of their own. What they may do follows from roles and card, given later.

    `password` None: the account cannot sign in until one is set.
    """
    users = get_user_model().objects
    if users.filter(username=username).exists():
        raise NotAllowed([Reason(f"账号{username}已有人使用", "", "username")])
    officer = Officer.objects.create(
        user=users.create_user(username, password=password), org=org, name=name, post=post, phone=phone
    )
    _record(officer, "add_officer", {"officer": officer.pk, "name": name, "username": username, "post": post}, by, now)
    return officer


@transaction.atomic
def issue_card(officer: Officer, number: str, issued_on: date, expires_on: date, *, by: Officer, now: datetime) -> Card:
    """Register an enforcement card. Raises NotAllowed if its dates are the wrong way round or the number is taken."""
    reasons = []
    if expires_on <= issued_on:
        reasons.append(Reason("有效期应晚于发证日期", "", "expires_on"))
    if Card.objects.filter(number=number).exists():
        reasons.append(Reason(f"执法证号{number}已登记", "", "number"))
    if reasons:
        raise NotAllowed(reasons)
    values = {"officer": officer.pk, "number": number, "issued_on": str(issued_on), "expires_on": str(expires_on)}
    _record(officer, "issue_card", values, by, now)
    return Card.objects.create(officer=officer, number=number, issued_on=issued_on, expires_on=expires_on)


@transaction.atomic
def suspend_card(card: Card, begins: date, until: date | None, reason: str, *, by: Officer, now: datetime) -> Suspension:
    """Suspend a card between two days, or until further notice."""
    if until and until < begins:
        raise NotAllowed([Reason("暂停的终止日期早于开始日期", "", "until")])
    values = {"card": card.number, "begins": str(begins), "until": str(until) if until else None, "reason": reason}
    _record(card.officer, "suspend_card", values, by, now)
    return Suspension.objects.create(card=card, begins=begins, until=until, reason=reason)


@transaction.atomic
def grant_role(officer: Officer, role: str, begins: date, until: date | None, *, by: Officer, now: datetime) -> RoleGrant:
    """Give a role between two days."""
    if role not in ROLES:
        raise NotAllowed([Reason("没有这个岗位", "", "role")])
    if until and until < begins:
        raise NotAllowed([Reason("终止日期早于开始日期", "", "until")])
    values = {"officer": officer.pk, "role": role, "begins": str(begins), "until": str(until) if until else None}
    _record(officer, "grant_role", values, by, now)
    return RoleGrant.objects.create(officer=officer, role=role, begins=begins, until=until)


@transaction.atomic
def end_role(grant: RoleGrant, until: date, *, by: Officer, now: datetime) -> RoleGrant:
    """End a role on a day; what was done while it was held stays valid."""
    if until < grant.begins:
        raise NotAllowed([Reason("终止日期早于开始日期", "", "until")])
    _record(grant.officer, "end_role", {"officer": grant.officer_id, "role": grant.role, "until": str(until)}, by, now)
    grant.until = until
    grant.save(update_fields=["until"])
    return grant


@transaction.atomic
def record_training(
    officers: list[Officer], on: date, course: str, kind: str, hours: int, *, by: Officer, now: datetime
) -> list[Training]:
    """Record class hours of several officers in one course: one entry, a row each."""
    reasons = []
    if not officers:
        reasons.append(Reason("请选择参加人员", "", "officers"))
    if not 1 <= hours <= 80:
        reasons.append(Reason("一次培训的学时应在1到80之间", "", "hours"))
    if on > now.date():
        reasons.append(Reason("培训日期在今天之后", "", "on"))
    if reasons:
        raise NotAllowed(reasons)
    values = {"officers": [one.pk for one in officers], "course": course, "kind": kind, "hours": hours}
    entry = _record(officers[0], "record_training", values, by, now, on)
    return Training.objects.bulk_create(
        Training(officer=one, on=on, course=course, kind=kind, hours=hours, entry=entry) for one in officers
    )


def _record(officer: Officer, step: str, values: dict, by: Officer, now: datetime, on: date | None = None) -> Entry:
    signer = Signer(by.pk, by.name)
    day = on or now.date()
    dossier, sealed = ledger.record(
        officer.org, Dossier.Kind.PEOPLE, day.year, step, values, by=signer, on=day, now=now
    )
    return Entry.objects.get(dossier=dossier, seq=sealed.seq)
