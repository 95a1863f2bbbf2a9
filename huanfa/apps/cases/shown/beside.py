"""What stands beside the form of a step: what it brings about, its papers as they would be, the texts of law to choose from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from huanfa.apps.cases import actions
from huanfa.apps.cases.shown import clocks, labels
from huanfa.apps.cases.shown.opened import Opened, proof_url, regimes
from huanfa.core.errors import HuanfaError
from huanfa.core.procedure.definition import Change, Opens, Step
from huanfa.core.procedure.fold import papers_of


def effects(view: Opened, asked: Step, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the step brings about, as far as it can be told from what is known."""
    sent_back = {one for outcome in asked.outcomes for one in outcome.undoes}
    return {
        "signs": [labels.slot(slot) for slot in asked.signs],
        "papers": [view.book.template(paper, view.on).title for paper in papers_of(view.standing, asked, values or {})],
        "opens": _titles(view, asked.opens),
        "closes": _titles(view, asked.closes),
        "pauses": _titles(view, asked.pauses),
        "undoes": [view.procedure.step(one).title for one in asked.undoes if one in view.standing.done],
        "sends_back": [view.procedure.step(one).title for one in sent_back],
        "articles": asked.articles,
    }


def previews(view: Opened, asked: Step, values: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    """What each paper would look like, or what it still lacks. Nothing is drawn up, no number is used."""
    try:
        drawn = actions.preview(view.case, asked.id, values, by=view.officer, on=on, today=view.facts.today)
    except HuanfaError as refusal:
        return [{"title": "预览", "paper": None, "lacks": str(refusal)}]
    out = []
    for paper_id, made in drawn:
        lacks = str(made) if isinstance(made, HuanfaError) else ""
        out.append({"title": view.book.template(paper_id, on).title, "paper": None if lacks else made, "lacks": lacks})
    return out


def texts(view: Opened) -> list[dict[str, Any]]:
    """The texts of law that may apply, side by side (从旧兼从轻: the officers compare, the reviewer confirms)."""
    return [
        {
            "title": labels.REGIMES[key],
            "rows": [
                ("适用期间", f"{regime.from_} 至 {regime.until or '今'}"),
                ("违反", view.book.cite(regime.breaks)),
                ("处罚依据", view.book.cite(regime.punished_by)),
                ("罚款幅度", regime.fine.text),
                ("其他档次", "；".join(f"{tier.when}：{tier.fine.text}" for tier in regime.tiers) or "没有"),
                ("处罚种类", "、".join(labels.KINDS[one] for one in regime.kinds)),
            ],
            "gist": regime.gist,
        }
        for key, regime in regimes(view).items()
    ]


def running(view: Opened, most: int = 3) -> list[dict[str, Any]]:
    """The most urgent periods of the case."""
    found = [clocks.shown(one, view.facts, view.on, proof_url(view.case, one)) for one in view.standing.clocks if one.runs]
    return clocks.ordered(found)[:most]


def _titles(view: Opened, changes: tuple[Opens, ...] | tuple[Change, ...]) -> list[str]:
    found = [view.facts.terms[one.term] for one in changes]
    return [term.title if "（" in term.title else f"{term.title}（{term.length_text}）" for term in found]
