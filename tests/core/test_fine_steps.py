"""Fines by grade (Jiangmen 2020): the highest grade wins, a shift moves one up, exceedances add step by step."""

from fractions import Fraction

import pytest

from huanfa.core.discretion import Findings, compute
from huanfa.core.discretion.findings import Excess
from huanfa.core.errors import NotAllowed
from tests.core.a_fine import EARLIER, JIANGMEN, YUAN, fine, kinds, moved, statute, why, yuan

FIRST = "初犯，且不涉及一类污染物、重金属、有毒、持久性有机污染物的"
AGAIN = "两年内第2次的"
ORDINARY = (
    "排放水污染物（不含一类污染物、重金属、有毒、持久性有机污染物）"
    "浓度超过排放标准1倍以上（pH超标1pH单位以上）或者超标因子超过一个的"
)
TOXIC = "排放水污染物（一类污染物、重金属、有毒、持久性有机污染物）浓度超过排放标准0.5倍以上或者超标因子超过一个的"
TOTALS = "排放水污染物（不含一类污染物、重金属、有毒、持久性有机污染物）总量超过排放标准0.5倍以上或者超标因子超过一个的"
PLAIN, POISON, AMOUNT = "一般水污染物", "一类污染物、重金属、有毒、持久性有机污染物", "一般水污染物（总量）"
SERIOUS = "因建设项目环境影响报告书（表）严重质量问题导致建设项目造成较大以上突发环境事件或其他严重后果的"
SHIFT = moved("grade_shift", reason="二年内因同类违法行为受过三次处罚")


def graded(table_id, *circumstances, **more):
    return fine(JIANGMEN, table_id, on=EARLIER, circumstances=circumstances, **more)


def stepped(*excess, reading="从零起算", circumstances=(ORDINARY,), **more):
    return graded("JM-2-6", *circumstances, excess=excess, reading=reading, **more)


def exceeded(kind, extra=0, *values):
    measured = []
    for value in values:
        number = value.rstrip("倍pH")
        measured.append((Fraction(number), value[len(number):]))
    return Excess(kind, extra, tuple(measured))


def refused(**found):
    with pytest.raises(NotAllowed) as refusal:
        compute(JIANGMEN, "JM-2-6", Findings(**found), on=EARLIER)
    return {reason.field: reason.sentence for reason in why(refusal.value)}


# ── grades ──


def test_the_highest_grade_met_wins():
    low = graded("JM-2-7", FIRST, position="severe")
    high = graded("JM-2-7", FIRST, AGAIN, position="severe")

    assert yuan(low) == 200_000
    assert yuan(high) == 600_000
    assert (high.low, high.high) == (400_000 * YUAN, 600_000 * YUAN)
    assert high.lines[0].told == AGAIN


def test_inside_a_grade_the_officer_chooses_and_a_severe_case_takes_the_top():
    assert yuan(graded("JM-2-7", AGAIN, chosen=450_000)) == 450_000
    assert yuan(graded("JM-2-7", AGAIN, position="lenient", chosen=400_000)) == 400_000
    assert yuan(graded("JM-2-7", AGAIN, position="severe")) == 600_000
    with pytest.raises(NotAllowed, match="选定的399,999元不在400,000元以上、不超过600,000元之内"):
        graded("JM-2-7", AGAIN, chosen=399_999)


def test_a_grade_shift_moves_one_grade_up_and_says_from_where():
    found = graded("JM-2-7", FIRST, position="severe", adjustments=SHIFT)

    assert yuan(found) == 400_000
    assert (found.lines[0].kind, found.lines[0].sum) == ("shift", "第1级 → 第2级")
    assert found.total() == found.amount


def test_a_shift_from_the_top_grade_goes_to_the_statutory_maximum():
    found = graded("JM-2-7", "造成较大以上突发环境事件或其他严重后果的", adjustments=SHIFT)

    assert yuan(found) == 1_000_000
    assert kinds(found) == ["shift"]
    assert found.lines[0].source == f"《{JIANGMEN.title}》第五条"
    assert found.total() == found.amount


