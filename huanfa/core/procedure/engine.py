"""The engine: where a case stands (`stand`), what can be done and why not (`available`), and one step on (`advance`).

Entries are folded in order. A step that is sent back undoes a step before it and, worked out from the graph, everything
that came after that one; the periods these opened are cancelled with them. Nothing here knows the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huanfa.core.calendar.terms import Pause
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Entry, Signer
from huanfa.core.procedure.definition import Hold, Opens, Outcome, Procedure, Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.procedure.people import SLOTS, refusals
from huanfa.core.procedure.standing import Clock, Done, Signature, Standing, Waiting, day_of, end_pauses, with_person
from huanfa.core.procedure.values import check_values

NAMES_INVESTIGATORS = ("officers", "handlers")


@dataclass(frozen=True, slots=True)
class Option:
    """A step as the page shows it: open or not and why, whose signature it waits for, and what was proposed."""

    step: Step
    reasons: tuple[Reason, ...]
    slot: str
    waiting: Waiting | None

    @property
    def is_open(self) -> bool:
        """Whether the step can be taken (or signed on) now."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Move:
    """What one permitted act brings about: the entry to be sealed, the papers to draw up, and the standing after it."""

    entry: Entry
    final: bool
    papers: tuple[str, ...]
    standing: Standing


def stand(procedure: Procedure, entries: Iterable[Entry]) -> Standing:
    """Fold entries, in their order, into where the case stands."""
    standing = Standing()
    for entry in entries:
        standing = after(procedure, standing, entry)
    return standing


def available(procedure: Procedure, standing: Standing, facts: Facts, on: date) -> list[Option]:
    """Every step of the procedure that is near: open now, waiting for a signature, or held up by a nameable reason.

    Steps whose place in the graph has not come, or is past, are left out: they would only be noise.
    """
    options = []
    for step in procedure.steps.values():
        waiting = standing.waiting.get(step.id)
        if waiting is None and not _its_turn(procedure, standing, step):
            continue
        values = waiting.values if waiting else {}
        reasons = _against(procedure, standing, facts, step, values, on)
        slot = step.signs[len(waiting.signed)] if waiting else step.signs[0]
        options.append(Option(step, tuple(reasons), slot, waiting))
    return options


def near(procedure: Procedure, standing: Standing) -> tuple[str, ...]:
    """The ids of the steps whose place in the graph has come or that wait for a signature, whatever guards say of them."""
    steps = procedure.steps.values()
    return tuple(step.id for step in steps if step.id in standing.waiting or _its_turn(procedure, standing, step))


def advance(
    procedure: Procedure,
    standing: Standing,
    step_id: str,
    values: Mapping[str, Any],
    *,
    by: int,
    on: date,
    facts: Facts,
    agrees: bool = True,
    opinion: str = "",
) -> Move:
    """Take one step, or put the next signature under it.

    `values` are what the step asks (ignored when a signature is added to a waiting step); `by` is the officer's id, `on`
    the legal date. `agrees=False` refuses to sign: the row is cleared and the step may be proposed anew.
    Raises NotAllowed with every reason at once, KeyError for an unknown step.
    """
    step = procedure.step(step_id)
    waiting = standing.waiting.get(step_id)
    officer = facts.officers.get(by)
    if officer is None:
        raise NotAllowed([Reason("签署人不是本机关人员")])
    position = len(waiting.signed) if waiting else 0
    slot = SLOTS[step.signs[position]]
    given = dict(waiting.values) if waiting else {key: value for key, value in values.items() if value not in (None, "", [])}

    handlers = frozenset(given.get("handlers") or ()) if step.id == "file" else standing.handlers
    reasons = refusals(slot, officer, on, handlers=handlers, people=standing.people, recused=standing.recused)
    if waiting and any(one.officer == by for one in waiting.signed):
        reasons.append(Reason("同一人不能在同一审批中签署两处"))
    if slot.id == "hearing_chair" and standing.value("notify_hearing", "chair") not in (None, by):
        reasons.append(Reason("听证由通知书载明的主持人主持", "行政处罚法第六十四条"))
    reasons += _dates(procedure, standing, step, waiting, on, facts.today)
    if agrees:
        if waiting is None and not _its_turn(procedure, standing, step):
            reasons.append(out_of_place(procedure, standing, step))
        shape = [] if waiting else check_values(step, given, on=on, no_earlier=_no_earlier(procedure, standing, step), facts=facts)
        reasons += shape
        unsound = {reason.field for reason in shape}  # guards judge only values that have the right shape
        sound = {key: value for key, value in given.items() if key not in unsound}
        reasons += _against(procedure, standing, facts, step, sound, on, filled=True)
    elif waiting is None:
        reasons.append(Reason("没有等待签署的审批，不能表示不同意"))
    elif not opinion.strip():
        reasons.append(Reason("不同意的，请写明理由", "", "opinion"))
    if reasons:
        raise NotAllowed(dict.fromkeys(reasons))

    final = agrees and position == len(step.signs) - 1
    entry = Entry(
        seq=standing.seq + 1,
        kind="refuse" if not agrees else "act" if final else "sign",
        step=step_id,
        values=given if waiting is None else {},
        by=Signer(officer.id, officer.name, officer.card if slot.card else "", slot.id),
        on=on,
        opinion=opinion,
        rules=(procedure.ref,),
    )
    result = after(procedure, standing, entry, facts)
    papers = papers_of(standing, step, given) if final else ()
    if opened := _guarded(step, result, facts, on):
        entry = replace(entry, values={**entry.values, "_opens": opened})
        result = after(procedure, standing, entry)
    return Move(entry, final, papers, result)


