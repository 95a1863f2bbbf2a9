"""A case in memory for tests of the engine: `Story().take("file", …)` signs in every slot, with plain fillings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from huanfa.core import rulebook
from huanfa.core.ledger.entry import Entry, sealed
from huanfa.core.procedure.engine import Move, advance, available
from huanfa.core.procedure.explore import Scene, fillings, node
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.scenes import CAST, GATES, PEOPLE, RECORDS, VARIANTS, cast, offence
from huanfa.core.procedure.standing import Standing

BOOK = rulebook.load("jianghan-demo")
ORDINARY = BOOK.procedure("ordinary", date(2024, 3, 4))


def plain(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Settings without those that ask for a worksheet or the no-fine list."""
    return {key: setting for key, setting in settings.items() if key not in RECORDS}


class Story:
    """One case from its lead on. `day` is where the story has come to; `take` moves it on."""

    def __init__(self, day: date = date(2024, 3, 4), **facts: object):
        settings, titles = plain(BOOK.settings_on(day)), {"law": "示例法"}
        self.facts = Facts(date(2026, 11, 24), BOOK.calendar, BOOK.terms, settings, cast(), "organisation", offence(), titles)
        self.facts = replace(self.facts, **facts)
        self.day, self.standing, self.entries = day, Standing(), list[Entry]()

    def take(self, step: str, on: date | None = None, *, by: dict[str, int] | None = None, **values: object) -> Move:
        """Take a step through all its signatures; unnamed values are filled in plainly."""
        self.day = on or self.day
        variant = {**VARIANTS.get(step, [{}])[0], **values}
        scene = Scene(self.facts, {**CAST, **(by or {})}, PEOPLE, self.day, {step: [variant]}, GATES)
        filled = fillings(ORDINARY.step(step), node(self.standing, self.day), scene)[-1 if step in PASSING else 0]
        filled = {**filled, **PASSING.get(step, {}), **values}
        move = None
        for slot in ORDINARY.step(step).signs:
            move = self.sign(step, filled, by=scene.cast[slot])
        assert move is not None
        return move

    def sign(self, step: str, values: dict, *, by: int, on: date | None = None, **more: object) -> Move:
        """One signature only."""
        move = advance(ORDINARY, self.standing, step, values, by=by, on=on or self.day, facts=self.facts, **more)
        prev = self.entries[-1].hash if self.entries else "0" * 64
        self.entries.append(sealed(move.entry, prev=prev, recorded_at=f"{self.day}T09:00:00+08:00"))
        self.standing = move.standing
        return move

    def later(self, days: int) -> date:
        """Let days pass."""
        self.day += timedelta(days=days)
        return self.day

    def options(self, on: date | None = None) -> dict:
        """What is near, by step id."""
        return {one.step.id: one for one in available(ORDINARY, self.standing, self.facts, on or self.day)}


# The outcome that lets a case go on, where a step has several.
PASSING = {
    "examine": {"result": "pass"},
    "legal_review": {"opinion_kind": "agree"},
    "discuss": {"conclusion_kind": "agree"},
    "review_defence": {"result": "keep"},
    "report_hearing": {"result": "keep"},
    "collect_evidence": {"changes_facts": False},
    "record_defence": {"new_evidence": False},
    "waive_defence": {"hearing_too": True},
    "recheck_correction": {"corrected": True},
}

ROUTE = ["register_lead", "file", "inspect_site", "report_investigation", "examine", "approve_notice", "serve_notice"]


def a_case(at: str = "serve_notice", *, major: bool = False, **facts: object) -> Story:
    """A case that has come as far as `at` along the plain route (… serve_notice, review, discuss)."""
    story = Story(**facts)
    for step in [*ROUTE, "legal_review", "discuss"]:
        values = VARIANTS["report_investigation"][1 if major else 0] if step == "report_investigation" else {}
        if step == "serve_notice":
            story.take(step, service_mode="direct")
        else:
            story.take(step, **values)
        if step == at:
            break
    return story