def test_a_shift_from_the_top_grade_needs_the_statutory_range():
    with pytest.raises(NotAllowed, match="须先确定法定罚款幅度"):
        graded("JM-1-3", SERIOUS, adjustments=SHIFT)


def test_a_shift_needs_a_reason():
    with pytest.raises(NotAllowed, match="须写明理由"):
        graded("JM-2-7", FIRST, position="severe", adjustments=moved("grade_shift", reason=""))


def test_a_grade_table_asks_for_circumstances_and_names_those_it_does_not_have():
    with pytest.raises(NotAllowed, match="请选择当事人具有的情形"):
        graded("JM-2-7")
    with pytest.raises(NotAllowed, match="裁量表没有“态度恶劣”这一情形"):
        graded("JM-2-7", "态度恶劣")


# ── persons, percentages, caps ──


@pytest.mark.parametrize(("column", "amount"), [("", 2_000_000), ("对单位罚款", 2_000_000), ("对个人罚款", 200_000)])
def test_unit_and_person_are_fined_by_their_own_amounts(column, amount):
    assert yuan(graded("JM-1-3", SERIOUS, column=column, position="severe")) == amount


def test_a_grade_without_a_fine_on_the_unit_gives_none_and_one_without_a_person_refuses():
    built = "应编制环境影响报告表项目，环保设施已建成的"

    assert graded("JM-5-1-3", built).amount == 0
    assert yuan(graded("JM-5-1-3", built, column="对个人罚款", position="severe")) == 70_000
    with pytest.raises(NotAllowed, match="没有对个人的罚款"):
        graded("JM-2-7", FIRST, column="对个人罚款", position="severe")


def test_a_percentage_is_taken_of_the_quantity_that_the_table_names():
    found = graded("JM-1-1", "报告书项目，主体工程未建设完成的", position="severe", quantity=10_000_000)

    assert yuan(found) == 300_000
    assert (found.low, found.high) == (200_000 * YUAN, 300_000 * YUAN)
    assert (found.legal_low, found.legal_high) == (100_000 * YUAN, 500_000 * YUAN)
    with pytest.raises(NotAllowed, match="须先查明并填写建设项目总投资额"):
        graded("JM-1-1", "报告书项目，主体工程未建设完成的", position="severe")


def test_a_person_pays_a_share_of_the_income_of_the_year_before():
    accident = "造成较大突发环境事件（较大污染事故）的"

    assert yuan(graded("JM-2-25", accident, quantity=1_000_000)) == 200_000
    assert yuan(graded("JM-2-25", accident, column="对个人罚款", position="severe", quantity=300_000)) == 90_000
    assert graded("JM-2-25", accident, column="对个人罚款", position="severe", quantity=300_000).optional


def test_the_cap_printed_with_a_table_holds_and_is_told():
    accident = "造成特大突发环境事件（特大污染事故）的"

    below = graded("JM-4-27", accident, quantity=3_000_000)
    above = graded("JM-4-27", accident, quantity=10_000_000)

    assert yuan(below) == 900_000
    assert yuan(above) == 1_000_000
    assert (above.lines[-1].kind, above.lines[-1].sum) == ("cap", "3,000,000元 → 1,000,000元")
    assert above.total() == above.amount


# ── steps ──


