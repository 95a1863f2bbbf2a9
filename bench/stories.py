"""A handful of cases told once through the real actions, with names that are plain to find and replace afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from huanfa.apps.cases import actions, queries, records
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.weighing import Asked
from huanfa.apps.ledger.models import Organisation
from huanfa.apps.officers.models import Card, Officer, RoleGrant
from huanfa.apps.parties.models import Party
from huanfa.core.discretion import Findings
from huanfa.core.discretion.worksheet import SEVEN
from huanfa.core.procedure.definition import Ask, Step

OFFENCE = "repair_shop_exhaust"
FINE = 1_000_000  # 10,000 yuan, inside the range of both texts of the offence and of the table's first row
BENCHMARK, TABLE = "guangdong/2022", "GD-3.32"
FOUND = Findings(levels={"大气排放时期敏感程度": "一般期间"}, position="lenient", chosen=FINE)
FIRST_ID = 99_000_000

# Who signs in which slot. The order gives the placeholders their numbers.
ROLE_OF = {
    "handler": "officer", "second_handler": "officer", "unit_head": "unit_head", "examiner": "examiner",
    "legal_reviewer": "legal_reviewer", "hearing_chair": "hearing_chair", "leader": "leader", "head": "head",
    "publicist": "publicist", "finance": "finance", "archivist": "archivist",
}
SEAT_OF = {**{slot: slot for slot in ROLE_OF}, "panel_chair": "head"}
PROSE = (
    "执法人员到场检查时，该单位正在营业，喷漆房正在作业，配套的废气收集和处理装置没有开启，"
    "车间内有明显异味，现场负责人陪同检查并对上述情况予以确认，执法人员拍照、录像并制作了笔录。"
)
PLACEHOLDERS = {"name": "PARTYNAME", "code": "PARTYCODE", "rep": "PARTYREP", "address": "PARTYADDRESS"}

Beat = tuple[int, str, Mapping[str, Any]]


@dataclass(frozen=True)
class Story:
    """One course of a case. `beats` are (day, step, values); `weeks`: how far it may move under the same law."""

    name: str
    share: int
    begins: date
    weeks: int
    beats: tuple[Beat, ...]
    signatures: int = 99

    @property
    def lasts(self) -> int:
        """Days from the first act to the last."""
        return max(day for day, _, _ in self.beats)


def _beats(*told: tuple[Any, ...]) -> tuple[Beat, ...]:
    return tuple((one[0], one[1], one[2] if len(one) > 2 else {}) for one in told)


FINED = {"kinds": ["fine"], "fine": FINE}
PENALTY = {"proposal": "penalty", "leader_wants_panel": False, **FINED}
REPORTED = _beats(
    (0, "register_lead"), (2, "file"), (2, "inspect_site"), (3, "interview"), (3, "confirm_address"),
    (9, "collect_evidence", {"changes_facts": False}), (21, "report_investigation", PENALTY), (23, "examine"),
    (25, "approve_notice"),
)
NOTIFIED = (*REPORTED, *_beats((28, "serve_notice")))
DECIDED = (
    *NOTIFIED, *_beats((30, "waive_defence"), (31, "legal_review"), (35, "decide", FINED), (38, "serve_decision")),
)
PAID = (*DECIDED, *_beats((39, "publish"), (45, "record_payment", {"amount": FINE})))
CONTESTED = _beats(
    (0, "register_lead"), (2, "file"), (2, "inspect_site"), (3, "interview"), (4, "confirm_address"),
    (4, "entrust_test"), (12, "tell_test_result"), (14, "order_correction"), (15, "suspend"), (28, "resume"),
    (29, "extend_decision"),
    (30, "report_investigation", {**PENALTY, "leader_wants_panel": True}), (32, "examine"), (34, "approve_notice"),
    (36, "serve_notice"), (38, "record_defence"), (40, "review_defence"), (42, "legal_review"), (44, "discuss"),
    (56, "decide", FINED), (58, "serve_decision"), (59, "publish"), (65, "record_payment", {"amount": FINE}),
    (70, "recheck_correction"), (72, "close"), (80, "archive"),
)
DECLINED = _beats(
    (0, "register_lead"), (7, "decline"), (9, "close", {"ground": "terminated"}), (16, "archive"),
)

OLD, NEW = date(2024, 1, 8), date(2026, 8, 17)  # the first Monday under the old text, and under the Code
# Shares are parts of a hundred; together they come to about 25 entries a case.
STORIES = (
    Story("archived", 54, OLD, 120, (*PAID, *_beats((50, "close"), (60, "archive")))),
    Story("contested", 9, OLD, 120, CONTESTED),
    Story("declined", 8, OLD, 120, DECLINED),
    Story("paid", 7, OLD, 120, PAID),
    Story("lead", 2, NEW, 13, _beats((0, "register_lead"))),
    Story("filing", 2, NEW, 13, _beats((0, "register_lead"), (2, "file")), signatures=2),
    Story("investigating", 5, NEW, 12, REPORTED[:6]),
    Story("to_notify", 4, NEW, 9, REPORTED),
    Story("notified", 4, NEW, 9, NOTIFIED),
    Story("decided", 5, NEW, 8, DECIDED),
)


def cast() -> tuple[Organisation, dict[str, Officer]]:
    """A body that exists only while the stories are told, and its officers by the slot they sign in."""
    org = Organisation.objects.create(path="/bench/", name="BENCHORG", short="BENCHORG", pack="jianghan-demo")
    seats = {}
    for position, (slot, role) in enumerate(ROLE_OF.items()):
        user = User.objects.create(pk=FIRST_ID + position, username=f"BENCHUSER{position:02}")
        officer = Officer.objects.create(pk=FIRST_ID + position, user=user, org=org, name=f"OFFICER{position:02}")
        RoleGrant.objects.create(officer=officer, role=role, begins=date(2020, 1, 1))
        if role == "officer":
            span = {"issued_on": date(2020, 1, 1), "expires_on": date(2030, 1, 1)}
            Card.objects.create(officer=officer, number=f"CARD{position:02}", **span)
        seats[slot] = officer
    return org, {slot: seats[seat] for slot, seat in SEAT_OF.items()}


def party(org: Organisation, story: Story, position: int) -> Party:
    """The firm of a story. Its code tells the stories apart only while they are told."""
    given = {key: value for key, value in PLACEHOLDERS.items() if key in ("name", "address")}
    return Party.objects.create(
        org=org, kind=Party.Kind.LEGAL_PERSON, code=f"{PLACEHOLDERS['code']}{position:02}",
        legal_rep=PLACEHOLDERS["rep"], example=True, **given,
        search=f"{PLACEHOLDERS['name']} {PLACEHOLDERS['code']}",
    )


def tell(story: Story, firm: Party, cast: Mapping[str, Officer]) -> Case:
    """Drive one story through the actions, every act on its own legal day at nine in the morning."""
    day, first, given = story.beats[0]
    book = queries.rulebook(firm.org)
    opening = book.procedure("ordinary", story.begins).step(first)
    on = story.begins + timedelta(days=day)
    values = {**filling(opening, on, cast), **given}
    case = actions.register_lead(firm, values, by=cast["handler"], on=on, now=clock(on))
    for day, step_id, given in story.beats[1:]:
        take(case, step_id, story.begins + timedelta(days=day), cast, given, signatures=story.signatures)
    return case


def take(
    case: Case, step_id: str, on: date, cast: Mapping[str, Officer], given: Mapping[str, Any], *, signatures: int = 99
) -> None:
    """Take one step with all its signatures (or the first few)."""
    step = queries.procedure(case, on).step(step_id)
    values = filling(step, on, cast, given)
    if step_id == "report_investigation" and "fine" in values["kinds"]:
        weigh(case, on, cast)
    for slot in step.signs[:signatures]:
        actions.take(case.pk, step_id, values, by=cast[slot], on=on, now=clock(on))


def weigh(case: Case, on: date, cast: Mapping[str, Officer]) -> None:
    """The worksheet that a fine rests on: by the table of the old text; under the Code, for which there is none, by the factors."""
    if case.found_on < NEW:
        asked = Asked(benchmark=BENCHMARK, table=TABLE, findings=FOUND)
    else:
        asked = Asked(amount=FINE, factors={key: f"{label}：见现场检查（勘察）笔录" for key, label in SEVEN})
    records.file_worksheet(case.pk, asked, by=cast["handler"], on=on, now=clock(on))


def clock(on: date) -> datetime:
    """Nine in the morning of a day, here."""
    return datetime.combine(on, time(9), timezone.get_current_timezone())


def filling(
    step: Step, on: date, cast: Mapping[str, Officer], given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A plausible filling of everything a step asks and `given` leaves open."""
    values: dict[str, Any] = dict(given or {})
    for ask in step.asks:
        wanted = not ask.optional or ask.id == "checked"
        if ask.id not in values and wanted and ask.applies(values):
            values[ask.id] = _plausible(ask, on, cast)
    return values


def _plausible(ask: Ask, on: date, cast: Mapping[str, Officer]) -> Any:
    investigators = [cast["handler"].pk, cast["second_handler"].pk]
    if ask.id == "voters":
        return [cast["leader"].pk, cast["head"].pk]
    if ask.type == "datetime":
        return f"{on}T{'10:30' if ask.id.startswith('ended') else '09:00'}"
    day = on + timedelta(days=30) if ask.future or ask.id == "correct_by" else on
    samples: dict[str, Any] = {
        "text": "见现场检查（勘察）笔录", "longtext": PROSE, "date": str(day), "bool": ask.id != "harm", "int": 60,
        "money": FINE, "choice": ask.choices[0][0] if ask.choices else "", "checks": [key for key, _ in ask.choices],
        "rows": [{key: str(on) if key.endswith("_on") else "示例内容" for key, _ in ask.columns}] * 3,
        "officers": investigators, "officer": investigators[0], "regime": "conduct", "offence": OFFENCE,
        "penalties": ["fine"], "tier": "",
    }
    return samples[ask.type]
