"""What the command line does that needs more than a few lines. Each command returns its exit code, its data and its lines.

rules.py      huanfa rules check: rule packs, benchmarks, no-fine lists, and with --walk every path of every procedure
fine.py       huanfa fine: the amount by a benchmark, with every line
benchmark.py  huanfa benchmark: list, report, the spreadsheet form out and in

Like the three first commands these need no Django and no database.
"""

from __future__ import annotations

from typing import Any

DEFAULT_PACK = "jianghan-demo"
Answer = tuple[int, dict[str, Any], list[str]]
