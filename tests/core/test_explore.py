"""Every path of every procedure is walked: none without a way out, none past a safeguard; and planted faults are found."""

from dataclasses import replace
from datetime import date

import pytest

from huanfa.core import rulebook
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.explore import explore
from huanfa.core.procedure.scenes import TRACKS, scenes

BOOK = rulebook.load("jianghan-demo")
DAY = date(2024, 3, 4)
ORDINARY = BOOK.procedure("ordinary", DAY)


def all_scenes(procedure: Procedure) -> dict:
    return {name: (scene, rules) for name, scene, rules in scenes(procedure, BOOK.terms, BOOK.calendar, BOOK.settings_on(DAY))}


SCENES = all_scenes(ORDINARY)


@pytest.mark.parametrize("name", SCENES)
def test_no_path_is_a_dead_end_and_none_breaks_a_safeguard(name):
    scene, rules = SCENES[name]

    report = explore(ORDINARY, scene, rules)

    assert report.states > 2000
    assert report.dead_ends == []
    assert report.broken == []
    assert report.taken >= frozenset(ORDINARY.steps) - scene.skip


def test_every_step_of_the_procedure_is_walked_in_some_scene():
    walked = frozenset(ORDINARY.steps) - frozenset.intersection(*(scene.skip for scene, _ in SCENES.values()))

    assert frozenset(ORDINARY.steps) - walked == {"inspect_site", "interview"}


def without(step: str, **changed: object) -> Procedure:
    """The procedure with a fault planted in one step."""
    steps = dict(ORDINARY.steps)
    steps[step] = replace(steps[step], **changed)
    return replace(ORDINARY, steps=steps)


def alone(track: str) -> tuple:
    """One side track with the main line."""
    scene, rules = SCENES["extending"]
    return replace(scene, skip=(scene.skip | TRACKS["extending"]) - TRACKS[track]), rules


def needs_less(step: str, *guards: str) -> Procedure:
    return without(step, needs=tuple(one for one in ORDINARY.step(step).needs if one not in guards))


def undoes_less(step: str, *undone: str) -> Procedure:
    return without(step, undoes=tuple(one for one in ORDINARY.step(step).undoes if one not in undone))


PLANTED = [
    (needs_less("decide", "defence_over_or_waived"), "hearing", "陈述申辩期未满"),
    (needs_less("decide", "reviewed_where_required"), "hearing", "未经法制审核"),
    (needs_less("decide", "discussed_where_required"), "hearing", "未讨论即作决定"),
    (needs_less("decide", "hearing_over_or_waived"), "hearing", "未听证即作决定"),
    (undoes_less("collect_evidence", "legal_review"), "testing", "未重新审核"),
    (undoes_less("record_defence", "discuss"), "testing", "未重新讨论"),
    (replace(ORDINARY, holds=tuple(h for h in ORDINARY.holds if h.id != "preserved_overdue")), "preserving", "逾期未处理"),
]


@pytest.mark.parametrize(("procedure", "scene", "finding"), PLANTED, ids=[finding for _, _, finding in PLANTED])
def test_the_walk_finds_a_planted_fault(procedure, scene, finding):
    report = explore(procedure, *alone(scene), until_broken=True)

    assert any(finding in broken for broken in report.broken)


def test_the_walk_finds_a_state_without_a_way_out():
    steps = dict(ORDINARY.steps)
    del steps["dispose_preserved"]
    stuck = replace(ORDINARY, steps=steps)

    report = explore(stuck, *alone("preserving"))

    assert any("preserve_evidence" in path for path in report.dead_ends)
