"""Fines by benchmark, measured: one computation beside three other ways, a million again, opening the largest benchmark.

Run by `python -m bench` in the environment .venv-bench, where the rivals are installed. Needs no Django and no database.
All ways must give equal amounts for every finding, or nothing is printed and nothing written.
"""

import argparse
import gc
import importlib
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import starmap
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench import document, million, opening
from bench.findings import BENCHMARK, ON, TABLE, Found, asked, drawn, table_of
from bench.goals import table as goals_table
from bench.rivals import chain
from huanfa.core.discretion import Benchmark, Computation, Findings, Statute, compute, library
from huanfa.core.discretion.benchmark import WeightTable

FINDINGS, ROUNDS, SEED = 2_000, 31, 20260815
FEW = 200               # findings a round for the ways that take long
WARM = 20               # of them once more before the clock starts
REPEATED = 50           # times the findings for what computes all of them at once
BUSY = 0.3              # load of a machine that is not idle


@dataclass(frozen=True)
class Way:
    """One way to compute: `run` takes some of `inputs` and gives their amounts in fen. `timed` inputs go into one round."""

    title: str
    run: Callable[[Sequence[Any]], Iterable[int]]
    inputs: Sequence[Any]
    timed: int = FINDINGS
    holds: int = 1      # findings in each input
    micros: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Microseconds for one finding, the median of all rounds."""
        return statistics.median(self.micros)


def main() -> None:
    """Measure all, print it, and write it down where `--out` says."""
    parser = argparse.ArgumentParser("python -m bench.fines")
    parser.add_argument("--out", metavar="FILE", help="写到哪里；不给出则不写")
    out = parser.parse_args().out
    load = os.getloadavg()[0]
    largest = opening.largest()
    say(f"opening {largest}")
    cold, cached, tables = opening.measure(largest)
    say("million")
    again = million.measure()
    say("compute")
    benchmark = library.load(BENCHMARK)
    founds = list(drawn(table_of(benchmark), FINDINGS, SEED))
    ways = [*ours(benchmark, founds), *others(table_of(benchmark), founds)]
    must_agree(ways, [chain.fine(one) for one in founds])
    take_turns(ways)
    measured = {"fine": ways[0].median, "million": again.wall, "pack_cold": cold.load, "pack_cached": cached.load}
    lines = [
        *(f"- {fact}" for fact in facts(load)), "", goals_table(measured), "", *beside(ways), "", "其余数字：", "",
        f"- 认定 {FINDINGS} 件，各做法得出的金额全部相等；其中 {sum(held(founds))} 件触及法定下限或者上限",
        f"- 百万件重算：从启动进程到加出总额 {again.wall:.1f} 秒（含随机造认定），其中 `replay` 本身 {again.inside:.1f} 秒；"
        "总额与手写的相等",
        f"- 装入 {largest}（{tables} 张表，{opening.size(largest) / 1000:.0f} kB）：不用缓存 {spread(cold.loads)} ms，"
        f"用编译缓存 {spread(cached.loads)} ms（各 {opening.RUNS} 个新进程，轮流）",
        f"- 同上，整个进程从启动到结束：不用缓存 {spread(cold.wholes)} ms，用编译缓存 {spread(cached.wholes)} ms",
    ]
    print("\n" + "\n".join(lines))
    if out:
        document.put(Path(out), "fines", lines)


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(f"· fines: {words}", flush=True)


def ours(benchmark: Benchmark, founds: list[Found]) -> list[Way]:
    """Our core: as the application calls it, and from JSON data to JSON data."""
    inputs = [asked(table_of(benchmark), one) for one in founds]
    as_data = [(findings.as_data(), statute) for findings, statute in inputs]

    def traced(findings: Findings, statute: Statute) -> Computation:
        return compute(benchmark, TABLE, findings, on=ON, statute=statute)

    def through_data(data: dict[str, Any], statute: Statute) -> int:
        return traced(Findings.from_data(data), statute).as_data()["amount"]

    for result in starmap(traced, inputs):
        assert result.total() == result.amount and len(result.lines) > len(table_of(benchmark).factors), "计算过程不全"
    return [
        Way("环法 `compute`，带全部计算过程", lambda some: [one.amount for one in starmap(traced, some)], inputs),
        Way("环法，认定由 JSON 数据读入，结果连同过程写成 JSON 数据", lambda some: list(starmap(through_data, some)), as_data),
    ]


def others(table: WeightTable, founds: list[Found]) -> list[Way]:
    """The rivals. Imported only here: the processes that replay a million import this file too and must stay light."""
    gorules, openfisca = (importlib.import_module(f"bench.rivals.{name}") for name in ("gorules", "openfisca"))
    engine, decision, graphs = gorules.engine(table), gorules.decision(table), gorules.inputs(founds)
    rules, alone = openfisca.system(table), openfisca.situations(table, founds)
    columns = openfisca.arrays(table, founds * REPEATED)

    def by_engine(some: Sequence[Any], options: dict[str, bool] | None = None) -> list[int]:
        return [engine.evaluate(gorules.KEY, one, options)["result"]["amount"] for one in some]

    def by_decision(some: Sequence[Any], options: dict[str, bool] | None = None) -> list[int]:
        return [decision.evaluate(one, options)["result"]["amount"] for one in some]

    return [
        Way("zen-engine，装载器（loader），带 trace", lambda some: by_engine(some, gorules.TRACE), graphs),
        Way("zen-engine，装载器（loader），不带 trace", by_engine, graphs),
        Way("zen-engine，`create_decision`，带 trace", lambda some: by_decision(some, gorules.TRACE), graphs, FEW),
        Way("zen-engine，`create_decision`，不带 trace", by_decision, graphs, FEW),
        Way("openfisca-core，逐件，带 trace", lambda some: [openfisca.alone(rules, one, True) for one in some], alone, FEW),
        Way("openfisca-core，逐件，不带 trace", lambda some: [openfisca.alone(rules, one, False) for one in some], alone, FEW),
        Way(
            f"openfisca-core，{FINDINGS * REPEATED} 件一次算完（向量），分不出每件的过程",
            lambda some: openfisca.together(rules, some[0]), [columns], 1, FINDINGS * REPEATED,
        ),
        Way("手写的 if，没有日期、条文和过程", lambda some: [chain.fine(one) for one in some], founds),
    ]


def must_agree(ways: list[Way], wanted: list[int]) -> None:
    """Stop unless every way gives the amounts of the chain written by hand. Warms everything up as well."""
    for way in ways:
        amounts = list(way.run(way.inputs))
        assert amounts and amounts == wanted * (len(amounts) // len(wanted)), f"{way.title}：金额与手写的不一致"


def take_turns(ways: list[Way]) -> None:
    """Time all ways, one after the other in each round, so that all meet the same machine."""
    gc.collect()
    gc.freeze()     # the inputs made ready beforehand are nobody's work
    for turn in range(ROUNDS):
        for way in ways:
            start = turn * way.timed % len(way.inputs)
            some = way.inputs[start:start + way.timed]
            way.run(some[:WARM])
            began = time.perf_counter()
            way.run(some)
            way.micros.append((time.perf_counter() - began) / (len(some) * way.holds) * 1e6)


def held(founds: list[Found]) -> Iterable[bool]:
    """Which findings end at one of the ends of the statutory range."""
    return (chain.fine(one) in (one.low, one.high) for one in founds)


def facts(load: float) -> list[str]:
    """Day, machine, versions, and whether somebody else used the machine."""
    shared = "，同时有别的程序在运行，各数字比空闲时偏慢" if load > BUSY else ""
    return [
        f"日期：{datetime.now(ZoneInfo('Asia/Shanghai')).date()}",
        f"机器：{document.machine()}；开始前 1 分钟的系统负载 {load:.2f}{shared}",
        f"软件：Python {platform.python_version()}，zen-engine {version('zen-engine')}，openfisca-core {version('openfisca-core')}，"
        f"numpy {version('numpy')}",
    ]


def beside(ways: list[Way]) -> list[str]:
    """All ways side by side, with how many times ours they take."""
    lines = ["| 一件罚款的计算 | 中位，µs | 最小–最大，µs | 为环法 `compute` 的几倍 |", "|---|---|---|---|"]
    for way in ways:
        ends = f"{shown(min(way.micros))}–{shown(max(way.micros))}"
        lines.append(f"| {way.title} | {shown(way.median)} | {ends} | {shown(way.median / ways[0].median)} |")
    return lines


def spread(values: list[float]) -> str:
    """Median with minimum and maximum."""
    return f"{shown(statistics.median(values))}（{shown(min(values))}–{shown(max(values))}）"


def shown(value: float) -> str:
    """Three figures or so."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
