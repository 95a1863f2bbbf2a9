"""One function a method: from what was found to an amount, or to a range with the figure chosen in it.

Each puts what is missing or unknown into `reasons` and goes on, so that an officer is told everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from huanfa.core.discretion.adjustments import Exact, Ground, midpoint, settle, shifts
from huanfa.core.discretion.amount import Span, fen_text, percent
from huanfa.core.discretion.benchmark import (
    Benchmark,
    Column,
    Factor,
    Grade,
    GradeTable,
    Level,
    LevelTable,
    Row,
    RowTable,
    ScaledTable,
    WeightTable,
)
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.parse_tables import COMBINERS, base_text
from huanfa.core.discretion.result import Line
from huanfa.core.discretion.steps import stepped
from huanfa.core.errors import NoRule, Reason

UNIT, PERSON = "对单位罚款", "对个人罚款"


@dataclass(slots=True)
class Drawn:
    """What a method found: the figure, the range it was drawn from, the base of shares, and the lines so far.

    The figure is for one `per` where the table counts them. `fined` False: a warning only, or no fine for this target.
    """

    amount: Exact = 0
    low: Exact = 0
    high: Exact = 0
    base: Exact = 0
    lines: list[Line] = field(default_factory=list)
    unestablished: list[str] = field(default_factory=list)
    warning: bool = False
    optional: bool = False
    column: str = ""
    per: str = ""
    fined: bool = True


def weight_sum(
    table: WeightTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """min(max(start + Σ weights, floor), cap) × base."""
    column = _column(table, findings, reasons)
    drawn = Drawn(column=column.name)
    _no_range(table, findings, reasons)
    base = drawn.base = _base(column, findings, table.source, reasons)
    drawn.lines.append(column.line)
    if table.complete:
        levels = _levels(table.factors, findings, benchmark, table.source, reasons, drawn)
        points, denominator = column.start_points + sum([one.points for one in levels]), table.denominator
    else:
        total = _stated(table, findings, reasons)
        denominator = total.denominator
        points = total.numerator
        drawn.lines[-1] = Line("sum", "百分值总和", "由承办人按印发的原表相加", percent(total), table.source, total)
    said = _percent(points, denominator)
    if table.complete:
        arithmetic = "".join([line.sum for line in drawn.lines])
        drawn.lines.append(Line("sum", "百分值总和", "", f"{arithmetic} ＝ {said}", table.source))
    if table.floor is not None and points < table.floor * denominator:
        points, said = _held(drawn, points, denominator, table.floor, "floor", "总和下限", table.source)
    if table.cap is not None and points > table.cap * denominator:
        cited = f"《{benchmark.title}》{benchmark.cap_article}" if benchmark.cap_article else table.source
        points, said = _held(drawn, points, denominator, table.cap, "cap", "总和上限", cited)
    exact = points * base
    drawn.amount = exact // denominator if isinstance(exact, int) and exact % denominator == 0 else Fraction(exact) / denominator
    drawn.low = drawn.high = drawn.amount
    drawn.lines.append(Line("base", "裁量金额", base_text(column), f"{said} × {fen_text(base)} ＝ {fen_text(drawn.amount)}", table.source))
    return drawn


def _no_range(table: WeightTable | ScaledTable, findings: Findings, reasons: list[Reason]) -> None:
    """A sum of weights leaves no range: a position or a figure picked in it would be passed over in silence."""
    if findings.position or findings.chosen is not None:
        field = "position" if findings.position else "chosen"
        reasons.append(Reason("本表按权重累加得出一个数额，没有幅度，不填写裁量情节和选定的数额", table.source, field))


def _held(drawn: Drawn, points: int, denominator: int, limit: Fraction, kind: str, label: str, source: str) -> tuple[int, str]:
    """The sum held at its cap or floor, as a line of its own."""
    held, said = limit * denominator, percent(limit)
    drawn.lines.append(
        Line(kind, label, f"按{said}计算", f"{_percent(points, denominator)} → {said}", source, limit - Fraction(points, denominator))
    )
    return int(held), said


def _column(table: WeightTable, findings: Findings, reasons: list[Reason]) -> Column:
    if len(table.columns) == 1 and findings.column in ("", table.columns[0].name):
        return table.columns[0]
    for column in table.columns:
        if column.name == findings.column:
            return column
    names = "、".join(one.name for one in table.columns)
    sentence = f"没有“{findings.column}”这一栏" if findings.column else "请选择适用栏"
    reasons.append(Reason(f"{sentence}，可选：{names}", table.source, "column"))
    return table.columns[0]


def _base(column: Column, findings: Findings, source: str, reasons: list[Reason]) -> Exact:
    if column.maximum:
        return column.maximum
    if findings.quantity is None:
        reasons.append(Reason(f"按{column.of}计罚，须先查明并填写{column.of}", source, "quantity"))
        return 0
    return max(findings.quantity, column.of_floor) * column.rate


def _levels(
    factors: tuple[Factor, ...], findings: Findings, benchmark: Benchmark, source: str, reasons: list[Reason], drawn: Drawn
) -> list[Level]:
    """The level of each factor, with its line: as found, as measured, or the lowest where nothing was established."""
    levels, used = [], 0
    for factor in factors:
        name = findings.levels.get(factor.name)
        if name is not None:
            used += 1
            level = factor.levels.get(name)
            if level is None:
                choices = "；".join(factor.levels)
                reasons.append(Reason(f"“{factor.name}”没有“{name}”这一档，可选：{choices}", source, factor.name))
                continue
            drawn.lines.append(level.line)
        elif factor.name in findings.measures:
            used += 1
            value, unit = findings.measures[factor.name]
            try:
                level = factor.level_for(value, unit)
            except ValueError as error:
                reasons.append(Reason(str(error), source, factor.name))
                continue
            drawn.lines.append(level.line)
        else:
            level = _unestablished(factor, benchmark, source, reasons, drawn)
            if level is None:
                continue
        levels.append(level)
    if used < len(findings.levels) + len(findings.measures):
        known = {factor.name for factor in factors}
        for name in (*findings.levels, *findings.measures):
            if name not in known:
                reasons.append(Reason(f"裁量表没有“{name}”这一要素", source, name))
        for name in sorted(known & set(findings.levels) & set(findings.measures)):
            reasons.append(Reason(f"“{name}”既选了档次又填了数值，请只填一种", source, name))
    return levels


def _unestablished(factor: Factor, benchmark: Benchmark, source: str, reasons: list[Reason], drawn: Drawn) -> Level | None:
    if benchmark.unknown_factor != "lowest" or factor.lowest is None or factor.unknown is None:
        choices = "；".join(factor.levels)
        reasons.append(Reason(f"请认定“{factor.name}”：{choices}", source, factor.name))
        return None
    drawn.unestablished.append(factor.name)
    cited = f"《{benchmark.title}》{benchmark.unknown_article}"
    drawn.lines.append(factor.unknown._replace(source=cited))
    return factor.lowest


def _stated(table: WeightTable | ScaledTable, findings: Findings, reasons: list[Reason]) -> Fraction:
    if findings.sum is None:
        sentence = f"裁量表的档次没有载入（{table.missing or '手头没有文本'}），请按印发的原表相加后填写百分值总和，或者导入完整的表"
        reasons.append(Reason(sentence, table.source, "sum"))
        return Fraction(0)
    if not 0 <= findings.sum <= 1:
        reasons.append(Reason(f"百分值总和{percent(findings.sum)}应在0至100%之间", table.source, "sum"))
    return findings.sum


def scaled_percent_sum(
    table: ScaledTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """[Y + Σ × (1 − Y)] × the statutory maximum; Y = minimum / maximum, or the summary ceiling / maximum."""
    if table.unsourced:
        raise NoRule(f"{table.source}的计算公式没有查到正式文本，不能计算。请提供印发文本。")
    drawn = Drawn()
    _no_range(table, findings, reasons)
    if table.complete:
        levels = _levels(table.factors, findings, benchmark, table.source, reasons, drawn)
        total = sum((one.share for one in levels), Fraction(0))
    else:
        total = _stated(table, findings, reasons)
    if statute is None:
        reasons.append(Reason("通用裁量表按法定最低、最高罚款数额计算，须先确定法定罚款幅度", table.source, "statute"))
        return drawn
    ceiling = table.summary_ceiling.get(statute.party, 0)
    if not statute.low and not ceiling:
        reasons.append(Reason("法律没有规定最低罚款数额，裁量表也没有写起点的取法", table.source, "statute"))
        return drawn
    if statute.high <= 0:
        reasons.append(Reason("通用裁量表按法定最高罚款数额计算，法定最高罚款须大于零", table.source, "statute"))
        return drawn
    floor = statute.low or min(ceiling, statute.high)
    start = Fraction(floor, statute.high)
    of = "法定最低额" if statute.low else "简易程序最高罚款额"
    drawn.base = statute.high
    amount = (start + total * (1 - start)) * statute.high
    drawn.amount = drawn.low = drawn.high = amount
    # Shares of the levels are taken of what is above the start, so the lines here carry them scaled.
    begun = f"{fen_text(floor)} ÷ {fen_text(statute.high)} ＝ {percent(start)}"
    drawn.lines = [
        Line("start", "裁量起点 Y", f"{of} ÷ 法定最高额", begun, table.source, start),
        *(one._replace(share=one.share * (1 - start)) for one in drawn.lines if one.share is not None),
    ]
    if not table.complete:
        drawn.lines.append(Line("sum", "百分值总和", "由承办人按印发的原表相加", percent(total), table.source, total * (1 - start)))
    arithmetic = f"［{percent(start)} ＋ {percent(total)} × （1－{percent(start)}）］ × {fen_text(statute.high)} ＝ {fen_text(amount)}"
    drawn.lines.append(Line("base", "裁量金额", "［Y＋Σ（1－Y）］×法定最高额", arithmetic, table.source))
    return drawn


def condition_rows(
    table: RowTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """The row whose conditions hold gives a range or a sum; the benchmark's rule of position gives the figure in it."""
    place = _target(table, findings, reasons)
    target, drawn = table.targets[place], Drawn(column=table.targets[place].name)
    row = _override(table, findings, reasons) if findings.override else _matching(table, findings, benchmark, place, reasons, drawn)
    if row is None:
        return drawn
    told = "；".join(one for one in row.when if one)
    source = f"{table.source}{'特殊情形' if findings.override else f'第{row.number}行'}"
    return _from_span(drawn, row.fines[place], told, source, target.of, target.per, findings, benchmark, reasons)


