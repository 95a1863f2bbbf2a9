"""What a method draws from a table: the figure, its range and the lines that led there."""

from __future__ import annotations

from dataclasses import dataclass, field

from huanfa.core.discretion.adjustments import Exact, settle
from huanfa.core.discretion.amount import Span, fen_text
from huanfa.core.discretion.benchmark import Benchmark
from huanfa.core.discretion.findings import Findings
from huanfa.core.discretion.result import Line
from huanfa.core.errors import Reason


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


def from_span(
    drawn: Drawn, span: Span, told: str, source: str, of: str, per: str, findings: Findings, benchmark: Benchmark, reasons: list[Reason]
) -> Drawn:
    """Carry a range on to the figure in it, by the benchmark's rule of position. `of` and `per`: what is counted, "" if nothing."""
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
