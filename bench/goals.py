"""What is to be reached, at a hundred thousand cases, on one small machine. A measurement names its goal by id."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A figure to stay under, or (`at_least`) to reach."""

    id: str
    title: str
    limit: float
    unit: str
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Whether a measured value reaches the goal."""
        return value >= self.limit if self.at_least else value <= self.limit

    @property
    def wanted(self) -> str:
        """The goal as the table prints it."""
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} {self.unit}".rstrip()


GOALS = (
    Goal("fold", "由台账推算一案现状（约 25 条），中位", 0.3, "ms"),
    Goal("step", "办理一步（核对条件、记台账、制文书、定期限），中位", 40, "ms"),
    Goal("list_queries", "案件列表的查询次数", 12, "次"),
    Goal("work_queries", "我的工作的查询次数", 12, "次"),
    Goal("case_queries", "案件页的查询次数（各种案件中最多的）", 12, "次"),
    Goal("list_alone", "案件列表，1 人，中位", 30, "ms"),
    Goal("work_alone", "我的工作，1 人，中位", 30, "ms"),
    Goal("case_alone", "案件页，1 人，中位", 40, "ms"),
    Goal("list_rate", "案件列表，16 人，每秒", 120, "次", at_least=True),
    Goal("list_p95", "案件列表，16 人，95%", 250, "ms"),
    Goal("case_rate", "案件页，16 人，每秒", 80, "次", at_least=True),
    Goal("case_p95", "案件页，16 人，95%", 320, "ms"),
    Goal("last_page", "列表最后一页与第一页之比", 1.2, "倍"),
    Goal("scope", "分局人员与全省人员看列表之比", 1.2, "倍"),
    Goal("memory", "每个工作进程的内存", 300, "MiB"),
    Goal("fine", "按裁量基准算一件罚款（六个要素，带全部计算过程），中位", 40, "µs"),
    Goal("million", "按裁量基准重算一百万件，2 个进程", 60, "秒"),
    Goal("pack_cold", "装入最大的裁量基准，不用缓存，中位", 300, "ms"),
    Goal("pack_cached", "装入最大的裁量基准，用编译缓存，中位", 30, "ms"),
)


def table(measured: Mapping[str, float]) -> str:
    """The goals that were measured, as a Markdown table."""
    lines = ["| 项目 | 目标 | 实测 | 是否达到 |", "|---|---|---|---|"]
    for goal in GOALS:
        if goal.id in measured:
            value = measured[goal.id]
            met = "达到" if goal.met(value) else "**未达到**"
            lines.append(f"| {goal.title} | {goal.wanted} | {_shown(value)} {goal.unit} | {met} |")
    return "\n".join(lines)


def _shown(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"
