"""Opening the largest benchmark in a fresh process: from its rule files, and from its compiled copy."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from huanfa.core.discretion import library

RUNS = 11
PROGRAM = """
import json, pathlib, sys, time
from huanfa.core.discretion import library
cache = pathlib.Path(sys.argv[2]) if sys.argv[2] else None
began = time.perf_counter()
benchmark = library.load(sys.argv[1], cache=cache)
took = time.perf_counter() - began
print(json.dumps([took * 1000, len(benchmark.tables), "huanfa.core.rulebook" in sys.modules]))
"""


@dataclass(frozen=True)
class Opening:
    """Milliseconds of each run: `load` itself after the import, and the whole process from its start to its end."""

    loads: list[float]
    wholes: list[float]

    @property
    def load(self) -> float:
        """The median of `load` itself."""
        return statistics.median(self.loads)

    @property
    def whole(self) -> float:
        """The median of the whole process."""
        return statistics.median(self.wholes)


def largest() -> str:
    """The id of the benchmark whose rule files have the most bytes."""
    return max(library.ids(), key=size)


def size(benchmark_id: str) -> int:
    """Bytes of its rule files."""
    body, _, version = benchmark_id.partition("/")
    return sum(path.stat().st_size for path in (library.ROOT / body / "benchmarks" / version).glob("*.toml"))


def measure(benchmark_id: str) -> tuple[Opening, Opening, int]:
    """From the rule files, from the compiled copy (in turns, so that both meet the same machine), and how many tables."""
    cold, compiled, tables = Opening([], []), Opening([], []), 0
    with tempfile.TemporaryDirectory(prefix="huanfa-bench-") as cache:
        _once(benchmark_id, cache)      # writes the compiled copy, and brings files and bytecode into memory
        for _ in range(RUNS):
            for opening, folder in ((cold, ""), (compiled, cache)):
                load, whole, tables = _once(benchmark_id, folder)
                opening.loads.append(load)
                opening.wholes.append(whole)
    return cold, compiled, tables


def _once(benchmark_id: str, cache: str) -> tuple[float, float, int]:
    began = time.perf_counter()
    answer = subprocess.run([sys.executable, "-c", PROGRAM, benchmark_id, cache], check=True, stdout=subprocess.PIPE).stdout
    whole = (time.perf_counter() - began) * 1000
    load, tables, rulebook = json.loads(answer)
    assert not rulebook, "装入裁量基准不应当用到规则总册"
    return load, whole, tables
