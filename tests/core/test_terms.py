"""Deadlines: the worked vectors T1–T12 of the deadline table, and what must hold for any start, pause and year."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huanfa.core import rulebook
from huanfa.core.calendar.terms import Due, Pause, Term, due, due_at, join, proof
from huanfa.core.sums import daily_fine, surcharge

BOOK = rulebook.load("cn")
CALENDAR, TERMS = BOOK.calendar, BOOK.terms

DAYS = st.dates(date(2020, 1, 2), date(2026, 6, 1))
COUNTED = st.sampled_from([term for term in TERMS.values() if term.unit in ("days", "workdays") and not term.back])


def ends(term: str, start: str, **more: object) -> Due:
    return due(TERMS[term], date.fromisoformat(start), CALENDAR, **more)


def test_T1_five_working_days_for_the_defence_skip_the_mid_autumn_festival():
    result = ends("defence", "2026-09-21")

    assert result.due == date(2026, 9, 29)
    assert not result.elapsed(date(2026, 9, 29))
    assert result.elapsed(date(2026, 9, 30))


def test_T2_publication_counts_the_make_up_day_and_not_the_national_holiday():
    assert ends("publish", "2026-09-29").due == date(2026, 10, 14)


def test_T3_payment_that_ends_in_the_holiday_moves_to_the_first_working_day():
    result = ends("pay", "2026-09-22")

    assert (result.remind, result.due) == (date(2026, 10, 7), date(2026, 10, 8))
    assert result.elapsed(date(2026, 10, 9))


def test_T4_the_ninety_days_move_past_a_sunday_but_the_reminder_does_not():
    result = ends("decide_within", "2026-08-17")

    assert (result.remind, result.due) == (date(2026, 11, 15), date(2026, 11, 16))


@pytest.mark.parametrize(("days", "yuan"), [(33, 25_641), (34, 25_900), (60, 25_900)])
def test_T5_the_surcharge_never_exceeds_the_fine(days, yuan):
    assert surcharge(2_590_000, days, rate_percent=3) == yuan * 100


def test_T6_ten_days_after_a_demand_are_working_days():
    result = ends("demand", "2026-09-28")

    assert result.due == date(2026, 10, 16)
    assert result.elapsed(date(2026, 10, 17)) and not result.elapsed(date(2026, 10, 16))


def test_T7_the_window_for_the_court_opens_when_the_time_to_sue_ends():
    suit = ends("suit", "2026-01-15")

    assert suit.due == date(2026, 7, 15)
    assert ends("court_window", "2026-07-15").due == date(2026, 10, 15)


def test_T8_a_daily_fine_counts_from_the_day_after_service_to_the_recheck():
    assert daily_fine(20_000_000, date(2026, 9, 1), date(2026, 9, 25)) == (24, 480_000_000)
    assert ends("correction_recheck", "2026-09-01").due == date(2026, 10, 1)


def test_T9_a_seizure_of_thirty_days_is_not_moved_by_holidays():
    assert ends("seizure", "2026-09-10").due == date(2026, 10, 10)
    assert ends("seizure", "2026-09-10", extended_by=30).due == date(2026, 11, 9)


def test_T10_a_hearing_is_notified_with_seven_full_working_days_between():
    assert ends("hearing_notice", "2026-10-16").due == date(2026, 9, 30)


def test_T11_a_summary_decision_is_filed_within_three_working_days():
    assert ends("summary_filing", "2026-09-30").due == date(2026, 10, 10)


def test_T12_detention_counts_working_days_and_crime_counts_hours_through_the_holiday():
    assert ends("detention_referral", "2026-09-30").due == date(2026, 10, 10)
    assert due_at(TERMS["crime_referral"], datetime(2026, 9, 30, 17)) == datetime(2026, 10, 1, 17)


def test_a_due_date_in_a_year_without_a_holiday_notice_is_provisional_and_never_elapses():
    result = ends("defence", "2026-12-29")

    assert result.provisional == (2027,)
    assert "2027年节假日安排尚未载入" in result.why_provisional
    assert not result.elapsed(date(2027, 6, 1))
    assert not result.late(date(2027, 6, 1))


def test_the_bodys_own_duty_is_late_even_on_a_provisional_date():
    result = ends("publish", "2026-12-29")

    assert result.provisional == (2027,)
    assert result.late(result.due + timedelta(days=1))


def test_time_that_stands_still_has_no_due_date_but_tells_what_is_left():
    result = ends("decide_within", "2026-03-02", pauses=[Pause(date(2026, 3, 12), None, "听证")])

    assert result.due is None
    assert result.remaining == 80


def test_a_pause_moves_the_end_by_exactly_its_days():
    plain = ends("decide_within", "2026-03-02").remind
    paused = ends("decide_within", "2026-03-02", pauses=[Pause(date(2026, 3, 12), date(2026, 3, 20), "监测")]).remind

    assert paused - plain == timedelta(days=8)


def test_two_reasons_at_once_exclude_a_day_only_once():
    both = join([Pause(date(2026, 3, 5), date(2026, 3, 20), "听证"), Pause(date(2026, 3, 1), date(2026, 3, 10), "监测")])

    assert both == (Pause(date(2026, 3, 1), date(2026, 3, 20), "监测、听证"),)


@given(term=COUNTED, start=DAYS)
def test_the_last_day_is_never_a_holiday_where_the_rule_moves_it(term: Term, start: date):
    result = due(term, start, CALENDAR)

    assert result.due >= result.remind > start
    if term.roll or term.unit == "workdays":
        assert CALENDAR.is_workday(result.due)


@given(term=COUNTED, start=DAYS, gaps=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=3))
def test_the_proof_counts_exactly_as_many_days_as_the_law_gives(term, start, gaps):
    pauses = [Pause(start + timedelta(days=a), start + timedelta(days=a + b), "听证") for a, b in gaps]

    result = due(term, start, CALENDAR, pauses=pauses)
    counted = [line for line in proof(result, CALENDAR) if line.number is not None]

    assert [line.number for line in counted] == list(range(1, term.length + 1))
    assert counted[-1].day == result.remind
    assert not any(p.start < line.day <= p.end for p in join(pauses) for line in counted)


@given(start=DAYS, gaps=st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), min_size=2, max_size=4))
def test_replay_in_any_order_gives_the_same_dates(start, gaps):
    pauses = [Pause(start + timedelta(days=a), start + timedelta(days=a + b), f"事由{a}") for a, b in gaps]

    found = {due(TERMS["decide_within"], start, CALENDAR, pauses=order).due for order in permutations(pauses)}

    assert len(found) == 1


@given(start=DAYS, more=st.integers(1, 30))
def test_an_extension_never_shortens_a_period(start, more):
    term = TERMS["decide_within"]

    assert due(term, start, CALENDAR, extended_by=more).remind == due(term, start, CALENDAR).remind + timedelta(days=more)


@given(event=st.dates(date(2020, 3, 1), date(2026, 12, 31)))
def test_counting_back_leaves_seven_full_working_days_before_the_hearing(event):
    latest = due(TERMS["hearing_notice"], event, CALENDAR).due
    between = [latest + timedelta(days=n) for n in range(1, (event - latest).days)]

    assert sum(CALENDAR.is_workday(day) for day in between) >= 7
    assert CALENDAR.is_workday(latest)
