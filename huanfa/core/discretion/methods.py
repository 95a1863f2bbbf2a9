"""Which method draws from which kind of table.

Each puts what is missing or unknown into `reasons` and goes on, so that an officer is told everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huanfa.core.discretion.benchmark import Benchmark, GradeTable, LevelTable, RowTable, ScaledTable, WeightTable
from huanfa.core.discretion.drawn import Drawn
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.grades import grades
from huanfa.core.discretion.parse_tables import COMBINERS
from huanfa.core.discretion.rows import condition_rows
from huanfa.core.discretion.weights import scaled_percent_sum, weight_sum
from huanfa.core.errors import NoRule, Reason


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


_Method = Callable[[Any, Findings, Benchmark, Statute | None, list[Reason]], Drawn]
# The formulas that put levels together, by the name a table gives. None: no official text of any is at hand. One is loaded by
# adding its function here, with its article in the docstring and the worked examples of the text as tests.
FORMULAS: dict[str, _Method] = {}
METHODS: Mapping[type, _Method] = {
    WeightTable: weight_sum, ScaledTable: scaled_percent_sum, RowTable: condition_rows, GradeTable: grades, LevelTable: combined_levels,
}
