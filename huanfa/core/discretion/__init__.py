"""Fines by benchmark (裁量基准): a table, what the officers found, and the amount with every line that leads there.

amount.py       the printed amounts of tables: 2万元以上4万元以下, 1倍, 警告 …
benchmark.py    Benchmark, its tables, factors, rows, grades and adjustments: the definition
parse.py        from plain TOML data, with every fault and its line
library.py      a benchmark from its folder, or from its compiled copy
findings.py     Findings: the levels found for one case, and what a table asks for
result.py       Line and Computation: what comes out
methods.py      one function a method: findings → an amount or a range
steps.py        fixed steps of exceedance inside a grade (阶梯)
adjustments.py  what moves a figure inside its range, or below it, in the benchmark's order
compute.py      the whole chain: date, method, adjustments, statutory range, rounding, days
"""

from huanfa.core.discretion.benchmark import Benchmark
from huanfa.core.discretion.compute import compute
from huanfa.core.discretion.findings import Findings, Statute, asks
from huanfa.core.discretion.result import Computation, Line

__all__ = ["Benchmark", "Computation", "Findings", "Line", "Statute", "asks", "compute"]