def _from_span(
    drawn: Drawn, span: Span, told: str, source: str, of: str, per: str, findings: Findings, benchmark: Benchmark, reasons: list[Reason]
) -> Drawn:
    drawn.warning, drawn.optional = span.warning, span.optional
    drawn.lines.append(Line("row", "适用的档次", told, span.text, source))
    if not span.fines:
        drawn.fined = False
        return drawn
    if span.unit != "yuan" and findings.quantity is None:
        reasons.append(Reason(f"按{of}计罚，须先查明并填写{of}", source, "quantity"))
        return drawn
    drawn.low, drawn.high = span.bounds(findings.quantity or 0)
    if span.unit != "yuan":
        counted = f"{fen_text(findings.quantity or 0)} → {fen_text(drawn.low)}至{fen_text(drawn.high)}"
        drawn.lines.append(Line("base", of, span.text, counted, source))
    if per:
        if findings.units is None:
            reasons.append(Reason(f"按每{per}计罚，请填写数量", source, "units"))
            return drawn
        drawn.per = per
    drawn.amount, line = settle(span, drawn.low, drawn.high, findings, benchmark, source, reasons)
    drawn.lines.append(line)
    return drawn


def _target(table: RowTable, findings: Findings, reasons: list[Reason]) -> int:
    names = [one.name for one in table.targets]
    if len(names) == 1 and not findings.column:
        return 0
    if findings.column in names:
        return names.index(findings.column)
    reasons.append(Reason(f"请选择处罚对象：{'、'.join(names)}", table.source, "column"))
    return 0


