"""Reading parties: the list, and one party's file over all years."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from huanfa.apps.ledger.models import Organisation
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.apps.parties import codes
from huanfa.apps.parties.models import Party, PartyChange
from huanfa.core import rulebook as rules
from huanfa.core.money import figures

KEYS = {"pk": int}
SHOWN = 100
# The results of a case by the word its row carries.
OUTCOMES = {"penalty": "予以处罚", "no_penalty": "不予处罚", "unfounded": "违法事实不成立", "crime": "移送涉嫌犯罪"}
FIELDS = ("kind", "name", "code", "legal_rep", "legal_rep_post", "operator", "address", "phone", "trade")


@dataclass(frozen=True)
class File:
    """One party's file: its cases and visits over all years, changes of its particulars, and all of it in time."""

    cases: list[dict[str, Any]]
    visits: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    totals: dict[str, Any]
    timeline: list[dict[str, Any]]


def listed(officer: Officer, q: str = "", kind: str = "") -> QuerySet[Party]:
    """The parties an officer may see. An identity number is found only whole: nobody guesses it digit by digit."""
    rows = access.scoped(Party.objects.all(), officer)
    if kind:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(Q(search__icontains=q) | Q(code=codes.clean(q)))
    return rows


def counts(parties: list[Party]) -> dict[int, tuple[int, int]]:
    """How many cases and visits each of these parties has; two queries, not a join of both."""
    rows = Party.objects.filter(pk__in=[one.pk for one in parties])
    cases = dict(rows.annotate(count=Count("cases")).values_list("pk", "count"))
    visits = dict(rows.annotate(count=Count("visits")).values_list("pk", "count"))
    return {one.pk: (cases[one.pk], visits[one.pk]) for one in parties}


def may_read_codes(officer: Officer, parties: list[Party]) -> set[int]:
    """Of these parties, those whose code the officer may read whole: firms, and citizens whose case they handle."""
    citizens = [one.pk for one in parties if one.kind == Party.Kind.CITIZEN]
    handled = Party.objects.filter(pk__in=citizens, cases__people__officer=officer).values_list("pk", flat=True)
    return {one.pk for one in parties if one.kind != Party.Kind.CITIZEN} | (set(handled) if citizens else set())


def shown_code(party: Party, whole: set[int]) -> str:
    """The party's code as this officer sees it."""
    return party.code if party.pk in whole else codes.mask(party.code)


def particulars(party: Party, code: str) -> list[tuple[str, Any]]:
    """What the file says of the party, label and value; only what its kind has."""
    citizen = party.kind == Party.Kind.CITIZEN
    rows: list[tuple[str, Any]] = [
        ("类型", party.get_kind_display()),
        ("姓名" if citizen else "名称", party.name),
        ("公民身份号码" if citizen else "统一社会信用代码", code),
    ]
    if party.kind in (Party.Kind.LEGAL_PERSON, Party.Kind.ORGANISATION):
        rows += [("法定代表人（负责人）", party.legal_rep), ("职务", party.legal_rep_post)]
    elif party.kind == Party.Kind.INDIVIDUAL_BUSINESS:
        rows.append(("经营者", party.operator))
    rows += [("住址" if citizen else "住所（地址）", party.address), ("联系电话", party.phone)]
    return rows if citizen else [*rows, ("行业", party.trade)]


def file(party: Party, officer: Officer, on: date, *, whole: bool) -> File:
    """The party's file as this officer may see it, with cases of the officer's organisations only."""
    all_cases = access.scoped(party.cases.all(), officer)
    all_visits = access.scoped(party.visits.all(), officer)
    titles = stages(party.org, on)
    cases = [_case(row, titles) for row in all_cases.order_by("-pk")[:SHOWN]]
    visits = [_visit(row) for row in all_visits.prefetch_related("officers").order_by("-on", "-pk")[:SHOWN]]
    changes = [_change(row, whole=whole) for row in party.changes.all()[:SHOWN]]
    sums = all_cases.filter(outcome="penalty").aggregate(fine=Sum("fine"), owed=Sum("owed"), paid=Sum("paid"))
    totals = {
        "cases": all_cases.count(),
        "penalties": all_cases.filter(outcome="penalty").count(),
        "visits": all_visits.count(),
        "fine": figures(sums["fine"] or 0),
        "unpaid": figures((sums["owed"] or 0) - (sums["paid"] or 0)),
    }
    return File(cases, visits, changes, totals, _timeline(cases, visits, changes))


def stages(org: Organisation, on: date) -> dict[str, str]:
    """What stages, and ways in which a case ends, are called in the procedures of an organisation."""
    titles: dict[str, str] = {}
    for procedure in rules.load(org.pack or settings.HUANFA_PACK).procedures:
        titles |= dict(procedure.stages)
        titles |= {step.ends: step.title for step in procedure.steps.values() if step.ends}
    return titles


def _case(row: Any, titles: dict[str, str]) -> dict[str, Any]:
    """A case as the file lists it. `row` is a case, known here only through its party."""
    days = (("发现线索", row.found_on), ("立案", row.filed_on), ("作出决定", row.decided_on), ("结案", row.closed_on))
    return {
        "url": reverse("case", args=[row.pk]),
        "name": row.cause,
        "number": row.decision_number or row.number,
        "stage": titles.get(row.ended or row.stage, row.stage),
        "open": not row.ended,
        "outcome": OUTCOMES.get(row.outcome, ""),
        "fine": figures(row.fine) if row.fine else "",
        "found_on": row.found_on,
        "decided_on": row.decided_on,
        "days": [(what, day) for what, day in days if day],
    }


def _visit(row: Any) -> dict[str, Any]:
    return {
        "url": reverse("visit", args=[row.pk]),
        "on": row.on,
        "kind": row.get_kind_display(),
        "result": row.get_result_display(),
        "who": "、".join(one.name for one in row.officers.all()),
        "findings": row.findings,
    }


def _change(row: PartyChange, *, whole: bool) -> dict[str, Any]:
    """What a change changed, in words; identity numbers masked unless they may be read."""
    lines = []
    for key in FIELDS:
        before, after = (_said(key, said.get(key, ""), whole=whole) for said in (row.before, row.after))
        if row.before and before != after:
            label = "身份号码或信用代码" if key == "code" else Party._meta.get_field(key).verbose_name
            lines.append(f"{label}：{before or '（空）'} → {after or '（空）'}")
    return {"on": row.on, "who": row.by, "reason": row.reason, "lines": lines}


def _said(key: str, value: str, *, whole: bool) -> str:
    if key == "kind" and value:
        return str(Party.Kind(value).label)
    if key == "code" and not whole and codes.is_identity(value):
        return codes.mask(value)
    return value


def _timeline(
    cases: list[dict[str, Any]], visits: list[dict[str, Any]], changes: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    items = [
        {"on": day, "title": f"{what}：{case['name']}", "who": case["number"], "url": case["url"], "kind": "step"}
        for case in cases
        for what, day in case["days"]
    ]
    items += [
        {"on": one["on"], "title": one["kind"], "text": one["result"], "who": one["who"], "url": one["url"],
         "kind": "step"}
        for one in visits
    ]
    items += [
        {"on": one["on"], "title": one["reason"], "text": "；".join(one["lines"]), "who": one["who"],
         "kind": "correct" if one["lines"] else "step"}
        for one in changes
    ]
    return sorted(items, key=lambda item: item["on"], reverse=True)[:SHOWN]
