"""A few cases of 2025 and of 2026 before the Code, so that the years can be compared. Far fewer than in 2024."""

from __future__ import annotations

from datetime import date

from huanfa.demo.course import Plan, Turn, course
from huanfa.demo.year2024 import NOT_LOCAL

WARNING = ("warning",)
PLANS = (
    Plan("waste_register", "口腔诊所", date(2025, 2, 26), kinds=WARNING, pair=("chenliben", "zhangxiaohe")),
    Plan("vapour", "加油站", date(2025, 4, 9), fine=24_000, defence="silent", pair=("liuyizhou", "sunruochuan"), source="complaint"),
    Plan(
        "annual_report", "机械加工", date(2025, 6, 12), fine=5_000, units=1, defence="argued", pair=("liwenlan", "wangyifan"),
        source="remote",
    ),
    Plan(
        "form_twice", "商场", date(2025, 9, 16), fine=5_000, pair=("zhaoqingyuan", "wusiyuan"), leader="liangshouzheng",
        rechecked=True,
    ),
    Plan("not_registered", "机械加工", date(2025, 10, 21), proposal="no_penalty", pair=("chenliben", "liwenlan"), source="remote"),
    # Here the heads discuss the departure, where in 2024 the principal head approved it.
    Plan(
        "spray", "汽车维修", date(2026, 1, 13), fine=3_500, defence="argued", pair=("wangyifan", "zhangxiaohe"), panel=True,
        scale={"departure_reason": f"{NOT_LOCAL}居民反映过两次，高于2024年的同类案件。"},
    ),
    Plan("digger", "建筑工地", date(2026, 4, 16), fine=5_000, pair=("liuyizhou", "zhaoqingyuan"), leader="liangshouzheng"),
)


def cases() -> list[tuple[Plan, list[Turn]]]:
    """Every case with its course."""
    return [(plan, course(plan)) for plan in PLANS]
