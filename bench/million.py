"""A million findings computed again, in two processes: what a province's what-if asks for. Nothing is kept but the sum."""

import itertools
import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.findings import BENCHMARK, ON, TABLE, asked, drawn, table_of
from bench.rivals import chain
from huanfa.core.discretion import library
from huanfa.core.discretion.replay import Past, replay

MILLION, PROCESSES, BATCH = 1_000_000, 2, 10_000


@dataclass(frozen=True)
class Replay:
    """Seconds from starting the processes to the last sum; of those, the longest that a process spent in replay itself."""

    wall: float
    inside: float


def measure(count: int = MILLION) -> Replay:
    """Replay `count` findings. Raises AssertionError where the sum is not that of the chain written by hand."""
    shares = [(seed, count // PROCESSES) for seed in range(PROCESSES)]
    began = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        found = pool.map(replayed, shares, chunksize=1)
        wall = time.perf_counter() - began
        by_hand = pool.map(by_chain, shares, chunksize=1)
    assert [total for total, _ in found] == by_hand, "百万件重算的总额与手写的不一致"
    return Replay(wall, max(seconds for _, seconds in found))


def replayed(share: tuple[int, int]) -> tuple[int, float]:
    """In a process of its own: the sum of all amounts in fen, and the seconds inside `replay`."""
    benchmark, total, inside = library.load(BENCHMARK), 0, 0.0
    cases = past(*share)
    while batch := list(itertools.islice(cases, BATCH)):
        began = time.perf_counter()
        again = replay(batch, benchmark, on=ON)
        inside += time.perf_counter() - began
        refused = next((one.why for one in again if one.now is None), "")
        assert not refused, refused
        total += sum(one.now.amount for one in again if one.now)
    return total, inside


def by_chain(share: tuple[int, int]) -> int:
    """The same sum by the chain written by hand."""
    seed, count = share
    return sum(chain.fine(one) for one in drawn(table_of(library.load(BENCHMARK)), count, seed))


def past(seed: int, count: int) -> Iterator[Past]:
    """Decided cases, by lot."""
    table = table_of(library.load(BENCHMARK))
    for key, found in enumerate(drawn(table, count, seed)):
        findings, statute = asked(table, found)
        yield Past(key, "", ON, TABLE, findings, statute, 0, 0)
