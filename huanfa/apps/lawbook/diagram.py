"""A procedure drawn from its own data: steps become boxes in a lane for each stage, `after` and `undoes` become lines.

A pure function: steps → positions. The words of the drawing (SVG) are in templates/lawbook/_diagram.html.

Steps that follow one another inside a lane stand in a row; the rest fill the lane. Lines run in the gutters between the
boxes only. All lines from one step share their way, like a bus; so do all lines that send back to one step (by the left
margin), and those that lead from many stages to one (by the right margin).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from huanfa.core.procedure.definition import Procedure, Step

COLUMNS = 6
BOX_WIDTH, BOX_HEIGHT = 146, 46
GUTTER, ROW_GAP = 22, 26
LABEL, LEFT, RIGHT = 60, 38, 22  # the lane's title, room for lines that send back, room for lines past whole lanes
LANE_PAD = 18
ONE_LINE, LETTERS, LANE_LETTERS = 10, 11, 4  # of a title alone in a box, in each of two lines, in a line of a lane
TRACKS, APART = 5, 3  # lines side by side in one gutter, and how far from one another
MANY = 4  # a step that so many lead to from other stages is reached by the right margin


@dataclass(frozen=True)
class Box:
    """A step: where it stands, its title in lines, and how it stands in a case (done · near · "")."""

    id: str
    x: int
    y: int
    lines: tuple[str, ...]
    title: str
    repeats: bool
    ends: bool
    state: str

    @property
    def words(self) -> str:
        """The state as a word."""
        return {"done": "已办", "near": "轮到"}.get(self.state, "")


@dataclass(frozen=True)
class Lane:
    """The band of a stage."""

    id: str
    title: str
    y: int
    height: int
    current: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The title as it fits beside the lane."""
        return tuple(self.title[at : at + LANE_LETTERS] for at in range(0, len(self.title), LANE_LETTERS))


@dataclass(frozen=True)
class Line:
    """A line between steps: `after` (solid) or `undoes` (dashed). Dashes of several lines are drawn as one, with one tip."""

    kind: str
    starts: tuple[str, ...]
    end: str
    path: str


@dataclass(frozen=True)
class Diagram:
    """Everything that is drawn, in a space of width × height; all boxes have one size."""

    width: int
    height: int
    box_width: int
    box_height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(procedure: Procedure, *, done: Collection[str] = (), near: Collection[str] = (), stage: str = "") -> Diagram:
    """Lay out a procedure. `done` and `near` are the steps of a case that stand and whose turn it is, `stage` its stage."""
    lanes, boxes, top = [], {}, 0
    for stage_id, title in procedure.stages:
        places = _places([step for step in procedure.steps.values() if step.stage == stage_id])
        rows = 1 + max((row for row, _ in places.values()), default=0)
        height = 2 * LANE_PAD + rows * BOX_HEIGHT + (rows - 1) * ROW_GAP
        lanes.append(Lane(stage_id, title, top, height, stage_id == stage))
        for step_id, (row, column) in places.items():
            state = "done" if step_id in done else "near" if step_id in near else ""
            y = top + LANE_PAD + row * (BOX_HEIGHT + ROW_GAP)
            boxes[step_id] = _box(procedure.step(step_id), _left(column), y, state)
        top += height
    width = _left(COLUMNS) - GUTTER + RIGHT
    return Diagram(
        width, top, BOX_WIDTH, BOX_HEIGHT, tuple(lanes), tuple(boxes.values()), tuple(_lines(procedure, boxes))
    )


def _left(column: int) -> int:
    return LABEL + LEFT + column * (BOX_WIDTH + GUTTER)


def _box(step: Step, x: int, y: int, state: str) -> Box:
    return Box(step.id, x, y, _wrapped(step.title), step.title, step.repeats, bool(step.ends), state)


def _wrapped(title: str) -> tuple[str, ...]:
    """A title in one line, or in two of about the same length; a bracket is not torn off what it belongs to."""
    if len(title) <= ONE_LINE:
        return (title,)
    middle = (len(title) + 1) // 2
    cuts = [at for at in range(1, len(title)) if title[at] not in "）、，；" and title[at - 1] not in "（"]
    preferred = [at for at in cuts if title[at] == "（" or title[at - 1] in "，、）"]
    fitting = [at for at in preferred if max(at, len(title) - at) <= LETTERS] or cuts
    at = min(fitting, key=lambda one: abs(one - middle))
    return title[:at], title[at:]


# ── where the boxes stand ───────────────────────────────────────────────────────────────────────────────────────────


def _places(steps: list[Step]) -> dict[str, tuple[int, int]]:
    """Row and column of each step of a lane: groups that hang together first, as small trees; then the others."""
    here = {step.id for step in steps}
    parents = {step.id: next((one for either in step.after for one in either if one in here), "") for step in steps}
    trees = [_tree(step.id, parents) for step in steps if not parents[step.id]]
    places: dict[str, tuple[int, int]] = {}
    row = column = height = 0
    for tree in sorted(trees, key=lambda one: len(one) == 1):
        wide = 1 + max(place[1] for place in tree.values())
        if column + wide > COLUMNS:
            row, column, height = row + height, 0, 0
        places |= {one: (row + down, column + right) for one, (down, right) in tree.items()}
        column += wide
        height = max(height, 1 + max(place[0] for place in tree.values()))
    return {step.id: places[step.id] for step in steps}


