"""What the pages of a case's discretion show: which law governs, the lists, the worksheet in force, like cases, who approves."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huanfa.apps.cases import queries
from huanfa.apps.cases.shown import labels
from huanfa.apps.cases.shown.history import exhibit_names
from huanfa.apps.cases.shown.opened import Opened
from huanfa.apps.cases.weighing import Asked, Scales, Weighed, earlier_of, lighter, pool_of
from huanfa.apps.discretion import whatif
from huanfa.apps.discretion.queries import opened as open_benchmark
from huanfa.core.discretion import Computation, Findings, applicable, likeness, worksheet
from huanfa.core.discretion.history import Earlier, of_the_same
from huanfa.core.discretion.no_fine import Item, NoFineList, counted
from huanfa.core.errors import HuanfaError
from huanfa.core.money import figures
from huanfa.core.procedure.guards.discretion import APPROVAL, CHECK, WORKSHEET, approved, departs, no_fine_list_checked
from huanfa.core.procedure.registers import may_approve_departure, may_fill_worksheet, may_weigh


def scales(view: Opened) -> Scales:
    """The scales of an opened case."""
    return Scales(view.case, view.book, view.facts, view.standing, view.on)


def overview(view: Opened) -> dict[str, Any]:
    """Everything about the discretion of a case on one page."""
    weigh, standing = scales(view), view.standing
    sheet = standing.registered.get(WORKSHEET)
    mine = view.officer.pk
    return {
        "law": law(weigh),
        "items": queries.no_fine_items(view.case, view.on),
        "check": standing.registered.get(CHECK),
        "sheet": sheet,
        "told": labels.registered(sheet.values, exhibit_names(view)) if sheet else [],
        "departs": departs(sheet),
        "approved": approved(standing, sheet) if sheet else False,
        "approval": standing.registered.get(APPROVAL),
        "like": like_cases(view, sheet.values if sheet else None),
        "use": weigh.use,
        "earlier": earlier_of(view.case, view.officer),
        "may_fill": not may_fill_worksheet(standing, view.facts, mine, view.on),
        "why_not": may_fill_worksheet(standing, view.facts, mine, view.on),
        "may_check": not may_weigh(standing, view.facts, mine, view.on),
        "may_approve": not may_approve_departure(standing, view.facts, mine, view.on),
    }


def law(weigh: Scales) -> dict[str, Any]:
    """Which law governs: substance, procedure, the texts that compete, and both readings of the limitation period."""
    procedure = weigh.book.procedure(weigh.case.procedure, weigh.on)
    out: dict[str, Any] = {
        "begun": weigh.begun, "ended": weigh.ended, "on": weigh.on, "procedure": procedure, "limitation": weigh.limitation(),
        "refusal": "", "governing": None, "texts": [], "compared": None,
    }
    try:
        found = weigh.governing()
    except HuanfaError as refusal:
        return {**out, "refusal": str(refusal)}
    rows = weigh.comparison(_asked_before(weigh))
    out |= {
        "governing": found,
        "compared": _compared(weigh, rows),
        "texts": [
            {
                "title": {"start": "行为开始时的规定", "conduct": "行为终了时的规定", "decision": "作出决定时的规定"}[key],
                "rows": [
                    ("适用期间", f"{text.from_} 至 {text.until or '今'}"), ("违反", weigh.facts.cite(text.breaks)),
                    ("处罚依据", weigh.facts.cite(text.punished_by)), ("罚款幅度", text.fine.text),
                    ("其他档次", "；".join(f"{tier.when}：{tier.fine.text}" for tier in text.tiers) or "没有"),
                ],
                "gist": text.gist,
            }
            for key, text in found.texts
        ],
    }
    return out


HEADS = {"start": "行为开始时", "conduct": "行为时", "decision": "决定时"}


def _compared(weigh: Scales, rows: Sequence[applicable.Row]) -> dict[str, Any] | None:
    """The comparison as the page shows it: whose texts, the rows, what they say together."""
    if not rows:
        return None
    words, sides = lighter(weigh.sides), weigh.sides
    heads = ["行为终了时" if key == "conduct" and "start" in sides else HEADS[key] for key in sides]
    told = [(row.label, row.old, row.new, words[row.lighter]) for row in rows]
    return {"heads": heads, "rows": told, "verdict": _together(rows, words)}


def _together(rows: Sequence[applicable.Row], words: Mapping[str, str]) -> str:
    """How many points go which way: 行为时的规定较轻2项，相同5项，不能直接比较1项. The weighing is a person's."""
    counts = {side: sum(row.lighter == side for row in rows) for side in words}
    return "，".join(f"{words[side]}{count}项" for side, count in counts.items() if count)