def _override(table: RowTable, findings: Findings, reasons: list[Reason]) -> Row | None:
    given = tuple(findings.levels.get(name, "") for name in table.override_dims)
    for row in table.overrides:
        if row.when[-1] == findings.override and row.when[:-1] == given:
            return row
    if findings.override in table.override_words:
        reasons.extend(Reason(f"请认定“{name}”", table.source, name) for name in table.override_dims)
    else:
        reasons.append(Reason(f"裁量表没有“{findings.override}”这一特殊情形", table.source, "override"))
    return None


def _matching(
    table: RowTable, findings: Findings, benchmark: Benchmark, place: int, reasons: list[Reason], drawn: Drawn
) -> Row | None:
    """The row for what was found. A dimension not established: the lowest row that the rest leaves open."""
    given = tuple(findings.levels.get(name, "") for name in table.dims)
    known = set(table.dims)
    for name in (*findings.levels, *findings.measures):
        if name not in known:
            reasons.append(Reason(f"裁量表没有“{name}”这一条件", table.source, name))
    for name in sorted(known & set(findings.measures)):
        reasons.append(Reason(f"“{name}”按表中所列的档次选定，不填数值", table.source, name))
    if row := table.by_when.get(given):
        return row
    for name, value, choices in zip(table.dims, given, table.choices, strict=True):
        if value and value not in choices:
            reasons.append(Reason(f"“{name}”没有“{value}”这一档，可选：{'；'.join(choices)}", table.source, name))
    valid = [value if value in choices else "" for value, choices in zip(given, table.choices, strict=True)]
    left = [row for row in table.rows if all(cell == value for cell, value in zip(row.when, valid, strict=True) if cell and value)]
    open_ = [name for at, name in enumerate(table.dims) if not given[at] and any(row.when[at] for row in left)]
    if open_ and benchmark.unknown_factor != "lowest":
        for name in open_:
            choices = table.choices[table.dims.index(name)]
            reasons.append(Reason(f"请认定“{name}”：{'；'.join(choices)}", table.source, name))
    if not left:
        if not reasons:
            reasons.append(Reason("裁量表没有与所认定的各项相符的一行，请核对各项的组合", table.source, table.dims[0]))
        return None
    if open_:
        drawn.unestablished += open_
        cited = f"《{benchmark.title}》{benchmark.unknown_article}"
        drawn.lines += [Line("factor", name, "未能认定，按最低档", "", cited) for name in open_]
        return min(left, key=lambda row: (row.fines[place].high, row.fines[place].low))
    return max(left, key=lambda row: sum(bool(cell) for cell in row.when))


