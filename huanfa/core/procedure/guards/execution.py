"""Conditions of payment, demand, court enforcement and closing."""

from __future__ import annotations

from datetime import date

from huanfa.core.calendar.terms import due
from huanfa.core.errors import Reason
from huanfa.core.money import figures
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.standing import Standing, day_of

CLOSE = "生态环境行政处罚办法第七十七条"
DEFER = "行政处罚法第六十六条；生态环境行政处罚办法第七十四条"
COURT = "行政强制法第五十三条；生态环境行政处罚办法第七十一条"


@guard
def decision_still_stands(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A decision that was revoked or found void is not executed; one that was changed is, as changed (办法第77条)."""
    if standing.value("annul", "result") in ("revoked", "unlawful"):
        return against("处罚决定已被撤销或者确认违法，不再执行", CLOSE)
    return []


@guard
def fine_was_imposed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Only a decision that orders payment can be paid (行政处罚法第67条)."""
    return [] if standing.owed else against("决定没有罚款或者没收的金额，没有可以缴纳的款项", "行政处罚法第六十七条")


@guard
def not_more_than_owed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Payments together do not exceed what the decision orders (行政处罚法第67条)."""
    left = standing.owed - standing.paid
    if "decide" in standing.done and left <= 0 < standing.owed:
        return against("款项已全部缴清", "行政处罚法第六十七条")
    amount = values.get("amount")
    if amount is not None and not 0 < int(amount) <= left:
        return against(f"本次缴款应大于零且不超过尚欠的{figures(left)}元", "行政处罚法第六十七条", "amount")
    return []


@guard
def deferral_asked_in_time(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Deferral or instalments are asked for in writing before the payment date (生态环境行政处罚办法第74条)."""
    ends, asked = facts.due(standing, "pay"), day_of(values.get("asked_on"))
    if ends and asked and ends.late(asked):
        return against(f"缴款期限已于{ends.due}届满，期满后提出的延期、分期申请不予同意", DEFER, "asked_on")
    return []


@guard
def payment_overdue(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A demand presupposes a duty not performed in time (行政强制法第54条)."""
    if standing.owed and standing.paid >= standing.owed and "order_correction" not in standing.done:
        return against("款项已全部缴清，没有可以催告的义务", "行政强制法第五十四条")
    deferred = standing.day("grant_deferral", "last_on")
    if deferred and on <= deferred:
        return against(f"已同意延期（分期）至{deferred}，届满前不能催告", DEFER)
    ends = facts.due(standing, "pay")
    if ends and not deferred and not ends.elapsed(on):
        until = ends.due or "（停止计算中）"
        return against(f"缴款期限到{until}届满，届满后才能催告", "行政处罚法第六十七条；行政强制法第五十四条")
    return []


@guard
def demand_has_elapsed(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Ten working days after the demand was served (行政强制法第54、69条)."""
    ends = facts.due(standing, "demand")
    if ends and not ends.elapsed(on):
        return against(f"催告书送达满十个工作日（{ends.due}）后当事人仍不履行的，才能申请", "行政强制法第五十四条、第六十九条")
    return []


@guard
def suit_time_over(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """The court is asked only when the time to sue has run out (行政强制法第53条)."""
    ends = facts.due(standing, "suit")
    if ends and not ends.elapsed(on):
        return against(f"当事人可以起诉至{ends.due}，期满后才能申请强制执行", COURT)
    return []


@guard
def within_court_window(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Three months from the end of the time to sue, or from the end of deferral (强制法第53条；办法第71、74条)."""
    ends = facts.due(standing, "suit")
    if ends is None or ends.due is None:
        return []
    begins = max(filter(None, (ends.due, standing.day("grant_deferral", "last_on"))))
    window = due(facts.terms["court_window"], begins, facts.calendar)
    if window.due and on > window.due:
        return against(f"申请强制执行的三个月期限已于{window.due}届满", COURT)
    return []


@guard
def closing_ground_holds(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Each of the seven grounds for closing has its own facts (生态环境行政处罚办法第77条)."""
    ground, done = values.get("ground"), standing.done
    if ground == "performed":
        return _performed(standing)
    wanted = {
        "court_accepted": ({"court_accepts"}, "尚未登记法院受理强制执行申请"),
        "no_penalty": ({"decide_no_penalty", "decide_unfounded"}, "本案没有不予处罚的决定"),
        "terminated": ({"terminate", "withdraw_filing", "decline"}, "本案没有终止调查、撤销立案或者不予立案"),
        "referred": ({"refer_crime", "transfer"}, "本案没有移送"),
        "annulled": ({"annul"}, "没有登记决定被撤销"),
    }
    if ground in wanted and not wanted[ground][0] & set(done):
        return against(wanted[ground][1], CLOSE, "ground")
    if ground == "annulled" and standing.value("annul", "result") == "changed":
        return against("决定被变更而没有被撤销，须按变更后的内容履行完毕再结案", CLOSE, "ground")
    if ground == "other" and "decide" in done and not {"annul"} & set(done):
        return against("处罚决定尚在执行，请选择“履行完毕”或者“法院受理”等情形", CLOSE, "ground")
    return []


def _performed(standing: Standing) -> list[Reason]:
    out: list[Reason] = []
    if "decide" not in standing.done or "serve_decision" not in standing.done:
        return against("没有已送达的处罚决定", CLOSE, "ground")
    if standing.paid < standing.owed:
        out += against(f"尚欠{figures(standing.owed - standing.paid)}元未缴", CLOSE, "ground")
    if "order_correction" in standing.done and standing.value("recheck_correction", "corrected") is not True:
        out += against("责令改正尚未复查确认改正", CLOSE, "ground")
    return out


@guard
def nothing_left_open(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Service, publication and withdrawal of publication are done before the case is closed (办法第58、65、66条)."""
    open_terms = {
        "serve_decision": ("决定书尚未送达", "生态环境行政处罚办法第五十八条"),
        "publish": ("决定尚未公示，也没有决定不予公开", "生态环境行政处罚办法第六十五条"),
        "withdraw_publication": ("决定已被撤销或者变更，公示信息尚未撤回", "生态环境行政处罚办法第六十六条"),
    }
    return [Reason(*words) for term, words in open_terms.items() if standing.running(term)]
