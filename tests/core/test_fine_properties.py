"""Fines by benchmark: what must hold for every table and every finding, printed or thought up."""

import json
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanfa.core import rulebook
from huanfa.core.discretion import Computation, Findings, Statute, check, compute, library
from huanfa.core.discretion.benchmark import GradeTable, RowTable, WeightTable
from huanfa.core.discretion.findings import Applied, Excess
from huanfa.core.discretion.parse import parse_head
from huanfa.core.discretion.parse_tables import parse_tables
from huanfa.core.errors import NotAllowed
from huanfa.core.rulefile import RuleFile
from tests.core.a_fine import EARLIER, GUANGDONG, JIANGMEN, ON, YUAN, highest, lowest

WEIGHTED = [table for table in GUANGDONG.tables.values() if isinstance(table, WeightTable)]
ROWED = [table for table in GUANGDONG.tables.values() if isinstance(table, RowTable)]
GRADED = [table for table in JIANGMEN.tables.values() if isinstance(table, GradeTable)]
MONEY = st.integers(1, 10**12)


@st.composite
def weighed(draw) -> tuple[WeightTable, Findings]:
    """A weight table of Guangdong with a level for each factor, a column and a quantity."""
    table = draw(st.sampled_from(WEIGHTED))
    levels = {one.name: draw(st.sampled_from(list(one.levels))) for one in table.factors}
    column = draw(st.sampled_from([one.name for one in table.columns]))
    return table, Findings(column=column, levels=levels, quantity=draw(MONEY))


@st.composite
def rowed(draw) -> tuple[RowTable, Findings]:
    """A condition table of Guangdong with one of its rows found."""
    table = draw(st.sampled_from(ROWED))
    row = draw(st.sampled_from(table.rows))
    levels = {name: word for name, word in zip(table.dims, row.when, strict=True) if word}
    column = draw(st.sampled_from([one.name for one in table.targets]))
    return table, Findings(column=column, levels=levels, quantity=draw(MONEY), units=draw(st.integers(1, 50)))


def allowed(benchmark, table, findings, **more) -> Computation | None:
    """The computation; None where the table's own words refuse it (no rule of position, quantity without a range)."""
    try:
        return compute(benchmark, table.id, findings, on=EARLIER if benchmark is JIANGMEN else ON, **more)
    except NotAllowed:
        return None


