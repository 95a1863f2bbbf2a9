"""Working days: what the calendar answers, and that it refuses a year it does not know."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanfa.core import rulefile
from huanfa.core.calendar.workdays import of_tables, parse_year
from huanfa.core.errors import NoCalendar

AUTUMN = of_tables(
    [
        (2025, [], []),
        (
            2026,
            [date(2026, 9, d) for d in (25, 26, 27)] + [date(2026, 10, d) for d in range(1, 8)],
            [date(2026, 9, 20), date(2026, 10, 10)],
        ),
    ]
)


def a_year(tmp_path: Path, text: str):
    path = tmp_path / "2026.toml"
    path.write_text(text, encoding="utf-8")
    return parse_year(rulefile.read(path, tmp_path))


HEAD = """title = "2026年"
issuer = "国务院办公厅"
in_force = { from = 2026-01-01, until = 2026-12-31 }
"""


def test_a_weekend_is_a_holiday_and_a_make_up_sunday_is_a_working_day():
    assert AUTUMN.is_holiday(date(2026, 9, 19))
    assert AUTUMN.is_workday(date(2026, 9, 20))
    assert AUTUMN.is_holiday(date(2026, 9, 25))
    assert AUTUMN.name_of(date(2026, 9, 20)) == "补班"
    assert AUTUMN.name_of(date(2026, 9, 19)) == "周末"
    assert AUTUMN.name_of(date(2026, 9, 21)) == ""


def test_five_working_days_for_a_defence_skip_the_mid_autumn_days():
    assert AUTUMN.add_workdays(date(2026, 9, 21), 5) == date(2026, 9, 29)


def test_seven_working_days_for_disclosure_skip_the_national_day_and_count_the_make_up_day():
    assert AUTUMN.add_workdays(date(2026, 9, 29), 7) == date(2026, 10, 14)


def test_seven_clear_working_days_lie_between_a_notice_and_a_hearing():
    assert AUTUMN.add_workdays(date(2026, 10, 16), -8) == date(2026, 9, 30)
    assert AUTUMN.workdays_between(date(2026, 9, 30), date(2026, 10, 15)) == 7


def test_zero_working_days_is_the_day_itself_even_if_it_is_off():
    assert AUTUMN.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 3)


@pytest.mark.parametrize("ask", ["is_workday", "is_holiday", "name_of"])
def test_a_year_without_a_notice_is_refused_and_named(ask):
    with pytest.raises(NoCalendar) as refusal:
        getattr(AUTUMN, ask)(date(2027, 1, 4))

    assert refusal.value.year == 2027
    assert "2027年节假日安排尚未载入" in str(refusal.value)


def test_a_period_that_runs_into_a_year_without_a_notice_is_refused_not_guessed():
    with pytest.raises(NoCalendar):
        AUTUMN.add_workdays(date(2026, 12, 31), 1)
    with pytest.raises(NoCalendar):
        AUTUMN.workdays_between(date(2026, 12, 1), date(2027, 1, 5))
    with pytest.raises(NoCalendar):
        AUTUMN.workdays_in(2024)
    assert AUTUMN.covers(2026) and not AUTUMN.covers(2027)


@given(st.dates(date(2025, 3, 1), date(2026, 10, 1)), st.integers(0, 60))
def test_counting_forward_and_counting_between_agree(start: date, n: int):
    end = AUTUMN.add_workdays(start, n)

    assert AUTUMN.workdays_between(start, end) == n
    assert AUTUMN.workdays_between(end, start) == -n


@given(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_the_running_count_is_the_same_as_counting_day_by_day(a: date, b: date):
    low, high = min(a, b), max(a, b)
    days = sum(AUTUMN.is_workday(low + timedelta(days=i)) for i in range(1, (high - low).days + 1))

    assert AUTUMN.workdays_between(low, high) == days


def test_a_year_cannot_have_two_tables():
    with pytest.raises(ValueError):
        of_tables([(2026, [], []), (2026, [], [])])


def test_a_calendar_file_reports_every_fault_with_its_line(tmp_path):
    faults = a_year(
        tmp_path,
        HEAD
        + """makeup = [2026-01-05, 2026-01-01]
colour = "red"
[[holiday]]
name = "元旦"
from = 2026-01-01
to = 2025-12-31
[[holiday]]
name = "清明节"
from = 2026-04-04
to = 2026-04-06
[[holiday]]
name = "又一个"
from = 2026-04-06
to = 2026-04-06
""",
    )

    assert isinstance(faults, list)
    assert {(fault.line, fault.sentence) for fault in faults} == {
        (5, "不认识的键“colour”"),
        (6, "元旦的起止日期须在2026年内，且先后有序"),
        (14, "2026-04-06 列入了两个假期"),
        (4, "补班日 2026-01-05 须是本年的周六或者周日，且不在放假之列"),
        (4, "补班日 2026-01-01 须是本年的周六或者周日，且不在放假之列"),
    }


def test_a_calendar_that_is_not_a_whole_year_is_refused(tmp_path):
    faults = a_year(
        tmp_path,
        HEAD.replace("2026-12-31", "2026-10-31") + '[[holiday]]\nname = "元旦"\nfrom = 2026-01-01\nto = 2026-01-03\n',
    )

    assert [fault.sentence for fault in faults] == ["in_force 须恰为一整年"]


def test_a_moment_is_not_a_day(tmp_path):
    faults = a_year(
        tmp_path,
        HEAD + "makeup = [2026-01-04T08:00:00]\n[[holiday]]\nname = '元旦'\nfrom = 2026-01-01\nto = 2026-01-03\n",
    )

    assert [fault.sentence for fault in faults] == ["makeup 须为日期列表"]