def grades(
    table: GradeTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """The highest grade met gives the range; a shift moves it one grade up, from the top grade to the statutory maximum."""
    drawn, person = Drawn(column=findings.column), findings.column == PERSON
    if findings.column not in ("", UNIT, PERSON):
        reasons.append(Reason(f"没有“{findings.column}”这一处罚对象，只有{UNIT}、{PERSON}", table.source, "column"))
    met = _met(table, findings, reasons)
    if not met:
        return drawn
    top = max(one.grade for one in met)
    for rule in shifts(benchmark, findings):
        higher = [one for one in table.grades if one.grade > top]
        cited = f"《{benchmark.title}》{rule.article}"
        if not higher:
            return _to_maximum(drawn, statute, cited, reasons)
        drawn.lines.append(Line("shift", "升一个等级", rule.gist, f"第{top}级 → 第{higher[0].grade}级", cited))
        top = higher[0].grade
        met = [one for one in table.grades if one.grade == top]
    best: Drawn | None = None
    for grade in (one for one in met if one.grade == top):
        mine: list[Reason] = []
        made = _graded(grade, table, findings, benchmark, person, mine)
        reasons.extend(one for one in mine if one not in reasons)
        best = made if best is None or made.amount > best.amount else best
    if best is not None:
        best.lines[:0] = drawn.lines
        best.column = drawn.column
        return best
    return drawn


def _met(table: GradeTable, findings: Findings, reasons: list[Reason]) -> list[Grade]:
    words = {word for grade in table.grades for word in grade.any_of}
    for word in findings.circumstances:
        if word not in words:
            reasons.append(Reason(f"裁量表没有“{word}”这一情形", table.source, "circumstances"))
    met = [grade for grade in table.grades if set(grade.any_of) & set(findings.circumstances)]
    if not met and not findings.circumstances:
        reasons.append(Reason("请选择当事人具有的情形", table.source, "circumstances"))
    return met


def _graded(
    grade: Grade, table: GradeTable, findings: Findings, benchmark: Benchmark, person: bool, reasons: list[Reason]
) -> Drawn:
    drawn = Drawn()
    span = grade.person if person else grade.fine
    source = f"{table.source}第{grade.grade}级"
    told = "；".join(word for word in findings.circumstances if word in grade.any_of)
    if span is None:
        reasons.append(Reason("该等级没有对个人的罚款", source, "column"))
        return drawn
    if grade.steps and not person:
        drawn.lines.append(Line("row", "适用的等级", told, span.text, source))
        drawn.low, drawn.high = grade.steps.low, grade.steps.high
        drawn.amount, lines = stepped(grade.steps, findings, source, reasons)
        drawn.lines += lines
        return drawn
    if table.midpoint_step is not None:
        drawn.low, drawn.high = span.bounds(findings.quantity or 0)
        total = next((one.value for one in findings.adjustments if one.id == "within"), None)
        amount, label, arithmetic = midpoint(table.midpoint_step, total or Fraction(0), Ground(None, drawn.low, drawn.high))
        drawn.lines.append(Line("row", "适用的等级", told, span.text, source))
        drawn.lines.append(Line("position", label, "", arithmetic, source, None, amount))
        drawn.amount = amount
        if amount < 0:
            reasons.append(Reason("调整系数总和使罚款成为负数，请核对", source, "adjustments"))
        return drawn
    drawn = _from_span(drawn, span, told, source, table.person_of if person else table.of, "", findings, benchmark, reasons)
    if table.at_most and not person and drawn.amount > table.at_most:
        over = table.at_most - drawn.amount
        drawn.lines.append(Line("cap", "表列上限", "", f"{fen_text(drawn.amount)} → {fen_text(table.at_most)}", source, None, over))
        drawn.amount = table.at_most
    return drawn


def _to_maximum(drawn: Drawn, statute: Statute | None, cited: str, reasons: list[Reason]) -> Drawn:
    if statute is None:
        reasons.append(Reason("已是最高等级，从重取法定最高额，须先确定法定罚款幅度", cited, "statute"))
        return drawn
    drawn.amount = drawn.low = drawn.high = statute.high
    drawn.lines.append(Line("shift", "最高等级再升", "取法定最高额", fen_text(statute.high), cited, None, statute.high))
    return drawn


def combined_levels(
    table: LevelTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """Levels put together by a named formula; one whose official text is not at hand refuses."""
    if formula := FORMULAS.get(table.combiner):
        return formula(table, findings, benchmark, statute, reasons)
    raise NoRule(
        f"《{benchmark.title}》的{COMBINERS[table.combiner]}没有查到正式文本，不能计算。"
        "请提供印发文本中的计算公式和算例，载入并核对后再用；在此之前只列出要素和等级，供集体讨论参考。"
    )


def _percent(points: int, denominator: int) -> str:
    if (points * 100) % denominator == 0:
        return f"{points * 100 // denominator}%"
    return percent(Fraction(points, denominator))


_Method = Callable[[Any, Findings, Benchmark, Statute | None, list[Reason]], Drawn]
# The formulas that put levels together, by the name a table gives. None: no official text of any is at hand. One is loaded by
# adding its function here, with its article in the docstring and the worked examples of the text as tests.
FORMULAS: dict[str, _Method] = {}
METHODS: Mapping[type, _Method] = {
    WeightTable: weight_sum, ScaledTable: scaled_percent_sum, RowTable: condition_rows, GradeTable: grades, LevelTable: combined_levels,
}
