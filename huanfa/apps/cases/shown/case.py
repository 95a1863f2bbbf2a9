"""The whole case page: where the case stands, its periods, particulars and people, with options and history."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from huanfa.apps.cases.shown import clocks, labels
from huanfa.apps.cases.shown.history import history, proofs
from huanfa.apps.cases.shown.opened import Opened, link, proof_url
from huanfa.apps.cases.shown.options import options
from huanfa.apps.cases.shown.weighing import brief
from huanfa.core.money import figures
from huanfa.core.procedure.standing import Standing


def told(view: Opened, papers: Iterable[Any], exhibits: Iterable[Any]) -> dict[str, Any]:
    """The whole case page."""
    papers = list(papers)
    running, ended = _clocks(view)
    places = options(view)
    return {
        "case": view.case,
        "stage": _stage(view),
        "handlers": [one.name for one in view.facts.names(sorted(view.standing.handlers))],
        "stages": _stages(view),
        **places,
        "discretion": brief(view),
        "running": running,
        "ended": ended,
        "particulars": _particulars(view),
        "papers": papers,
        "proofs": proofs(view, list(exhibits)),
        "people": _people(view),
        "history": history(view, papers),
        "links": {
            "procedure": link("procedure", view.case.procedure),
            "ledger": link("ledger_dossier", view.case.pk),
            "exhibits": link("exhibits", view.case.pk),
            "party": link("party", view.case.party_id),
            "paper": link("paper", 0),
            "correct": next((one["url"] for one in [*places["mine"], *places["aside"]] if one["id"] == "correct_entry"), ""),
        },
    }


def _stage(view: Opened) -> dict[str, str]:
    case = view.case
    if case.ended:
        return {"kind": "done", "text": labels.ENDINGS.get(case.ended, case.ended)}
    return {"kind": "now", "text": view.procedure.stage_title(view.standing.stage or "lead")}


def _stages(view: Opened) -> list[dict[str, Any]]:
    """The ribbon: stages with a step that stands are done, earlier ones without are skipped."""
    first: dict[str, date] = {}
    for done in view.standing.done.values():
        stage = view.procedure.step(done.step).stage
        first[stage] = min(done.on, first.get(stage, done.on))
    order = [stage for stage, _ in view.procedure.stages]
    furthest = max((order.index(stage) for stage in first), default=0)
    out = []
    for position, (stage, title) in enumerate(view.procedure.stages):
        state = "done" if stage in first else "skipped" if position < furthest or view.standing.ended else "todo"
        if position == furthest and not view.standing.ended:
            state = "current"
        on = first.get(stage)
        out.append({"title": title, "state": state, "on": on if on is None or on.year == view.on.year else f"{on:%y-%m-%d}"})
    return out


def _clocks(view: Opened) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Clocks that run, the most urgent first, and those that have ended."""
    running, ended = [], []
    for clock in view.standing.clocks:
        row = clocks.shown(clock, view.facts, view.on, proof_url(view.case, clock))
        (running if clock.runs else ended).append(row)
    return clocks.ordered(running), ended


def _particulars(view: Opened) -> list[tuple[str, Any]]:
    standing = view.standing
    regime = view.facts.chosen_regime(standing, standing.day(standing.decided) or view.on)
    money = standing.fine or int(standing.value("report_investigation", "fine") or 0)
    rows: list[tuple[str, Any]] = [
        ("涉嫌违法行为", _offence(view)),
        ("违法行为期间", _span(standing)),
        ("发生地", standing.value("register_lead", "place")),
        ("线索来源", _source(view)),
        ("发现日期", standing.day("register_lead", "found_on")),
        ("立案日期", standing.day("file")),
        ("违反", view.book.cite(regime.breaks) if regime else ""),
        ("处罚依据", view.book.cite(regime.punished_by) if regime else ""),
        ("法定罚款幅度", regime.fine.text if regime else ""),
        ("罚款" if standing.decided else "拟罚款", f"{figures(money)}元" if money else "尚未提出" if not standing.proposal else "不罚款"),
    ]
    if standing.owed:
        rows += [("应缴", f"{figures(standing.owed)}元"), ("已缴", f"{figures(standing.paid)}元")]
    return rows


def _offence(view: Opened) -> Any:
    if view.facts.offence is None:
        return view.case.cause
    url = link("offence", view.case.offence)
    return {"text": view.facts.offence.name, "url": url} if url else view.facts.offence.name


def _span(standing: Standing) -> str:
    begun, ended = standing.day("register_lead", "conduct_from"), standing.day("register_lead", "conduct_until")
    return f"{begun}" if begun == ended else f"{begun} 至 {ended}"


def _source(view: Opened) -> str:
    ask = view.procedure.step("register_lead").ask("source")
    return ask.label_of(view.standing.value("register_lead", "source", ""))


def _people(view: Opened) -> list[tuple[str, list[str]]]:
    """Who has acted in which capacity; the separations of the law are about exactly this list."""
    titles = {
        "investigator": "调查人员", "examiner": "案件审查", "legal_reviewer": "法制审核", "hearing_chair": "听证主持",
        "voter": "集体讨论表决",
    }
    standing = view.standing
    rows = [("承办人", standing.handlers)]
    rows += [(titles[capacity], standing.people[capacity]) for capacity in titles if standing.people.get(capacity)]
    rows += [("已回避", standing.recused)] if standing.recused else []
    return [(title, [one.name for one in view.facts.names(sorted(ids))]) for title, ids in rows if ids]
