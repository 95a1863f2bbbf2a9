"""A discharge over the standard before the Code came into force, found and decided after it: two texts, and a table for the old.

    case = a_water_case(bureau, at="order_correction")      # conduct 2026-06-01 to 2026-08-10, found on 2026-08-12
    weigh_by_table(case, bureau)                            # GD-2.7a: 17 % of a million
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from huanfa.apps.cases import actions, queries, records
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.weighing import Asked
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.parties.models import Party
from huanfa.core.discretion import Findings
from huanfa.core.procedure.engine import Move
from tests.apps.builders import NOON, Bureau, a_case, something

FOUND_ON = date(2026, 8, 12)
REPORTED = date(2026, 8, 26)
BENCHMARK, TABLE = "guangdong/2022", "GD-2.7a"
PICK = {"regime": "conduct", "tier": "", "table": f"{BENCHMARK}|{TABLE}"}
FINE = 17_000_000
LEVELS = {
    "超标因子数目": "2个", "排污情况": "排放B类水污染物", "排放口所在区域": "一般区域", "废水日排放量": "50吨以上200吨以下",
    "超标情况": "超标3倍以下或超量30%以下", "近二年同类违法行为情况（含本次）": "1次",
}
CHOSEN = {"t-f0": "1", "t-f1": "0", "t-f2": "0", "t-f3": "1", "t-f4": "2", "t-f5": "0"}
CONDUCT = {"offence": "over_standard_water", "conduct_from": "2026-06-01", "conduct_until": "2026-08-10", "place": "示例路8号总排口"}
REASON = "行为在法典施行前终了，两部法律的罚款幅度相同，适用行为时的规定。"
REPORT = {"fine": FINE, "regime": "conduct", "regime_reason": REASON}
REVIEW = {"milder_choice": "conduct", "milder_reason": REASON}
LESS = 12_000_000
WHY = "当事人已投入大额治理资金，按基准处罚明显过重。"


def days(after_report: int) -> date:
    """So many calendar days after the report."""
    return REPORTED + timedelta(after_report)


def a_water_case(bureau: Bureau, at: str = "order_correction", *, party: Party | None = None, **changed: Mapping[str, Any]) -> Case:
    """The case up to and including `at`. `changed` replaces values of steps, over those that the two texts call for."""
    told: dict[str, Mapping[str, Any]] = {
        "register_lead": CONDUCT, "report_investigation": REPORT, "legal_review": REVIEW, "decide": {"fine": FINE},
        "record_payment": {"amount": FINE},
    }
    merged = {step: {**told.get(step, {}), **changed.get(step, {})} for step in {*told, *changed}}
    return a_case(bureau, at, begins=FOUND_ON, party=party, **merged)


def asked(**changed: Any) -> Asked:
    """A worksheet by the table of the old text."""
    values = {"regime": "conduct", "benchmark": BENCHMARK, "table": TABLE, "findings": Findings(levels=LEVELS)}
    return Asked(**{**values, **changed})


def weigh_by_table(case: Case, bureau: Bureau, on: date = REPORTED, *, by: str = "handler", **changed: Any) -> Worksheet:
    """File that worksheet."""
    return records.file_worksheet(case.pk, asked(**changed), by=bureau[by], on=on, now=NOON)


def not_for_free(case: Case, bureau: Bureau, on: date = REPORTED) -> None:
    """Hold the no-fine list against the facts and conclude that it does not apply."""
    records.check_no_fine(case.pk, {}, "not", "超标0.8倍，不属于轻微超标。", by=bureau["handler"], on=on, now=NOON)


def take_plainly(case: Case, step_id: str, bureau: Bureau, on: date, **given: Any) -> Move:
    """Take a step with all its signatures and nothing beside it: no worksheet, no check that the step does not make itself."""
    step = queries.procedure(case, on).step(step_id)
    values = dict(given)
    for ask in step.asks:
        if ask.id not in values and ask.applies(values) and (not ask.optional or ask.id == "checked"):
            values[ask.id] = something(ask, on, bureau)
    moves = [actions.take(case.pk, step_id, values, by=bureau[slot], on=on, now=NOON) for slot in step.signs]
    return moves[-1]


def report(case: Case, bureau: Bureau, on: date = REPORTED, **changed: Any) -> Move:
    """Report the investigation and propose the fine."""
    plain = {"proposal": "penalty", "kinds": ["fine"], "leader_wants_panel": False, **REPORT}
    return take_plainly(case, "report_investigation", bureau, on, **{**plain, **changed})


def length(case: Case) -> int:
    """How many entries the case has now."""
    case.dossier.refresh_from_db()
    return case.dossier.length


def filled(case: Case, **changed: Any) -> dict[str, Any]:
    """What an officer hands in on the worksheet's page."""
    return {"on": str(REPORTED), "expected": length(case), "do": "file", **PICK, **CHOSEN, **changed}


def departed(bureau: Bureau) -> Case:
    """The case reported with less than the benchmark gives, which nobody has approved yet."""
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau, amount=LESS, departure_reason=WHY)
    report(case, bureau, fine=LESS)
    return case
