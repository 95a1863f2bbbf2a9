"""Fines by benchmark: what is missing or wrong is refused in a sentence, beside its field, and everything at once."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanfa.core.discretion import Findings, asks, compute, library
from huanfa.core.discretion.adjustments import settle
from huanfa.core.discretion.amount import span
from huanfa.core.discretion.drawn import Drawn
from huanfa.core.discretion.methods import FORMULAS
from huanfa.core.errors import NoRule, NotAllowed
from tests.core.a_fine import EARLIER, GUANGDONG, JIANGMEN, ON, YUAN, dated, fine, lowest, moved, statute, weights, why

VOC = {
    "空间、设备密闭情况": "空间、设备已密闭，但未按规定安装使用污染防治设施",
    "排放口所在区域": "环境敏感区或限批区以外的区域",
}


def refused(benchmark, table_id, **found) -> dict[str, str]:
    """The refusals of a computation: field → sentence."""
    with pytest.raises(NotAllowed) as refusal:
        fine(benchmark, table_id, **found)
    reasons = why(refusal.value)
    assert len(set(reasons)) == len(reasons)
    return {reason.field: reason.sentence for reason in reasons}


def misread(data) -> dict[str, str]:
    """The refusals of findings as data: field → sentence."""
    with pytest.raises(NotAllowed) as refusal:
        Findings.from_data(data)
    return {reason.field: reason.sentence for reason in why(refusal.value)}


# ── which benchmark, which table, which formula ──


@pytest.mark.parametrize("day", [date(2021, 12, 31), date(2027, 1, 1)])
def test_a_benchmark_is_not_used_outside_its_dates(day):
    with pytest.raises(NoRule, match=r"有效期为2022-01-01至2026-12-31，不能用于.*请选择当日有效的裁量基准"):
        compute(GUANGDONG, "GD-2.7a", Findings(), on=day)


@pytest.mark.parametrize("day", [date(2022, 1, 1), date(2026, 12, 31)])
def test_the_first_and_the_last_day_belong_to_a_benchmark(day):
    assert fine(GUANGDONG, "GD-2.7a", on=day).amount


UNDATED = ("hunan/2021", "qingyuan/2021", "jiangmen/2022", "dongguan/revised", "huizhou/2023", "hubei/2021", "jiangxi/old")


@pytest.mark.parametrize("benchmark_id", UNDATED)
def test_a_benchmark_whose_days_are_not_known_computes_nothing(benchmark_id):
    with pytest.raises(NoRule, match="没有查到施行日期，不能用于计算。请提供印发文本"):
        compute(library.load(benchmark_id), "GD-2.7a", Findings(), on=ON)


def test_a_table_that_is_not_in_the_benchmark_is_named():
    with pytest.raises(NoRule, match=r"没有裁量表 GD-9\.99"):
        compute(GUANGDONG, "GD-9.99", Findings(), on=ON)


@pytest.mark.parametrize("benchmark_id", ["cn/2019", "henan/2021", "shaoxing/undated"])
def test_a_formula_without_an_official_text_is_never_guessed(benchmark_id):
    benchmark = dated(benchmark_id)

    for table_id in benchmark.tables:
        with pytest.raises(NoRule, match=r"没有查到正式文本，不能计算。请提供"):
            compute(benchmark, table_id, Findings(), on=ON, statute=statute(20_000, 200_000))


def test_an_unknown_benchmark_is_answered_with_those_that_exist():
    with pytest.raises(NoRule, match=r"没有裁量基准 hubei/1999。现有：.*guangdong/2022"):
        library.load("hubei/1999")


@pytest.mark.parametrize("benchmark_id", ["", "guangdong", "guangdong/", "../rules/guangdong/2022", "guangdong/../../cn"])
def test_a_benchmark_is_not_looked_for_outside_the_rules(benchmark_id):
    with pytest.raises(NoRule):
        library.load(benchmark_id)


# ── what was found ──


def test_a_level_that_the_table_does_not_have_is_answered_with_its_levels():
    said = refused(GUANGDONG, "GD-2.7a", levels={"超标因子数目": "7个"})

    assert said == {"超标因子数目": "“超标因子数目”没有“7个”这一档，可选：1个；2个；3个以上"}


@pytest.mark.parametrize("table_id", ["GD-2.7a", "GD-3.14"])
def test_a_factor_that_the_table_does_not_have_is_named(table_id):
    levels = {**(VOC if table_id == "GD-3.14" else {}), "主观过错": "故意"}

    assert "裁量表没有“主观过错”" in refused(GUANGDONG, table_id, levels=levels)["主观过错"]


def test_a_measure_in_another_unit_or_in_no_level_is_refused():
    said = refused(
        GUANGDONG, "GD-1.1", quantity=100_000,
        measures={"违法行为持续时间": (Fraction(90), "天"), "近二年同类违法行为情况（含本次）": (Fraction(5, 2), "次")},
    )

    assert said["违法行为持续时间"] == "“违法行为持续时间”的单位应为个月"
    assert "不在裁量表的任何一档之内" in said["近二年同类违法行为情况（含本次）"]


def test_a_level_and_a_measure_of_the_same_factor_are_one_too_many():
    said = refused(
        GUANGDONG, "GD-1.1", quantity=100_000, levels={"违法行为持续时间": "3个月以下"},
        measures={"违法行为持续时间": (Fraction(14), "个月")},
    )

    assert said["违法行为持续时间"] == "“违法行为持续时间”既选了档次又填了数值，请只填一种"


def test_a_condition_is_chosen_in_the_words_of_the_table_not_measured():
    said = refused(GUANGDONG, "GD-3.14", levels=VOC, measures={"排放口所在区域": (Fraction(3), "个")})

    assert "不填数值" in said["排放口所在区域"]


def test_a_benchmark_that_is_silent_on_the_unknown_asks_for_every_factor():
    silent = dated("hunan/2021")

    said = refused(silent, "HN-13", statute=statute(20_000, 200_000))

    assert said["sum"].startswith("裁量表的档次没有载入（各因素的其余因子和百分值")


def test_where_no_lowest_level_may_be_taken_every_open_factor_is_asked_for():
    silent = replace(GUANGDONG, unknown_factor="refuse")

    said = refused(silent, "GD-2.7a", levels={"超标因子数目": "1个"})
    asked = refused(silent, "GD-3.14")
    one_wrong = refused(silent, "GD-3.14", levels={"排放口所在区域": "月球"})

    assert len(said) == len(weights("GD-2.7a").factors) - 1
    assert all(sentence.startswith(f"请认定“{name}”") for name, sentence in said.items())
    assert set(asked) == set(one_wrong) == set(VOC)


def test_a_base_that_nobody_established_is_asked_for():
    said = refused(GUANGDONG, "GD-1.1", levels=lowest(weights("GD-1.1")))

    assert said == {"quantity": "按建设项目总投资额计罚，须先查明并填写建设项目总投资额"}


def test_a_table_of_several_columns_asks_which():
    assert refused(GUANGDONG, "GD-1.8")["column"] == "请选择适用栏，可选：单位-限期内改正、单位-逾期未改正、个人"
    assert "没有“企业”这一栏" in refused(GUANGDONG, "GD-1.8", column="企业")["column"]
    assert "请选择处罚对象" in refused(GUANGDONG, "GD-4.52")["column"]
    assert "没有“老板”" in refused(JIANGMEN, "JM-1-3", column="老板", circumstances=("环境影响报告表",), on=EARLIER)["column"]


def test_a_special_circumstance_that_the_table_does_not_have_is_named():
    assert refused(GUANGDONG, "GD-3.14", override="天气不好") == {"override": "裁量表没有“天气不好”这一特殊情形"}


def test_a_fine_for_each_vehicle_asks_how_many():
    said = refused(GUANGDONG, "GD-3.47", levels={"车型": "小型车"})

    assert said == {"units": "按每车次计罚，请填写数量"}


def test_a_fine_for_each_vehicle_is_multiplied_once_and_held_to_the_range_for_each():
    found = fine(GUANGDONG, "GD-3.47", levels={"车型": "小型车"}, units=30)

    assert found.amount == 15_000 * YUAN
    assert (found.legal_low, found.legal_high) == (15_000 * YUAN, 30_000 * YUAN)
    assert found.lines[-1].sum == "500元 × 30 ＝ 15,000元"
    assert found.total() == found.amount
    by_law = fine(GUANGDONG, "GD-3.47", levels={"车型": "小型车"}, units=30, statute=statute(500, 1_000, units=30, per="车次"))
    assert by_law.amount == found.amount


def test_two_different_numbers_of_vehicles_are_refused():
    said = refused(
        GUANGDONG, "GD-3.47", levels={"车型": "小型车"}, units=30, statute=statute(500, 1_000, units=29, per="车次")
    )

    assert said == {"units": "按每车次计罚，两处填写的数量不一致：29、30"}


def test_a_fine_for_each_time_is_multiplied_by_the_number_of_times():
    found = fine(GUANGDONG, "GD-2.7a", levels=lowest(weights("GD-2.7a")), statute=statute(5_000, 20_000, units=3, per="次"))

    assert found.amount == 60_000 * YUAN
    assert (found.legal_low, found.legal_high) == (15_000 * YUAN, 60_000 * YUAN)
    assert found.total() == found.amount


# ── the figure inside a range ──


@pytest.mark.parametrize(("position", "words"), [("lenient", "100,000元以上、低于115,000元"), ("severe", "115,000元以上、低于130,000元")])
def test_where_the_rule_leaves_room_the_officer_chooses_the_figure(position, words):
    assert refused(GUANGDONG, "GD-3.14", levels=VOC, position=position)["chosen"] == f"请在幅度内选定数额：{words}"
    for outside in (99_999, 130_000):
        said = refused(GUANGDONG, "GD-3.14", levels=VOC, position=position, chosen=outside)
        assert said["chosen"].endswith(f"不在{words}之内")


@pytest.mark.parametrize(("position", "chosen"), [("lenient", 100_000), ("lenient", 114_999), ("severe", 115_000), ("severe", 129_999)])
def test_the_ends_of_the_room_follow_the_counting_of_the_text(position, chosen):
    assert fine(GUANGDONG, "GD-3.14", levels=VOC, position=position, chosen=chosen).amount == chosen * YUAN


@pytest.mark.parametrize(("printed", "position", "word"), [("-50000", "severe", "最高"), ("20000-", "lenient", "最低")])
def test_what_the_rule_does_not_say_of_a_lone_end_goes_to_collective_discussion(printed, position, word):
    reasons = []
    fine_ = span(printed)

    settle(fine_, fine_.low, fine_.high, Findings(position=position), GUANGDONG, "示例表", reasons)

    assert [reason.field for reason in reasons] == ["position"]
    assert f"只规定{word}数额的" in reasons[0].sentence and "集体讨论" in reasons[0].sentence
    assert reasons[0].article == f"《{GUANGDONG.title}》第十二条"


def test_a_benchmark_without_a_rule_of_position_leaves_the_figure_to_the_officer():
    jiangxi = dated("jiangxi/old")
    table = next(iter(jiangxi.tables.values()))
    circumstance = table.grades[0].any_of[0]

    assert "请在幅度内选定数额" in refused(jiangxi, table.id, circumstances=(circumstance,))["chosen"]


# ── adjustments ──


def test_an_adjustment_without_a_reason_is_refused():
    said = refused(GUANGDONG, "GD-3.14", levels=VOC, adjustments=moved("apology", Fraction(3, 10), "　"))

    assert said["adjustments"].endswith("须写明理由")


def test_an_adjustment_that_the_benchmark_does_not_have_is_named():
    assert "没有“severe”这一调整规则" in refused(GUANGDONG, "GD-3.14", levels=VOC, adjustments=moved("severe"))["adjustments"]
    assert "没有“position”这一调整规则" in refused(GUANGDONG, "GD-3.14", levels=VOC, adjustments=moved("position"))["adjustments"]


def test_the_same_adjustment_counts_once():
    twice = (*moved("apology", Fraction(3, 10)), *moved("apology", Fraction(1, 2)))

    assert refused(GUANGDONG, "GD-3.14", levels=VOC, adjustments=twice)["adjustments"] == "同一调整规则只能适用一次"


@pytest.mark.parametrize("rate", [None, Fraction(29, 100), Fraction(51, 100), Fraction(0), Fraction(-1, 2)])
def test_a_rate_that_the_province_does_not_allow_is_refused(rate):
    said = refused(GUANGDONG, "GD-3.14", levels=VOC, adjustments=moved("apology", rate))

    assert said["adjustments"] == "公开道歉承诺从轻的比例应为30%至50%"


def test_a_rate_that_the_city_does_not_list_is_refused():
    said = refused(library.load("dongguan/2022"), "GD-3.14", levels=VOC, adjustments=moved("apology", Fraction(35, 100)))

    assert said["adjustments"] == "公开道歉承诺从轻的比例应为30%、40%、50%"


HUNAN = {"sum": Fraction(3, 10), "statute": statute(20_000, 200_000)}


@pytest.mark.parametrize("milder", ["lenient", "mitigated"])
def test_severe_and_lenient_are_weighed_not_added(milder):
    said = refused(dated("hunan/2021"), "HN-13", **HUNAN, adjustments=(*moved("severe"), *moved(milder, Fraction(1, 10))))

    assert said["adjustments"] == "从重与从轻（减轻）不能同时计算，须衡量后择一适用"


def test_a_rate_whose_reckoning_the_text_leaves_open_must_be_stated():
    said = refused(dated("hunan/2021"), "HN-13", **HUNAN, adjustments=moved("mitigated"))

    assert "怎样计算没有写明，请填写采用的比例" in said["adjustments"]


def test_a_sum_of_weights_leaves_no_range_to_choose_in():
    said = refused(library.load("guangdong/2022"), "GD-2.7a", position="lenient")

    assert said["position"] == "本表按权重累加得出一个数额，没有幅度，不填写裁量情节和选定的数额"


@pytest.mark.parametrize("rate", [Fraction(21, 100), Fraction(0), Fraction(-1, 10)])
def test_more_than_the_text_allows_is_not_added(rate):
    said = refused(dated("hunan/2021"), "HN-13", **HUNAN, adjustments=moved("severe", rate))

    assert "超出规定的20%" in said["adjustments"]


def test_straight_to_the_maximum_only_where_the_text_has_it():
    hunan = dated("hunan/2021")

    found = fine(hunan, "HN-13", **HUNAN, adjustments=moved("severe", to_max=True))
    said = refused(hunan, "HN-13", **HUNAN, adjustments=moved("lenient", to_max=True))

    assert found.amount == 200_000 * YUAN
    assert "没有规定可以直接取法定最高额" in said["adjustments"]


def test_mitigation_is_measured_by_the_statutory_minimum_and_may_go_below_it():
    hunan = dated("hunan/2021")

    found = fine(hunan, "HN-13", sum=Fraction(0), statute=statute(20_000, 200_000), adjustments=moved("mitigated", Fraction(1, 2)))
    lenient = fine(hunan, "HN-13", sum=Fraction(0), statute=statute(20_000, 200_000), adjustments=moved("lenient", Fraction(1, 5)))

    assert found.amount == 10_000 * YUAN
    assert lenient.amount == 20_000 * YUAN


def test_a_coefficient_that_nobody_wrote_down_is_asked_for_and_none_makes_a_fine_negative():
    jiangmen = dated("jiangmen/2022")
    levels = lowest(weights("GD-2.7a"))

    assert refused(jiangmen, "GD-2.7a", levels=levels, adjustments=moved("coefficient")) == {"adjustments": "请填写调整系数的总和"}
    assert "负数" in refused(jiangmen, "GD-2.7a", levels=levels, adjustments=moved("coefficient", Fraction(-21)))["adjustments"]
    qingyuan = refused(
        dated("qingyuan/2021"), "QY-2021-air", circumstances=("一般污染物单因子超标1倍以上5倍以下",),
        adjustments=moved("within", Fraction(-50)),
    )
    assert "负数" in qingyuan["adjustments"]


# ── sums, days, statute ──


@pytest.mark.parametrize("total", [Fraction(101, 100), Fraction(-1, 100)])
def test_a_total_read_off_the_official_table_lies_between_nought_and_the_whole(total):
    said = refused(dated("hunan/2021"), "HN-13", sum=total, statute=statute(20_000, 200_000))

    assert said["sum"].endswith("应在0至100%之间")


def test_a_total_of_nought_is_lifted_to_the_statutory_minimum():
    found = fine(dated("hunan/2021"), "HN-2", column="及时改正", sum=Fraction(0))

    assert found.amount == 200_000 * YUAN
    assert found.lines[-1].sum == "0元 → 200,000元"


def test_the_general_table_needs_the_statutory_range():
    hunan = dated("hunan/2021")

    assert "须先确定法定罚款幅度" in refused(hunan, "HN-13", sum=Fraction(1, 10))["statute"]
    assert "法定最高罚款须大于零" in refused(hunan, "HN-13", sum=Fraction(1, 10), statute=statute(0, 0))["statute"]
    assert "没有写起点的取法" in refused(hunan, "HN-12-3", sum=Fraction(1, 10), statute=statute(0, 50_000))["statute"]


@pytest.mark.parametrize("found_on", [date(2024, 3, 5), date(2024, 3, 1)])
def test_a_daily_fine_needs_a_recheck_after_the_order(found_on):
    said = refused(GUANGDONG, "GD-2.7a", daily=(date(2024, 3, 5), found_on))

    assert said == {"daily": "复查日期应在责令改正决定书送达之后。"}


# ── all at once ──


def test_all_reasons_come_at_once():
    said = refused(
        GUANGDONG, "GD-1.8", column="企业", levels={"项目环评文件类别": "登记表", "主观过错": "故意"},
        measures={"违法行为持续时间": (Fraction(90), "天")}, adjustments=moved("apology", Fraction(9, 10), ""),
    )

    assert set(said) == {"column", "项目环评文件类别", "主观过错", "违法行为持续时间", "adjustments"}


def test_all_faults_of_shape_come_at_once():
    said = misread({"levels": 3, "quantity": "很多", "daily": {}, "position": "一般", "chosen": -5, "颜色": "红", "evidence": [1]})

    assert set(said) == {"levels", "quantity", "position", "chosen", "颜色", "evidence"}
    assert said["position"] == "裁量情节只能是一般（ordinary）、从轻（lenient）、从重（severe）"


# ── findings as data ──


@pytest.mark.parametrize("value", [-1, 0, 10**15, 10**400, 1.5, 1e300, float("nan"), True, "5", [5], {}])
@pytest.mark.parametrize("key", ["quantity", "units", "chosen"])
def test_a_quantity_is_a_whole_number_above_nought_and_not_absurd(key, value):
    assert set(misread({key: value})) == {key}


@pytest.mark.parametrize(
    "value", [0.3, "0.3e9", "1e999999999", "1/0", "三成", "nan", "1_000", "+5%", "1.5/2", "5%%", True, [], 10**400, "9" * 41, "٣%"]
)
def test_a_rate_is_a_percentage_a_fraction_or_a_whole_number(value):
    assert set(misread({"sum": value})) == {"sum"}
    assert set(misread({"adjustments": [{"id": "apology", "value": value, "reason": "道歉"}]})) == {"adjustments"}


@pytest.mark.parametrize(
    ("text", "value"), [("35%", Fraction(7, 20)), ("1/3", Fraction(1, 3)), ("-3", Fraction(-3)), (2, Fraction(2)), ("0.25", Fraction(1, 4))]
)
def test_rates_are_read_exactly(text, value):
    assert Findings.from_data({"sum": text}).sum == value


@pytest.mark.parametrize("value", ["三个月", "-3个月", "", "3", 3, "3个月4天", "1e5个月", "9" * 50])
def test_a_measure_is_a_plain_number_with_its_unit(value):
    if value in ("", "3"):
        found = Findings.from_data({"measures": {"持续时间": value}}).measures
        assert found == ({} if not value else {"持续时间": (Fraction(3), "")})
    else:
        assert misread({"measures": {"持续时间": value}})


@pytest.mark.parametrize("value", ["false", "no", 1, 0, None, []])
def test_straight_to_the_maximum_is_yes_or_no_and_nothing_else(value):
    assert set(misread({"adjustments": [{"id": "severe", "reason": "理由", "to_max": value}]})) == {"adjustments"}


@pytest.mark.parametrize(
    "excess", [[], 3, "x", {"classes": 3}, {"classes": [3]}, {"classes": [{"extra": -1}]}, {"classes": [{"extra": 10**9}]},
               {"classes": [{"values": "3倍"}]}, {"classes": [{"values": [3]}]}, {"classes": [{"values": ["3倍"] * 201}]},
               {"reading": ["零"], "classes": []}]
)
def test_exceedances_are_classes_with_a_number_and_a_list(excess):
    if excess == []:
        assert Findings.from_data({"excess": excess}).excess == ()
    else:
        assert set(misread({"excess": excess})) == {"excess"}


INSIDE = ["id", "value", "reason", "to_max", "classes", "class", "extra", "values", "reading", "ordered_on", "found_on"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("3个月") | st.just("35%"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(INSIDE), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["column", "levels", "measures", "quantity", "units", "override", "circumstances", "excess", "position", "chosen", "sum",
     "adjustments", "daily", "evidence", "unestablished", "别的"]
)


@given(JSON | st.dictionaries(KEYS, JSON, max_size=5))
def test_of_malformed_data_only_a_refusal_comes_out(data):
    try:
        found = Findings.from_data(data)
    except NotAllowed as refusal:
        assert all(reason.sentence for reason in refusal.reasons)
    else:
        assert Findings.from_data(json.loads(json.dumps(found.as_data()))) == found


@given(st.dictionaries(KEYS, JSON, max_size=4), st.sampled_from([(GUANGDONG, "GD-1.8"), (GUANGDONG, "GD-3.14"), (JIANGMEN, "JM-2-6")]))
def test_whatever_can_be_read_is_computed_or_refused(data, where):
    benchmark, table_id = where
    try:
        found = Findings.from_data(data)
        result = compute(benchmark, table_id, found, on=EARLIER if benchmark is JIANGMEN else ON)
    except (NotAllowed, NoRule):
        return

    assert result.total() == result.amount


# ── what a table asks for ──


def test_a_table_asks_for_its_columns_factors_and_adjustments():
    asked = asks(GUANGDONG, weights("GD-1.8"))

    assert [one["key"] for one in asked] == ["column", *["levels"] * 7, "adjustments"]
    assert asked[0]["choices"] == ["单位-限期内改正", "单位-逾期未改正", "个人"]


@pytest.mark.parametrize("benchmark_id", library.ids())
def test_every_table_says_what_it_asks_for_in_words(benchmark_id):
    benchmark = library.load(benchmark_id)

    for table in benchmark.tables.values():
        for one in asks(benchmark, table):
            assert one["key"] and one["label"], table.id


def test_a_number_too_long_to_be_written_is_refused_like_any_other():
    endless = 10**5000

    assert set(misread({"quantity": endless, "sum": endless, "units": endless})) == {"quantity", "sum", "units"}


def test_a_formula_computes_once_its_official_text_is_loaded(monkeypatch):
    def highest(table, findings, benchmark, statute, reasons):
        """A stand-in for a formula with its text: so much for the highest level found."""
        level = max(factor.levels[findings.levels[factor.name]].points for factor in table.factors)
        return Drawn(amount=level * 1_000_00, low=level * 1_000_00, high=level * 1_000_00)

    benchmark = library.load("cn/2019")
    table = next(one for one in benchmark.tables.values() if one.complete)
    levels = {factor.name: list(factor.levels)[-1] for factor in table.factors}
    monkeypatch.setitem(FORMULAS, table.combiner, highest)

    result = compute(benchmark, table.id, Findings(levels=levels), on=date(2021, 5, 1), statute=statute(0, 100_000))

    assert result.amount == 5_000_00
