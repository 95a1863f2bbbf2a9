"""Whether what was filled in for a step is there and has the right shape. Law is not judged here (see guards)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from huanfa.core.errors import Reason
from huanfa.core.procedure.definition import Ask, Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.standing import day_of

LONGEST = {"text": 200, "longtext": 20_000}
EARLIEST = date(1990, 1, 1)


def check_values(
    step: Step, values: Mapping[str, Any], *, on: date, no_earlier: date | None, facts: Facts
) -> list[Reason]:
    """Return every fault in the values of a step: missing, unknown, too long, of the wrong shape, dated impossibly.

    Dates are ISO text, money whole fen, officers their ids. `no_earlier` is the date of the step before: a day from which
    a period of this step runs cannot lie before it.
    """
    reasons: list[Reason] = []
    asked = {ask.id: ask for ask in step.asks}
    for key in sorted(set(values) - set(asked)):
        reasons.append(Reason(f"“{step.title}”不填写 {key}", "", key))
    starts = {one.start for one in step.opens} | {one.start for one in (*step.closes, *step.resumes)} | {"served_on"}
    for ask in step.asks:
        if not ask.applies(values):
            if ask.id in values:
                reasons.append(Reason(f"此情形不填写“{ask.label}”", ask.article, ask.id))
            continue
        value = values.get(ask.id)
        if value is None:
            if not ask.optional:
                reasons.append(Reason(f"请填写“{ask.label}”", ask.article, ask.id))
            continue
        if fault := _shape(ask, value, facts):
            reasons.append(Reason(f"“{ask.label}”{fault}", ask.article, ask.id))
        elif ask.type in ("date", "datetime"):
            reasons += _day(ask, value, on, no_earlier if ask.id in starts else None)
    begun, ended = values.get("begun_at"), values.get("ended_at")
    if isinstance(begun, str) and isinstance(ended, str) and ended <= begun:
        reasons.append(Reason("结束时间应晚于开始时间", "生态环境行政处罚办法第二十八条", "ended_at"))
    return reasons


def _shape(ask: Ask, value: object, facts: Facts) -> str:
    """What is wrong with one value, "" if nothing is."""
    kind = ask.type
    if kind in LONGEST:
        if not isinstance(value, str):
            return "应为文字"
        return f"太长（{len(value)}字），最多{LONGEST[kind]}字" if len(value) > LONGEST[kind] else _plain(value)
    if kind in ("date", "datetime"):
        return "" if _is_day(value, kind) else "不是有效的日期"
    if kind == "bool":
        if not isinstance(value, bool):
            return "请选择是或者否"
        return "必须为“是”才能继续" if ask.must_be and not value else ""
    if kind in ("int", "money"):
        if not isinstance(value, int) or isinstance(value, bool):
            return "应为数字"
        return "不能为负数或者过大" if not 0 <= value < 10**14 else ""
    if kind == "choice":
        return "" if value in dict(ask.choices) else "请从所列选项中选择"
    if kind == "checks":
        return "" if isinstance(value, list) and set(value) <= set(dict(ask.choices)) else "请从所列选项中选择"
    if kind == "rows":
        return _rows(ask, value)
    if kind == "officer":
        return "" if value in facts.officers else "请选择本机关人员"
    if kind == "officers":
        known = isinstance(value, list) and bool(value) and all(one in facts.officers for one in value)
        return "" if known else "请选择本机关人员"
    if kind == "regime":
        return "" if value in ("conduct", "decision") else "请选择适用的法律"
    if kind == "penalties":
        return "" if isinstance(value, list) and value and all(isinstance(one, str) for one in value) else "请选择处罚种类"
    return "" if isinstance(value, str) else "不是有效的选项"


def _rows(ask: Ask, value: object) -> str:
    keys = {key for key, _ in ask.columns}
    if not isinstance(value, list) or not value:
        return "至少填写一行"
    if len(value) > 200:
        return "最多200行"
    for number, row in enumerate(value, start=1):
        if not isinstance(row, dict) or set(row) - keys:
            return f"第{number}行的列不对"
        for key, label in ask.columns:
            cell = row.get(key, "")
            if not isinstance(cell, str) or not cell.strip():
                return f"第{number}行的“{label}”没有填写"
            if len(cell) > 2000 or _plain(cell):
                return f"第{number}行的“{label}”太长或者含有不能印刷的字符"
    return ""


def _plain(text: str) -> str:
    """Control characters cannot be printed on a paper (tab and line breaks can)."""
    return "含有不能印刷的控制字符" if any(ord(one) < 32 and one not in "\t\n\r" for one in text) else ""


def _is_day(value: object, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    try:
        if kind == "date":
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _day(ask: Ask, value: str, on: date, no_earlier: date | None) -> list[Reason]:
    day = day_of(value)
    assert day is not None
    if day < EARLIEST:
        return [Reason(f"“{ask.label}”{day}过早，请核对", "", ask.id)]
    if day > on and not ask.future:
        return [Reason(f"“{ask.label}”{day}晚于办理日期{on}", "", ask.id)]
    if no_earlier and day < no_earlier and not ask.future:
        return [Reason(f"“{ask.label}”{day}早于前一环节的日期{no_earlier}", "", ask.id)]
    return []
