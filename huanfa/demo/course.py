"""The course of a demonstration case as a list of turns: which step on which working day after the discovery.

Nothing is done here. A plan says what is special about a case; whether the law allows it is for the engine to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Plan:
    """One case: its story, trade and first day, what is proposed, and what is out of the ordinary about it.

    `defence`: waived, argued, silent, heard. `returned`: examiner, legal. `fine` in yuan. `refused` maps a step to
    (how many had signed before, the words of refusal). `conduct` are the first and the last day of the conduct; `since`
    alone: it went on until it was found. `scale` goes over what the matter says for its worksheet; `approved` are the
    head's words on a departure, `apology` the part of the fine that a public apology takes off, `rechecked`: the
    correction was looked at before the report.
    """

    matter: str
    trade: str
    found: date
    kinds: tuple[str, ...] = ("fine",)
    fine: int = 0
    defence: str = "waived"
    source: str = "site"
    pair: tuple[str, str] = ("chenliben", "liwenlan")
    leader: str = "gaoyuanshan"
    reviewer: str = "luoshenzhi"
    returned: str = ""
    panel: bool = False
    suspended: bool = False
    extended: bool = False
    tested: bool = False
    preserved: bool = False
    electronic: bool = False
    proposal: str = "penalty"
    regime: str = "conduct"
    regime_reason: str = ""
    milder: str = ""
    conduct: tuple[date, date] | None = None
    since: date | None = None
    scale: Mapping[str, Any] = field(default_factory=dict)
    approved: str = ""
    apology: str = ""
    rechecked: bool = False
    units: int = 0
    slow: int = 0
    unpaid: bool = False
    refused: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def rechecks_early(self) -> bool:
        """Whether what was ordered is looked at before the report: letting off, and an apology, rest on the correction."""
        return self.rechecked or bool(self.apology) or self.proposal == "no_penalty"


@dataclass(frozen=True)
class Turn:
    """A step, or a record that is none, `day` working days after the discovery. `signatures` short of all leaves it
    waiting for the next."""

    step: str
    day: int
    given: Mapping[str, Any] = field(default_factory=dict)
    signatures: int | None = None


def course(plan: Plan) -> list[Turn]:
    """The whole course of a plan that ends in a decision, from the lead to the archive."""
    return [*_investigation(plan), *_from_report(plan)]


def until(turns: Iterable[Turn], step: str, *, signatures: int | None = None) -> list[Turn]:
    """The course up to and including the last turn of `step`."""
    rows = list(turns)
    last = max(place for place, turn in enumerate(rows) if turn.step == step)
    return [*rows[:last], replace(rows[last], signatures=signatures)]


def _investigation(plan: Plan) -> Iterator[Turn]:
    yield Turn("register_lead", 0 if plan.source == "site" else 1)
    yield Turn("check_no_fine", 3)
    yield Turn("file", 3)
    yield Turn("inspect_site", 4)
    if plan.tested:
        yield Turn("entrust_test", 4)
    yield Turn("interview", 5)
    if plan.preserved:
        yield Turn("preserve_evidence", 5)
    yield Turn("confirm_address", 5, {"electronic": plan.electronic})
    if not plan.tested:
        yield Turn("collect_evidence", 6)
    yield Turn("order_correction", 7)
    if plan.preserved:
        yield Turn("dispose_preserved", 9)
    if plan.suspended:
        yield Turn("suspend", 10)
        yield Turn("resume", 22)
    if plan.tested:
        yield Turn("tell_test_result", 13)
        yield Turn("collect_evidence", 13)      # the report of the test is among it
    if plan.rechecks_early:
        yield Turn("recheck_correction", 15 + 14 * plan.suspended)
    if plan.apology:
        yield Turn("collect_evidence", 17 + 14 * plan.suspended, {"apology": True})


def _from_report(plan: Plan) -> Iterator[Turn]:
    day = 9 + 5 * plan.tested + 14 * plan.suspended + 9 * plan.rechecks_early + plan.slow
    yield Turn("check_no_fine", day)
    if plan.fine:
        yield Turn("weigh", day)
    yield Turn("report_investigation", day)
    if plan.returned == "examiner":
        yield Turn("examine", day + 2, {"result": "return"})
        yield Turn("report_investigation", day + 5, {"again": True})
        day += 5
    yield Turn("examine", day + 2)
    if plan.returned == "legal":
        yield Turn("legal_review", day + 3, {"opinion_kind": "improve"})
        yield Turn("report_investigation", day + 6, {"again": True})
        yield Turn("examine", day + 7)
        day += 5
    if plan.approved:
        yield Turn("approve_departure", day + 3)
    if plan.extended:
        yield Turn("extend_decision", day + 3)
        day += 12
    yield Turn("approve_notice", day + 3)
    yield Turn("serve_notice", day + 4)
    day += 4
    if plan.defence == "waived":
        yield Turn("waive_defence", day + 2)
        day += 2
    elif plan.defence == "argued":
        yield Turn("record_defence", day + 3)
        yield Turn("review_defence", day + 5)
        day += 6
    elif plan.defence == "heard":
        yield Turn("request_hearing", day + 3)
        yield Turn("notify_hearing", day + 4)
        yield Turn("hold_hearing", day + 13)
        yield Turn("report_hearing", day + 15)
        day += 15
    else:
        day += 6
    yield Turn("legal_review", day + 1)
    if plan.panel:
        yield Turn("discuss", day + 2)
        day += 1
    decision = "decide" if plan.proposal == "penalty" else "decide_no_penalty"
    yield Turn(decision, day + 3)
    yield from _carried_out(plan, day + 3)


def _carried_out(plan: Plan, day: int) -> Iterator[Turn]:
    yield Turn("serve_decision", day + 1)
    yield Turn("publish", day + 3 + day % 3)
    if plan.proposal == "penalty" and plan.unpaid:
        yield Turn("urge", day + 132)
        return
    if plan.fine:
        yield Turn("record_payment", day + 3 + day % 3)
    if not plan.rechecks_early:
        yield Turn("recheck_correction", day + 13)
    yield Turn("close", day + 15)
    yield Turn("archive", day + 19)