@pytest.mark.parametrize(
    ("excess", "amount"),
    [
        ([exceeded(PLAIN, 0, "1倍")], 210_000),                         # 20万＋1×1万
        ([exceeded(PLAIN, 0, "1.49倍")], 210_000),                      # 1.49 → 1
        ([exceeded(PLAIN, 0, "1.5倍")], 220_000),                       # 1.5 → 2，四舍五入
        ([exceeded(PLAIN, 2, "2.4倍", "3.6倍")], 280_000),              # 20＋2＋2＋4
        ([exceeded(PLAIN, 0, "0.4倍")], 200_000),                       # 0.4 → 0
        ([exceeded(PLAIN, 0, "1.2pH")], 230_000),                       # 1.2÷0.5 → 3
        ([exceeded(PLAIN, 0, "1pH")], 220_000),                         # 1÷0.5 ＝ 2，正好
        ([exceeded(POISON, 0, "0.6倍")], 220_000),                      # 0.6÷0.5 → 2
        ([exceeded(POISON, 3, "0.5倍")], 270_000),                      # 20＋3×2＋1
        ([exceeded(PLAIN, 1, "2倍"), exceeded(POISON, 1, "1倍")], 270_000),     # 20＋1＋2＋2＋2
        ([exceeded(POISON, 0, "40倍")], 700_000),                       # 20＋80 → 70
    ],
)
def test_each_further_pollutant_and_each_step_of_exceedance_adds(excess, amount):
    found = stepped(*excess, circumstances=(ORDINARY, TOXIC))

    assert yuan(found) == amount
    assert found.total() == found.amount
    assert (found.low, found.high) == (200_000 * YUAN, 700_000 * YUAN)


def test_a_breach_of_the_total_has_steps_of_its_own():
    found = stepped(exceeded(AMOUNT, 1, "0.7倍"), circumstances=(TOTALS,))

    assert yuan(found) == 240_000       # 20＋2＋2×1
    assert [line.sum for line in found.lines if line.kind == "steps"] == ["200,000元", "1 × 20,000元", "2 × 10,000元"]


def test_what_the_steps_come_to_is_kept_inside_the_grade_and_told():
    found = stepped(exceeded(POISON, 0, "40倍"), circumstances=(TOXIC,))

    assert (found.lines[-1].label, found.lines[-1].sum) == ("阶梯上下限", "1,000,000元 → 700,000元")
    assert found.lines[-1].told == "该等级为200,000元至700,000元"


def test_the_reading_of_the_officer_stands_in_the_lines():
    found = stepped(exceeded(PLAIN, 0, "3倍"), reading="从零起算，已请示市局")

    assert [line.told for line in found.lines if line.label == "阶梯起点"] == ["从零起算，已请示市局"]


def test_a_step_rule_is_not_used_without_a_stated_reading():
    said = refused(circumstances=(ORDINARY,), excess=(exceeded(PLAIN, 0, "3倍"),))

    assert said["excess"] == "来源没有写明增加的数从零起算，还是从进入这一档的门槛起算。请在说明中写明采用的算法"


def test_a_step_rule_asks_for_the_exceedances():
    assert "请填写超标情况" in refused(circumstances=(ORDINARY,), reading="从零起算")["excess"]


def test_a_class_that_the_grade_does_not_have_and_a_wrong_unit_are_refused():
    wrong_class = refused(circumstances=(ORDINARY,), reading="从零起算", excess=(exceeded("氨氮", 1),))
    wrong_unit = refused(circumstances=(ORDINARY,), reading="从零起算", excess=(Excess(PLAIN, 0, ((Fraction(3), "吨"),)),))
    no_ph = refused(circumstances=(TOXIC,), reading="从零起算", excess=(exceeded(POISON, 0, "1pH"),))

    assert wrong_class["excess"].startswith("该等级没有“氨氮”这一类，只有一般水污染物、")
    assert wrong_unit["excess"] == "“一般水污染物”的超标数应以超标倍数、pH单位为单位"
    assert no_ph["excess"].endswith("的超标数应以超标倍数为单位")


def test_a_higher_grade_than_the_stepped_one_leaves_the_steps_aside():
    found = graded("JM-2-6", ORDINARY, "两年内3次以上的", position="severe")

    assert yuan(found) == 1_000_000


def test_a_shift_out_of_the_stepped_grade_is_the_next_grade():
    found = stepped(exceeded(PLAIN, 0, "3倍"), position="severe", adjustments=SHIFT)

    assert yuan(found) == 1_000_000
    assert found.lines[0].sum == "第3级 → 第4级"


def test_a_stepped_amount_is_held_to_the_statute():
    found = stepped(exceeded(PLAIN, 0, "3倍"), statute=statute(20_000, 200_000))

    assert yuan(found) == 200_000
    assert found.lines[-1].sum == "230,000元 → 200,000元"
