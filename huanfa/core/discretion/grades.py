"""Tables of grades: the highest grade whose circumstances were found gives the range; a shift moves it up."""

from __future__ import annotations

from fractions import Fraction

from huanfa.core.discretion.adjustments import Ground, midpoint, shifts
from huanfa.core.discretion.amount import fen_text
from huanfa.core.discretion.benchmark import PERSON, UNIT, Benchmark, Grade, GradeTable
from huanfa.core.discretion.drawn import Drawn, from_span
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.result import Line
from huanfa.core.discretion.steps import stepped
from huanfa.core.errors import Reason


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
    drawn = from_span(drawn, span, told, source, table.person_of if person else table.of, "", findings, benchmark, reasons)
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
