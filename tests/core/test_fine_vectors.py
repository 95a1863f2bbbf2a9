"""Fines by benchmark: the worked vectors V1–V23 of the tables, to the fen."""

from datetime import date
from fractions import Fraction

import pytest

from huanfa.core.discretion import Findings, Statute, compute, library
from huanfa.core.discretion.adjustments import Ground, adjust, settle
from huanfa.core.discretion.amount import span
from tests.core.a_fine import (
    GUANGDONG,
    ON,
    YUAN,
    dated,
    fine,
    highest,
    kinds,
    lowest,
    moved,
    statute,
    weights,
    yuan,
)

VOC = {
    "空间、设备密闭情况": "空间、设备已密闭，但未按规定安装使用污染防治设施",
    "排放口所在区域": "环境敏感区或限批区以外的区域",
}
DRAINED = Fraction(3, 10)


def adjusted(benchmark, amount, applied, *, low=0, high=0, span=(0, 0)):
    """A benchmark amount after one adjustment, in yuan, without the table."""
    reasons = []
    ground = Ground(Statute(low * YUAN, high * YUAN) if high else None, span[0] * YUAN, span[1] * YUAN)
    after, lines, _ = adjust(benchmark, Findings(adjustments=applied), amount * YUAN, ground, reasons)
    assert reasons == []
    assert sum(line.change for line in lines) == after - amount * YUAN
    return after / YUAN if isinstance(after, Fraction) else Fraction(after, YUAN)


# ── weights ──


def test_V1_unapproved_building_at_its_lowest_is_one_percent_of_the_investment():
    found = fine(GUANGDONG, "GD-1.1", levels=lowest(weights("GD-1.1")), quantity=5_000_000)

    assert found.amount == 5_000_000
    assert found.total() == found.amount
    assert (found.legal_low, found.legal_high) == (5_000_000, 25_000_000)


def test_V2_unapproved_building_at_its_highest_is_five_percent_of_the_investment():
    found = fine(GUANGDONG, "GD-1.1", levels=highest(weights("GD-1.1")), quantity=5_000_000)

    assert found.amount == 25_000_000
    assert kinds(found) == ["start", *["factor"] * 6, "sum", "base"]


@pytest.mark.parametrize(
    ("name", "column", "levels", "amount", "cut"),
    [
        ("V3a", "单位-限期内改正", lowest, 200_000, ""),
        ("V3b", "单位-限期内改正", highest, 1_000_000, ""),
        ("V3c", "单位-逾期未改正", highest, 2_000_000, "130% → 100%"),
        ("V3d", "个人", highest, 200_000, "105% → 100%"),
    ],
)
def test_V3_what_adds_up_to_more_than_the_whole_counts_as_the_whole(name, column, levels, amount, cut):
    found = fine(GUANGDONG, "GD-1.8", column=column, levels=levels(weights("GD-1.8")))

    assert yuan(found) == amount
    assert [line.sum for line in found.lines if line.kind == "cap"] == ([cut] if cut else [])


def test_V4_a_table_below_the_law_is_lifted_to_the_statutory_minimum_and_the_lift_is_told():
    found = fine(GUANGDONG, "GD-2.7a", levels=lowest(weights("GD-2.7a")))

    assert yuan(found) == 100_000
    lift = found.lines[-1]
    assert (lift.kind, lift.sum, lift.change) == ("clamp", "70,000元 → 100,000元", 30_000 * YUAN)
    assert "减轻" in lift.told


def test_V5_a_sum_below_the_printed_floor_counts_as_the_floor():
    found = fine(GUANGDONG, "GD-2.5b", levels=lowest(weights("GD-2.5b")))

    assert yuan(found) == 200_000
    assert [line.sum for line in found.lines if line.kind == "floor"] == ["10% → 20%"]


def test_V6_fractions_stay_exact_and_a_small_disposal_cost_counts_as_the_floor_of_the_law():
    found = fine(
        GUANGDONG, "GD-4.7", quantity=80_000,
        levels={
            "涉及量": "3吨以上10吨以下", "违法行为持续时间": "5天以上", "所在区域": "一般区域", "整改情况": "未主动采取整改措施",
        },
    )

    assert found.amount == 23_750_000
    assert found.base == 300_000 * YUAN
    assert sum(line.share for line in found.lines if line.share is not None) == Fraction(19, 24)
    assert found.lines[-1].sum == "19/24 × 300,000元 ＝ 237,500元"


