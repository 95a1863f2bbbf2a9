"""Fine tables from TOML, each by its method. A fault names the table and says what is wrong; nothing is repaired or guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from huanfa.core.cite import read_articles
from huanfa.core.discretion.amount import YUAN, decimal, percent, share, span
from huanfa.core.discretion.benchmark import (
    Bounds,
    Column,
    Factor,
    Grade,
    GradeTable,
    Increment,
    Level,
    LevelTable,
    Row,
    RowTable,
    ScaledTable,
    Steps,
    Table,
    Target,
    WeightTable,
)
from huanfa.core.discretion.result import Line
from huanfa.core.errors import Fault
from huanfa.core.money import figures
from huanfa.core.rulefile import RuleFile

COMBINERS = {"two_dimensional_function": "二维叠加函数", "primary_plus_secondary": "主要因素与次要因素合成公式"}
_COMMON = {
    "id", "offence", "section", "page", "basis", "articles", "statutory", "method", "note", "complete", "missing", "gist",
    "gaps_in_source",
}
_OWN = {
    "weight_sum": {"columns", "factors", "cap", "floor"},
    "condition_rows_to_range": {"dims", "targets", "rows", "overrides", "override_dims", "typos", "of"},
    "grade_to_range": {"grades", "of", "person_of", "at_most", "within"},
    "scaled_percent_sum": {"factors", "general", "start_rule", "summary_ceiling", "summary_ceiling_article", "formula_unsourced"},
    "level_matrix": {"factors", "combiner", "scale"},
    "primary_plus_secondary_levels": {"factors", "combiner", "scale"},
}
ROUNDINGS = ("ceil", "half_up")
_BOUNDS = re.compile(r"(?:=(?P<same>[\d./]+)|(?P<low>[\d./]+)?-(?P<high>[\d./]+)?)(?P<unit>[^\d\-=./]*)")
Raw = Mapping[str, Any]


def parse_tables(file: RuleFile) -> tuple[list[Table], list[Fault]]:
    """Read the `[[table]]`s of a file."""
    tables: list[Table] = []
    faults: list[Fault] = []
    for number, raw in enumerate(file.data.get("table", ())):
        name = str(raw.get("id", f"第{number + 1}张表"))
        method = str(raw.get("method", ""))
        if method not in _OWN:
            faults.append(file.fault(f"{name}：method 只能是{'、'.join(_OWN)}", "table", number, "method"))
            continue
        if strange := sorted(set(raw) - _COMMON - _OWN[method]):
            faults.append(file.fault(f"{name}：不认识的写法{'、'.join(strange)}", "table", number, strange[0]))
            continue
        try:
            tables.append(_BUILD[method](raw, _head(raw, file, number)))
        except KeyError as missing:
            faults.append(file.fault(f"{name}：缺少 {missing.args[0]}", "table", number))
        except ZeroDivisionError:
            faults.append(file.fault(f"{name}：分母不能为零", "table", number))
        except (ValueError, TypeError, AttributeError, IndexError) as error:
            faults.append(file.fault(f"{name}：{error}", "table", number))
    return tables, faults


def _head(raw: Raw, file: RuleFile, number: int) -> dict[str, Any]:
    where = raw.get("section") or raw["id"]
    return {
        "id": raw["id"],
        "offence": raw["offence"],
        "section": str(raw.get("section", "")),
        "page": raw.get("page", 0),
        "basis": tuple(raw.get("basis", ())),
        "articles": read_articles(raw.get("articles", ())),
        "statutory": tuple(span(text) for text in raw.get("statutory", ())),
        "source": f"裁量表{where}",
        "note": raw.get("note", "") or raw.get("gist", ""),
        "complete": raw.get("complete", True),
        "missing": raw.get("missing", ""),
        "source_gap": raw.get("gaps_in_source", ""),
        "file": file.name,
        "line": file.line("table", number),
    }


def _weights(raw: Raw, head: dict[str, Any]) -> WeightTable:
    columns, factors = raw["columns"], raw["factors"]
    weights = [share(level[1]) for factor in factors for level in factor["levels"]]
    starts = [share(str(column.get("start", 0))) for column in columns]
    limits = {key: share(str(raw[key])) for key in ("cap", "floor") if key in raw}
    denominator = lcm(*(one.denominator for one in (*weights, *starts, *limits.values())), 100)
    if any(not -1 <= column.get("statutory", -1) < len(head["statutory"]) for column in columns):
        raise ValueError("栏的 statutory 应为所印法定幅度的序号，从0起")
    return WeightTable(
        **head,
        columns=tuple(_column(one, denominator, head["source"]) for one in columns),
        factors=_factors(factors, denominator, head["source"]),
        denominator=denominator,
        cap=limits.get("cap"),
        floor=limits.get("floor"),
    )


def _column(raw: Raw, denominator: int, source: str) -> Column:
    start = share(str(raw.get("start", 0)))
    if sum(key in raw for key in ("max", "rate", "times")) != 1:
        raise ValueError(f"栏“{raw['name']}”须写 max、rate、times 之一")
    if ("rate" in raw or "times" in raw) and not raw.get("of"):
        raise ValueError(f"栏“{raw['name']}”按比例或者倍数计罚，须写 of")
    return Column(
        name=raw["name"],
        start=start,
        start_points=int(start * denominator),
        line=Line("start", "裁量起点", raw["name"] if raw["name"] != "默认" else "", percent(start), source, start),
        maximum=_fen(raw, "max"),
        rate=share(str(raw["rate"])) if "rate" in raw else Fraction(str(raw.get("times", 0))),
        times="times" in raw,
        of=raw.get("of", ""),
        of_floor=_fen(raw, "of_floor"),
        party=raw.get("party", ""),
        branch=raw.get("branch", ""),
        statutory=raw.get("statutory", -1),
    )


def _fen(raw: Raw, key: str, *, must: bool = False) -> int:
    """Whole yuan of a rule file as fen; 0 where the key is absent, KeyError where it `must` be there."""
    value = raw[key] if must else raw.get(key)
    if value is None:
        return 0
    if type(value) is not int or value < 0 or (value == 0 and key == "max"):
        raise ValueError(f"{key} 应为整数元")
    return value * YUAN


def _factors(raws: list[Raw], denominator: int, source: str, *, points: bool = False) -> tuple[Factor, ...]:
    found = []
    for raw in raws:
        levels = {}
        for row in raw["levels"]:
            weight = share(row[1])
            said = f"第{row[1]}级" if points else ("＋" if weight >= 0 else "－") + percent(abs(weight))
            line = Line("factor", raw["name"], row[0], said, source, None if points else weight)
            levels[row[0]] = Level(row[0], weight, int(weight * denominator), line, _bounds(row[2]) if len(row) > 2 else None)
        if len(levels) != len(raw["levels"]):
            raise ValueError(f"要素“{raw['name']}”有重名的档次")
        lowest = min(levels.values(), key=lambda one: one.points, default=None)
        unknown = lowest.line._replace(told=f"未能认定，按最低档“{lowest.name}”") if lowest else None
        found.append(Factor(raw["name"], levels, lowest, unknown))
    if len({one.name for one in found}) != len(found):
        raise ValueError("要素重名")
    return tuple(found)


@lru_cache(maxsize=1024)
def _bounds(text: str) -> Bounds:
    found = _BOUNDS.fullmatch(text)
    if found is None:
        raise ValueError(f"档次范围“{text}”不合写法：-3个月、3-6个月、12-个月、=1次")
    if found["same"]:
        return Bounds(Fraction(found["same"]), None, found["unit"], exactly=True)
    low = Fraction(found["low"]) if found["low"] else None
    high = Fraction(found["high"]) if found["high"] else None
    return Bounds(low, high, found["unit"])


def _rows(raw: Raw, head: dict[str, Any]) -> RowTable:
    dims = tuple(raw["dims"])
    targets = tuple(
        Target(one["name"], one.get("party", ""), one.get("of", raw.get("of", "")), one.get("per", ""), one.get("confiscate", False))
        for one in raw["targets"]
    )
    rows = tuple(_row(cells, len(dims), targets, number) for number, cells in enumerate(raw["rows"], 1))
    by_when = {row.when: row for row in rows}
    if len(by_when) != len(rows):
        twice = next(row for row in rows if by_when[row.when] is not row)
        raise ValueError(f"第{twice.number}行与另一行的条件相同：{'、'.join(twice.when)}")
    over = tuple(raw.get("override_dims", ()))
    overrides = tuple(_row(cells, len(over) + 1, targets, number) for number, cells in enumerate(raw.get("overrides", ()), 1))
    return RowTable(
        **head,
        dims=dims,
        choices=tuple(tuple(dict.fromkeys(row.when[place] for row in rows if row.when[place])) for place in range(len(dims))),
        targets=targets,
        rows=rows,
        overrides=overrides,
        override_dims=over,
        override_words=tuple(dict.fromkeys(row.when[-1] for row in overrides)),
        by_when=by_when,
        typos=tuple((one["row"], one.get("target", 0), one["printed"]) for one in raw.get("typos", ())),
    )


def _row(cells: list[str], dims: int, targets: tuple[Target, ...], number: int) -> Row:
    if len(cells) != dims + len(targets):
        raise ValueError(f"第{number}行应有{dims}个条件和{len(targets)}个数额，实有{len(cells)}格")
    fines = tuple(span(text) for text in cells[dims:])
    for fine, target in zip(fines, targets, strict=True):
        if fine.unit != "yuan" and not target.of:
            raise ValueError(f"第{number}行按倍数或者百分比计罚，须写 of")
    return Row(tuple(cells[:dims]), fines, number)


def _grades(raw: Raw, head: dict[str, Any]) -> GradeTable:
    grades = tuple(_grade(one) for one in raw["grades"])
    if not raw.get("of") and any(grade.fine.unit != "yuan" for grade in grades):
        raise ValueError("按倍数或者百分比计罚，须写 of")
    within = raw.get("within")
    if within and within.get("kind") != "midpoint_coefficient":
        raise ValueError("within 只能是 midpoint_coefficient")
    if not raw.get("person_of") and any(grade.person and grade.person.unit != "yuan" for grade in grades):
        raise ValueError("对个人按倍数或者百分比计罚，须写 person_of")
    return GradeTable(
        **head,
        grades=grades,
        of=raw.get("of", ""),
        person_of=raw.get("person_of", ""),
        at_most=_fen(raw, "at_most"),
        midpoint_step=share(within["step"]) if within else None,
    )


def _grade(raw: Raw) -> Grade:
    steps = raw.get("steps")
    return Grade(
        grade=raw["grade"],
        any_of=tuple(raw["any_of"]),
        fine=span(raw["fine"]),
        person=span(raw["person"]) if "person" in raw else None,
        steps=_steps(steps) if steps else None,
        gist=raw.get("gist", ""),
    )


def _steps(raw: Raw) -> Steps:
    increments = tuple(
        Increment(
            one["class"], _fen(one, "extra", must=True), one["of"], Fraction(one["size"]), _fen(one, "add", must=True), one["rounding"],
            one.get("alt_of", ""), Fraction(one.get("alt_size", 0)), _fen(one, "alt_add"), one.get("alt_rounding", ""),
        )
        for one in raw["increments"]
    )
    for one in increments:
        if one.size <= 0 or one.rounding not in ROUNDINGS or (one.alt_of and (one.alt_size <= 0 or one.alt_rounding not in ROUNDINGS)):
            raise ValueError(f"阶梯“{one.kind}”的 size 须大于零，rounding 只能是{'、'.join(ROUNDINGS)}")
    base, low, high = (_fen(raw, key, must=True) for key in ("base", "low", "high"))
    return Steps(base, low, high, increments, raw.get("unclear", ""))


def _scaled(raw: Raw, head: dict[str, Any]) -> ScaledTable:
    if raw.get("start_rule", "min_over_max") != "min_over_max":
        raise ValueError("start_rule 只能是 min_over_max")
    weights = [share(level[1]) for factor in raw["factors"] for level in factor["levels"]]
    denominator = lcm(*(one.denominator for one in weights), 100)
    return ScaledTable(
        **head,
        factors=_factors(raw["factors"], denominator, head["source"]),
        denominator=denominator,
        general=raw.get("general", False),
        summary_ceiling={party: _fen(raw["summary_ceiling"], party) for party in raw.get("summary_ceiling", {})},
        unsourced=raw.get("formula_unsourced", False),
    )


def _levels(raw: Raw, head: dict[str, Any]) -> LevelTable:
    if raw["combiner"] not in COMBINERS:
        raise ValueError(f"combiner 只能是{'、'.join(COMBINERS)}")
    return LevelTable(**head, factors=_factors(raw["factors"], 1, head["source"], points=True), combiner=raw["combiner"])


_BUILD: dict[str, Callable[[Raw, dict[str, Any]], Table]] = {
    "weight_sum": _weights,
    "condition_rows_to_range": _rows,
    "grade_to_range": _grades,
    "scaled_percent_sum": _scaled,
    "level_matrix": _levels,
    "primary_plus_secondary_levels": _levels,
}


def base_text(column: Column) -> str:
    """What the shares of a column are taken of: 1,000,000元, 建设项目总投资额×5%, 所需处置费用×5（不足200,000元的按200,000元）."""
    if column.maximum:
        return f"{figures(column.maximum)}元"
    said = f"{column.of}×{decimal(column.rate)}" if column.times else f"{column.of}×{percent(column.rate)}"
    return said + (f"（不足{figures(column.of_floor)}元的按{figures(column.of_floor)}元）" if column.of_floor else "")
