"""A benchmark as it was issued: its dates, its tables and what may move a figure. Nothing here knows a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from huanfa.core.cite import Article, RuleRef
from huanfa.core.discretion.amount import Span
from huanfa.core.discretion.result import Line
from huanfa.core.errors import NoRule


@dataclass(frozen=True, slots=True)
class Bounds:
    """The measured values a level stands for: from `low` (included) up to `high` (not included); None is open."""

    low: Fraction | None
    high: Fraction | None
    unit: str
    exactly: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether a measured value, in `unit`, falls into the level."""
        if self.exactly:
            return value == self.low
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


@dataclass(frozen=True, slots=True)
class Level:
    """One choice of a factor, in the words of the table. `share` is its weight (a part of the base), `points` the same
    as a whole number over the table's denominator, `line` how it stands in a computation."""

    name: str
    share: Fraction
    points: int
    line: Line
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """What is asked of the case: one level is chosen. `lowest` is the one taken where nothing could be established."""

    name: str
    levels: Mapping[str, Level]
    lowest: Level | None
    unknown: Line | None = None

    def level_for(self, value: Fraction, unit: str) -> Level:
        """The level that a measured value falls into. Raises ValueError: wrong unit, or in no level of the table."""
        units = {level.bounds.unit for level in self.levels.values() if level.bounds}
        if unit not in units:
            raise ValueError(f"“{self.name}”的单位应为{'、'.join(sorted(units)) or '表中所列的档次，不是数值'}")
        for level in self.levels.values():
            if level.bounds and level.bounds.unit == unit and level.bounds.holds(value):
                return level
        raise ValueError(f"“{self.name}”填写的数值不在裁量表的任何一档之内")


