"""The drawing of a procedure says what its data says, and can be read: nothing lies on anything else."""

import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from huanfa.apps.lawbook.diagram import BOX_HEIGHT, BOX_WIDTH, LETTERS, draw
from huanfa.core import rulebook
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.procedure.guards.words import SENTENCES

PROCEDURES = rulebook.load("jianghan-demo").procedures
ORDINARY = rulebook.load("jianghan-demo").procedure("ordinary", date(2026, 11, 24))


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.id)
def test_every_step_has_one_box_in_the_lane_of_its_stage(procedure):
    drawn = draw(procedure)
    lanes = {lane.id: lane for lane in drawn.lanes}

    assert sorted(box.id for box in drawn.boxes) == sorted(procedure.steps)
    for box in drawn.boxes:
        lane = lanes[procedure.step(box.id).stage]
        assert lane.y < box.y and box.y + BOX_HEIGHT < lane.y + lane.height
        assert box.x >= 0 and box.x + BOX_WIDTH <= drawn.width


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.id)
def test_no_box_lies_on_another_and_no_title_runs_out_of_its_box(procedure):
    drawn = draw(procedure)

    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
    for box in drawn.boxes:
        assert "".join(box.lines) == box.title
        assert len(box.lines) <= 2 and all(len(line) <= LETTERS for line in box.lines)


def test_every_arrow_of_the_data_is_drawn_and_no_other():
    wanted = {(one, step.id) for step in ORDINARY.steps.values() for either in step.after for one in either}
    back = {
        (step.id, one)
        for step in ORDINARY.steps.values()
        for one in (*step.undoes, *(gone for outcome in step.outcomes for gone in outcome.undoes))
        if one != step.id
    }

    lines = draw(ORDINARY).lines

    assert {(start, line.end) for line in lines if line.kind == "after" for start in line.starts} == wanted
    assert {(start, line.end) for line in lines if line.kind == "undoes" for start in line.starts} == back


def test_lines_run_between_the_boxes_and_never_through_one():
    drawn = draw(ORDINARY)

    for line in drawn.lines:
        others = [box for box in drawn.boxes if box.id not in (*line.starts, line.end)]
        for a, b in segments(line.path):
            assert not [box.id for box in others if crosses(a, b, box)], (line.kind, line.starts, line.end)


def test_steps_done_and_steps_near_are_marked_and_the_stage_of_the_case_too():
    drawn = draw(ORDINARY, done={"register_lead"}, near={"file", "decline"}, stage="lead")

    states = {box.id: box.state for box in drawn.boxes}
    assert states["register_lead"] == "done" and states["file"] == states["decline"] == "near" and states["close"] == ""
    assert [lane.id for lane in drawn.lanes if lane.current] == ["lead"]


def test_a_stage_without_steps_is_an_empty_lane():
    procedure = replace(ORDINARY, stages=(*ORDINARY.stages, ("later", "以后")))

    assert draw(procedure).lanes[-1].title == "以后"


def test_every_condition_is_said_in_chinese():
    assert set(SENTENCES) == set(GUARDS)
    assert all(re.search(r"[\u4e00-\u9fff]", sentence) for sentence in SENTENCES.values())


def segments(path: str):
    """The straight pieces of a path of M, H and V."""
    x = y = 0
    for command, numbers in re.findall(r"([MHV])([-\d ]+)", path):
        values = [int(one) for one in numbers.split()]
        before = (x, y)
        if command == "M":
            x, y = values
            continue
        x, y = (values[0], y) if command == "H" else (x, values[0])
        yield before, (x, y)


def crosses(a: tuple[int, int], b: tuple[int, int], box) -> bool:
    left, right, top, bottom = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    return left < box.x + BOX_WIDTH and right > box.x and top < box.y + BOX_HEIGHT and bottom > box.y
