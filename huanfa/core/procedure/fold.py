"""Where a case stands: entries folded in their order (`stand`, `after`), with what each step brings about.

A step that is sent back undoes a step before it and, worked out from the graph, everything that came after that one; the
periods these opened are cancelled with them. Nothing here asks whether a step may be taken, and nothing knows the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from huanfa.core.calendar.terms import Pause
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Hold, Opens, Outcome, Procedure, Step
from huanfa.core.procedure.people import SLOTS
from huanfa.core.procedure.standing import Clock, Done, Signature, Standing, Waiting, day_of, end_pauses, with_person

NAMES_INVESTIGATORS = ("officers", "handlers")


def stand(procedure: Procedure, entries: Iterable[Entry]) -> Standing:
    """Fold entries, in their order, into where the case stands."""
    standing = Standing()
    for entry in entries:
        standing = after(procedure, standing, entry)
    return standing


def after(procedure: Procedure, standing: Standing, entry: Entry) -> Standing:
    """Return the standing after one more entry."""
    if entry.kind == "register":
        kept = {**standing.registered, entry.step: Done(entry.step, entry.seq, entry.on, entry.values)}
        return replace(standing, seq=entry.seq, last_on=max(entry.on, standing.last_on or entry.on), registered=kept)
    step = procedure.step(entry.step)
    before = standing.waiting.get(entry.step)
    rest = {key: row for key, row in standing.waiting.items() if key != entry.step}
    if entry.kind == "refuse":
        return replace(standing, waiting=rest, seq=entry.seq)
    values = before.values if before else entry.values
    signature = Signature(entry.by.slot, entry.by.id, entry.by.name, entry.on, entry.opinion)
    signed = (*(before.signed if before else ()), signature)
    capacity = SLOTS[entry.by.slot].capacity
    people = with_person(standing.people, capacity, frozenset({entry.by.id}))
    if entry.kind == "sign":
        rest[entry.step] = Waiting(entry.step, entry.seq, values, signed)
        return replace(standing, waiting=rest, people=people, seq=entry.seq, stage=standing.stage or step.stage)
    marks = {mark: by for mark, by in standing.marks.items() if by != entry.step}
    now = Done(entry.step, entry.seq, entry.on, values)
    standing = replace(
        standing, waiting=rest, people=people, seq=entry.seq, done={**standing.done, entry.step: now}, marks=marks,
        last_on=max(entry.on, standing.last_on or entry.on),
    )
    return _take_effect(procedure, standing, step, now, tuple(entry.values.get("_opens", ())))


def papers_of(standing: Standing, step: Step, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The papers a step draws up, given what is filled in and what is known of the case."""
    extra = [paper for one in step.outcomes if one.papers and applies(one, standing, values) for paper in one.papers]
    return (*step.papers, *extra)


def between(standing: Standing, hold: Hold) -> bool:
    """Whether the case stands still between the two steps of a hold."""
    begun = standing.done.get(hold.after)
    return begun is not None and not any(one in standing.done and standing.done[one].seq > begun.seq for one in hold.until)


# ── what a step brings about ────────────────────────────────────────────────────────────────────────────────────────


def _take_effect(
    procedure: Procedure, standing: Standing, step: Step, now: Done, opened: tuple[str, ...]
) -> Standing:
    """Put a step into force: people, clocks, marks; then undo what it sends back."""
    values, on = now.values, now.on
    outcomes = [one for one in step.outcomes if applies(one, standing, values)]
    marks = {**standing.marks, **{one.marks: step.id for one in outcomes if one.marks}}
    clocks = list(standing.clocks)
    for change in step.closes:
        _close(clocks, change.term, day_of(values.get(change.start)) or on, step.id)
    for change in step.extends:
        by = change.by or int(values.get(change.by_value) or 0)
        _each(clocks, change.term, lambda clock, by=by: replace(clock, extended_by=clock.extended_by + by))
    for change in step.pauses:
        _each(clocks, change.term, lambda clock, why=change.reason: _pause(clock, on, why, step.id))
    for change in step.resumes:
        until = day_of(values.get(change.start)) or on
        _each(clocks, change.term, lambda clock, until=until, why=change.reason: end_pauses(clock, until, reason=why))
    for opens in step.opens:
        if _opens_now(opens, values, opened):
            clocks.append(Clock(opens.term, day_of(values.get(opens.start)) or on, step.id, now.seq))
    for outcome in outcomes:
        for term in outcome.closes:
            _close(clocks, term, on, step.id)
        clocks += [Clock(o.term, day_of(values.get(o.start)) or on, step.id, now.seq) for o in outcome.opens]
    standing = replace(
        standing, clocks=tuple(clocks), marks=marks, stage=step.stage, ended=step.ends or standing.ended,
        paid=standing.paid + (int(values.get("amount") or 0) if step.id == "record_payment" else 0),
        **_people(standing, step, values),
    )
    undone = {*step.undoes, *(one for outcome in outcomes for one in outcome.undoes)} & set(standing.done)
    return _undo(procedure, standing, undone - ({step.id} if step.id in step.undoes else set()), on) if undone else standing


