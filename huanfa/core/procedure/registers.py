"""Who may put a record into a case that is no step of its procedure: a worksheet, a check of the no-fine list, an approval."""

from __future__ import annotations

from datetime import date

from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.discretion import DEPARTURE, GROUNDS, WORKSHEET, approved, departs
from huanfa.core.procedure.people import SLOTS, refusals
from huanfa.core.procedure.standing import Done, Standing

ARCHIVED = "生态环境行政处罚办法第八十条"


def may_weigh(standing: Standing, facts: Facts, by: int, on: date) -> list[Reason]:
    """Why this officer may not fill in a worksheet or check the no-fine list now: a handler's work, before the decision."""
    return _open(standing, on, facts.today) + _seat(standing, facts, "handler", by, on)


def may_fill_worksheet(standing: Standing, facts: Facts, by: int, on: date) -> list[Reason]:
    """As may_weigh, once the case is filed."""
    filed = [] if "file" in standing.done else [Reason("立案之后才能填写裁量计算表", GROUNDS)]
    return filed + may_weigh(standing, facts, by, on)


def may_approve_departure(standing: Standing, facts: Facts, by: int, on: date) -> list[Reason]:
    """Why this officer may not approve the departure of the worksheet in force: the principal head's, and there must be one."""
    sheet, out = standing.registered.get(WORKSHEET), []
    if sheet is None or not departs(sheet):
        out.append(Reason("裁量计算表没有与计算数额不同的地方，不需要批准", DEPARTURE))
    elif approved(standing, sheet):
        out.append(Reason("这张裁量计算表已经批准或者已经集体讨论", DEPARTURE))
    elif on < sheet.on:
        out.append(Reason(f"批准日期{on}早于填表日期{sheet.on}", "", "on"))
    return out + _open(standing, on, facts.today) + _seat(standing, facts, "head", by, on)


def departure_waits(standing: Standing) -> Done | None:
    """The worksheet whose departure from the benchmark nobody has approved yet; None if there is none, or it is decided."""
    sheet = standing.registered.get(WORKSHEET)
    waits = sheet is not None and departs(sheet) and not approved(standing, sheet) and not (standing.ended or standing.decided)
    return sheet if waits else None


def _open(standing: Standing, on: date, today: date) -> list[Reason]:
    out = []
    if standing.ended or standing.decided:
        out.append(Reason("案件已经作出决定或者已经办结，不能再改动裁量", ARCHIVED))
    if on > today:
        out.append(Reason(f"日期{on}在今天之后", "", "on"))
    begun = standing.day("file") or standing.day("register_lead")
    if begun and on < begun:
        out.append(Reason(f"日期{on}早于{begun}", "", "on"))
    return out


def _seat(standing: Standing, facts: Facts, slot: str, by: int, on: date) -> list[Reason]:
    officer = facts.officers.get(by)
    if officer is None:
        return [Reason("不是本机关人员")]
    return refusals(SLOTS[slot], officer, on, handlers=standing.handlers, people=standing.people, recused=standing.recused)
