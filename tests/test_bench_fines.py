"""What fines are measured beside computes the same: the chain written by hand, on findings by lot."""

import pytest

from bench.findings import BENCHMARK, ON, TABLE, asked, drawn, table_of
from bench.million import by_chain, replayed
from bench.rivals import chain
from huanfa.core.discretion import compute, library

GUANGDONG = library.load(BENCHMARK)
FOUND = list(drawn(table_of(GUANGDONG), 300, seed=1))


def test_a_fine_by_the_benchmark_is_the_fine_that_the_table_gives_by_hand():
    for found in FOUND:
        findings, statute = asked(table_of(GUANGDONG), found)

        result = compute(GUANGDONG, TABLE, findings, on=ON, statute=statute)

        assert result.amount == chain.fine(found)
        assert result.total() == result.amount


def test_the_findings_that_are_measured_meet_both_ends_of_the_statutory_range():
    fines = [(chain.fine(one), one) for one in FOUND]

    assert any(fine == one.low for fine, one in fines)
    assert any(fine == one.high for fine, one in fines)
    assert any(one.low < fine < one.high for fine, one in fines)


def test_the_chain_refuses_a_level_that_the_table_does_not_have():
    for place in range(len(FOUND[0].levels)):
        wrong = list(FOUND[0].levels)
        wrong[place] = "没有这一档"

        with pytest.raises(ValueError, match="没有这一档"):
            chain.fine(FOUND[0]._replace(levels=tuple(wrong)))


def test_a_replay_adds_up_to_what_the_chain_adds_up_to():
    total, _ = replayed((7, 500))

    assert total == by_chain((7, 500))