@dataclass(frozen=True, slots=True)
class Column:
    """A branch of a weight table with its own start and base: in time or late, unit or person.

    The base is a fixed maximum (`maximum`, fen), or `rate` × the quantity named `of`, counted as at least `of_floor` fen.
    `statutory` is the index of the printed range that it refines, -1 if not told.
    """

    name: str
    start: Fraction
    start_points: int
    line: Line
    maximum: int = 0
    rate: Fraction = Fraction(0)
    times: bool = False
    of: str = ""
    of_floor: int = 0
    party: str = ""
    branch: str = ""
    statutory: int = -1


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an amount of a condition table is for (unit, person), and what a multiple is taken of or counted per."""

    name: str
    party: str = ""
    of: str = ""
    per: str = ""
    confiscate: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a condition table: a wording for each dimension ("" is any), and an amount for each target."""

    when: tuple[str, ...]
    fines: tuple[Span, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Increment:
    """What one class of pollutants adds in a stepped grade: for each further one, and for each step of exceedance."""

    kind: str
    extra: int
    of: str
    size: Fraction
    add: int
    rounding: str
    alt_of: str = ""
    alt_size: Fraction = Fraction(0)
    alt_add: int = 0
    alt_rounding: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """The stepped amount of a grade: `base` and increments in fen, kept between `low` and `high`."""

    base: int
    low: int
    high: int
    increments: tuple[Increment, ...]
    unclear: str = ""


# Whom a table of grades fines.
UNIT, PERSON = "对单位罚款", "对个人罚款"


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade: any of its circumstances brings it about; the highest one met gives the amount."""

    grade: int
    any_of: tuple[str, ...]
    fine: Span
    person: Span | None = None
    steps: Steps | None = None
    gist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What every table has. `denominator`: all weights of the table are whole numbers over it."""

    id: str
    offence: str
    section: str
    page: int
    basis: tuple[str, ...]
    articles: tuple[Article, ...]
    statutory: tuple[Span, ...]
    source: str
    note: str = ""
    complete: bool = True
    missing: str = ""
    source_gap: str = ""
    file: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightTable(_Head):
    """Start + weights, at most `cap`, at least `floor`, × base."""

    columns: tuple[Column, ...]
    factors: tuple[Factor, ...]
    denominator: int
    cap: Fraction | None = None
    floor: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledTable(_Head):
    """[Y + Σ(1−Y)] × the statutory maximum, Y = minimum / maximum; for any offence if `general`.

    Without a statutory minimum Y = `summary_ceiling` (fen, by party) / maximum. `unsourced`: no text states the formula.
    """

    factors: tuple[Factor, ...]
    denominator: int
    general: bool
    summary_ceiling: Mapping[str, int]
    unsourced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTable(_Head):
    """Conditions → a range or a sum; an override (特殊情形) goes before the rows."""

    dims: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    targets: tuple[Target, ...]
    rows: tuple[Row, ...]
    overrides: tuple[Row, ...]
    override_dims: tuple[str, ...]
    override_words: tuple[str, ...]
    by_when: Mapping[tuple[str, ...], Row]
    typos: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable(_Head):
    """Grades with alternative circumstances → a range; the highest grade met counts. `at_most` (fen, 0: none) caps the
    fine on the unit; multiples are taken of `of`, for a person of `person_of`."""

    grades: tuple[Grade, ...]
    of: str = ""
    person_of: str = ""
    at_most: int = 0
    midpoint_step: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTable(_Head):
    """Whole-number levels put together by a named formula that this software has only where an official text was loaded."""

    factors: tuple[Factor, ...]
    combiner: str


Table: TypeAlias = WeightTable | ScaledTable | RowTable | GradeTable | LevelTable


def factors_of(table: Table) -> tuple[Factor, ...]:
    """The factors of a table that has weighted or numbered levels."""
    return table.factors if isinstance(table, (WeightTable, ScaledTable, LevelTable)) else ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One rule that moves a figure; `data` holds what its kind needs (see adjustments.py)."""

    id: str
    kind: str
    article: str
    gist: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lookback:
    """How far back earlier violations count: months back from the act or from its discovery."""

    months: int
    start: str
    day_included: bool
    article: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What the text at hand does not hold, and the sentence that asks for it."""

    id: str
    what: str
    why: str
    ask: str


@dataclass(frozen=True)
class Benchmark:
    """One benchmark in one version. `until` None: no end is printed; `begins` None: the day is not known.

    `interval`: in_out (以上含、以下不含) or in_in. `rounding`: "" (none stated) or half_up_yuan.
    """

    id: str
    body: str
    title: str
    number: str
    issuer: str
    begins: date | None
    until: date | None
    status: str
    interval: str
    interval_article: str
    unknown_factor: str
    unknown_article: str
    cap_article: str
    rounding: str
    rounding_article: str
    lookback: Lookback | None
    adjustments: tuple[Adjustment, ...]
    tables: Mapping[str, Table]
    gaps: tuple[Missing, ...]
    source: str
    gist: str
    extends: str
    refs: tuple[RuleRef, ...] = field(repr=False)
    by_article: Mapping[tuple[str, str], tuple[str, ...]] = field(repr=False, default_factory=dict)

    def table(self, table_id: str) -> Table:
        """The table of that id. Raises NoRule."""
        try:
            return self.tables[table_id]
        except KeyError:
            raise NoRule(f"《{self.title}》中没有裁量表 {table_id}。") from None

    def covers(self, on: date) -> bool:
        """Whether the benchmark was in force on that day."""
        return self.begins is not None and self.begins <= on and (self.until is None or on <= self.until)

    def must_cover(self, on: date) -> None:
        """Raises NoRule with the dates where the benchmark was not in force on that day."""
        if self.begins is None:
            raise NoRule(f"《{self.title}》没有查到施行日期，不能用于计算。请提供印发文本，补上起止日期。")
        if not self.covers(on):
            until = f"至{self.until}" if self.until else "起"
            raise NoRule(f"《{self.title}》的有效期为{self.begins}{until}，不能用于{on}的行为。请选择当日有效的裁量基准。")

    def tables_for(self, articles: tuple[Article, ...]) -> tuple[Table, ...]:
        """The tables that rest on these provisions: same law and article; the same item where both name items of it."""
        ids = dict.fromkeys(one for article in articles for one in self.by_article.get((article.law, article.article), ()))
        return tuple(self.tables[one] for one in ids if rests_on(self.tables[one].articles, articles))

    @property
    def span(self) -> str:
        """From when to when, in words."""
        return f"{self.begins or '施行日期未查到'}至{self.until or '今'}"


def rests_on(printed: tuple[Article, ...], wanted: tuple[Article, ...]) -> bool:
    """Whether two sets of citations mean the same provision. Of an article cited by items on both sides (第一款第三项、第二款)
    an item must be shared: the common paragraph alone says nothing; else nothing that both name may differ."""
    for law, number in {(one.law, one.article) for one in printed}:
        ours = [one for one in printed if (one.law, one.article) == (law, number)]
        theirs = [one for one in wanted if (one.law, one.article) == (law, number)]
        items = [{one.item for one in side if one.item} for side in (ours, theirs)]
        if all(items):
            if items[0] & items[1]:
                return True
        elif any(not one.paragraph or not other.paragraph or one.paragraph == other.paragraph for one in ours for other in theirs):
            return True
    return False