def test_V7_hazardous_waste_without_a_licence_is_a_multiple_of_the_disposal_cost():
    found = fine(
        GUANGDONG, "GD-4.15", quantity=150_000,
        levels={
            "涉及量": "3吨以上10吨以下", "涉案危险废物去向情况": "非法倾倒、填埋", "整改情况": "限期内改正",
            "违法行为持续时间": "6个月以上12个月以下", "近二年同类违法行为情况（含本次）": "1次",
        },
    )

    assert found.amount == 80_000_000
    assert found.lines[-1].sum == "80% × 1,000,000元 ＝ 800,000元"


@pytest.mark.parametrize(("name", "column", "amount"), [("V8a", "单位", 5_000_000), ("V8b", "个人", 1_000_000)])
def test_V8_operating_without_a_licence_reaches_the_maximum_of_unit_and_person(name, column, amount):
    found = fine(GUANGDONG, "GD-4.26", column=column, levels=highest(weights("GD-4.26")))

    assert yuan(found) == amount


# ── position in a range, public apology ──


def test_V9_an_ordinary_case_is_fined_in_the_middle_of_its_row():
    found = fine(GUANGDONG, "GD-3.14", levels=VOC)

    assert yuan(found) == 115_000
    assert (found.low, found.high) == (100_000 * YUAN, 130_000 * YUAN)
    assert found.lines[-1].sum == "（100,000元＋130,000元）÷2"


def test_V10_a_public_apology_takes_off_the_share_that_was_granted():
    found = fine(GUANGDONG, "GD-3.14", levels=VOC, adjustments=moved("apology", DRAINED, "已改正，在市级媒体道歉并承诺"))

    assert yuan(found) == 80_500
    assert found.lines[-1].sum == "115,000元 × （1－30%） ＝ 80,500元"
    assert found.total() == found.amount


def test_V11_an_apology_never_goes_below_the_statutory_minimum():
    found = fine(
        GUANGDONG, "GD-3.14", levels=VOC, position="severe", chosen=120_000, adjustments=moved("apology", Fraction(1, 2)),
        statute=statute(100_000, 1_000_000),
    )

    assert yuan(found) == 100_000
    assert [line.change for line in found.lines[-2:]] == [-60_000 * YUAN, 40_000 * YUAN]


def test_V12_dongguan_2022_takes_off_two_hundred_thousand_at_most():
    dongguan = library.load("dongguan/2022")

    assert adjusted(dongguan, 600_000, moved("apology", Fraction(1, 2)), low=200_000, high=1_000_000) == 400_000
    assert adjusted(dongguan, 300_000, moved("apology", Fraction(1, 2)), low=200_000, high=1_000_000) == 150_000


def test_V12_dongguan_2022_through_the_whole_chain():
    levels = {**lowest(weights("GD-1.8")), "环境保护设施情况": "已建成，但在环境保护设施验收中弄虚作假"}
    levels |= {"产排污情况": "有毒有害污染物", "建设项目地点": "饮用水水源保护区、生态保护红线区域内"}
    before = fine(library.load("dongguan/2022"), "GD-1.8", column="单位-限期内改正", levels=levels)

    after = fine(
        library.load("dongguan/2022"), "GD-1.8", column="单位-限期内改正", levels=levels,
        adjustments=moved("apology", Fraction(1, 2)),
    )

    assert (yuan(before), yuan(after)) == (600_000, 400_000)
    assert (after.legal_low, after.legal_high) == (200_000 * YUAN, 1_000_000 * YUAN)


def test_V13_dongguan_revised_halves_every_fine_without_a_ceiling():
    revised = library.load("dongguan/revised")

    assert adjusted(revised, 600_000, moved("apology"), low=200_000, high=1_000_000) == 300_000


# ── Hunan, Qingyuan, Jiangmen 2022: no day of beginning is known, so one is lent ──


def test_V14_the_general_table_adds_its_percentages_above_the_start():
    found = fine(dated("hunan/2021"), "HN-13", sum=Fraction(3, 10), statute=statute(20_000, 200_000))

    assert found.amount == 7_400_000
    assert found.lines[0].sum == "20,000元 ÷ 200,000元 ＝ 10%"
    assert found.total() == found.amount


