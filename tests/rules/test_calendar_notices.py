"""The holiday tables, day by day, against two published collections made by others. 国务院办公厅的放假通知。"""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

import huanfa
from huanfa.core import rulefile
from huanfa.core.calendar.workdays import Calendar, Year, parse_year

RULES = Path(huanfa.__file__).parent / "rules"
YEARS = range(2020, 2027)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    years = []
    for path in sorted((RULES / "cn" / "calendar").glob("*.toml")):
        file = rulefile.read(path, RULES)
        assert isinstance(file, rulefile.RuleFile), file
        year = parse_year(file)
        assert isinstance(year, Year), year
        assert path.stem == str(year.year)
        years.append(year)
    return Calendar(tuple(years))


def days_of(year: int):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_the_years_2020_to_2026_are_there_and_2027_is_not(calendar):
    assert [year.year for year in calendar.years] == list(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(calendar, year):
    assert [d for d in days_of(year) if calendar.is_workday(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(calendar, year):
    theirs = holidays.China(years=year)

    assert [d for d in days_of(year) if calendar.is_workday(d) != theirs.is_working_day(d)] == []


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_number_of_working_days_of_a_year(calendar, year, workdays):
    assert calendar.workdays_in(year) == workdays


def test_the_spring_festival_of_2020_lasted_until_2_february(calendar):
    assert calendar.name_of(date(2020, 2, 2)) == "春节"
    assert calendar.is_holiday(date(2020, 2, 1))
    assert calendar.is_workday(date(2020, 2, 3))


def test_the_table_of_2026_is_the_one_the_term_vectors_were_worked_out_with(calendar):
    table = next(year for year in calendar.years if year.year == 2026)

    assert sorted(table.makeup) == [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)
    ]  # fmt: skip
    assert len(table.holidays) == 3 + 9 + 3 + 5 + 3 + 3 + 7
