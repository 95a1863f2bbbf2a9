"""A few cases of 2025 and of 2026 before the Code, so that the years can be compared. Far fewer than in 2024."""

from __future__ import annotations

from datetime import date

from huanfa.demo.course import Plan, Turn, course

WARNING = ("warning",)
PLANS = (
    Plan("waste_register", "口腔诊所", date(2025, 2, 26), kinds=WARNING, pair=("chenliben", "zhangxiaohe")),
    Plan("dry_clean", "服装干洗", date(2025, 4, 9), fine=2_000, defence="silent", pair=("liuyizhou", "sunruochuan"), source="complaint"),
    Plan(
        "annual_report", "机械加工", date(2025, 6, 12), fine=5_000, units=1, defence="argued", pair=("liwenlan", "wangyifan"),
        source="remote",
    ),
    Plan("form_not_filed", "商场", date(2025, 9, 16), fine=1_200, pair=("zhaoqingyuan", "wusiyuan"), leader="liangshouzheng"),
    Plan("not_registered", "机械加工", date(2025, 10, 21), proposal="no_penalty", pair=("chenliben", "liwenlan"), source="remote"),
    Plan("spray", "汽车维修", date(2026, 1, 13), fine=3_500, defence="argued", pair=("wangyifan", "zhangxiaohe")),
    Plan("digger", "建筑工地", date(2026, 4, 16), fine=5_000, pair=("liuyizhou", "zhaoqingyuan"), leader="liangshouzheng"),
)


def cases() -> list[tuple[Plan, list[Turn]]]:
    """Every case with its course."""
    return [(plan, course(plan)) for plan in PLANS]