def test_V15_without_a_statutory_minimum_the_start_is_the_ceiling_of_the_summary_procedure():
    unit = fine(dated("hunan/2021"), "HN-13", sum=Fraction(1, 10), statute=statute(0, 50_000))
    person = fine(dated("hunan/2021"), "HN-13", sum=Fraction(0), statute=statute(0, 50_000, party="person"))

    assert unit.amount == 770_000
    assert unit.lines[0].share == Fraction(6, 100)
    assert person.amount == 20_000


def test_V16_a_severe_case_adds_at_most_a_fifth_of_the_maximum():
    found = fine(
        dated("hunan/2021"), "HN-13", sum=Fraction(3, 10), statute=statute(20_000, 200_000),
        adjustments=moved("severe", reason="造成重大环境污染，已集体审议"),
    )

    assert found.amount == 11_400_000
    assert found.lines[-1].sum == "74,000元 ＋ 20% × 法定最高额200,000元 ＝ 114,000元"


def test_V17_qingyuan_moves_from_the_middle_by_tenths_of_the_width():
    found = fine(
        dated("qingyuan/2021"), "QY-2021-air", circumstances=("一般污染物单因子超标1倍以上5倍以下",),
        adjustments=moved("within", Fraction(2)),
    )

    assert found.amount == 23_500_000
    assert found.lines[-1].sum == "225,000元 ＋ 50,000元 × 10% × 2 ＝ 235,000元"


def test_V18_jiangmen_2022_moves_a_weighted_fine_by_five_percent_for_each_coefficient():
    jiangmen = library.load("jiangmen/2022")

    assert adjusted(jiangmen, 100_000, moved("coefficient", Fraction(-3))) == 85_000


def test_V18_jiangmen_2022_is_then_held_to_the_statutory_minimum():
    found = fine(
        dated("jiangmen/2022"), "GD-2.7a", levels={**lowest(weights("GD-2.7a")), "超标因子数目": "2个"},
        adjustments=moved("coefficient", Fraction(-3)),
    )

    assert yuan(found) == 100_000
    assert kinds(found)[-2:] == ["adjustment", "clamp"]


# ── days, only a maximum, only a minimum, borders ──


def test_V19_a_daily_fine_counts_from_the_day_after_service_to_the_day_found_again():
    found = compute(
        GUANGDONG, "GD-2.7a", Findings(levels=lowest(weights("GD-2.7a")), daily=(date(2024, 3, 5), date(2024, 3, 12))), on=ON
    )

    assert yuan(found) == 700_000
    assert found.lines[-1].sum == "100,000元 × 7 ＝ 700,000元"
    assert found.total() == found.amount


@pytest.mark.parametrize(("position", "amount"), [("lenient", 10_000), ("ordinary", 25_000)])
def test_V20_of_a_maximum_alone_a_lenient_case_takes_a_fifth_and_an_ordinary_one_half(position, amount):
    reasons = []

    figure, line = settle(span("-50000"), 0, 50_000 * YUAN, Findings(position=position), GUANGDONG, "示例表", reasons)

    assert reasons == []
    assert figure == line.change == amount * YUAN


@pytest.mark.parametrize(("position", "amount"), [("ordinary", 40_000), ("severe", 100_000)])
def test_V21_of_a_minimum_alone_an_ordinary_case_takes_twice_and_a_severe_one_five_times(position, amount):
    reasons = []

    figure, line = settle(
        span("20000-"), 20_000 * YUAN, 20_000 * YUAN, Findings(position=position), GUANGDONG, "示例表", reasons
    )

    assert reasons == []
    assert figure == line.change == amount * YUAN


@pytest.mark.parametrize(
    ("months", "weight"), [("2.9", "0%"), ("3", "3%"), ("5.99", "3%"), ("6", "8%"), ("11", "8%"), ("12", "16%"), ("40", "16%")]
)
def test_V22_three_months_exactly_are_three_months_and_above(months, weight):
    found = fine(GUANGDONG, "GD-1.1", measures={"违法行为持续时间": (Fraction(months), "个月")}, quantity=5_000_000)

    assert [line.sum for line in found.lines if line.label == "违法行为持续时间"] == [f"＋{weight}"]


def test_V23_ten_tonnes_exactly_are_ten_tonnes_and_above():
    found = fine(GUANGDONG, "GD-4.26", column="单位", measures={"涉及量": (Fraction(10), "吨")})

    assert [line.sum for line in found.lines if line.label == "涉及量"] == ["＋28%"]
