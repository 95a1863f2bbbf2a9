"""Sums that follow from days: the surcharge on an overdue fine, the total of a daily fine. Whole fen, whole days."""

from __future__ import annotations

from datetime import date


def surcharge(principal: int, days_overdue: int, *, rate_percent: int) -> int:
    """Return the surcharge in fen: `rate_percent` of the fine a day, never above the fine (行政处罚法第72条).

    `days_overdue` leaves out the days of reconsideration and suit (第73条). Raises ValueError below zero.
    """
    if principal < 0 or days_overdue < 0 or rate_percent < 0:
        raise ValueError("本金、逾期日数、比例不能为负数")
    return min(principal, principal * rate_percent * days_overdue // 100)


def daily_fine(original: int, ordered_on: date, found_on: date) -> tuple[int, int]:
    """Return (days, total in fen) of a daily fine: from the day after service of the order to the re-check, inclusive.

    生态环境法典第1060条、按日连续处罚办法第17条. Raises ValueError if the re-check is not after the order.
    """
    days = (found_on - ordered_on).days
    if days < 1:
        raise ValueError("复查日期应在责令改正决定书送达之后")
    return days, original * days
