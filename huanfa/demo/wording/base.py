"""The list of wordings, one for each step, and what several of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from huanfa.core.money import figures
from huanfa.core.offences.words import KINDS
from huanfa.core.procedure.definition import Step
from huanfa.demo.people import STAFF

if TYPE_CHECKING:
    from huanfa.demo.story import Script

Values = dict[str, Any]
Wording = Callable[["Script", date, Mapping[str, Any]], Values]
WORDS: dict[str, Wording] = {}


def words_for(step: str) -> Callable[[Wording], Wording]:
    """Put a function on the list as the wording of a step."""

    def keep(function: Wording) -> Wording:
        WORDS[step] = function
        return function

    return keep


def said(script: Script, step: Step, on: date, given: Mapping[str, Any]) -> Values:
    """Everything a step asks in this case on that day; `given` goes over what the story says."""
    values: Values = WORDS[step.id](script, on, given)
    values |= {key: value for key, value in given.items() if key != "again"}
    asked = {ask.id for ask in step.asks}
    if "officers" in asked:
        values.setdefault("officers", script.two)
    if "service_mode" in asked:
        electronic = script.plan.electronic and step.id != "order_correction"
        values.setdefault("service_mode", "electronic" if electronic else "direct")
        values.setdefault("served_on", str(on))
        values.setdefault("receiver", f"{script.who}（{'经营者' if script.party.operator else '法定代表人'}本人）")
        if values["service_mode"] == "electronic":
            values.setdefault("service_note", "发送至确认书载明的电子邮箱，系统显示当日到达，到达页面截图附卷（示例）。")
    return values


def penalty_in_words(script: Script) -> str:
    """What is proposed, as a sentence says it: 警告、罚款2,000元."""
    kinds = (f"罚款{figures(script.plan.fine * 100)}元" if one == "fine" else KINDS[one] for one in script.plan.kinds)
    return "不予行政处罚" if script.plan.proposal == "no_penalty" else "、".join(kinds)


def post_of(username: str) -> str:
    """The post of somebody of the branch."""
    return next(post for user, _, post, _ in STAFF if user == username)


def taken_on(script: Script, kind: str, gathered: date) -> date:
    """Papers are handed in when they are asked for; what shows the place as it was found is of that day."""
    if kind in ("documentary", "statement"):
        return gathered
    if kind == "expert" and script.plan.tested:
        return gathered
    return script.days["register_lead"] if script.plan.source == "site" else script.days["inspect_site"]


def provider(script: Script, kind: str, name: str) -> str:
    """Who handed a proof in or made it."""
    if name.startswith("举报"):
        return "举报人（示例）"
    if kind == "testimony":
        return "相邻住户（示例）"
    if kind in ("documentary", "statement"):
        return script.party.name
    return "示例检测技术有限公司" if kind == "expert" else "武汉市生态环境局江汉区分局执法人员"
