"""A small bureau and its cases, made by driving the real actions with plain values. No fixture, no clock of its own.

    bureau = a_bureau()
    case = a_case(bureau, at="review")      # at: a step of the plain course (the last one taken), or a stage

The plain course is in COURSE: a repair shop without odour treatment, found on BEGINS, decided and carried out. `take`
adds any other step; values that are not given are filled in with something fitting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.test import Client

from huanfa.apps.cases import actions, queries, records
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.weighing import Asked
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger.models import Organisation
from huanfa.apps.officers.models import Card, Officer, RoleGrant
from huanfa.apps.parties.models import Party
from huanfa.core.discretion.worksheet import SEVEN
from huanfa.core.procedure.definition import Ask
from huanfa.core.procedure.engine import Move

PACK = "jianghan-demo"
BEGINS = date(2026, 9, 1)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSWORD = "correct horse battery staple"

# Who sits in which slot, under which name, with which role.
CAST = {
    "handler": ("张承办", "officer"),
    "second_handler": ("李承办", "officer"),
    "unit_head": ("王科长", "unit_head"),
    "examiner": ("赵审查", "examiner"),
    "legal_reviewer": ("钱法制", "legal_reviewer"),
    "hearing_chair": ("孙听证", "hearing_chair"),
    "leader": ("周分管", "leader"),
    "head": ("吴局长", "head"),
    "panel_chair": ("吴局长", "head"),
    "publicist": ("郑公示", "publicist"),
    "finance": ("冯财务", "finance"),
    "archivist": ("陈档案", "archivist"),
    "supervisor": ("褚监督", "supervisor"),
    "admin": ("卫管理", "admin"),
}

# The plain course: step, days after BEGINS, and the values that matter to what comes later.
COURSE: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("file", 3, {}),
    ("inspect_site", 6, {}),
    ("interview", 7, {}),
    ("collect_evidence", 8, {"changes_facts": False}),
    ("confirm_address", 8, {"electronic": False}),
    ("order_correction", 9, {"correct_by": "2026-09-30"}),
    (
        "report_investigation", 14,
        {"proposal": "penalty", "regime": "conduct", "kinds": ["fine"], "fine": 500_000, "leader_wants_panel": False},
    ),
    ("examine", 15, {"result": "pass"}),
    ("approve_notice", 16, {}),
    ("serve_notice", 17, {"service_mode": "direct"}),
    ("waive_defence", 20, {"hearing_too": False}),
    ("legal_review", 21, {"opinion_kind": "agree"}),
    ("decide", 22, {"kinds": ["fine"], "fine": 500_000}),
    ("serve_decision", 23, {"service_mode": "direct"}),
    ("publish", 24, {}),
    ("record_payment", 27, {"amount": 500_000}),
    ("recheck_correction", 34, {"corrected": True}),
    ("close", 35, {"ground": "performed"}),
    ("archive", 36, {"pages": 60}),
)
LEAD = {
    "source": "site", "source_detail": "日常检查时发现", "found_on": str(BEGINS), "offence": "repair_shop_exhaust",
    "conduct_from": str(BEGINS), "conduct_until": str(BEGINS), "harm": False, "place": "示例路1号", "summary": "喷漆未设置废气处理装置",
}
_numbers = count(1)


@dataclass(frozen=True)
class Bureau:
    """An organisation with one officer for every slot; `slot` → officer."""

    org: Organisation
    officers: Mapping[str, Officer]

    def __getitem__(self, slot: str) -> Officer:
        return self.officers[slot]

    @property
    def two(self) -> list[int]:
        """The ids of the two handlers."""
        return [self["handler"].pk, self["second_handler"].pk]


def an_org(short: str = "江汉区分局", path: str = "/42/4201/420103/") -> Organisation:
    """An organisation; the same one when asked again."""
    name = f"武汉市生态环境局{short}"
    return Organisation.objects.get_or_create(path=path, defaults={"name": name, "short": short, "pack": PACK})[0]


def an_officer(org: Organisation, name: str, *roles: str, card: bool = False, expires: date = date(2030, 1, 1)) -> Officer:
    """An officer with these roles since 2020, and with an enforcement card if wanted."""
    user = User.objects.create(username=f"u{next(_numbers)}")
    officer = Officer.objects.create(user=user, org=org, name=name)
    for role in roles:
        RoleGrant.objects.create(officer=officer, role=role, begins=date(2020, 1, 1))
    if card:
        Card.objects.create(officer=officer, number=f"示例{officer.pk:08}", issued_on=date(2020, 1, 1), expires_on=expires)
    return officer


def a_bureau(short: str = "江汉区分局", path: str = "/42/4201/420103/") -> Bureau:
    """An organisation with its people."""
    org, made = an_org(short, path), {}
    for name, role in dict(CAST.values()).items():
        made[name] = an_officer(org, name, role, card=role == "officer")
    return Bureau(org, {slot: made[name] for slot, (name, _) in CAST.items()})


def a_party(org: Organisation, name: str = "晨光示例汽车维修有限公司", **changed: Any) -> Party:
    """A firm."""
    values = {
        "kind": "legal_person", "legal_rep": "何示例", "legal_rep_post": "执行董事", "address": "武汉市江汉区示例路1号",
        "code": f"91420103MA4E{next(_numbers):06}", "example": True, "search": name,
    }
    return Party.objects.create(org=org, name=name, **{**values, **changed})


def a_case(
    bureau: Bureau | None = None, at: str = "register_lead", *, begins: date = BEGINS, now: datetime = NOON,
    party: Party | None = None, **changed: Mapping[str, Any],
) -> Case:
    """A case on the plain course up to and including `at`. `changed` replaces values of steps: decide={"fine": 1}."""
    bureau = bureau or a_bureau()
    shift = begins - BEGINS
    lead = {**LEAD, **{key: str(begins) for key in ("found_on", "conduct_from", "conduct_until")}}
    values = {**lead, **changed.get("register_lead", {})}
    case = actions.register_lead(party or a_party(bureau.org), values, by=bureau["handler"], on=begins, now=now)
    for step, days, given in _course_until(case, at):
        given = {**given, **changed.get(step, {})}
        if "correct_by" in given:
            given["correct_by"] = str(date.fromisoformat(given["correct_by"]) + shift)
        take(case, step, begins + timedelta(days), bureau=bureau, now=now, **given)
    case.refresh_from_db()
    return case


def take(
    case: Case, step_id: str, on: date, *, bureau: Bureau, now: datetime = NOON, signatures: int | None = None, **given: Any
) -> Move:
    """Take a step with all its signatures (or only the first `signatures`), filling in what is not given."""
    step = queries.procedure(case, on).step(step_id)
    values = dict(given)
    for ask in step.asks:
        if ask.id not in values and ask.applies(values) and (not ask.optional or ask.id == "checked"):
            values[ask.id] = something(ask, on, bureau)
    if step_id in ("file", "report_investigation") and queries.no_fine_items(case, on):
        records.check_no_fine(case.pk, {}, "not", "示例：条件不具备。", by=bureau["handler"], on=on, now=now)
    if step_id == "report_investigation" and "fine" in values.get("kinds", ()) and not _weighed(case, values["fine"]):
        text = {"regime": values.get("regime", "conduct"), "tier": values.get("tier", "")}
        weigh(case, on, bureau=bureau, now=now, amount=values["fine"], **text)
    move = None
    for slot in step.signs[:signatures]:
        move = actions.take(case.pk, step_id, values, by=bureau[slot], on=on, now=now)
    assert move is not None
    return move


def weigh(
    case: Case, on: date, *, bureau: Bureau, amount: int, regime: str = "conduct", now: datetime = NOON, **changed: Any
) -> Worksheet:
    """A worksheet by the seven factors: what a fine needs where no table rests on the text applied. Money in fen.

    Where one does, passing it over is a departure, and the principal head approves it at once."""
    factors = {key: f"示例{label}" for key, label in SEVEN}
    given = {"mitigation": "示例减轻情形", "departure_reason": "示例：客观情况变化。", **changed}
    asked = Asked(regime=regime, amount=amount, factors=factors, base=100_000_000, units=1, **given)
    sheet = records.file_worksheet(case.pk, asked, by=bureau["handler"], on=on, now=now)
    if sheet.departs:
        records.approve_departure(case.pk, "示例：同意。", by=bureau["head"], on=on, now=now)
    return sheet


def _weighed(case: Case, amount: int) -> bool:
    """Whether a worksheet of that amount is in force."""
    newest = Worksheet.objects.filter(dossier=case.pk).order_by("-seq").first()
    return newest is not None and newest.amount == amount


def something(ask: Ask, on: date, bureau: Bureau) -> Any:
    """A value of the shape an ask wants."""
    if ask.type in ("choice", "checks"):
        ids = [key for key, _ in ask.choices]
        return ids[0] if ask.type == "choice" else ids
    if ask.type == "rows":
        dates = ("taken_on", "due_on")
        return [{key: str(on) if key in dates else f"示例{label}" for key, label in ask.columns}]
    plain: dict[str, Any] = {
        "text": f"示例{ask.label}"[:60], "longtext": f"示例{ask.label}的内容。", "date": str(on), "bool": True, "int": 1, "money": 100,
        "datetime": f"{on}T{'10' if ask.id.startswith('ended') else '09'}:00", "regime": "conduct", "penalties": ["fine"],
        "officers": bureau.two, "officer": bureau["handler"].pk, "tier": "",
    }
    return plain[ask.type]


def _course_until(case: Case, at: str) -> tuple[tuple[str, int, dict[str, Any]], ...]:
    """The part of the course that ends with step `at`, or where it first leaves stage `at`."""
    steps = queries.procedure(case, BEGINS).steps
    ids = [step for step, _, _ in COURSE]
    stages = [steps[step].stage for step in ids]
    if at in ids:
        return COURSE[: ids.index(at) + 1]
    if at in stages:
        begun = stages.index(at)
        return COURSE[: next((n for n in range(begun, len(COURSE)) if stages[n] != at), len(COURSE))]
    if at in ("register_lead", "lead"):
        return ()
    raise ValueError(f"the plain course does not pass {at}")


def stop_the_clock(monkeypatch: Any, moment: datetime = NOON) -> None:
    """Let every page believe it is this moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def a_client(officer: Officer) -> Client:
    """A browser in which this officer is signed in."""
    client = Client()
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
