"""Opening a party's file and changing it: one file a party, no change without a reason."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from huanfa.apps.officers.models import Officer
from huanfa.apps.parties import codes
from huanfa.apps.parties.models import Party, PartyChange
from huanfa.apps.parties.queries import FIELDS
from huanfa.core.errors import NotAllowed, Reason

# Particulars that only some kinds of party have.
ONLY = {
    "legal_rep": (Party.Kind.LEGAL_PERSON, Party.Kind.ORGANISATION),
    "legal_rep_post": (Party.Kind.LEGAL_PERSON, Party.Kind.ORGANISATION),
    "operator": (Party.Kind.INDIVIDUAL_BUSINESS,),
}


@transaction.atomic
def create(values: Mapping[str, str], *, by: Officer, on: date) -> Party:
    """Open a file. Raises NotAllowed if the code does not hold together or already has a file."""
    said = _said(values)
    _check(said, org_id=by.org_id)
    party = Party.objects.create(org=by.org, search=search_text(said), **said)
    PartyChange.objects.create(party=party, on=on, by=by.name, reason="建立档案", before={}, after=said)
    return party


@transaction.atomic
def change(party_id: int, values: Mapping[str, str], reason: str, *, by: Officer, on: date, seen: int) -> Party:
    """Change particulars and keep what they were. `seen` counts the changes the officer's page knew of."""
    party = Party.objects.select_for_update().get(pk=party_id)
    before = {key: getattr(party, key) for key in FIELDS}
    said = _said({**before, **values})
    if party.changes.count() != seen:
        raise NotAllowed([Reason("您打开页面之后，这份档案已被他人修改。请核对下面的最新情况后再提交")])
    if said == before:
        raise NotAllowed([Reason("没有任何改动")])
    _check(said, org_id=party.org_id, besides=party.pk)
    for key, value in said.items():
        setattr(party, key, value)
    party.search = search_text(said)
    party.save()
    PartyChange.objects.create(party=party, on=on, by=by.name, reason=reason, before=before, after=said)
    return party


def search_text(said: Mapping[str, str]) -> str:
    """What the list searches. A citizen's identity number is left out: it is found only whole."""
    words = [said["name"], said["legal_rep"], said["operator"], said["phone"]]
    return " ".join(filter(None, words if said["kind"] == Party.Kind.CITIZEN else [*words, said["code"]]))


def _said(values: Mapping[str, str]) -> dict[str, str]:
    """The particulars as they are kept: trimmed, and nothing that this kind of party does not have."""
    said = {key: str(values.get(key, "")).strip() for key in FIELDS}
    said["code"] = codes.clean(said["code"])
    return {key: "" if key in ONLY and said["kind"] not in ONLY[key] else value for key, value in said.items()}


def _check(said: Mapping[str, str], *, org_id: int, besides: int | None = None) -> None:
    reasons = []
    if fault := codes.fault(said["kind"], said["code"]):
        reasons.append(Reason(fault, "", "code"))
    same = Party.objects.filter(org_id=org_id, code=said["code"]).exclude(pk=besides).first()
    if same:
        reasons.append(Reason(f"这个代码已有档案：{same.name}。一户一档，请使用原档案", "", "code"))
    if said["kind"] == Party.Kind.INDIVIDUAL_BUSINESS and not said["operator"]:
        reasons.append(Reason("个体工商户请填写经营者姓名", "", "operator"))
    if reasons:
        raise NotAllowed(reasons)