def _tree(root: str, parents: dict[str, str]) -> dict[str, tuple[int, int]]:
    """A step and what follows it in the lane: the first one beside it, the others below; cut off at the last column."""
    places: dict[str, tuple[int, int]] = {}

    def put(step: str, row: int, column: int) -> int:
        """Place a branch; return the next free row."""
        places[step] = (row, min(column, COLUMNS - 1))
        branches = [one for one, parent in parents.items() if parent == step]
        longest = sorted(branches, key=lambda one: -_depth(one, parents))
        for branch in longest:
            row = put(branch, row, column + 1)
        return row + (not branches)

    put(root, 0, 0)
    return places


def _depth(step: str, parents: dict[str, str]) -> int:
    return 1 + max((_depth(one, parents) for one, parent in parents.items() if parent == step), default=0)


# ── how the lines run ───────────────────────────────────────────────────────────────────────────────────────────────


def _lines(procedure: Procedure, boxes: dict[str, Box]) -> Iterable[Line]:
    forward = [(one, step.id) for step in procedure.steps.values() for either in step.after for one in either]
    back = [(step.id, one) for step in procedure.steps.values() for one in _undone(step)]
    track = {start: n % TRACKS for n, start in enumerate(dict.fromkeys(start for start, _ in forward))}
    from_afar = Counter(end for start, end in forward if _stage(procedure, start) != _stage(procedure, end))
    for start, end in forward:
        past = from_afar[end] >= MANY
        path = _round(boxes[start], boxes[end]) if past else _forward(boxes[start], boxes[end], track[start])
        yield Line("after", (start,), end, path)
    near = [(start, end) for start, end in back if _beside(boxes[start], boxes[end])]
    for start, end in near:
        yield Line("undoes", (start,), end, _hop(boxes[start], boxes[end]))
    afar = [pair for pair in back if pair not in near]
    for n, end in enumerate(dict.fromkeys(end for _, end in afar)):
        starts = tuple(start for start, other in afar if other == end)
        yield Line("undoes", starts, end, _back([boxes[one] for one in starts], boxes[end], n))


def _undone(step: Step) -> list[str]:
    named = [*step.undoes, *(one for outcome in step.outcomes for one in outcome.undoes)]
    return [one for one in dict.fromkeys(named) if one != step.id]


def _stage(procedure: Procedure, step_id: str) -> str:
    return procedure.step(step_id).stage


def _beside(one: Box, other: Box) -> bool:
    """Whether nothing stands between two boxes: neighbours in a row or in a column of one lane."""
    along = one.y == other.y and abs(one.x - other.x) == BOX_WIDTH + GUTTER
    return along or (one.x == other.x and abs(one.y - other.y) == BOX_HEIGHT + ROW_GAP)


def _forward(start: Box, end: Box, track: int) -> str:
    """To the right-hand neighbour straight; else down from the start, along the gutters, and into the top of the end."""
    side, shift = start.y + BOX_HEIGHT // 2, (track - TRACKS // 2) * APART
    if start.y == end.y and _beside(start, end) and start.x < end.x:
        return f"M{start.x + BOX_WIDTH} {side}H{end.x}"
    if end.y <= start.y:  # a branch that stands higher: by the gutter before it
        return f"M{start.x + BOX_WIDTH} {side}H{end.x - GUTTER // 2 + shift}V{end.y + BOX_HEIGHT // 2}H{end.x}"
    out, into = start.x + BOX_WIDTH // 2 + shift, end.x + BOX_WIDTH // 2 + shift
    below = start.y + BOX_HEIGHT + 6 + 2 * track
    if end.y - start.y <= BOX_HEIGHT + ROW_GAP + 2 * LANE_PAD:  # the row below
        return f"M{out} {start.y + BOX_HEIGHT}V{below}H{into}V{end.y}"
    return f"M{out} {start.y + BOX_HEIGHT}V{below}H{end.x - GUTTER // 2 + shift}V{end.y - 10}H{into}V{end.y}"


def _round(start: Box, end: Box) -> str:
    """By the right margin, past whole lanes."""
    out, margin = start.x + BOX_WIDTH - 16, _left(COLUMNS) - GUTTER + RIGHT // 2
    return f"M{out} {start.y + BOX_HEIGHT}V{start.y + BOX_HEIGHT + 17}H{margin}V{end.y - 9}H{end.x + BOX_WIDTH - 30}V{end.y}"


def _hop(start: Box, end: Box) -> str:
    """To a neighbour over its top, or straight down or up to it."""
    if start.x == end.x:
        a, b = (start.y + BOX_HEIGHT, end.y) if start.y < end.y else (start.y, end.y + BOX_HEIGHT)
        return f"M{start.x + 30} {a}V{b}"
    a, b, y = start.x + BOX_WIDTH // 2 + 30, end.x + BOX_WIDTH // 2 + 30, start.y - 7
    return f"M{a} {start.y}V{y}H{b}V{end.y}"


def _back(starts: list[Box], end: Box, track: int) -> str:
    """By the left margin, where each step that is sent back to has a way for itself, into its bottom."""
    margin, into = LABEL + 4 + track * 7, end.y + BOX_HEIGHT
    rise, foot = 9 + 4 * track, into + 6 + 4 * track
    heights = [box.y - rise for box in starts]
    parts = []
    for height in dict.fromkeys(heights):
        row = [box for box in starts if box.y - rise == height]
        parts += [f"M{box.x + 16 + 8 * track} {box.y}V{height}" for box in row]
        parts.append(f"M{max(box.x for box in row) + 16 + 8 * track} {height}H{margin}")
    parts.append(f"M{margin} {min(*heights, foot)}V{max(*heights, foot)}")
    return "".join([*parts, f"M{margin} {foot}H{end.x + 16 + 8 * track}V{into}"])
