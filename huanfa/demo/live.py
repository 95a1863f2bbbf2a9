"""The cases at hand: one at each place where a case can wait, all their days reckoned back from the day of loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from huanfa.demo.course import Plan, Turn, course, until
from huanfa.demo.diary import Diary
from huanfa.demo.year2024 import NOT_LOCAL

A, B, C, D = (
    ("chenliben", "liwenlan"), ("liuyizhou", "zhaoqingyuan"), ("wangyifan", "zhangxiaohe"), ("sunruochuan", "liuyizhou")
)
# Conduct of the summer of 2026, over before the Code came into force on 2026-08-15.
SUMMER = (date(2026, 6, 10), date(2026, 8, 5))
NIGHT = (date(2026, 8, 3), date(2026, 8, 12))
# Conduct that began before it and went on.
JULY = date(2026, 7, 6)
ACCEPTED = date(2026, 9, 21)

MILDER_NEW = (
    "违法行为于2026年8月5日终了，早于生态环境法典施行；决定将在法典施行后作出，应当比较。按行为时的固体废物污染环境防治法，"
    "罚款为100,000元至1,000,000元；按法典第一千一百七十五条，一般情形罚款为50,000元至200,000元，拒不改正的才加重，本案已改正。"
    "新的规定处罚较轻，建议适用法典。"
)
OLD_KEPT = (
    "违法行为于2026年8月12日终了，早于生态环境法典施行；决定将在法典施行后作出，应当比较。按行为时的水污染防治法，"
    "罚款为20,000元至200,000元；按法典第一千一百三十六条，罚款为100,000元至1,000,000元，并可以限产、停产整治。"
    "新的规定处罚较重，建议适用行为时的法律。"
)
SAME_RANGE = (
    "违法行为于2026年8月5日终了，早于生态环境法典施行；决定将在法典施行后作出，应当比较。两部法律的罚款幅度相同，均为2,000元至20,000元；"
    "行为时的大气污染防治法以影响周边环境为要件，法典没有这一要件，入罚更宽。新的规定没有更轻，建议适用行为时的法律。"
)
ACROSS = (
    "违法行为自2026年7月6日持续到法典施行以后，跨越施行日，行为终了时已有法典。按施行前的固体废物污染环境防治法，罚款为100,000元至"
    "1,000,000元；按法典第一千一百七十五条，一般情形为50,000元至200,000元。怎样适用没有明文，建议适用行为终了时的法典，请法制审核。"
)
NEW_IS_MILDER = "法定最高、最低罚款都以法典为轻，当事人已改正，不属于拒不改正；整体比较法典较轻，适用决定时的规定。"
OLD_IS_MILDER = "法定最高、最低罚款都以水污染防治法为轻，法典另有限产、停产整治；整体比较行为时的规定较轻，适用行为时的规定。"
OLD_IS_NARROWER = "罚款幅度相同，行为时的规定以影响周边环境为要件，入罚较窄，本案符合该要件；决定时的规定没有更轻，适用行为时的规定。"
REFUSED = "告知书稿没有写明故障报警后继续使用的起止时间，请核实后再报。"


@dataclass(frozen=True)
class Live:
    """A case that has come as far as `step`, `ago` working days before today; `drafts` are forms begun and left."""

    plan: Plan
    step: str
    ago: int
    signatures: int | None = None
    drafts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def _plan(matter: str, trade: str, **special: Any) -> Plan:
    return Plan(matter, trade, date.min, **special)


CASES = (
    Live(_plan("monitor", "医院", pair=A, source="remote"), "file", 2, drafts={"inspect_site": {
        "place": "总排口自动监测站房", "production": "综合医院，检查时正常接诊。", "permits": "排污许可证在有效期内，",
    }}),
    Live(_plan("self_monitoring", "印刷", pair=B, source="remote"), "file", 1, signatures=2),
    Live(_plan("sewage", "医院", pair=C, tested=True), "entrust_test", 5),
    Live(_plan("storage", "汽车维修", pair=A, preserved=True, leader="liangshouzheng"), "preserve_evidence", 5),
    Live(_plan("form_not_filed", "商场", pair=D, suspended=True, source="superior"), "suspend", 14),
    Live(_plan("ledger", "汽车维修", pair=B, fine=55_000, extended=True, slow=42, leader="liangshouzheng"), "extend_decision", 4),
    Live(_plan("press", "印刷", pair=C, fine=60_000, source="complaint"), "report_investigation", 1, signatures=2),
    Live(_plan("vapour", "加油站", pair=D, fine=26_000, refused={"approve_notice": (2, REFUSED)}), "approve_notice", 1),
    Live(_plan("pile", "码头", pair=A, fine=12_000, defence="silent", rechecked=True), "serve_notice", 2, drafts={"record_defence": {
        "place": "本机关接待室", "opinion": "当事人来电称周五前提交书面意见，",
    }}),
    Live(_plan("no_permit", "食品加工", pair=B, fine=260_000, defence="heard"), "notify_hearing", 3),
    Live(_plan("annual_report", "机械加工", pair=C, fine=5_000, units=1), "waive_defence", 1),
    Live(
        _plan(
            "sewage", "医院", pair=A, fine=520_000, tested=True, panel=True, slow=1,
            given={"waive_defence": {"hearing_too": True}},
        ),
        "decide", 1, signatures=2,
    ),
    Live(_plan("waste_sort", "口腔诊所", pair=A, kinds=("warning", "fine"), fine=500, leader="liangshouzheng"), "decide", 5),
    Live(_plan("no_permit", "食品加工", pair=C, fine=220_000, defence="heard", leader="liangshouzheng"), "publish", 3),
    Live(
        _plan(
            "label", "汽车维修", pair=D, fine=60_000, defence="argued", source="complaint", regime="decision", conduct=SUMMER,
            regime_reason=MILDER_NEW, milder=NEW_IS_MILDER,
        ),
        "record_payment", 4,
    ),
    Live(
        _plan(
            "dumped", "建筑工地", pair=B, fine=30_000, source="complaint", conduct=NIGHT, regime_reason=OLD_KEPT,
            milder=OLD_IS_MILDER, defence="silent", reviewer="hemingfa",
        ),
        "publish", 2,
    ),
    Live(_plan("press", "印刷", pair=D, fine=60_000, defence="silent", unpaid=True, leader="liangshouzheng"), "urge", 4),
    Live(_plan("dry_clean", "服装干洗", pair=C, fine=2_600, defence="argued", returned="examiner"), "examine", 3),
    # Of discretion: the list to be checked again; a worksheet without its report; two texts before the reviewer; a departure
    # that the principal head has yet to approve.
    Live(_plan("acceptance", "机动车检测", pair=B, source="remote", since=ACCEPTED), "order_correction", 4),
    Live(_plan("special_period", "印刷", pair=A, fine=60_000), "weigh", 1),
    Live(_plan("ledger_across", "汽车维修", pair=D, fine=60_000, since=JULY, regime_reason=ACROSS), "waive_defence", 1),
    Live(
        _plan(
            "spray_summer", "汽车维修", pair=C, fine=3_000, source="complaint", conduct=SUMMER, regime_reason=SAME_RANGE,
            milder=OLD_IS_NARROWER, scale={"departure_reason": f"{NOT_LOCAL}比照2024年、2026年的同类案件。"},
        ),
        "legal_review", 2,
    ),
)

# Leads of which nothing has become yet: the plan, and how many days ago it was found.
LEADS = (
    (_plan("spray", "汽车维修", pair=A, source="complaint"), 12),
    (_plan("not_registered", "餐饮", pair=B, source="remote"), 20),
)


def cases(diary: Diary, today: date) -> list[tuple[Plan, list[Turn], Live | None]]:
    """Every case at hand with its course up to where it stands."""
    rows: list[tuple[Plan, list[Turn], Live | None]] = []
    for plan, days in LEADS:
        found = _worked(diary, today - timedelta(days=days))
        rows.append((_dated(plan, found), [Turn("register_lead", 1)], None))
    for one in CASES:
        turns = _sent_back(one) or until(course(one.plan), one.step, signatures=one.signatures)
        found = diary.workday(today, -one.ago - turns[-1].day)
        rows.append((_dated(one.plan, found), turns, one))
    return rows


def _sent_back(one: Live) -> list[Turn]:
    """A case whose last turn is to be sent back stops there, not at the examination that passes."""
    if one.plan.returned != "examiner" or one.step != "examine":
        return []
    turns = course(one.plan)
    return turns[: next(place for place, turn in enumerate(turns) if turn.given.get("result") == "return") + 1]


def _worked(diary: Diary, day: date) -> date:
    found = diary.workday(day)
    return found if found == day else diary.workday(day, -1)


def _dated(plan: Plan, found: date) -> Plan:
    return replace(plan, found=found)