def every_part(value: Any):
    """Everything that hangs on a value, the value included."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from every_part(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from every_part(key)
            yield from every_part(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from every_part(one)


# ── every weight table ──


@given(weighed(), st.data())
def test_a_graver_level_never_makes_the_fine_smaller(found, data):
    table, findings = found
    factor = data.draw(st.sampled_from(table.factors))
    order = sorted(factor.levels.values(), key=lambda level: level.share)

    amounts = [
        compute(
            GUANGDONG, table.id, Findings(findings.column, {**findings.levels, factor.name: level.name}, quantity=findings.quantity),
            on=ON,
        ).amount
        for level in order
    ]

    assert amounts == sorted(amounts)


@pytest.mark.parametrize("table", WEIGHTED, ids=lambda one: one.id)
def test_the_levels_of_a_factor_rise_in_the_order_printed(table):
    for factor in table.factors:
        shares = [level.share for level in factor.levels.values()]

        assert shares == sorted(shares), factor.name


@given(weighed())
def test_a_weighted_fine_stays_inside_the_law_and_its_lines_add_up(found):
    table, findings = found

    result = compute(GUANGDONG, table.id, findings, on=ON)

    assert result.total() == result.amount
    assert result.amount == result.low == result.high
    if result.legal_low is not None:
        assert result.legal_low <= result.amount <= result.legal_high


@given(weighed(), MONEY, MONEY)
def test_no_fine_leaves_the_statutory_range_without_a_ground_of_mitigation(found, one, other):
    table, findings = found
    low, high = sorted((one, other))

    result = compute(GUANGDONG, table.id, findings, on=ON, statute=Statute(low, high, "示例法第一条"))

    assert low <= result.amount <= high
    assert result.total() == result.amount


@given(weighed())
def test_the_same_findings_give_the_same_computation_line_by_line(found):
    table, findings = found

    first, second = (compute(GUANGDONG, table.id, findings, on=ON) for _ in range(2))

    assert first == second
    assert first.lines == second.lines


@given(weighed(), st.data())
def test_a_factor_not_established_counts_as_its_lowest_level(found, data):
    table, findings = found
    left_out = data.draw(st.sampled_from(table.factors))
    known = {name: level for name, level in findings.levels.items() if name != left_out.name}
    at_lowest = {**known, left_out.name: lowest(table)[left_out.name]}

    open_ = compute(GUANGDONG, table.id, Findings(findings.column, known, quantity=findings.quantity), on=ON)

    assert open_.unestablished == (left_out.name,)
    assert open_.amount == compute(GUANGDONG, table.id, Findings(findings.column, at_lowest, quantity=findings.quantity), on=ON).amount
    assert [line.source for line in open_.lines if line.label == left_out.name] == [f"《{GUANGDONG.title}》第五条"]


@given(weighed(), st.integers(1, 20))
def test_a_mitigated_fine_alone_may_lie_below_the_minimum(found, twentieths):
    table, findings = found
    hunan = library.load("hunan/2021")
    benchmark = _with_adjustments(hunan.adjustments)
    moved = Findings(
        findings.column, findings.levels, quantity=findings.quantity,
        adjustments=(Applied("mitigated", Fraction(min(twentieths, 10), 20), "主动消除危害后果"),),
    )
    statute = Statute(10_000 * YUAN, 10**14, "示例法第一条")

    result = compute(benchmark, table.id, moved, on=ON, statute=statute)

    assert 0 <= result.amount <= statute.high
    assert result.total() == result.amount


def _with_adjustments(adjustments):
    return replace(GUANGDONG, adjustments=adjustments)


# ── every condition table and every grade ──


@given(rowed())
def test_a_fine_drawn_from_a_row_stays_in_its_row_and_its_lines_add_up(found):
    table, findings = found

    result = allowed(GUANGDONG, table, findings)

    if result is not None:
        assert result.total() == result.amount
        assert result.low <= result.amount <= result.high or "clamp" in [line.kind for line in result.lines]


@given(rowed(), MONEY, MONEY)
def test_a_fine_drawn_from_a_row_is_held_to_the_range_of_the_law(found, one, other):
    table, findings = found
    low, high = sorted((one, other))

    result = allowed(GUANGDONG, table, findings, statute=Statute(low, high, "示例法第一条"))

    if result is not None and result.amount:
        units = findings.units if any(target.per for target in table.targets) else 1
        assert low * units <= result.amount <= high * units


@given(st.sampled_from(GRADED), st.data())
def test_a_severe_case_takes_the_top_of_the_highest_grade_met(table, data):
    circumstances = data.draw(st.lists(st.sampled_from([word for grade in table.grades for word in grade.any_of]), min_size=1, unique=True))
    findings = Findings(circumstances=tuple(circumstances), position="severe", quantity=data.draw(MONEY))

    result = allowed(JIANGMEN, table, findings)

    if result is not None and result.amount:
        top = max(grade.grade for grade in table.grades if set(grade.any_of) & set(circumstances))
        assert any(f"第{top}级" in line.source for line in result.lines)
        assert result.total() == result.amount


@st.composite
def thought_up(draw) -> dict[str, Any]:
    """A weight table nobody printed: weights in percent or fractions, a start, perhaps a cap and a floor."""
    share = st.one_of(
        st.integers(0, 60).map(lambda part: f"{part}%"), st.fractions(0, 1, max_denominator=24).map(str)
    )
    factors = [
        {"name": f"要素{number}", "levels": [[f"档{place}", weight] for place, weight in enumerate(weights)]}
        for number, weights in enumerate(draw(st.lists(st.lists(share, min_size=1, max_size=4), min_size=1, max_size=4)))
    ]
    limits = {key: draw(share) for key in draw(st.sets(st.sampled_from(("cap", "floor"))))}
    if len(limits) == 2:
        limits["floor"], limits["cap"] = sorted(limits.values(), key=_share)
    column = {"name": "默认", "start": draw(share), "max": draw(st.integers(1, 10**7))}
    return {
        "id": "X-1", "offence": "试", "method": "weight_sum", "columns": [column], "factors": factors, **limits,
    }


def _share(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def _benchmark(*tables: dict[str, Any]):
    head = {"id": "x/1", "title": "试", "issuer": "试", "source": "试", "status": "complete", "from": ON, "unknown_factor": "lowest"}
    found, faults = parse_tables(RuleFile("x.toml", {"table": list(tables)}, "", {}))
    assert faults == []
    benchmark, faults = parse_head(RuleFile("b.toml", head, "", {}), {one.id: one for one in found}, [], None)
    assert benchmark is not None and faults == []
    return benchmark


@given(thought_up(), st.data())
def test_any_weight_table_gives_start_and_weights_held_to_floor_and_cap_times_its_base(raw, data):
    chosen = {one["name"]: data.draw(st.sampled_from(one["levels"])) for one in raw["factors"]}
    total = _share(raw["columns"][0]["start"]) + sum((_share(weight) for _, weight in chosen.values()), Fraction(0))
    if "floor" in raw:
        total = max(total, _share(raw["floor"]))
    if "cap" in raw:
        total = min(total, _share(raw["cap"]))

    result = compute(_benchmark(raw), "X-1", Findings(levels={name: word for name, (word, _) in chosen.items()}), on=ON)

    assert result.amount == int(total * raw["columns"][0]["max"] * YUAN)
    assert result.total() == result.amount


@given(st.data())
def test_any_condition_table_gives_the_middle_of_the_row_that_was_found(data):
    dims = data.draw(st.integers(1, 3))
    words = [[f"{dim}{letter}" for letter in "甲乙丙"[: data.draw(st.integers(1, 3))]] for dim in range(dims)]
    rows = [[]]
    for choices in words:
        rows = [[*row, word] for row in rows for word in choices]
    ranges = [sorted(data.draw(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)))) for _ in rows]
    raw = {
        "id": "X-1", "offence": "试", "method": "condition_rows_to_range", "dims": [f"条件{one}" for one in range(dims)],
        "targets": [{"name": "罚款"}],
        "rows": [[*row, f"{low}-{high}"] for row, (low, high) in zip(rows, ranges, strict=True)],
    }
    place = data.draw(st.integers(0, len(rows) - 1))
    benchmark = _with_position(_benchmark(raw))

    result = compute(benchmark, "X-1", Findings(levels=dict(zip(raw["dims"], rows[place], strict=True))), on=ON)

    low, high = ranges[place]
    assert result.amount == (low + high) * YUAN // 2
    assert result.total() == result.amount


@given(st.data())
def test_any_grade_table_gives_the_highest_grade_that_was_met(data):
    tops = sorted(data.draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=5, unique=True)))
    grades = [
        {"grade": number, "any_of": [f"情形{number}", f"另一情形{number}"], "fine": f"0-{top}"} for number, top in enumerate(tops, 1)
    ]
    benchmark = _with_position(_benchmark({"id": "X-1", "offence": "试", "method": "grade_to_range", "grades": grades}))
    met = data.draw(st.lists(st.sampled_from([word for grade in grades for word in grade["any_of"]]), min_size=1, unique=True))

    result = compute(benchmark, "X-1", Findings(circumstances=tuple(met)), on=ON)

    assert result.amount == tops[max(int(word[-1]) for word in met) - 1] * YUAN // 2
    assert result.total() == result.amount


def _with_position(benchmark):
    return replace(benchmark, adjustments=tuple(one for one in GUANGDONG.adjustments if one.kind == "position"))


# ── what is kept ──


NAMES = st.text(min_size=1, max_size=12)
NUMBERS = st.decimals(0, 10**6, places=3).map(lambda one: Fraction(str(one)))
UNITS = st.sampled_from(["个月", "吨", "次", "倍"])
SHARES = st.fractions(-5, 5, max_denominator=1000)
EXCESS = st.builds(Excess, NAMES, st.integers(0, 9), st.lists(st.tuples(NUMBERS, UNITS), max_size=2).map(tuple))
FOUND = st.builds(
    Findings,
    column=st.text(max_size=8), levels=st.dictionaries(NAMES, NAMES, max_size=3),
    measures=st.dictionaries(NAMES, st.tuples(NUMBERS, UNITS), max_size=3),
    quantity=st.none() | MONEY, units=st.none() | st.integers(1, 10**6), override=st.text(max_size=8),
    circumstances=st.lists(NAMES, max_size=3).map(tuple),
    excess=st.lists(EXCESS, max_size=2).map(tuple),
    reading=st.text(max_size=8), position=st.sampled_from(["", "ordinary", "lenient", "severe"]), chosen=st.none() | MONEY,
    sum=st.none() | SHARES,
    adjustments=st.lists(st.builds(Applied, NAMES, st.none() | SHARES, st.text(max_size=8), st.booleans()), max_size=2).map(tuple),
    daily=st.none() | st.tuples(st.dates(), st.dates()),
    evidence=st.dictionaries(NAMES, st.lists(st.integers(1, 99), min_size=1, max_size=3).map(tuple), max_size=2),
    unestablished=st.dictionaries(NAMES, NAMES, max_size=2),
)


@given(FOUND)
def test_findings_come_back_from_the_ledger_as_they_went_in(found):
    data = json.loads(json.dumps(found.as_data()))

    assert Findings.from_data(data) == found


@given(weighed(), st.booleans())
def test_a_computation_comes_back_from_the_ledger_as_it_was(found, daily):
    table, findings = found
    result = compute(GUANGDONG, table.id, findings, on=ON)

    kept = json.loads(json.dumps(result.as_data()))

    assert Computation.from_data(kept) == result
    assert Computation.from_data(kept).total() == result.amount
    assert Computation.from_data(kept).as_data() == result.as_data()


# ── no float, every table ──


@pytest.mark.parametrize("benchmark_id", library.ids())
def test_there_is_no_float_in_any_benchmark(benchmark_id):
    benchmark = library.load(benchmark_id)

    assert [one for one in every_part(benchmark) if isinstance(one, float)] == []


@given(weighed())
def test_there_is_no_float_in_any_computation(found):
    table, findings = found

    result = compute(GUANGDONG, table.id, findings, on=ON)

    assert [one for one in every_part(result) if isinstance(one, float)] == []


TABLES = {
    "cn/2019": 6, "dongguan/2022": 281, "dongguan/revised": 281, "guangdong/2022": 281, "henan/2021": 1, "hubei/2021": 0,
    "huizhou/2023": 281, "hunan/2021": 8, "jiangmen/2020": 172, "jiangmen/2022": 281, "jiangxi/old": 3, "qingyuan/2021": 1,
    "shaoxing/undated": 1,
}


def test_every_benchmark_of_the_rules_folder_is_counted_here():
    assert library.ids() == sorted(TABLES)


@pytest.mark.parametrize(("benchmark_id", "count"), TABLES.items())
def test_every_table_of_every_benchmark_loads_without_a_fault(benchmark_id, count):
    benchmark = library.load(benchmark_id)

    assert len(benchmark.tables) == count
    assert check.faults_of(benchmark) == []
    assert all(table.id == key and Path(table.file).suffix == ".toml" for key, table in benchmark.tables.items())


OFFENCES = rulebook.load("jianghan-demo").offences.values()


def test_every_weight_table_reports_the_lowest_and_highest_of_each_column():
    columns = sum(len(table.columns) for table in WEIGHTED)
    found = [one for table in WEIGHTED for one in check.extents_of(table, OFFENCES)]

    assert len(WEIGHTED) == 45 and len(found) == columns
    for table in WEIGHTED:
        for column, extent in zip(table.columns, check.extents_of(table, OFFENCES), strict=True):
            ends = [
                compute(GUANGDONG, table.id, Findings(column.name, levels(table), quantity=10**9), on=ON, statute=Statute(0, 10**15)).amount
                for levels in (lowest, highest)
            ]
            scale = 1 if extent.unit == "yuan" else max(10**9, column.of_floor)
            assert [extent.low * scale, extent.high * scale] == ends, (table.id, column.name)


def test_a_table_that_lies_below_the_law_says_so():
    below = [one.table for one in check.extents(GUANGDONG) if any("低于法定下限" in remark for remark in one.remarks)]

    assert "GD-2.7a" in below
    assert "GD-1.1" not in below


def test_every_condition_and_grade_table_reports_its_extent_or_mixes_two_measures():
    reported = {one.table for one in check.extents(GUANGDONG)} | {one.table for one in check.extents(JIANGMEN)}
    silent = [table.id for table in (*ROWED, *GRADED) if table.id not in reported]

    for table_id in silent:
        table = GUANGDONG.tables.get(table_id) or JIANGMEN.tables[table_id]
        if isinstance(table, RowTable):
            fines = [fine for row in (*table.rows, *table.overrides) for fine in row.fines]
        else:
            fines = [grade.fine for grade in table.grades]
        assert len({fine.unit for fine in fines if fine.fines}) != 1, table_id
    assert len(reported) + len(silent) == 281 + 172


def test_a_share_of_a_loss_and_of_an_income_are_reported_apart_and_never_mixed_with_yuan():
    accident, waste = (check.extents_of(JIANGMEN.table(one), ()) for one in ("JM-2-25", "JM-4-27"))

    assert [one.text for one in accident] == ["20%至30%（直接损失）", "10%至50%（上一年度从本单位取得的收入）"]
    assert waste == []


def test_an_extent_shows_the_texts_of_both_regimes_that_punish_the_same_conduct():
    drained = next(one for one in check.extents(GUANGDONG, OFFENCES) if one.table == "GD-2.7a")

    days = {begins for _, begins, _ in drained.regimes}
    assert "2026-08-15" in days
    assert any(begins < "2026-08-15" for begins in days)
    assert drained.text == "70,000元至1,000,000元"


def test_a_table_of_a_city_that_builds_on_the_province_is_the_province_s():
    assert library.load("dongguan/2022").tables == GUANGDONG.tables


@pytest.mark.parametrize("table", GRADED, ids=lambda one: one.id)
def test_the_grades_of_jiangmen_rise(table):
    highs = {}
    for grade in table.grades:
        if grade.fine.unit == "yuan" and grade.fine.fines:
            highs[grade.grade] = max(highs.get(grade.grade, 0), grade.fine.high)

    assert list(highs.values()) == sorted(highs.values())
