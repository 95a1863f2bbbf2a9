"""Old law or new: both texts side by side, point by point; which is milder a person says."""

from datetime import date

import pytest

from huanfa.core import rulebook
from huanfa.core.discretion import applicable
from huanfa.core.discretion.applicable import (
    NEW,
    OLD,
    SAME,
    UNCLEAR,
    at_least,
    compare,
    governing,
    limitation,
    range_of,
)
from huanfa.core.errors import NoRule
from tests.core.a_fine import YUAN, statute

BOOK = rulebook.load("jianghan-demo")
CODE = date(2026, 8, 15)
BEFORE, AFTER = date(2026, 3, 4), date(2026, 9, 1)
INVESTED = {"base": 10_000_000 * YUAN}


def texts(offence_id):
    offence = BOOK.offence(offence_id)
    return offence.regime_on(BEFORE), offence.regime_on(AFTER)


def compared(offence_id, *, base=None, units=None, **more):
    old, new = texts(offence_id)
    rows = compare(
        old, new, old_range=range_of(old, base=base, units=units), new_range=range_of(new, base=base, units=units), **more
    )
    return {row.label: row for row in rows}


def sides(rows):
    """Which text is the milder one in at least one point."""
    return {row.lighter for row in rows} - {SAME}


# ── which texts ──


def test_conduct_and_decision_under_the_same_text_leave_nothing_to_choose():
    found = governing(BOOK.offence("haz_label"), date(2025, 1, 1), date(2025, 2, 1), date(2026, 8, 14))

    assert found.settled
    assert [key for key, _ in found.texts] == ["conduct"]


def test_a_decision_after_the_change_has_two_texts():
    found = governing(BOOK.offence("haz_label"), date(2026, 1, 1), date(2026, 2, 1), AFTER)

    assert not found.settled and not found.continuing
    assert [(key, text.id) for key, text in found.texts] == [("conduct", "2020-09-01"), ("decision", "2026-08-15")]


def test_the_last_day_of_the_old_law_and_the_first_of_the_code():
    label = BOOK.offence("haz_label")

    assert governing(label, date(2026, 8, 14), date(2026, 8, 14), CODE).at_the_time.id == "2020-09-01"
    assert governing(label, CODE, CODE, CODE).settled


def test_a_conduct_that_went_on_across_the_change_shows_all_its_texts_and_decides_none():
    found = governing(BOOK.offence("haz_label"), date(2026, 8, 1), date(2026, 8, 20), AFTER)

    assert found.continuing and not found.settled
    assert [(key, text.id) for key, text in found.texts] == [("start", "2020-09-01"), ("conduct", "2026-08-15")]


def test_an_offence_that_the_code_no_longer_names_says_what_became_of_it():
    found = governing(BOOK.offence("coating_ledger"), date(2026, 1, 1), date(2026, 2, 1), AFTER)

    assert found.now is None and not found.settled
    assert "第一千一百二十条没有再单列涂装台账" in found.ended
    assert governing(BOOK.offence("coating_ledger"), date(2026, 1, 1), date(2026, 2, 1), date(2026, 8, 14)).settled


def test_a_conduct_before_every_text_has_no_rule():
    with pytest.raises(NoRule, match="没有对应的条文"):
        governing(BOOK.offence("haz_label"), date(2001, 1, 1), date(2001, 1, 1), AFTER)


# ── point by point ──


@pytest.mark.parametrize(
    ("offence_id", "milder"),
    [
        ("over_standard_water", set()), ("over_standard_air", set()), ("over_standard_industrial_noise", set()),
        ("haz_label", {NEW}), ("haz_plan", {NEW}), ("haz_storage", {NEW}), ("haz_manifest", {NEW}),
        ("emergency_plan_missing", {NEW}), ("industrial_waste_ledger", {NEW}), ("registration_form_not_filed", {NEW}),
        ("no_permit_water", {OLD}), ("haz_transfer_unapproved", {OLD}),
        ("evade_supervision_water", {UNCLEAR}), ("haz_unlicensed_business", {OLD, NEW}), ("construction_dust", {UNCLEAR}),
    ],
)
def test_the_rows_say_which_text_is_milder_throughout_or_that_a_person_must_weigh(offence_id, milder):
    assert sides(compared(offence_id, **INVESTED).values()) == milder


