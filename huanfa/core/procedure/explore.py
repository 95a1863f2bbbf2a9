"""Walk every path of a procedure with the engine itself, and report what must never be.

Two kinds of finding: a state without a way out (the last step can no longer be reached), and a state that breaks one of
the safety rules (safety.py), which are written over the bare list of acts and know nothing of guards.

States are kept apart by what can still matter: the steps that stand, the standing clocks and whether they have run out,
marks, outcome of the report. Calendar days as such do not count. Side tracks that only touch each other (SIDE) are
walked a few at a time: `tracks` says which are walked together with the main line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from huanfa.core.errors import NotAllowed
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Ask, Procedure, Step
from huanfa.core.procedure.engine import advance, available
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.fold import between
from huanfa.core.procedure.standing import Standing

Rule = Callable[[list[Entry], Procedure, Facts], str]


@dataclass(frozen=True)
class Scene:
    """What an exploration starts from: the facts, who signs in which slot, a first day, values worth trying per step.

    `cast` names an officer for each slot; `people` the officers' lists for asks of type officers; `variants` gives, per
    step, the fillings to try besides those that its outcomes name; `gates` are the terms whose running out matters.
    `remembered` tells what of the order of past acts the safety rules look at, so that paths are not merged across it.
    """

    facts: Facts
    cast: Mapping[str, int]
    people: Mapping[str, list[int]]
    begins: date
    variants: Mapping[str, list[dict[str, Any]]]
    gates: frozenset[str]
    skip: frozenset[str] = frozenset()
    remembered: Callable[[tuple[Entry, ...]], object] = lambda trail: None


@dataclass
class Report:
    """What an exploration saw."""

    states: int = 0
    moves: int = 0
    refused: int = 0
    dead_ends: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Node:
    standing: Standing
    day: date
    trail: tuple[Entry, ...]


def explore(
    procedure: Procedure, scene: Scene, rules: Iterable[Rule] = (), *, limit: int = 500_000, until_broken: bool = False
) -> Report:
    """Walk every reachable state. Raises RuntimeError past `limit` states, so that nothing is cut off unseen.

    `until_broken` stops at the first safety rule found broken.
    """
    report, rules = Report(), list(rules)
    start = _Node(Standing(), scene.begins, ())
    nodes = {_key(procedure, scene, start): start}
    queue, back = deque(nodes), dict[Any, list[Any]]()
    goals = []
    while queue:
        key = queue.popleft()
        node = nodes[key]
        if node.standing.ended and procedure.last in node.standing.done:
            goals.append(key)
        for after in _successors(procedure, scene, node, report, rules):
            if until_broken and report.broken:
                return report
            found = _key(procedure, scene, after)
            if found != key:
                back.setdefault(found, []).append(key)
            if found not in nodes:
                if len(nodes) >= limit:
                    raise RuntimeError(f"more than {limit} states")
                nodes[found] = after
                queue.append(found)
    report.states = len(nodes)
    reached, todo = set(goals), list(goals)
    while todo:
        for before in back.get(todo.pop(), ()):
            if before not in reached:
                reached.add(before)
                todo.append(before)
    report.dead_ends = [story(nodes[key].trail) for key in nodes if key not in reached]
    return report


def story(trail: Iterable[Entry]) -> str:
    """A path in words, for a finding: the steps in order, with the values that steered them."""
    return " → ".join(entry.step for entry in trail if entry.kind == "act") or "（起点）"


def _successors(
    procedure: Procedure, scene: Scene, node: _Node, report: Report, rules: list[Rule]
) -> Iterator[_Node]:
    facts = replace(scene.facts, today=node.day)
    for option in available(procedure, node.standing, facts, node.day):
        step = option.step
        if step.id in scene.skip or option.reasons:
            report.refused += bool(option.reasons)
            continue
        for values in fillings(step, node, scene):
            after = _act(procedure, facts, node, step, values, scene)
            if after is None:
                report.refused += 1
                continue
            report.moves += 1
            report.taken.add(step.id)
            for rule in rules:
                if fault := rule(list(after.trail), procedure, facts):
                    report.broken.append(f"{fault}：{story(after.trail)}")
            yield after
    if (later := _wait(scene, node)) is not None:
        yield replace(node, day=later)


def _act(
    procedure: Procedure, facts: Facts, node: _Node, step: Step, values: Mapping[str, Any], scene: Scene
) -> _Node | None:
    """The whole row of signatures of a step; None if the law is against it."""
    standing, trail = node.standing, node.trail
    try:
        for slot in step.signs:
            by = scene.cast[slot]
            if slot == "hearing_chair":
                by = standing.value("notify_hearing", "chair", by)
            move = advance(procedure, standing, step.id, values, by=by, on=node.day, facts=facts)
            standing, trail = move.standing, (*trail, move.entry)
    except NotAllowed:
        return None
    return _Node(standing, node.day, trail)


def _wait(scene: Scene, node: _Node) -> date | None:
    """The day after the next gate runs out (or a hearing's day); None if there is nothing to wait for."""
    days = []
    for clock in node.standing.clocks:
        if clock.runs and clock.term in scene.gates:
            ends = clock.due(scene.facts.terms[clock.term], scene.facts.calendar).due
            if ends and ends >= node.day:
                days.append(ends + timedelta(days=1))
    hearing = node.standing.day("notify_hearing", "hearing_on")
    if hearing and hearing > node.day and "hold_hearing" not in node.standing.done:
        days.append(hearing)
    return min(days, default=None)


def _key(procedure: Procedure, scene: Scene, node: _Node) -> Any:
    standing = node.standing
    quiet = _quiet(procedure)
    done = frozenset(one for one in standing.done if one not in quiet)
    evidence = any(procedure.step(one).gathers_evidence for one in standing.done)
    clocks = frozenset(
        (clock.term, clock.ended, clock.stands_still, _past(scene, clock, node.day))
        for clock in standing.clocks
        if clock.term in scene.gates and clock.ended != "cancelled"
    )
    hearing = standing.day("notify_hearing", "hearing_on")
    arrived = bool(hearing) and "hold_hearing" not in standing.done and (node.day > hearing) - (node.day < hearing)  # type: ignore[operator]
    report = standing.done.get("report_investigation")
    proposal = (report.values.get("proposal"), report.values.get("fine"), tuple(report.values.get("kinds", ()))) if report else ()
    money = (standing.paid >= standing.owed, standing.value("annul", "result"), standing.value("recheck_correction", "corrected"))
    holds = frozenset(hold.id for hold in procedure.holds if hold.after and between(standing, hold))
    past = scene.remembered(node.trail)
    return done, evidence, clocks, arrived, proposal, money, holds, frozenset(standing.marks), standing.ended, past


def _past(scene: Scene, clock: Any, day: date) -> bool:
    return bool(clock.runs and clock.due(scene.facts.terms[clock.term], scene.facts.calendar).elapsed(day))


_QUIET: dict[int, frozenset[str]] = {}


def _quiet(procedure: Procedure) -> frozenset[str]:
    """Steps that no other step, hold or undoing mentions: having taken them changes nothing of what can come."""
    found = _QUIET.get(id(procedure))
    if found is None:
        named: set[str] = set()
        for step in procedure.steps.values():
            named |= {one for either in step.after for one in either} | step.before | set(step.undoes)
        for hold in procedure.holds:
            named |= {hold.after, *hold.until}
        found = frozenset(one for one, step in procedure.steps.items() if one not in named and step.repeats)
        _QUIET[id(procedure)] = found
    return found


def fillings(step: Step, node: _Node, scene: Scene) -> list[dict[str, Any]]:
    """The ways to fill in a step that are worth telling apart: each outcome it names, each variant of the scene."""
    steering = {one.value: set() for one in step.outcomes if one.value}  # type: dict[str, set[Any]]
    for ask in step.asks:
        if ask.id in steering:
            steering[ask.id] = {True, False} if ask.type == "bool" else {key for key, _ in ask.choices}
    choices = [[(key, value) for value in sorted(values, key=str)] for key, values in steering.items()]
    out = []
    for chosen in product(*choices):
        for variant in scene.variants.get(step.id, [{}]):
            values = {**dict(chosen), **variant}
            out.append({**_plain(step, values, node, scene), **values})
    return out


def _plain(step: Step, given: Mapping[str, Any], node: _Node, scene: Scene) -> dict[str, Any]:
    """A plain filling for whatever is asked and not given."""
    values: dict[str, Any] = dict(given)
    for ask in step.asks:
        if ask.id in values or ask.optional or not ask.applies(values):
            continue
        values[ask.id] = _sample(ask, node.day, scene)
    return values


def _sample(ask: Ask, day: date, scene: Scene) -> Any:
    samples: dict[str, Any] = {
        "text": "示例", "longtext": "示例", "date": day.isoformat(), "bool": True, "int": 1, "money": 100, "regime": "conduct",
        "offence": scene.facts.offence.id if scene.facts.offence else "", "penalties": ["warning"], "tier": "",
        "choice": ask.choices[0][0] if ask.choices else "",
        "checks": [key for key, _ in ask.choices],
        "rows": [{key: "示例" for key, _ in ask.columns}],
        "officers": scene.people.get(ask.id, scene.people["officers"]),
        "officer": scene.people.get(ask.id, scene.people["officers"])[0],
    }
    if ask.type == "datetime":
        return f"{day.isoformat()}T{'10:00' if ask.id.startswith('ended') else '09:00'}"
    return samples[ask.type]


def node(standing: Standing, day: date) -> _Node:
    """A place to fill in a step from, without a trail."""
    return _Node(standing, day, ())


__all__ = ["Report", "Scene", "explore", "fillings", "node", "story"]
