"""Fines by benchmark (裁量基准): a table, what the officers found, and the amount with every line that leads there.

The table
amount.py       the printed amounts of tables: 2万元以上4万元以下, 1倍, 警告 …
benchmark.py    Benchmark, its tables, factors, rows, grades and adjustments: the definition
parse.py        from plain TOML data, with every fault and its line; parse_tables.py: the tables
check.py        whether a benchmark is sound: weights add up, ranges inside the law's, gaps and overlaps
library.py      a benchmark from its folder, or from its compiled copy

The amount
asks.py         what a table asks for
findings.py     Findings: the levels found for one case
methods.py      which method draws from which table: weights.py, rows.py, grades.py; steps.py for fixed steps inside a grade
drawn.py        what a method hands on: the figure, its range, the lines so far
adjustments.py  what moves a figure inside its range, or below it, in the benchmark's order
compute.py      the whole chain: date, method, adjustments, statutory range, rounding, days
result.py       Line and Computation: what comes out
request.py      the same from and to JSON data, for the command line and the endpoint

The case
applicable.py   old law or new: the texts that may govern, point by point
no_fine.py      the lists of what is not fined, condition by condition
history.py      what a party was dealt with for before
worksheet.py    the worksheet of a case, and what it must carry
likeness.py     like cases: the nearest, their spread, why each was chosen
replay.py       decided cases under another benchmark
"""

from huanfa.core.discretion.asks import asks
from huanfa.core.discretion.benchmark import Benchmark
from huanfa.core.discretion.compute import compute
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.result import Computation, Line

__all__ = ["Benchmark", "Computation", "Findings", "Line", "Statute", "asks", "compute"]