def test_building_without_approval_is_milder_or_graver_with_the_investment():
    small = compared("build_without_report", base=10_000_000 * YUAN)      # 10–50万，对20–100万
    large = compared("build_without_report", base=100_000_000 * YUAN)     # 100–500万，对20–100万

    assert [small[f"法定最{end}罚款"].lighter for end in ("高", "低")] == [OLD, OLD]
    assert [large[f"法定最{end}罚款"].lighter for end in ("高", "低")] == [NEW, NEW]
    assert (small["法定最高罚款"].old, small["法定最高罚款"].new) == ("500,000元", "1,000,000元")


def test_without_the_base_the_ranges_cannot_be_compared():
    row = compared("build_without_report")["法定罚款幅度"]

    assert row.lighter == UNCLEAR
    assert (row.old, row.new) == ("建设项目总投资额的1%至5%", "200,000元至1,000,000元")


def test_a_maximum_that_falls_while_the_minimum_rises_is_for_a_person():
    old, new = texts("over_standard_water")

    rows = compare(old, new, old_range=statute(10_000, 500_000), new_range=statute(50_000, 200_000))

    assert [row.lighter for row in rows[:2]] == [NEW, OLD]
    assert sides(rows) == {OLD, NEW}


def test_a_fine_that_may_be_left_out_is_milder():
    row = compared("registration_form_not_filed")["可以处罚款，也可以不处"]

    assert (row.old, row.new, row.lighter) == ("否", "是", NEW)


def test_a_fine_only_after_refusal_is_milder():
    row = compared("industrial_waste_ledger")["罚款是否以拒不改正为前提"]

    assert (row.old, row.new, row.lighter) == ("否", "是", NEW)


def test_a_fine_on_persons_besides_is_graver():
    assert compared("inspection_obstructed")["对责任人员另行罚款"].lighter == OLD


def test_ranges_for_each_are_compared_for_all_together():
    rows = compared("ledger_not_kept", units=30)     # 每次0.5–2万，30次；对2–20万

    assert (rows["法定最高罚款"].old, rows["法定最高罚款"].lighter) == ("600,000元", NEW)


def test_computed_fines_stand_beside_each_other_and_one_alone_decides_nothing():
    both = compared("haz_label", old_fine=150_000 * YUAN, new_fine=60_000 * YUAN)["按各自裁量基准计算的罚款"]
    one = compared("haz_label", old_fine=150_000 * YUAN)["按各自裁量基准计算的罚款"]

    assert both.lighter == NEW
    assert (one.old, one.new, one.lighter) == ("150,000元", "没有可用的裁量基准", UNCLEAR)
    assert "按各自裁量基准计算的罚款" not in compared("haz_label")


def test_an_amount_is_held_to_the_other_range_only_to_compare():
    assert at_least(10_000 * YUAN, statute(50_000, 200_000)) == 50_000 * YUAN
    assert at_least(300_000 * YUAN, statute(50_000, 200_000)) == 200_000 * YUAN
    assert at_least(90_000 * YUAN, statute(50_000, 200_000)) == 90_000 * YUAN


def test_a_tier_that_a_text_does_not_have_gives_no_range():
    old, new = texts("build_without_report")

    assert range_of(old, "grave", **INVESTED) is None
    found = range_of(new, "grave")
    assert found is not None and (found.low, found.high) == (1_000_000 * YUAN, 10_000_000 * YUAN)


# ── the limitation period ──


def limit(ended, *, harm):
    return limitation(ended, date(2026, 9, 1), harm=harm, code_from=CODE, terms=dict(BOOK.terms), calendar=BOOK.calendar)


def test_without_harm_two_years_count():
    found = limit(date(2025, 3, 4), harm=False)

    assert (found.two, found.unsettled) == (date(2027, 3, 4), False)
    assert found.sentence == "追责期限二年，至2027-03-04。"


def test_with_harm_under_the_code_five_years_count():
    found = limit(date(2026, 8, 15), harm=True)

    assert found.sentence == "有危害后果，追责期限五年，至2031-08-15（二年为2028-08-15）。"


def test_harm_before_the_code_shows_both_readings_and_asks_the_reviewer():
    found = limit(date(2026, 8, 14), harm=True)

    assert found.unsettled
    assert "二年至2028-08-14" in found.sentence and "五年至2031-08-14" in found.sentence
    assert "请法制审核人员写明" in found.sentence


def test_the_comparison_cites_both_provisions():
    assert "行政处罚法第三十七条" in applicable.ARTICLE and "第一千零五十七条" in applicable.ARTICLE
