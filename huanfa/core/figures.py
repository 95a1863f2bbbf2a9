"""The figures of a year, computed from records and never typed: each carries the records behind it.

Not here: reading rows (apps/reports/queries.py). A figure that cannot be computed has no value and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from huanfa.core.calendar.terms import Term, due
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.money import figures as money_figures
from huanfa.core.offences.words import KINDS

Number = int | Decimal
_FEN_PER_WAN = 1_000_000
_HANDLING = "生态环境行政处罚办法第十八条、第五十七条"
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Decision:
    """A penalty decision as it was made: sums in fen as decided, whatever was collected or changed later.

    `withheld` is a decision not to publish; `overturned` what became of it elsewhere ("" if it stands).
    """

    id: int
    number: str
    name: str
    on: date
    kinds: tuple[str, ...] = ()
    fine: int = 0
    confiscated: int = 0
    reviewed: bool = False
    published_on: date | None = None
    withheld: bool = False
    overturned: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A case whose period to examine or decide had run out: when it ended, and when it was met (None: not yet)."""

    id: int
    name: str
    what: str
    due: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit of `people` officers to one party. Visits of one joint inspection share `joint`."""

    id: int
    party_id: int
    party: str
    on: date
    people: int
    joint: str = ""
    departments: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """The class hours of one officer in the year."""

    id: int
    name: str
    hours: int


Record = Decision | Overdue | VisitRecord | Hours


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the year. `value` None: it cannot be computed, and `note` says why. `kind`: what `records` are."""

    id: str
    label: str
    value: Number | None
    unit: str
    kind: str
    records: tuple[Record, ...] = ()
    note: str = ""
    article: str = ""

    @property
    def text(self) -> str:
        """The value as printed: 15, 2.59, or — when there is none."""
        return "—" if self.value is None else f"{self.value:,}"


@dataclass(frozen=True)
class Year:
    """All records of one body in one year, and the rules its figures need. `on` is the day up to which we look.

    `overdue` are periods that had run out by `on`; `late` those met after their end within the year.
    """

    year: int
    on: date | None
    calendar: Calendar
    publish: Term
    decisions: Sequence[Decision] = ()
    overdue: Sequence[Overdue] = ()
    late: Sequence[Overdue] = ()
    visits: Sequence[VisitRecord] = ()
    hours: Sequence[Hours] = ()
    hours_wanted: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def figures(year: Year) -> list[Figure]:
    """Every figure of a year, in the order of the report."""
    return [*_decided(year), *_kept_in_time(year), *_visited(year.visits), *_taught(year)]


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _decided(year: Year) -> list[Figure]:
    made = tuple(year.decisions)
    fine, confiscated = sum(one.fine for one in made), sum(one.confiscated for one in made)
    reviewed = sum(one.reviewed for one in made)
    overturned = tuple(one for one in made if one.overturned)
    return [
        Figure(
            "decisions", "行政处罚决定", len(made), "件", "decision", made,
            "本年作出的行政处罚决定，按决定日期计；以后被撤销、变更的仍计入，另见“被撤销、变更的决定”。",
            "国办发〔2018〕118号",
        ),
        Figure(
            "fined", "罚没款合计", wan(fine + confiscated), "万元", "decision", made,
            f"决定书载明的金额：罚款{money_figures(fine)}元、没收{money_figures(confiscated)}元，不论是否已经缴纳。",
            "国办发〔2018〕118号",
        ),
        Figure(
            "reviewed", "法制审核率", percent(reviewed, len(made)), "%", "decision", made,
            f"作出决定前经过法制审核的{reviewed}件，占{len(made)}件。" if made else "本年没有处罚决定，无从计算。",
            "行政处罚法第五十八条；生态环境行政处罚办法第四十九条",
        ),
        Figure(
            "overturned", "被撤销、变更、确认违法的决定", len(overturned), "件", "decision", overturned,
            "本年作出、以后被复议机关、法院或者本机关撤销、变更、确认违法的。", "生态环境行政处罚办法第七十七条",
        ),
    ]


def _kept_in_time(year: Year) -> list[Figure]:
    """Publication within the term, and periods that ran out."""
    judged = [(one, published_in_time(one, year)) for one in year.decisions]
    counted = tuple(one for one, kept in judged if kept is not None)
    kept = sum(1 for _, in_time in judged if in_time)
    waiting = len(judged) - len(counted)
    rest = f"另有{waiting}件未到期或者依法不公开，不计。" if waiting else ""
    share = f"按期公开{kept}件，占应公开的{len(counted)}件。" if counted else "没有应公开的决定，无从计算。"
    return [
        Figure(
            "published", f"{year.publish.length_text}内公开率", percent(kept, len(counted)), "%", "publication",
            counted, share + rest, year.publish.article,
        ),
        _overdue(year),
        Figure(
            "late", "超期办结的事项", len(year.late), "件", "overdue", tuple(year.late),
            "本年在期限届满之后才作出立案审查或者处理决定的。", _HANDLING,
        ),
    ]


