"""What a step's form starts with: what the case already tells. Plain data, to be looked over by the officer; no rule."""

from collections.abc import Mapping
from typing import Any

from huanfa.apps.cases.shown.history import gathered
from huanfa.apps.cases.shown.opened import Opened, regimes
from huanfa.core.discretion import worksheet
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.fold import NAMES_INVESTIGATORS
from huanfa.core.procedure.guards.discretion import WORKSHEET
from huanfa.core.procedure.standing import Standing


def prefill(view: Opened, step: Step) -> dict[str, Any]:
    """Values for the asks of a step, in the shapes core wants."""
    if step.id not in view.standing.done and (earlier := view.acts(step.id)):
        # It was sent back: the officer mends what was written; what was weighed anew since is taken over.
        sheet = view.standing.registered.get(WORKSHEET)
        anew = {ask.id: told for ask in step.asks if sheet and (told := _from_worksheet(sheet.values, ask.id)) is not None}
        return {**earlier[-1].values, **(anew if "fine" in earlier[-1].values else {})}
    out: dict[str, Any] = {}
    for ask in step.asks:
        value = _value(view, step, ask.id)
        if value not in (None, "", []):
            out[ask.id] = value
    return out


def _value(view: Opened, step: Step, ask: str) -> Any:
    standing = view.standing
    if ask in NAMES_INVESTIGATORS:
        return sorted(standing.handlers) or [view.officer.pk]
    if ask in ("place", "receiver"):
        return _last(standing, ask)
    if (step.id, ask) in _FROM:
        return _FROM[step.id, ask](view)
    if step.id in ("report_investigation", "decide") and (sheet := standing.registered.get(WORKSHEET)):
        told = _from_worksheet(sheet.values, ask)
        if told is not None:
            return told
    if step.id == "decide" and ask in ("kinds", "fine", "confiscated"):
        return standing.value("report_investigation", ask)
    return None


def _from_worksheet(sheet: Mapping[str, Any], ask: str) -> Any:
    """What the worksheet in force already says."""
    known = {
        "fine": sheet["amount"], "regime": sheet["regime"], "tier": sheet["tier"] or None, "mitigation": sheet["mitigation"] or None,
        "fine_base": sheet["base"], "fine_units": sheet["units"], "benchmark_text": worksheet.told(sheet),
    }
    return known.get(ask)


def _last(standing: Standing, ask: str) -> Any:
    """What was filled in last under the same name."""
    told = [done for done in standing.done.values() if ask in done.values]
    return max(told, key=lambda one: one.seq).values[ask] if told else None


def _evidence(view: Opened) -> list[dict[str, str]]:
    return [{key: one[key] for key in ("name", "taken_on", "provider", "proves")} for one in gathered(view)]


def _breach(view: Opened) -> str:
    regime = view.facts.chosen_regime(view.standing, view.on, "conduct")
    return view.book.cite(regime.breaks) if regime else ""


def _only_regime(view: Opened) -> str:
    """The text to apply, where there is nothing to choose."""
    found = list(regimes(view))
    return found[0] if len(found) == 1 else ""


def _points(view: Opened) -> list[dict[str, str]]:
    lines = str(view.standing.value("record_defence", "opinion", "")).splitlines()
    return [{"point": line.strip(), "accepted": "", "reason": ""} for line in lines if line.strip()]


def _views(view: Opened) -> list[dict[str, str]]:
    panel = [one for one in view.facts.officers.values() if one.has_role("panel_member", view.on)]
    return [{"name": one.name, "view": ""} for one in panel]


_FROM = {
    ("file", "suspected_breach"): _breach,
    ("report_investigation", "evidence"): _evidence,
    ("report_investigation", "regime"): _only_regime,
    ("review_defence", "points"): _points,
    ("discuss", "views"): _views,
    ("record_payment", "amount"): lambda view: view.standing.owed - view.standing.paid,
}
