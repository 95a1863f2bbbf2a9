"""The ledger: an edited, deleted, reordered or inserted entry is found and named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanfa.core.errors import ChainBroken
from huanfa.core.ledger.chain import check
from huanfa.core.ledger.checkpoint import Head, leads_to, path, root
from huanfa.core.ledger.entry import Entry, Signer, from_data, sealed
from tests.core.a_case import a_case

CHAIN = a_case("serve_notice").entries


def broken_at(entries: list[Entry], **known: object) -> ChainBroken:
    with pytest.raises(ChainBroken) as caught:
        check("case-1", entries, **known)
    return caught.value


def test_a_chain_as_it_was_written_holds():
    assert check("case-1", CHAIN, length=len(CHAIN)) == CHAIN[-1].hash


@given(st.integers(0, len(CHAIN) - 1))
def test_an_edited_entry_is_named(position):
    edited = [*CHAIN]
    edited[position] = replace(CHAIN[position], values={**CHAIN[position].values, "summary": "改过"})

    assert broken_at(edited).seq == position + 1


@given(st.integers(0, len(CHAIN) - 2))
def test_a_deleted_entry_is_named(position):
    fault = broken_at(CHAIN[:position] + CHAIN[position + 1 :])

    assert fault.seq == position + 1
    assert "缺失" in fault.args[0]


@given(st.integers(0, len(CHAIN) - 2))
def test_two_entries_in_the_wrong_order_are_named(position):
    swapped = [*CHAIN]
    swapped[position], swapped[position + 1] = swapped[position + 1], swapped[position]

    assert broken_at(swapped).seq == position + 1


@given(st.integers(0, len(CHAIN) - 1))
def test_an_inserted_entry_is_named_even_if_it_is_sealed_itself(position):
    forged = sealed(
        Entry(position + 1, "act", "interview", {}, Signer(1, "甲"), date(2024, 3, 4)),
        prev=CHAIN[position - 1].hash if position else "0" * 64,
        recorded_at="2024-03-04T09:00:00+08:00",
    )

    assert broken_at([*CHAIN[:position], forged, *CHAIN[position:]]).seq == position + 2


def test_a_cut_off_tail_is_found_by_the_length_the_dossier_knows():
    fault = broken_at(CHAIN[:-1], length=len(CHAIN))

    assert fault.seq == len(CHAIN)


def test_a_chain_rewritten_from_the_start_is_found_by_the_head_known_elsewhere():
    again, prev = [], "0" * 64
    for entry in CHAIN:
        again.append(sealed(replace(entry, opinion="改写"), prev=prev, recorded_at=entry.recorded_at))
        prev = again[-1].hash

    assert check("case-1", again) == prev
    assert broken_at(again, head=CHAIN[-1].hash).seq == len(CHAIN)


def test_an_entry_reads_back_as_it_was_written():
    assert [from_data(entry.as_data(), entry.hash) for entry in CHAIN] == CHAIN


@given(st.integers(1, 40), st.data())
def test_every_dossier_leads_to_the_published_root_and_no_other_head_does(count, data):
    heads = [Head(f"case-{n}", n + 1, f"{n:064x}") for n in range(count)]
    one = data.draw(st.sampled_from(heads))

    way = path(heads, one.dossier)

    assert leads_to(one, way, root(heads))
    assert not leads_to(replace(one, length=one.length + 1), way, root(heads))
    assert root(heads) == root(list(reversed(heads)))


def test_sm3_can_be_chosen_as_the_digest():
    entry = sealed(CHAIN[0], prev="0" * 64, recorded_at="2024-03-04T09:00:00+08:00", algorithm="sm3")

    assert check("case-1", [entry], algorithm="sm3") == entry.hash
    assert entry.hash != CHAIN[0].hash
