"""No-fine lists: an item applies when every condition holds, a first time looks back from the conduct, a person concludes."""

from datetime import date
from fractions import Fraction

import pytest

from huanfa.core.discretion import no_fine
from huanfa.core.discretion.no_fine import Answers, Earlier, conclude
from huanfa.core.errors import NoRule, RuleFault

GUANGDONG = no_fine.load("guangdong/2022")
WATER, VOC, LABEL = GUANGDONG.item(6), GUANGDONG.item(10), GUANGDONG.item(12)
ACT = date(2024, 3, 31)


def held(item, met=(), values=None, earlier=(), act_on=ACT):
    answers = Answers({place: True for place in met}, {place: Fraction(value) for place, value in (values or {}).items()})
    return no_fine.test(item, answers, [Earlier(on, "over_standard_water", "示例") for on in earlier], act_on=act_on)


def test_the_lists_are_whole():
    assert {one: len(no_fine.load(one).items) for one in no_fine.ids()} == {"cn/2019": 2, "guangdong/2022": 20, "jiangmen/2022": 40}


def test_an_item_is_found_by_its_offence():
    assert [item.no for item in GUANGDONG.about("over_standard_water")] == [6]
    assert GUANGDONG.about("lighthouse_painted") == ()
    with pytest.raises(NoRule, match="没有第21项"):
        GUANGDONG.item(21)


def test_a_list_covers_its_first_and_its_last_day():
    jiangmen = no_fine.load("jiangmen/2022")

    assert jiangmen.covers(date(2022, 2, 1)) and jiangmen.covers(date(2025, 1, 31))
    assert not jiangmen.covers(date(2022, 1, 31)) and not jiangmen.covers(date(2025, 2, 1))


def test_an_item_applies_when_every_condition_holds():
    found = held(WATER, met=("0", "1.0.0", "2"), values={"1.0.1": "0.09"})

    assert found.applies
    assert (found.unmet, found.open) == ((), ())


def test_what_nobody_has_answered_stays_open():
    found = held(WATER, met=("0",))

    assert not found.applies
    assert found.open == ("轻微超标的三种情形之一", "在责令改正期限内改正违法排放污染物的行为")


def test_a_condition_answered_no_is_unmet():
    found = no_fine.test(LABEL, Answers({"0": True, "1": False, "2": True}), [], act_on=ACT)

    assert found.unmet == ("在责令改正期限内改正违法行为",)
    assert not found.applies


@pytest.mark.parametrize(("times", "holds"), [("0.099", True), ("0.1", False), ("3", False)])
def test_below_a_tenth_leaves_the_tenth_itself_out(times, holds):
    assert held(WATER, met=("0", "1.0.0", "2"), values={"1.0.1": times}).applies is holds


@pytest.mark.parametrize(("ph", "holds"), [("5", True), ("10", True), ("4.99", False), ("10.01", False)])
def test_a_ph_between_five_and_ten_has_both_ends(ph, holds):
    assert held(WATER, met=("0", "1.1.0", "2"), values={"1.1.1": ph}).applies is holds


def test_one_group_of_alternatives_must_hold_altogether():
    mixed = held(VOC, met=("0.0.0", "0.1.1", "0.0.2"))
    whole = held(VOC, met=("0.1.0", "0.1.1", "0.1.2"))

    assert not mixed.applies
    assert whole.applies


def test_alternatives_that_all_fail_are_unmet_and_not_open():
    answers = Answers({"0.0.0": False, "0.1.0": False})

    assert no_fine.test(VOC, answers, [], act_on=ACT).unmet == ("未密闭或者无法密闭的两种情形之一",)


def test_an_earlier_decision_within_the_year_stands_against_a_first_time():
    found = held(WATER, met=("0", "1.0.0", "2"), values={"1.0.1": "0.05"}, earlier=[date(2023, 6, 1)])

    assert found.unmet == ("近一年内属于首次违法",)


@pytest.mark.parametrize(
    ("on", "stands"),
    [(date(2023, 3, 30), False), (date(2023, 3, 31), True), (date(2024, 3, 31), True), (date(2024, 4, 1), False)],
)
def test_twelve_months_are_counted_back_from_the_day_of_the_conduct(on, stands):
    condition = WATER.conditions[0]

    assert bool(no_fine.counted(condition, [Earlier(on, "x", "示例")], ACT)) is stands


