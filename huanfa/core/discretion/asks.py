"""What a table asks for, so that a form, a command or another program can put the questions."""

from __future__ import annotations

from typing import Any

from huanfa.core.discretion.benchmark import (
    PERSON,
    UNIT,
    Benchmark,
    GradeTable,
    RowTable,
    ScaledTable,
    Table,
    WeightTable,
)
from huanfa.core.discretion.findings import POSITIONS


def asks(benchmark: Benchmark, table: Table) -> list[dict[str, Any]]:
    """What has to be found for this table, in order: key, label, the choices in the table's words, and help."""
    out: list[dict[str, Any]] = []
    if isinstance(table, WeightTable):
        if len(table.columns) > 1:
            out.append(_ask("column", "适用栏", [one.name for one in table.columns]))
        for name in dict.fromkeys(one.of for one in table.columns if one.of):
            columns = "、".join(one.name for one in table.columns if one.of == name and one.name != "默认")
            out.append(_ask("quantity", f"{name}（元）", help=f"适用“{columns}”时填写" if columns else "按其比例或者倍数计罚，须先查明"))
    if isinstance(table, RowTable) and len(table.targets) > 1:
        out.append(_ask("column", "处罚对象", [one.name for one in table.targets]))
    if isinstance(table, RowTable):
        out += [_ask("levels", name, list(choices)) for name, choices in zip(table.dims, table.choices, strict=True)]
        if table.overrides:
            out.append(_ask("override", "特殊情形", list(table.override_words), help="有此情形的，不看上面各项"))
        for name in dict.fromkeys(one.of for one in table.targets if one.of):
            out.append(_ask("quantity", f"{name}（元）", help="按其倍数或者百分比计罚，须先查明"))
        for name in dict.fromkeys(one.per for one in table.targets if one.per):
            out.append(_ask("units", f"数量（{name}）"))
    elif isinstance(table, GradeTable):
        words = list(dict.fromkeys(word for grade in table.grades for word in grade.any_of))
        out.append(_ask("circumstances", "具有的情形（可以多选，从重者定级）", words))
        for of in (table.of, table.person_of):
            out += [_ask("quantity", f"{of}（元）")] if of else []
        if any(grade.person for grade in table.grades):
            out.append(_ask("column", "处罚对象", [UNIT, PERSON]))
        if any(grade.steps for grade in table.grades):
            kinds = [one.kind for grade in table.grades if grade.steps for one in grade.steps.increments]
            out.append(_ask("excess", "超标情况（适用阶梯增加的等级填写）", kinds))
    else:
        out += [_ask("levels", one.name, list(one.levels)) for one in table.factors]
        if isinstance(table, (WeightTable, ScaledTable)) and not table.complete:
            out.append(_ask("sum", "百分值总和", help="表内档次没有载入，由承办人按印发的原表相加后填写"))
        if isinstance(table, ScaledTable) and table.general:
            out.append(_ask("statute", "法定罚款幅度（元）", help="通用表按所适用条文的法定最低、最高数额计算"))
    if isinstance(table, GradeTable) and table.midpoint_step is not None:
        out.append(_ask("adjustments", "调整系数的总和", ["within"], help="按文本各项情节的系数相加，可以为负"))
    elif isinstance(table, (RowTable, GradeTable)):
        told = "、".join(f"{key}：{word}" for key, word in POSITIONS.items())
        out.append(_ask("position", "裁量情节", list(POSITIONS), help=f"{told}。裁量规则留有余地的，须在幅度内选定数额"))
    for one in benchmark.adjustments:
        if one.kind not in ("position",):
            out.append(_ask("adjustments", one.gist or one.id, [one.id], help=one.article))
    return out


def _ask(key: str, label: str, choices: list[str] | None = None, help: str = "") -> dict[str, Any]:
    return {"key": key, "label": label, "choices": choices or [], "help": help}
