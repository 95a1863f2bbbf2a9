"""Recording a visit: one entry in the year's register, one row for lists."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huanfa.apps.inspections.models import Visit
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier, Entry
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import person
from huanfa.apps.parties.models import Party
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Signer
from huanfa.core.procedure.people import Officer as Person

TWO_OFFICERS = "行政处罚法第四十二条"
EARLIEST = date(2000, 1, 1)


@transaction.atomic
def record_visit(
    party: Party,
    on: date,
    kind: str,
    officers: Sequence[Officer],
    result: str,
    findings: str,
    *,
    departments: str = "",
    joint_key: str = "",
    by: Officer,
    now: datetime,
) -> Visit:
    """Record one visit to one party on one day. Raises NotAllowed with every reason; then nothing is kept.

    `joint_key` is the same for all visits of one joint inspection, so that it counts once; `departments` took part.
    `now` is the clock's local time.
    """
    people = [person(one, on) for one in officers]
    reasons = _people_reasons(people, on) + _joint_reasons(departments, joint_key) + _day_reasons(on, now.date())
    if not findings.strip():
        reasons.append(Reason("请写明检查情况", "", "findings"))
    if reasons:
        raise NotAllowed(reasons)
    values = {
        "party": party.pk, "party_name": party.name, "kind": kind, "result": result, "findings": findings.strip(),
        "officers": [{"id": one.id, "name": one.name, "card": one.card} for one in people],
        "people": len(people), "departments": departments.strip(), "joint_key": joint_key.strip(),
    }
    signer = Signer(by.pk, by.name, person(by).card)
    dossier, sealed = ledger.record(
        by.org, Dossier.Kind.VISITS, on.year, "record_visit", values, by=signer, on=on, now=now
    )
    # Looked up only now, under the register's lock, so that two clicks do not make two visits.
    if _same(party, on, kind, people, by):
        raise NotAllowed([Reason(f"{on}对{party.name}的这次检查已经登记（检查方式、人员相同），没有重复登记")])
    visit = Visit.objects.create(
        org=by.org, party=party, on=on, kind=kind, people=len(people), joint_key=values["joint_key"],
        departments=values["departments"], result=result, findings=values["findings"],
        entry=Entry.objects.get(dossier=dossier, seq=sealed.seq),
    )
    visit.officers.set(officers)
    return visit


def _people_reasons(people: Sequence[Person], on: date) -> list[Reason]:
    """At least two officers, each with a card that serves on the day."""
    reasons = []
    if len({one.id for one in people}) < 2:
        reasons.append(Reason("检查人员不得少于两人", TWO_OFFICERS, "officers"))
    reasons += [Reason(fault, TWO_OFFICERS, "officers") for one in people if (fault := one.card_fault(on))]
    return reasons


def _day_reasons(on: date, today: date) -> list[Reason]:
    if on > today:
        return [Reason("检查日期在今天之后；只能登记已经进行的检查", "", "on")]
    return [Reason("检查日期过早，请核对", "", "on")] if on < EARLIEST else []


def _joint_reasons(departments: str, joint_key: str) -> list[Reason]:
    if bool(departments.strip()) == bool(joint_key.strip()):
        return []
    field, missing = ("departments", "参加的部门") if joint_key.strip() else ("joint_key", "联合检查的名称")
    return [Reason(f"联合检查请一并填写{missing}", "", field)]


def _same(party: Party, on: date, kind: str, people: Sequence[Person], by: Officer) -> bool:
    """Whether this very visit is in the register already."""
    ids = {one.id for one in people}
    earlier = Visit.objects.filter(org=by.org, party=party, on=on, kind=kind).prefetch_related("officers")
    return any({one.pk for one in row.officers.all()} == ids for row in earlier)