@pytest.mark.parametrize(("act_on", "begins"), [(date(2024, 2, 29), date(2023, 2, 28)), (date(2024, 12, 31), date(2023, 12, 31))])
def test_a_month_without_that_day_begins_on_its_last(act_on, begins):
    condition = WATER.conditions[0]

    assert no_fine.counted(condition, [Earlier(begins, "x", "示例")], act_on)
    assert not no_fine.counted(condition, [Earlier(date.fromordinal(begins.toordinal() - 1), "x", "示例")], act_on)


def test_a_year_is_a_calendar_year_where_the_item_says_so():
    condition = LABEL.conditions[0]
    before, within = Earlier(date(2023, 12, 31), "x", "去年"), Earlier(date(2024, 1, 1), "x", "今年")

    assert no_fine.counted(condition, [before, within], ACT) == (within,)


def test_without_a_window_the_whole_known_history_counts():
    condition = GUANGDONG.item(1).conditions[0]

    assert no_fine.counted(condition, [Earlier(date(1999, 1, 1), "x", "示例")], ACT)


def test_even_with_no_known_case_a_first_time_is_confirmed_by_the_officer():
    assert "近一年内属于首次违法" in held(WATER).open


# ── the conclusion ──


APPLIES = held(WATER, met=("0", "1.0.0", "2"), values={"1.0.1": "0.05"})
FAILS = held(WATER, met=("0", "1.0.0", "2"), values={"1.0.1": "0.5"})


def sentences(reasons):
    return [reason.sentence for reason in reasons]


def test_a_list_that_applies_may_be_followed_without_more_words():
    assert conclude([FAILS, APPLIES], "applies", "") == []


def test_a_list_whose_conditions_do_not_all_hold_cannot_be_concluded():
    assert sentences(conclude([FAILS], "applies", "看着办")) == ["清单的条件没有全部具备：轻微超标的三种情形之一"]
    assert sentences(conclude([], "applies", "看着办")) == ["清单没有与本案案由对应的项，不能适用"]


def test_to_fine_all_the_same_needs_a_reason():
    assert sentences(conclude([APPLIES], "not", " ")) == ["清单第6项的条件已全部具备，仍拟处罚的须写明理由"]
    assert sentences(conclude([FAILS], "not", "")) == ["不适用清单的，须写明理由（哪一项条件不具备、依据什么证据）"]
    assert conclude([APPLIES], "not", "位于饮用水水源保护区") == []


def test_a_check_without_a_conclusion_is_none():
    assert sentences(conclude([APPLIES], "", "")) == ["请选择清单是否适用"]


# ── rule files ──


HEAD = 'id = "试/1"\ntitle = "试"\nissuer = "试"\nfrom = 2024-01-01\n'
ITEM = '[[item]]\nno = 1\noffence = "试"\nresult = "must"\n'


def load(tmp_path, text):
    (tmp_path / "试" / "no_fine").mkdir(parents=True)
    (tmp_path / "试" / "no_fine" / "1.toml").write_text(text, encoding="utf-8")
    return no_fine.load("试/1", tmp_path)


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ("[]", "没有条件"),
        ('[{ kind = "luck", text = "运气好" }]', "条件的 kind 只能是"),
        ('[{ kind = "measure", text = "少", what = "数量" }]', "measure 须写 what 和 under、at_most、at_least 之一"),
        ('[{ kind = "any", text = "之一" }]', "any 须写各组条件"),
        ('[{ kind = "any", text = "之一", any = [[]] }]', "any 须写各组条件"),
        ('[{ kind = "fact" }]', "缺少 text"),
    ],
)
def test_a_faulty_condition_is_named_with_its_line(tmp_path, conditions, sentence):
    with pytest.raises(RuleFault) as refusal:
        load(tmp_path, HEAD + ITEM + f"conditions = {conditions}\n")

    assert [(fault.file, fault.line) for fault in refusal.value.faults] == [("试/no_fine/1.toml", 5)]
    assert sentence in refusal.value.faults[0].sentence


def test_a_list_without_a_head_or_with_another_name_is_refused(tmp_path):
    with pytest.raises(RuleFault) as refusal:
        load(tmp_path, 'id = "别的/1"\n')

    assert sorted(fault.sentence for fault in refusal.value.faults) == ["id 应与文件一致，为 试/1", "缺少“issuer”", "缺少“title”"]


def test_an_unknown_list_is_answered_with_those_that_exist():
    with pytest.raises(NoRule, match="没有不予处罚清单 hubei/2022。现有：cn/2019、guangdong/2022、jiangmen/2022"):
        no_fine.load("hubei/2022")
