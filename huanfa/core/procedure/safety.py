"""What must never happen in an ordinary case, said over the bare list of acts: no engine, no guards, no clocks folded.

Each rule returns a sentence when the last act breaks it, "" otherwise. They are the second opinion on the procedure file.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from huanfa.core.calendar.terms import due
from huanfa.core.ledger.entry import Entry
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.facts import Facts

DECISIONS = ("decide", "decide_no_penalty")
NEW_EVIDENCE = ("inspect_site", "interview", "collect_evidence", "tell_test_result")


def notice_and_five_days(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """行政处罚法第44条、办法第44条: no decision before notice, and before five working days or an express waiver."""
    if trail[-1].step not in DECISIONS or trail[-1].kind != "act":
        return ""
    notice = _last(trail, "serve_notice")
    if notice is None or notice < _last_report(trail):
        return "未经告知即作决定"
    waived = _last(trail, "waive_defence")
    if waived is not None and waived > notice and not _after(trail, waived, ("record_defence",)):
        return ""
    served = date.fromisoformat(_values(trail, notice)["served_on"])
    ends = due(facts.terms["defence"], served, facts.calendar)
    return "" if ends.elapsed(trail[-1].on) else "陈述申辩期未满又未明确放弃即作决定"


def hearing_where_asked(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """行政处罚法第63、65条: a hearing that was asked for is held and reported before the decision."""
    if trail[-1].step not in (*DECISIONS, "refer_crime", "decide_unfounded") or trail[-1].kind != "act":
        return ""
    asked = _last(trail, "request_hearing")
    if asked is None or asked < _last_report(trail):
        return ""
    reported = _last(trail, "report_hearing")
    return "" if reported is not None and reported > asked else "当事人要求听证而未听证即作决定"


def reviewed_after_new_evidence(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """处罚法第58条: where every case is reviewed, the review agrees and is younger than all evidence and any hearing."""
    if trail[-1].step not in (*DECISIONS, "decide_unfounded", "refer_crime") or trail[-1].kind != "act":
        return ""
    if facts.settings["legal_review"].get("scope") != "every_case":
        return ""
    reviewed = _last(trail, "legal_review")
    if reviewed is None or reviewed < _last_report(trail) or _values(trail, reviewed).get("opinion_kind") != "agree":
        return "未经法制审核同意即作决定"
    newer = _after(trail, reviewed, (*NEW_EVIDENCE, "hold_hearing", "report_hearing"))
    newer |= any(_values(trail, n).get("new_evidence") for n in _all(trail, "record_defence") if n > reviewed)
    return "法制审核之后又有新证据而未重新审核" if newer else ""


def discussed_where_required(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """处罚法第57条、办法第52条: a fine from the threshold on is discussed, again after defence, hearing or new evidence."""
    if trail[-1].step != "decide" or trail[-1].kind != "act":
        return ""
    report = _values(trail, _last_report(trail))
    rule = facts.settings["panel_discussion"]
    major = int(report.get("fine") or 0) >= 100 * int(rule["amount"]) or set(report.get("kinds", ())) & set(rule["kinds"])
    if not (major or report.get("leader_wants_panel")):
        return ""
    discussed = _last(trail, "discuss")
    if discussed is None or discussed < _last_report(trail) or _values(trail, discussed)["conclusion_kind"] != "agree":
        return "应当集体讨论而未讨论即作决定"
    newer = _after(trail, discussed, (*NEW_EVIDENCE, "record_defence", "hold_hearing", "report_hearing"))
    return "集体讨论之后又有新情况而未重新讨论" if newer else ""


def two_valid_officers(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """行政处罚法第42条: whoever inspects, questions or serves are two or more, each with a card valid that day."""
    named = _values(trail, len(trail) - 1).get("officers") if trail[-1].kind == "act" else None
    if named is None:
        return ""
    valid = {one for one in named if one in facts.officers and not facts.officers[one].card_fault(trail[-1].on)}
    return "" if len(valid) >= 2 and len(valid) == len(set(named)) else "执法人员少于两人或者证件无效"


def investigators_stay_out(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """办法第38、47条、评查细则18: who investigated does not examine, review, chair or vote."""
    investigators: set[int] = set()
    others: set[int] = set()
    for position, entry in enumerate(trail):
        if entry.kind != "act" and entry.kind != "sign":
            continue
        if entry.by.slot in ("handler", "second_handler"):
            investigators.add(entry.by.id)
        if entry.by.slot in ("examiner", "legal_reviewer", "hearing_chair", "panel_chair"):
            others.add(entry.by.id)
        values = _values(trail, position) if entry.kind == "act" else {}
        investigators |= set(values.get("officers", ())) | set(values.get("handlers", ()))
        others |= set(values.get("voters", ())) | ({values["chair"]} if "chair" in values else set())
    return "调查人员兼任审查、审核、主持或者表决" if investigators & others else ""


def preserved_evidence_dealt_with(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """行政处罚法第56条: past the seven working days nothing goes on before the preserved evidence is dealt with."""
    preserved = _last(trail, "preserve_evidence")
    last = trail[-1]
    if preserved is None or last.kind != "act" or last.step in ("preserve_evidence", "dispose_preserved", "correct_entry"):
        return ""
    disposed = _last(trail, "dispose_preserved")
    if disposed is not None and disposed > preserved:
        return ""
    kept = date.fromisoformat(_values(trail, preserved)["preserved_on"])
    late = due(facts.terms["preserved_evidence"], kept, facts.calendar).late(last.on)
    return "先行登记保存逾期未处理而继续办理" if late or last.step in DECISIONS or last.step == "close" else ""


def no_heavier_than_told(trail: list[Entry], procedure: Procedure, facts: Facts) -> str:
    """行政处罚法第44、45条: the fine decided does not exceed the fine that was notified."""
    if trail[-1].step != "decide" or trail[-1].kind != "act":
        return ""
    told = int(_values(trail, _last_report(trail)).get("fine") or 0)
    return "决定重于告知" if int(_values(trail, len(trail) - 1).get("fine") or 0) > told else ""


SENT_BACK = (("result", "return"), ("result", "amend"), ("opinion_kind", "improve"), ("opinion_kind", "disagree"),
             ("conclusion_kind", "return"), ("changes_facts", True))


def remembered(trail: tuple[Entry, ...]) -> tuple[bool, ...]:
    """What of the order of acts these rules look at: two paths that differ in it are kept apart while exploring.

    Between a sending back and the next report, and after a decision, no rule looks at what came before.
    """
    last: dict[str, int] = {}
    back = -1
    for position, entry in enumerate(trail):
        if entry.kind == "act":
            last[entry.step] = position
        if any(entry.values.get(key) == value for key, value in SENT_BACK):
            back = position
    reported = last.get("report_investigation", -1)
    if reported < 0 or back > reported or any(step in last for step in (*DECISIONS, "decide_unfounded", "refer_crime")):
        return ()

    def since(*steps: str) -> int:
        newest = max((last.get(step, -1) for step in steps), default=-1)
        return newest if newest > reported else -1

    reviewed, discussed, heard = since("legal_review"), since("discuss"), since("hold_hearing", "report_hearing")
    newest, asked, defended = since(*NEW_EVIDENCE), since("request_hearing"), since("record_defence")
    return (
        reviewed >= 0, discussed >= 0, since("serve_notice") >= 0, asked >= 0,
        reviewed >= 0 and max(newest, heard) > reviewed,
        discussed >= 0 and max(newest, heard, defended) > discussed,
        since("report_hearing") > asked,
    )


ORDINARY = (
    notice_and_five_days,
    hearing_where_asked,
    reviewed_after_new_evidence,
    discussed_where_required,
    two_valid_officers,
    investigators_stay_out,
    preserved_evidence_dealt_with,
    no_heavier_than_told,
)


def _all(trail: list[Entry], step: str) -> list[int]:
    return [n for n, entry in enumerate(trail) if entry.step == step and entry.kind == "act"]


def _last(trail: list[Entry], step: str) -> int | None:
    found = _all(trail, step)
    return found[-1] if found else None


def _last_report(trail: list[Entry]) -> int:
    found = _all(trail, "report_investigation")
    return found[-1] if found else -1


def _after(trail: list[Entry], position: int, steps: tuple[str, ...]) -> bool:
    return any(entry.kind == "act" and entry.step in steps for entry in trail[position + 1 :])


def _values(trail: list[Entry], position: int) -> dict[str, Any]:
    """What was filled in for the act at `position`: its first signature carries the values."""
    if position < 0:
        return {}
    step = trail[position].step
    while position > 0 and trail[position].by.slot and not trail[position].values.keys() - {"_opens"} and trail[position - 1].step == step:
        position -= 1
    return dict(trail[position].values)