def _undo(procedure: Procedure, standing: Standing, undone: set[str], on: date) -> Standing:
    """Undo steps and everything that no longer stands without them; cancel what they opened, reopen what they closed."""
    left = {key: one for key, one in standing.done.items() if key not in undone}
    gone = set(undone)
    while falling := [key for key in left if not procedure.still_stands(procedure.step(key), left)]:
        for key in falling:
            del left[key]
        gone |= set(falling)
    clocks = []
    for clock in standing.clocks:
        if clock.opened_by in gone and clock.ended != "cancelled" and _last_act(standing, clock):
            clock = replace(clock, ended="cancelled", closed_on=on, closed_by="")
        elif clock.closed_by in gone and clock.ended == "closed":
            clock = replace(clock, ended="", closed_on=None, closed_by="")
        clocks.append(end_pauses(clock, on, by=frozenset(gone)))
    waiting = {key: row for key, row in standing.waiting.items() if procedure.still_stands(procedure.step(key), left)}
    marks = {mark: by for mark, by in standing.marks.items() if by not in gone}
    stage = max((one for one in left.values()), key=lambda one: one.seq).step if left else ""
    return replace(
        standing, done=left, clocks=tuple(clocks), waiting=waiting, marks=marks,
        stage=procedure.step(stage).stage if stage else "",
    )


def _last_act(standing: Standing, clock: Clock) -> bool:
    """Whether the clock was opened by the act of its step that is being undone (an earlier one was undone before)."""
    done = standing.done.get(clock.opened_by)
    return done is not None and clock.seq == done.seq


def _people(standing: Standing, step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """Remember who acted as what, the handlers named, and who was recused."""
    people, handlers, recused = standing.people, standing.handlers, standing.recused
    for key in NAMES_INVESTIGATORS:
        if key in values:
            people = with_person(people, "investigator", frozenset(values[key]))
    if "handlers" in values:
        handlers = frozenset(values["handlers"])
    if "voters" in values:
        people = with_person(people, "voter", frozenset(values["voters"]))
    if "chair" in values:
        people = with_person(people, "hearing_chair", frozenset({values["chair"]}))
    if step.id == "recuse" and values.get("upheld"):
        recused = recused | {values["officer"]}
        handlers = handlers - recused
    return {"people": people, "handlers": handlers, "recused": recused}


def applies(outcome: Outcome, standing: Standing, values: Mapping[str, Any]) -> bool:
    """Whether an outcome comes about, given what is filled in and what is known of the case."""
    value = standing.known(outcome.known) if outcome.known else values.get(outcome.value)
    if outcome.known == "paid_in_full":
        # Known only with this payment counted in.
        value = "present" if standing.owed and standing.paid + int(values.get("amount") or 0) >= standing.owed else ""
    return bool(value == outcome.equals)


def _opens_now(opens: Opens, values: Mapping[str, Any], opened: tuple[str, ...]) -> bool:
    if opens.when_guard:
        return opens.term in opened
    if opens.when:
        return bool(values.get(opens.when))
    return not (opens.unless and values.get(opens.unless))


def _close(clocks: list[Clock], term: str, on: date, by: str) -> None:
    _each(clocks, term, lambda clock: replace(clock, ended="closed", closed_on=on, closed_by=by))


def _each(clocks: list[Clock], term: str, change: Any) -> None:
    for position, clock in enumerate(clocks):
        if clock.term == term and clock.runs:
            clocks[position] = change(clock)


def _pause(clock: Clock, on: date, reason: str, by: str) -> Clock:
    if any(pause.end is None and pause.reason == reason for pause in clock.pauses):
        return clock
    return replace(clock, pauses=(*clock.pauses, Pause(on, None, reason)), paused_by=(*clock.paused_by, by))