def _asked_before(weigh: Scales) -> Asked:
    """What the worksheet in force asked, so that the comparison uses its findings."""
    sheet = weigh.standing.registered.get(WORKSHEET)
    if sheet is None:
        return Asked()
    values, computed = sheet.values, sheet.values.get("computation")
    return Asked(
        regime=str(values["regime"]), tier=str(values["tier"]), benchmark=computed["benchmark"] if computed else "",
        table=computed["table"] if computed else "", findings=Findings.from_data(dict(values["findings"])), units=values["units"],
        base=values["base"],
    )


def like_cases(view: Opened, sheet: Mapping[str, Any] | None) -> dict[str, Any]:
    """The nearest decided cases and their spread, seen from the worksheet in force or from the offence alone."""
    computed = sheet.get("computation") if sheet else None
    found = Findings.from_data(dict(sheet["findings"])).by_factor() if sheet else {}
    this = likeness.Decided(
        view.case.pk, view.case.name, "", view.on, view.case.offence, computed["table"] if computed else "",
        computed["column"] if computed else "", found, sheet["amount"] if sheet else 0,
    )
    near = likeness.nearest(this, pool_of(view.case, view.officer))
    return {"near": near, "around": likeness.spread(near)}


def history_hint(weigh: Scales, earlier: Sequence[Earlier]) -> str:
    """How often the party was dealt with for the same, within the benchmark's window: for factors of repetition."""
    back = next((one.lookback for one in weigh.benchmarks() if one.lookback), None)
    if back is None:
        return ""
    same = of_the_same(earlier, weigh.case.offence, back=back, act_on=weigh.ended, found_on=weigh.case.found_on)
    start = "发现" if back.start == "discovery" else "违法行为"
    return f"台账：从{start}之日往前{back.months}个月，同一当事人同一案由已被处理{len(same)}次，含本次{len(same) + 1}次。（{back.article}）"


def windows(items: Sequence[tuple[NoFineList, Item]], earlier: Sequence[Earlier], act_on: date) -> dict[str, list[Earlier]]:
    """For each condition of a first time, the earlier decisions that stand against it."""
    return {
        f"i{number}_{place}": list(counted(condition, earlier, act_on))
        for number, (_, item) in enumerate(items)
        for place, condition in enumerate(item.conditions)
        if condition.kind == "first"
    }


def _others(weigh: Scales, found: Weighed) -> list[tuple[str, list[whatif.Other]]]:
    """What every other finding would give."""
    sheet = found.sheet
    assert sheet.computation is not None
    benchmark = open_benchmark(sheet.computation.benchmark)
    return whatif.others(
        benchmark, benchmark.table(sheet.computation.table), sheet.findings, sheet.computation, on=weigh.benchmark_day(sheet.regime),
        statute=sheet.statute,
    )


def brief(view: Opened) -> list[tuple[str, str, str]]:
    """The discretion of the case in a few words for its page: (label, kind of badge, text)."""
    standing, weigh = view.standing, scales(view)
    sheet, check = standing.registered.get(WORKSHEET), standing.registered.get(CHECK)
    out = []
    if view.facts.offence and len(view.facts.regimes(standing, view.on)) > 1:
        chosen = standing.value("legal_review", "milder_choice")
        out.append(("适用的法律", "done" if chosen else "soon", "已记明适用哪一个" if chosen else "不止一个，须比较"))
    if view.facts.no_fine_items:
        waits = not standing.decided and no_fine_list_checked(standing, view.facts, {}, view.on)
        concluded = {"applies": "适用", "not": "不适用"}.get(check.values["concluded"], "") if check else ""
        out.append(("不予处罚清单", "soon" if waits else "done", "须核对" if waits else concluded))
    if sheet:
        out.append(("裁量计算表", "done", f"{figures(sheet.values['amount'])}元"))
        if departs(sheet):
            good = approved(standing, sheet)
            out.append(("调整适用基准", "done" if good else "soon", "已批准" if good else "尚未批准"))
    elif weigh.use and "file" in standing.done and not standing.decided:
        out.append(("裁量计算表", "plain", "拟处罚款的须先填写"))
    return out


def weighed(weigh: Scales, found: Weighed) -> dict[str, Any]:
    """A worksheet just weighed, as the page shows it before it is filed."""
    computed: Computation | None = found.sheet.computation
    return {
        "sheet": found.sheet, "computed": computed, "near": found.neighbours, "around": found.around,
        "compared": _compared(weigh, found.rows),
        "reckoned": whatif.lines(computed) if computed else [],
        "others": _others(weigh, found) if computed else [],
        "issuer": found.sheet.approval == worksheet.ISSUER,
    }