def after(procedure: Procedure, standing: Standing, entry: Entry, facts: Facts | None = None) -> Standing:
    """Return the standing after one more entry."""
    if entry.kind == "register":
        return replace(standing, seq=entry.seq, last_on=entry.on)
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


def active_holds(procedure: Procedure, standing: Standing, facts: Facts, on: date) -> list[Hold]:
    """The standstills that apply: between two steps, or because a term is overdue."""
    out = []
    for hold in procedure.holds:
        if hold.overdue:
            ends = facts.due(standing, hold.overdue) if standing.running(hold.overdue) else None
            if ends and ends.late(on):
                out.append(hold)
        elif between(standing, hold):
            out.append(hold)
    return out


def papers_of(standing: Standing, step: Step, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The papers a step draws up, given what is filled in and what is known of the case."""
    extra = [paper for one in step.outcomes if one.papers and _applies(one, standing, values) for paper in one.papers]
    return (*step.papers, *extra)


# ── what a step brings about ────────────────────────────────────────────────────────────────────────────────────────


def _take_effect(
    procedure: Procedure, standing: Standing, step: Step, now: Done, opened: tuple[str, ...]
) -> Standing:
    """Put a step into force: people, clocks, marks; then undo what it sends back."""
    values, on = now.values, now.on
    outcomes = [one for one in step.outcomes if _applies(one, standing, values)]
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


def _applies(outcome: Outcome, standing: Standing, values: Mapping[str, Any]) -> bool:
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


def _guarded(step: Step, standing: Standing, facts: Facts, on: date) -> list[str]:
    """Terms that a step opens only if a guard has nothing against it; kept in the entry, so that folding needs no facts."""
    if step.id not in standing.done:
        return []
    return [
        one.term for one in step.opens if one.when_guard and not GUARDS[one.when_guard](standing, facts, {}, on)
    ]


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


# ── whether it may be taken ─────────────────────────────────────────────────────────────────────────────────────────


def _its_turn(procedure: Procedure, standing: Standing, step: Step) -> bool:
    """Whether the place of the step in the graph has come and is not past."""
    done = standing.done
    if not done:
        return step.id == procedure.first
    if standing.ended == "archived" or step.id == procedure.first:
        return False
    if step.before & done.keys() or not procedure.still_stands(step, done):
        return False
    if step.id in done and not step.repeats:
        return False
    holds = {hold.id for hold in procedure.holds if not hold.overdue and between(standing, hold)}
    if step.during and step.during not in holds:
        return False
    if step.unless_hold and step.unless_hold in holds:
        return False
    return not standing.ended or step.id in procedure.after_end


def out_of_place(procedure: Procedure, standing: Standing, step: Step) -> Reason:
    """Say why a step is out of place, for whoever comes by an old link or a stale page."""
    done = standing.done
    missing = [" 或 ".join(procedure.step(one).title for one in either) for either in step.after if not set(either) & set(done)]
    if missing:
        return Reason(f"办理“{step.title}”之前，须先办理：{'、'.join(missing)}", step.article)
    past = [procedure.step(one).title for one in procedure.steps if one in step.before and one in done]
    if past:
        return Reason(f"已经办理“{'、'.join(past)}”，不能再办理“{step.title}”", step.article)
    if step.id in done:
        return Reason(f"“{step.title}”已经办理，页面可能已过时，请刷新", step.article)
    return Reason(f"现在不能办理“{step.title}”，页面可能已过时，请刷新", step.article)


def _against(
    procedure: Procedure, standing: Standing, facts: Facts, step: Step, values: Mapping[str, Any], on: date, *, filled: bool = False
) -> list[Reason]:
    """Every reason of law against the step: standstills, its guards, and those of the outcome that its values choose."""
    reasons = [
        Reason(hold.sentence, hold.article)
        for hold in active_holds(procedure, standing, facts, on)
        if step.id not in hold.allows
    ]
    needs = list(step.needs)
    if filled:
        needs += [need for one in step.outcomes if one.needs and _applies(one, standing, values) for need in one.needs]
    for need in needs:
        reasons += GUARDS[need](standing, facts, values, on)
    return reasons


def between(standing: Standing, hold: Hold) -> bool:
    begun = standing.done.get(hold.after)
    return begun is not None and not any(one in standing.done and standing.done[one].seq > begun.seq for one in hold.until)


def _no_earlier(procedure: Procedure, standing: Standing, step: Step) -> date | None:
    """The earliest legal date a step may bear: that of every step it came after or that made it due again."""
    done = standing.done.values()
    if step.decides or step.ends or step.id == "close":
        return max((one.on for one in done), default=None)
    named = {one for either in step.after for one in either}
    return max(
        (one.on for one in done if one.step in named or (step.id in procedure.step(one.step).undoes and one.step != step.id)),
        default=None,
    )


def _dates(
    procedure: Procedure, standing: Standing, step: Step, waiting: Waiting | None, on: date, today: date
) -> list[Reason]:
    if on > today:
        return [Reason(f"办理日期{on}在今天之后；只能登记已经办理的事项", "", "on")]
    earliest = waiting.signed[-1].on if waiting else _no_earlier(procedure, standing, step)
    if earliest and on < earliest:
        return [Reason(f"办理日期{on}早于前一环节的日期{earliest}", step.article, "on")]
    return []
