"""The engine: what can be done and why not (`available`), and one step on (`advance`). Nothing here knows the clock.

Where a case stands is folded from its entries in fold.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Entry, Signer
from huanfa.core.procedure.definition import Hold, Procedure, Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.fold import after, applies, between, papers_of
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.procedure.people import SLOTS, refusals
from huanfa.core.procedure.standing import Standing, Waiting
from huanfa.core.procedure.values import check_values


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
    result = after(procedure, standing, entry)
    papers = papers_of(standing, step, given) if final else ()
    if opened := _guarded(step, result, facts, on):
        entry = replace(entry, values={**entry.values, "_opens": opened})
        result = after(procedure, standing, entry)
    return Move(entry, final, papers, result)


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
        needs += [need for one in step.outcomes if one.needs and applies(one, standing, values) for need in one.needs]
    for need in needs:
        reasons += GUARDS[need](standing, facts, values, on)
    return reasons


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


def _guarded(step: Step, standing: Standing, facts: Facts, on: date) -> list[str]:
    """Terms that a step opens only if a guard has nothing against it; kept in the entry, so that folding needs no facts."""
    if step.id not in standing.done:
        return []
    return [
        one.term for one in step.opens if one.when_guard and not GUARDS[one.when_guard](standing, facts, {}, on)
    ]
