"""Findings drawn by lot for one weight table, so that every way of computing is asked the same."""

import random
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from huanfa.core.discretion import Benchmark, Findings, Statute
from huanfa.core.discretion.benchmark import WeightTable

BENCHMARK, TABLE = "guangdong/2022", "GD-2.7a"
ON = date(2023, 5, 1)
ARTICLE = "水污染防治法第八十三条第二项"
NARROW = (20_000_000, 50_000_000)       # fen; no law's range: only so that amounts meet an upper end as well
LIGHTEST = 0.1                          # of the findings are of the lightest levels, which end below the statutory minimum


class Found(NamedTuple):
    """The levels found, in the words and the order of the table, and the statutory range in fen."""

    levels: tuple[str, ...]
    low: int
    high: int


def table_of(benchmark: Benchmark) -> WeightTable:
    """The table that is measured. Raises TypeError where it has become one of another kind."""
    table = benchmark.table(TABLE)
    if not isinstance(table, WeightTable):
        raise TypeError(f"{TABLE} is no weight table")
    return table


def drawn(table: WeightTable, count: int, seed: int) -> Iterator[Found]:
    """`count` findings, the same for the same seed: one in ten held to a narrower range, one in ten nearly all lowest."""
    lot = random.Random(seed)
    words = [tuple(factor.levels) for factor in table.factors]
    printed = (int(table.statutory[0].low), int(table.statutory[0].high))
    for _ in range(count):
        levels = [lot.choice(one) for one in words]
        if lot.random() < LIGHTEST:
            levels = [*(one[0] for one in words[:-1]), levels[-1]]
        low, high = NARROW if lot.random() < LIGHTEST else printed
        yield Found(tuple(levels), low, high)


def asked(table: WeightTable, found: Found) -> tuple[Findings, Statute]:
    """The same for our own core."""
    levels = dict(zip((factor.name for factor in table.factors), found.levels, strict=True))
    return Findings(levels=levels), Statute(found.low, found.high, ARTICLE)
