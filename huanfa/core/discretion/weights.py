"""Tables of weights: the shares of the levels add up, and the sum is taken of a base or of the statutory range."""

from __future__ import annotations

from fractions import Fraction

from huanfa.core.discretion.adjustments import Exact
from huanfa.core.discretion.amount import fen_text, percent
from huanfa.core.discretion.benchmark import Benchmark, Column, Factor, Level, ScaledTable, WeightTable
from huanfa.core.discretion.drawn import Drawn
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.parse_tables import base_text
from huanfa.core.discretion.result import Line
from huanfa.core.errors import NoRule, Reason


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


def _percent(points: int, denominator: int) -> str:
    if (points * 100) % denominator == 0:
        return f"{points * 100 // denominator}%"
    return percent(Fraction(points, denominator))
