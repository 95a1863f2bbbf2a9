"""What has happened in a case: every act with its signatures, what it undid, and the evidence it gathered."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huanfa.apps.cases.shown import labels
from huanfa.apps.cases.shown.opened import Opened, Trace
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.standing import Done


def gathered(view: Opened) -> list[dict[str, str]]:
    """The evidence that steps have gathered, as the report lists it."""
    out = []
    for one in view.trail:
        if one.done and view.procedure.step(one.done.step).gathers_evidence:
            out.append({**_exhibit(view, one.done), "seq": str(one.entry.seq)})
    return out


def proofs(view: Opened, exhibits: Iterable[Any]) -> list[dict[str, Any]]:
    """The evidence of the case, each piece once: what steps have gathered, with its files, and the files besides."""
    files: dict[str, list[int]] = {}
    for one in exhibits:
        files.setdefault(one.name, []).append(one.number)
    told: list[dict[str, Any]] = [{**one, "files": files.pop(one["name"], [])} for one in gathered(view)]
    return told + [
        {
            "name": one.name, "taken_on": one.taken_on, "provider": one.provider, "proves": one.proves, "seq": "",
            "files": [one.number],
        }
        for one in exhibits if one.name in files
    ]


def exhibit_names(view: Opened) -> dict[int, str]:
    """What the exhibits of the case are called, by their numbers."""
    kept = (one.entry.values for one in view.trail if one.entry.step == "add_exhibit")
    return {int(str(values["number"])): str(values["name"]) for values in kept}


def _exhibit(view: Opened, done: Done) -> dict[str, str]:
    values, step = done.values, view.procedure.step(done.step)
    own = view.book.body("penalty", done.on).acting_name
    name = values.get("name") or (f"监测（检测、鉴定）报告（{values['report_number']}）" if "report_number" in values else "")
    if not name:
        title = view.book.template(step.papers[0], done.on).title if step.papers else step.title
        name = f"{title}（{values['person']}）" if "person" in values else title
    laboratory = str(view.standing.value("entrust_test", "laboratory") or own)
    return {
        "name": str(name),
        "taken_on": str(values.get("taken_on") or values.get("report_on") or str(values.get("begun_at", done.on))[:10]),
        "provider": str(values.get("provider") or (laboratory if "report_number" in values else own)),
        "proves": str(values.get("proves") or values.get("violation") or values.get("result") or "")[:300],
    }


def history(view: Opened, papers: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """Every act with all the signatures under it, newest first; a row of signatures still waiting is an act to be."""
    drawn: dict[int, list[Any]] = {}
    for paper in papers:
        drawn.setdefault(paper.seq, []).append(paper)
    out: list[dict[str, Any]] = []
    rows: dict[str, list[Trace]] = {}
    for one in view.trail:
        row = rows.setdefault(one.entry.step, [])
        row.append(one)
        if one.entry.kind != "sign":
            out.append(_event(view, row, drawn.get(one.entry.seq, [])))
            del rows[one.entry.step]
    out += [_event(view, row, []) for row in rows.values()]
    return sorted(out, key=lambda event: -event["seq"])


def _event(view: Opened, row: list[Trace], papers: list[Any]) -> dict[str, Any]:
    first, last = row[0].entry, row[-1].entry
    step = view.procedure.steps.get(last.step)
    return {
        "seq": last.seq,
        "kind": _kind(last, row[-1]),
        "title": step.title if step else labels.REGISTERED.get(last.step, last.step),
        "on": last.on,
        "signatures": [_signature(one.entry) for one in row],
        "values": _values(view, step, first),
        "undone": [view.procedure.step(step_id).title for step_id in row[-1].undone],
        "papers": papers,
    }


def _signature(entry: Entry) -> dict[str, Any]:
    recorded = date.fromisoformat(entry.recorded_at[:10]) if entry.recorded_at else entry.on
    return {
        "seq": entry.seq, "slot": labels.slot(entry.by.slot), "name": entry.by.name, "card": entry.by.card, "on": entry.on,
        "opinion": entry.opinion, "disagrees": entry.kind == "refuse", "recorded": recorded if recorded != entry.on else None,
    }


def _kind(entry: Entry, one: Trace) -> str:
    if entry.kind != "act":
        return {"sign": "waiting", "refuse": "refuse"}.get(entry.kind, "register")
    return "correct" if entry.step == "correct_entry" else "back" if one.undone else "act"


def _values(view: Opened, step: Step | None, entry: Entry) -> list[labels.Told]:
    plain: Mapping[str, Any] = {key: value for key, value in entry.values.items() if not key.startswith("_")}
    return labels.told(step, plain, view.facts, view.book) if step else labels.registered(plain, exhibit_names(view))
