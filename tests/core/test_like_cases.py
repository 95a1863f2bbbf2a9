"""Like cases and a year replayed: what is near and why, the spread of fines, what another benchmark would have given."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from huanfa.core.discretion import Findings, compute, library
from huanfa.core.discretion.likeness import Decided, Spread, nearest, outside, spread
from huanfa.core.discretion.replay import Past, replay
from tests.core.a_fine import EARLIER, GUANGDONG, JIANGMEN, ON, YUAN, highest, lowest, moved, weights

FOUND = {"超标因子数目": "1个", "排污情况": "排放B类水污染物", "排放口所在区域": "一般区域", "违法次数": "1次"}
FACTOR = "近二年同类违法行为情况（含本次）"


def decided(key, fine=100_000, *, on=date(2024, 1, 1), table="GD-2.7a", column="默认", offence="over_standard_water", **levels):
    return Decided(key, f"案{key}", f"示例罚〔2024〕{key}号", on, offence, table, column, {**FOUND, **levels}, fine * YUAN)


THIS = decided(1)


# ── near ──


def test_the_same_findings_are_nearest_and_every_difference_adds():
    same, one, two = decided(2), decided(3, 违法次数="2次"), decided(4, 违法次数="2次", 排放口所在区域="限批区")

    found = nearest(THIS, [two, one, same])

    assert [(near.case.key, near.distance) for near in found] == [(2, 0), (3, Fraction(1, 4)), (4, Fraction(1, 2))]


def test_another_offence_and_the_case_itself_are_not_compared():
    assert nearest(THIS, [THIS, decided(2, offence="over_standard_air")]) == ()


def test_of_two_equally_near_the_newer_comes_first_and_no_more_than_asked():
    older, newer = decided(2, on=date(2023, 1, 1)), decided(3, on=date(2024, 2, 1))

    assert [near.case.key for near in nearest(THIS, [older, newer])] == [3, 2]
    assert [near.case.key for near in nearest(THIS, [older, newer], most=1)] == [3]


def test_why_a_case_was_chosen_is_said_in_words():
    near = nearest(THIS, [decided(2, 违法次数="2次", 排污情况="")])[0]

    assert near.why == "同一案由、同一裁量表，2项认定相同；不同：排污情况（该案“未认定”），违法次数（该案“2次”）"


@pytest.mark.parametrize("other", [{"table": "GD-2.7b"}, {"column": "个人"}])
def test_a_case_by_another_table_or_column_has_nothing_in_common_but_the_offence(other):
    near = nearest(THIS, [decided(2, **other)])[0]

    assert (near.distance, near.why) == (1, "同一案由")


def test_a_factor_that_only_one_case_has_is_a_difference():
    near = nearest(THIS, [decided(2, 新要素="有")])[0]

    assert near.distance == Fraction(1, 5)
    assert near.other == (("新要素", "", "有"),)


# ── the spread ──


def test_the_spread_needs_three_and_counts_only_the_near_ones():
    far = decided(9, 900_000, 违法次数="2次", 排放口所在区域="限批区", 排污情况="排放A类水污染物")
    three = [decided(2, 100_000), decided(3, 150_000), decided(4, 120_000)]

    assert spread(nearest(THIS, [*three[:2], far])) is None
    found = spread(nearest(THIS, [*three, far]))
    assert found == Spread(3, 100_000 * YUAN, 120_000 * YUAN, 150_000 * YUAN)
    assert found.text == "3件，100,000元至150,000元，中位120,000元"


def test_the_middle_of_an_even_number_lies_between_the_two_in_the_middle():
    found = spread(nearest(THIS, [decided(2, 100_000), decided(3, 110_000), decided(4, 130_000), decided(5, 400_000)]))

    assert found is not None and found.middle == 120_000 * YUAN


@pytest.mark.parametrize(
    ("fine", "reason", "refused"),
    [(99_999, "", True), (100_000, "", False), (150_000, "", False), (150_001, " ", True), (150_001, "水源保护区", False)],
)
def test_a_fine_outside_the_spread_needs_a_reason(fine, reason, refused):
    around = Spread(3, 100_000 * YUAN, 120_000 * YUAN, 150_000 * YUAN)

    found = outside(fine * YUAN, around, reason)

    assert bool(found) is refused
    if refused:
        assert found[0].field == "likeness_reason" and "须写明理由" in found[0].sentence


def test_too_few_like_cases_ask_for_nothing():
    assert outside(1, None, "") == []


# ── a year replayed ──


def past(findings, table="GD-2.7a", *, key=1, statute=None):
    computed = compute(GUANGDONG, table, findings, on=ON, statute=statute).amount
    return Past(key, f"案{key}", ON, table, findings, statute, computed, computed)


def test_the_same_benchmark_gives_the_same_again():
    cases = [past(Findings(levels=levels(weights("GD-2.7a"))), key=key) for key, levels in enumerate((lowest, highest))]

    assert [one.change for one in replay(cases, GUANGDONG, on=ON)] == [0, 0]


def test_a_changed_weight_shows_in_the_difference():
    table = weights("GD-2.7a")
    factor = next(one for one in table.factors if one.name == FACTOR)
    graver = {name: replace(level, points=level.points + 10, share=level.share + Fraction(1, 10)) for name, level in factor.levels.items()}
    factors = tuple(replace(one, levels=graver) if one.name == FACTOR else one for one in table.factors)
    changed = replace(GUANGDONG, tables={table.id: replace(table, factors=factors)})

    found = replay([past(Findings(levels=lowest(table)))], changed, on=ON)

    assert found[0].change == 70_000 * YUAN        # 7%＋10%＝17%：17万；原为下限10万


def test_a_city_that_halves_after_an_apology_changes_the_amount():
    levels = {**lowest(weights("GD-1.8"))}
    levels |= {"产排污情况": "有毒有害污染物", "建设项目地点": "饮用水水源保护区、生态保护红线区域内"}
    case = past(Findings("单位-限期内改正", levels, adjustments=moved("apology", Fraction(1, 2))), "GD-1.8")

    found = replay([case], replace(library.load("dongguan/2022"), begins=date(2022, 4, 6)), on=ON)

    assert case.computed == 240_000 * YUAN          # 48万减半
    assert found[0].change == 40_000 * YUAN         # 最多减20万


def test_a_case_that_the_other_benchmark_does_not_know_is_said_and_not_guessed():
    case = past(Findings(levels=lowest(weights("GD-2.7a"))))

    found = replay([case], JIANGMEN, on=EARLIER)[0]

    assert (found.now, found.change) == (None, None)
    assert found.why == f"《{JIANGMEN.title}》中没有裁量表 GD-2.7a。"


def test_a_benchmark_that_was_not_in_force_says_so_for_every_case():
    cases = [past(Findings(levels=lowest(weights("GD-2.7a"))), key=key) for key in (1, 2)]

    assert all("有效期为" in one.why for one in replay(cases, GUANGDONG, on=date(2021, 1, 1)))


def test_a_factor_that_was_never_looked_at_is_not_taken_at_its_lowest():
    table = weights("GD-2.7a")
    new = replace(table.factors[0], name="主观过错")
    wider = replace(GUANGDONG, tables={table.id: replace(table, factors=(*table.factors, new))})

    found = replay([past(Findings(levels=lowest(table)))], wider, on=ON)[0]

    assert (found.now, found.why) == (None, "原案没有认定主观过错，不能按GD-2.7a重算。")


def test_a_condition_that_was_never_looked_at_is_not_taken_at_its_lowest_either():
    case = Past(1, "案1", ON, "GD-3.14", Findings(levels={"排放口所在区域": "环境敏感区或限批区"}), None, 0, 0)

    found = replay([case], GUANGDONG, on=ON)[0]

    assert found.why == "原案没有认定空间、设备密闭情况，不能按GD-3.14重算。"


def test_a_factor_that_could_not_be_established_then_counts_at_its_lowest_again():
    table = weights("GD-2.7a")
    levels = {name: level for name, level in lowest(table).items() if name != FACTOR}

    found = replay([past(Findings(levels=levels, unestablished={FACTOR: "台账缺失"}))], GUANGDONG, on=ON)[0]

    assert found.change == 0
