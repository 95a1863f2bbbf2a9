"""A benchmark from its folder of rule files, checked whole; or, where the files have not changed, from its compiled copy.

The compiled copy is the parsed TOML as JSON, named by the SHA-256 of every file it was made from: it cannot be stale, and
reading it runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from huanfa.core.cite import chinese_number
from huanfa.core.discretion.benchmark import Benchmark, RowTable, Table, factors_of
from huanfa.core.discretion.parse import parse_head
from huanfa.core.discretion.parse_tables import parse_tables
from huanfa.core.errors import Fault, NoRule, RuleFault
from huanfa.core.rulefile import RuleFile, read_folder

ROOT = Path(__file__).resolve().parents[2] / "rules"
HEAD = "benchmark.toml"


def ids(root: Path = ROOT) -> list[str]:
    """The ids of all benchmarks in the rules folder."""
    return sorted(f"{path.parts[-4]}/{path.parts[-2]}" for path in root.glob(f"*/benchmarks/*/{HEAD}"))


@lru_cache(maxsize=32)
def load(benchmark_id: str, root: Path = ROOT, cache: Path | None = None) -> Benchmark:
    """Open a benchmark. Raises NoRule for an unknown id, RuleFault with every fault of its files at once."""
    benchmark, faults = examine(benchmark_id, root, cache)
    if benchmark is None or faults:
        raise RuleFault(faults)
    return benchmark


def examine(benchmark_id: str, root: Path = ROOT, cache: Path | None = None) -> tuple[Benchmark | None, list[Fault]]:
    """Open a benchmark and return it with all faults found (None where it cannot be put together)."""
    benchmark, faults = _open(benchmark_id, root, cache, ())
    if faults and cache is not None:
        return _open(benchmark_id, root, None, ())      # a compiled copy knows no lines
    return benchmark, faults


def _open(benchmark_id: str, root: Path, cache: Path | None, below: tuple[str, ...]) -> tuple[Benchmark | None, list[Fault]]:
    """`below` are the benchmarks that build on this one."""
    body, _, version = benchmark_id.partition("/")
    folder = root / body / "benchmarks" / version
    if not (body and version and (folder / HEAD).is_file()) or ".." in benchmark_id:
        raise NoRule(f"没有裁量基准 {benchmark_id}。现有：{'、'.join(ids(root))}")
    files, faults = read_folder(folder, root, cache)
    head = next((file for file in files if file.name.endswith(f"/{HEAD}")), None)
    if head is None:
        return None, faults
    if head.data.get("id") != benchmark_id:
        faults.append(head.fault(f"id 应与文件夹一致，为 {benchmark_id}", "", 0, "id"))
    parent, tables = None, _tables(files, head, faults)
    if extends := str(head.data.get("extends", "")):
        try:
            if extends in (benchmark_id, *below):
                raise NoRule(f"{extends} 绕了一圈又以自己为基础")
            parent, more = _open(extends, root, cache, (benchmark_id, *below))
            faults += more
        except NoRule as unknown:
            faults.append(head.fault(str(unknown), "", 0, "extends"))
    benchmark, more = parse_head(head, tables, files, parent)
    return benchmark, faults + more


def _tables(files: Iterable[RuleFile], head: RuleFile, faults: list[Fault]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for file in files:
        if file is head:
            continue
        found, wrong = parse_tables(file)
        faults += wrong
        for table in found:
            if table.id in tables:
                faults.append(Fault(file.name, table.line, f"裁量表 {table.id} 重复"))
            tables[table.id] = table
    return tables



def find(benchmark: Benchmark, words: str) -> list[Table]:
    """The tables that have every word in their number, offence, articles, factors or dimensions; a number is also an article."""
    return [table for table in benchmark.tables.values() if all(_has(table, word) for word in words.casefold().split())]


def _has(table: Table, word: str) -> bool:
    number = int(word) if word.isdecimal() and len(word) < 5 else 0
    text = _text(table.id, table.section, table.offence, *table.basis, *_names(table))
    return word in text or (number > 0 and f"第{chinese_number(number)}条" in text)


def _names(table: Table) -> tuple[str, ...]:
    return table.dims if isinstance(table, RowTable) else tuple(one.name for one in factors_of(table))


@lru_cache(maxsize=4096)
def _text(*parts: str) -> str:
    return " ".join(parts).casefold()
