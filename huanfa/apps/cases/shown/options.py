"""What can be done with a case, by whom, and what is held up and why: core's options, each put in its place on the page."""

from typing import Any

from django.urls import reverse

from huanfa.apps.cases.shown import labels
from huanfa.apps.cases.shown.opened import Opened
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.engine import Option, available
from huanfa.core.procedure.guards import GUARDS

# Steps that can nearly always be taken and seldom are: the page folds them away.
ASIDE = frozenset(
    {"assign_handlers", "recuse", "suspend", "correct_entry", "annul", "withhold_publication", "grant_deferral"}
)
FEW, MANY = 4, 6


def options(view: Opened) -> dict[str, Any]:
    """Every option of core in its place: mine to do, mine but aside, another's, waiting, held up, on another road."""
    places: dict[str, list[Any]] = {"mine": [], "aside": [], "others": [], "waiting": [], "blocked": [], "elsewhere": []}
    options = available(view.procedure, view.standing, view.facts, view.on)
    # First what is done once and leads on, then what was not done yet, then what can be done again.
    for option in sorted(options, key=lambda one: (one.step.repeats, one.step.id in view.standing.done)):
        if option.waiting:
            places["waiting"].append(_waiting(view, option))
        elif not option.is_open:
            places["elsewhere" if _other_road(view, option) else "blocked"].append(_blocked(option))
        elif view.may_sign(option.slot, view.officer.pk):
            places["aside" if _is_aside(view, option.step) else "mine"].append(_card(view, option))
        else:
            names = view.able(option.slot)
            places["others"].append({"title": option.step.title, "slot": labels.slot(option.slot), "names": names})
    if not places["mine"] and len(places["aside"]) <= FEW:
        places["mine"], places["aside"] = places["aside"], []
    mine = places["mine"]
    places["mine"], places["aside"] = mine[:MANY], [*mine[MANY:], *places["aside"]]
    return places


def _other_road(view: Opened, option: Option) -> bool:
    """Whether a step belongs to another proposal than the one reported: held up for good, so told last."""
    needs = [need for need in option.step.needs if need.startswith("proposal_is_")]
    return bool(view.standing.proposal) and any(GUARDS[need](view.standing, view.facts, {}, view.on) for need in needs)


def _is_aside(view: Opened, step: Step) -> bool:
    """Whether a step is off the main road: seldom taken, ending or prolonging the case, or going back to an earlier stage."""
    order = [stage for stage, _ in view.procedure.stages]
    furthest = max((order.index(view.procedure.step(one).stage) for one in view.standing.done), default=0)
    if step.id in ASIDE or step.extends or (step.ends and furthest and step.id != view.procedure.last):
        return True
    return step.repeats and order.index(step.stage) < furthest


def _card(view: Opened, option: Option) -> dict[str, Any]:
    step = option.step
    signs = [{"title": labels.slot(slot), "name": "", "done": False} for slot in step.signs]
    return {
        "id": step.id, "title": step.title, "gist": step.gist, "articles": step.articles, "signs": signs,
        "url": reverse("step", args=[view.case.pk, step.id]),
    }


def _waiting(view: Opened, option: Option) -> dict[str, Any]:
    row, step = option.waiting, option.step
    assert row is not None
    signed = {one.slot: one for one in row.signed}
    mine = view.may_sign(option.slot, view.officer.pk) and all(one.officer != view.officer.pk for one in row.signed)
    return {
        "title": step.title,
        "articles": step.articles,
        "signs": [
            {"title": labels.slot(slot), "name": signed[slot].name if slot in signed else "", "done": slot in signed}
            for slot in step.signs
        ],
        "slot": labels.slot(option.slot),
        "names": view.able(option.slot),
        "by": row.signed[0].name,
        "since": row.signed[-1].on,
        "mine": mine,
        "reasons": _reasons(option),
        "url": reverse("sign", args=[view.case.pk, step.id]),
    }


def _blocked(option: Option) -> dict[str, Any]:
    return {"title": option.step.title, "reasons": _reasons(option)}


def _reasons(option: Option) -> list[dict[str, Any]]:
    return [{"text": one.sentence, "articles": [one.article] if one.article else []} for one in option.reasons]


def option_of(view: Opened, step: Step) -> Option | None:
    """Core's word on one step; None if its place in the procedure has not come or is past."""
    found = available(view.procedure, view.standing, view.facts, view.on)
    return next((one for one in found if one.step == step), None)
