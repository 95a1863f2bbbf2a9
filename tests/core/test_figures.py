"""The figures of a year: each computed from its records, as the yearly report prints them."""

from datetime import date
from decimal import Decimal

from huanfa.core import rulebook
from huanfa.core.figures import (
    COLUMNS,
    Decision,
    Figure,
    Hours,
    Overdue,
    VisitRecord,
    Year,
    by_column,
    column,
    figures,
    percent,
    wan,
)

BOOK = rulebook.load("jianghan-demo")
MADE = date(2024, 6, 3)


def a_decision(number: int = 1, **changed: object) -> Decision:
    """A fine of 1,726.67 yuan, reviewed, published on the fifth working day."""
    values: dict[str, object] = {
        "number": f"武环示例罚〔2024〕{number}号", "name": "示例案", "on": MADE, "kinds": ("fine",), "fine": 172_667,
        "reviewed": True, "published_on": date(2024, 6, 11),
    }
    return Decision(id=number, **{**values, **changed})  # type: ignore[arg-type]


def a_year(**given: object) -> dict[str, Figure]:
    """The figures of 2024 by id, looked at on its last day."""
    values = {"year": 2024, "on": date(2024, 12, 31), "calendar": BOOK.calendar, "publish": BOOK.terms["publish"]}
    return {one.id: one for one in figures(Year(**{**values, **given}))}  # type: ignore[arg-type]


def test_fifteen_decisions_give_the_sum_that_the_report_prints():
    decisions = [a_decision(n) for n in range(1, 15)] + [a_decision(15, fine=172_662)]

    found = a_year(decisions=decisions)

    assert (found["decisions"].text, found["decisions"].unit) == ("15", "件")
    assert (found["fined"].text, found["fined"].unit) == ("2.59", "万元")
    assert found["fined"].records == tuple(decisions)


def test_confiscated_sums_count_with_the_fines():
    found = a_year(decisions=[a_decision(fine=1_000_000, confiscated=500_000)])

    assert found["fined"].text == "1.50"
    assert "罚款10,000元、没收5,000元" in found["fined"].note


def test_ten_thousand_yuan_are_rounded_half_up_to_two_places():
    assert [wan(sum_) for sum_ in (0, 4_999, 5_000, 2_590_000, 123_456_789)] == [
        Decimal(one) for one in ("0.00", "0.00", "0.01", "2.59", "123.46")
    ]


def test_the_review_rate_is_computed_and_absent_without_a_case():
    assert a_year()["reviewed"].text == "—"
    assert a_year(decisions=[a_decision()])["reviewed"].text == "100"
    assert a_year(decisions=[a_decision(1), a_decision(2), a_decision(3, reviewed=False)])["reviewed"].text == "66.7"


def test_nearly_all_is_not_all():
    assert percent(9_999, 10_000) == Decimal("99.9")
    assert percent(10_000, 10_000) == 100


def test_a_decision_published_on_the_seventh_working_day_is_in_time_and_on_the_eighth_is_not():
    # 2024-06-10 is the Dragon Boat holiday: the seventh working day after 3 June is 13 June.
    in_time = a_year(decisions=[a_decision(published_on=date(2024, 6, 13))])["published"]
    late = a_year(decisions=[a_decision(published_on=date(2024, 6, 14))])["published"]

    assert (in_time.text, late.text) == ("100", "0")
    assert in_time.article == "生态环境行政处罚办法第六十五条"


def test_a_decision_not_yet_due_or_withheld_does_not_count_for_publication():
    waiting = a_decision(1, published_on=None, on=date(2024, 12, 30))
    withheld = a_decision(2, published_on=None, withheld=True)

    found = a_year(decisions=[waiting, withheld])["published"]

    assert found.value is None
    assert "另有2件未到期或者依法不公开" in found.note


def test_a_decision_never_published_counts_as_late_once_its_term_has_passed():
    found = a_year(decisions=[a_decision(1), a_decision(2, published_on=None)])["published"]

    assert found.text == "50"


def test_people_visits_parties_and_joint_inspections_are_four_different_counts():
    visits = [
        VisitRecord(1, 7, "甲", date(2024, 3, 1), 2),
        VisitRecord(2, 7, "甲", date(2024, 4, 1), 3),
        VisitRecord(3, 8, "乙", date(2024, 4, 1), 2, joint="加油站"),
        VisitRecord(4, 9, "丙", date(2024, 4, 2), 2, joint="加油站"),
    ]

    found = a_year(visits=visits)

    assert [found[one].value for one in ("people", "visits", "parties", "joint")] == [9, 4, 3, 1]
    assert [one.id for one in found["joint"].records] == [3, 4]


def test_hours_name_the_officers_below_each_threshold():
    hours = [Hours(1, "甲", 62), Hours(2, "乙", 40), Hours(3, "丙", 12)]
    wanted = {"training_hours": (40, "年报"), "training_hours_national": (60, "纲要")}

    found = a_year(hours=hours, hours_wanted=wanted)

    assert (found["hours_least"].text, found["hours_mean"].text) == ("12", "38.0")
    assert [one.name for one in found["under_training_hours"].records] == ["丙"]
    assert [one.name for one in found["under_training_hours_national"].records] == ["丙", "乙"]
    assert found["under_training_hours"].label == "不足40学时的执法人员"


def test_without_officers_there_is_no_least_number_of_hours():
    assert (a_year()["hours_least"].text, a_year()["hours_mean"].text) == ("—", "—")


def test_without_a_day_nobody_can_say_what_is_overdue():
    overdue = [Overdue(1, "示例案", "作出处理决定", date(2024, 5, 1))]

    assert a_year(overdue=overdue)["overdue"].text == "1"
    assert a_year(overdue=overdue, on=None)["overdue"].text == "—"


def test_a_decision_of_several_kinds_is_one_case_in_the_later_column():
    assert column(a_decision(kinds=("warning", "fine"))) == "罚款"
    assert column(a_decision(kinds=("fine", "revoke_permit", "confiscate_gains"))) == "吊销许可证件"


def test_a_named_kind_goes_before_one_without_a_column():
    assert column(a_decision(kinds=("demolish_by_deadline", "fine"))) == "罚款"
    assert column(a_decision(kinds=("demolish_by_deadline",))) == "其他行政处罚"


def test_the_columns_of_the_table_add_up_to_all_decisions():
    decisions = [a_decision(1), a_decision(2, kinds=("warning",)), a_decision(3, kinds=())]

    table = by_column(decisions)

    assert tuple(table) == COLUMNS
    assert sum(len(rows) for rows in table.values()) == 3
    assert [one.id for one in table["其他行政处罚"]] == [3]