def _overdue(year: Year) -> Figure:
    title = "逾期未查未决案件"
    if year.on is None:
        return Figure("overdue", title, None, "件", "overdue", (), "没有给出统计截止日，无从判断是否逾期。", _HANDLING)
    rows, note = tuple(year.overdue), f"截至{year.on:%Y-%m-%d}，立案审查或者作出处理决定的期限已过而尚未办结的。"
    return Figure("overdue", title, len(rows), "件", "overdue", rows, note, _HANDLING)


def published_in_time(decision: Decision, year: Year) -> bool | None:
    """Whether a decision was published within the term; None while that cannot be said: withheld, or not yet due."""
    if decision.withheld and decision.published_on is None:
        return None
    ends = due(year.publish, decision.on, year.calendar)
    if decision.published_on:
        return not ends.late(decision.published_on)
    return False if year.on and ends.late(year.on) else None


# ── visits ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _visited(visits: Sequence[VisitRecord]) -> list[Figure]:
    """Four numbers that are often confused: officers, visits, parties, joint inspections."""
    made = tuple(visits)
    joint = tuple(sorted((one for one in made if one.joint), key=lambda one: (one.joint, one.on)))
    people = sum(one.people for one in made)
    return [
        Figure("people", "派出执法人员", people, "人次", "visit", made, "每次检查的人数相加。"),
        Figure("visits", "监管执法", len(made), "家次", "visit", made, "一家一天查一次计一家次，再查再计。"),
        Figure(
            "parties", "检查的企业（个人）", len({one.party_id for one in made}), "家", "visit", made,
            "同一家不论查几次只计一家。",
        ),
        Figure(
            "joint", "与其他部门联合检查", len({one.joint for one in joint}), "次", "visit", joint,
            "同一名称的联合检查只计一次，不论查了几家。",
        ),
    ]


# ── training ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _taught(year: Year) -> list[Figure]:
    hours = tuple(sorted(year.hours, key=lambda one: (one.hours, one.id)))
    numbers = [one.hours for one in hours]
    none = "" if numbers else "没有在岗的执法人员，无从计算。"
    least = Figure(
        "hours_least", "执法人员培训最少", min(numbers) if numbers else None, "学时", "hours", hours,
        none or "在岗执法人员中学时最少的一人。",
    )
    average = round_half_up(Decimal(sum(numbers)) / len(numbers), _TENTH) if numbers else None
    note = none or f"在岗执法人员{len(numbers)}人平均。"
    mean = Figure("hours_mean", "执法人员培训平均", average, "学时", "hours", hours, note)
    return [least, mean, *(_under(hours, key, wanted, source) for key, (wanted, source) in year.hours_wanted.items())]


def _under(hours: tuple[Hours, ...], key: str, wanted: int, source: str) -> Figure:
    below = tuple(one for one in hours if one.hours < wanted)
    return Figure(
        f"under_{key}", f"不足{wanted}学时的执法人员", len(below), "人", "hours", below, f"出处：{source}", source,
    )


# ── the yearly table of penalties ───────────────────────────────────────────────────────────────────────────────────

# Columns of the Hubei layout, in its order. Kinds of ours that are not named there word for word are 其他行政处罚.
OTHER = "其他行政处罚"
COLUMNS = (
    "警告", "通报批评", "罚款", "没收违法所得", "没收非法财物", "暂扣许可证件", "降低资质等级", "吊销许可证件",
    "限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "行政拘留", OTHER,
)  # fmt: skip


def column(decision: Decision) -> str:
    """The one column in which a decision is counted: the last of its kinds in the order of the table.

    A kind that has a column goes before one that has none.
    """
    named = [COLUMNS.index(KINDS[kind]) for kind in decision.kinds if KINDS.get(kind) in COLUMNS]
    return COLUMNS[max(named)] if named else OTHER


def by_column(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    """The decisions of a year under the columns of the table, each decision once."""
    found: dict[str, list[Decision]] = {title: [] for title in COLUMNS}
    for one in decisions:
        found[column(one)].append(one)
    return {title: tuple(rows) for title, rows in found.items()}


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def wan(fen: int) -> Decimal:
    """Fen as 万元 with two places, rounded half up: 2590000 -> 2.59."""
    return round_half_up(Decimal(fen) / _FEN_PER_WAN, _CENT)


def percent(part: int, whole: int) -> Decimal | None:
    """A share in percent with one place, without it when it is even; None of nothing."""
    if not whole:
        return None
    share = round_half_up(Decimal(part * 100) / whole, _TENTH)
    # 99.96 % is not all of them.
    if part != whole and share == 100:
        share = Decimal("99.9")
    return share.to_integral_value() if share == share.to_integral_value() else share


def round_half_up(number: Decimal, step: Decimal) -> Decimal:
    """A decimal to a step, the way people round."""
    return number.quantize(step, rounding=ROUND_HALF_UP)
