"""The form of one fine table, built from what the table asks. It reads shapes only; what the answers mean is core's to say.

Fields are named by their place in the table, the same in every version of the page: f0 the level of the first factor,
m0 its measured value, e0 its exhibits, w0 why it is not established; a0 the first adjustment of the benchmark, a0_value,
a0_reason, a0_max; x0_extra, x0_values the first class of a stepped grade. A level's value is its place in the factor.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from huanfa.apps.discretion import answers, tables
from huanfa.apps.discretion.fields import UNKNOWN, MoneyField, choice, rate, several, words
from huanfa.apps.discretion.tables import GIVEN, factor_names
from huanfa.apps.lawbook.forms import DayField, Find
from huanfa.core.discretion.benchmark import (
    Adjustment,
    Benchmark,
    Factor,
    Grade,
    GradeTable,
    RowTable,
    ScaledTable,
    Table,
    WeightTable,
    factors_of,
)
from huanfa.core.discretion.findings import POSITIONS, Findings, Statute
from huanfa.core.errors import NotAllowed, Reason

PARTIES = {"unit": "单位", "person": "个人"}


@dataclass(frozen=True)
class Asked:
    """One factor as the page shows it: the choice, and beside it the value, the exhibits and the reason where asked."""

    choice: BoundField
    measure: BoundField | None
    evidence: BoundField | None
    why: BoundField | None


@dataclass(frozen=True)
class Moved:
    """One adjustment as the page shows it."""

    rule: Adjustment
    tick: BoundField
    value: BoundField | None
    to_max: BoundField | None
    reason: BoundField


@dataclass(frozen=True)
class Graded:
    """One grade as the page shows it: its heading, the amounts, and the boxes of its circumstances."""

    grade: Grade
    boxes: tuple[Any, ...]


class Conduct(Find):
    """The day of the conduct, and words to find a table by."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "行为发生（终了）之日"
        self.fields["q"].label = "违法行为、要素、条号"


class FindingsForm(forms.Form):
    """What is to be found for one table of a benchmark. `initial`: findings kept before, or values by field name.

    `exhibits` ((number, name) of a case) adds to every factor which of them prove it, and why it could not be established.
    With `statute=False` the statutory range is not asked: the caller has it from the offence.
    """

    def __init__(
        self, benchmark: Benchmark, table: Table, data: Mapping[str, Any] | None = None, *, prefix: str = "",
        initial: Findings | Mapping[str, Any] | None = None, exhibits: Sequence[tuple[int, str]] | None = None, statute: bool = True,
    ):
        self.benchmark, self.table, self.exhibits = benchmark, table, exhibits
        self.rule = next((one for one in benchmark.adjustments if one.kind == "position"), None)
        self.names = factor_names(table)
        self.levels = tables.choices(table)
        self.columns = tables.columns(table)
        self._found = Findings()
        kept = answers.filled(self, initial) if isinstance(initial, Findings) else dict(initial or {})
        super().__init__(data, prefix=prefix or None, initial=kept)
        self.data = self._with_default_position(self.data)
        self._ask_column()
        self._ask_factors()
        self._ask_grades()
        self._ask_place_in_range()
        self._ask_adjustments()
        if statute and tables.wants_statute(table):
            self._ask_statute()
        self.fields["daily_ordered_on"] = DayField(label="责令改正违法行为决定书送达日", required=False)
        self.fields["daily_found_on"] = DayField(label="复查发现拒不改正之日", required=False)

    # ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────

    def _ask_column(self) -> None:
        if len(self.columns) > 1:
            label = "处罚对象" if isinstance(self.table, (RowTable, GradeTable)) else "适用栏"
            self.fields["column"] = choice(label, self.columns, blank="")
        if of := tables.quantities(self.table):
            self.fields["quantity"] = MoneyField(label=f"{'；'.join(of)}（元）", help_text="按其比例或者倍数计罚，须先查明。")
        if isinstance(self.table, RowTable) and (per := list(dict.fromkeys(one.per for one in self.table.targets if one.per))):
            self.fields["units"] = forms.IntegerField(label=f"数量（{'、'.join(per)}）", required=False, min_value=1)
        if isinstance(self.table, (WeightTable, ScaledTable)) and not self.table.complete:
            missing = self.table.missing or "表内的档次"
            self.fields["sum"] = words("百分值总和", help=f"{missing}没有文本，请按印发的原表相加后填写，如 35%。", longest=20)

    def _ask_factors(self) -> None:
        help = self._unknown_help()
        for place, (name, levels) in enumerate(zip(self.names, self.levels, strict=True)):
            blank = f"{UNKNOWN}，或者该情形不看此项" if tables.may_be_any(self.table, place) else UNKNOWN
            self.fields[f"f{place}"] = choice(name, levels, blank=blank, help=help if place == 0 else "")
            if units := self.units(place):
                self.fields[f"m{place}"] = words(f"或者填写数值（{'、'.join(units)}）", longest=20)
            self._ask_proof(place, name)
        if isinstance(self.table, RowTable) and self.table.overrides:
            rows = [(word, "") for word in self.table.override_words]
            self.fields["override"] = choice("特殊情形", rows, blank="没有", help="有此情形的，按特殊情形的数额，不看上面各项。")

    def _ask_proof(self, place: int | str, name: str) -> None:
        if self.exhibits is None:
            return
        names = [(str(number), f"{number}. {title}") for number, title in self.exhibits]
        self.fields[f"e{place}"] = forms.MultipleChoiceField(
            label=f"证明“{name}”的证据", choices=names, required=False, widget=forms.CheckboxSelectMultiple()
        )
        if place != GIVEN:
            self.fields[f"w{place}"] = words("未能认定的原因", longest=500)

    def _ask_grades(self) -> None:
        if not isinstance(self.table, GradeTable):
            return
        rows = []
        for word in tables.circumstances(self.table):
            found = [f"第{one.grade}级" for one in self.table.grades if word in one.any_of]
            rows.append((word, "、".join(found) if len(found) > 1 else ""))
        self.fields["circumstances"] = several("具有的情形", rows, help="可以多选；符合几个等级的，按最重的等级。")
        self._ask_proof(GIVEN, "具有的情形")
        for place, rule in enumerate(tables.increments(self.table)):
            units = "、".join(one for one in (rule.of, rule.alt_of) if one)
            label = f"{rule.kind}：增加的因子数"
            self.fields[f"x{place}_extra"] = forms.IntegerField(label=label, required=False, min_value=0, max_value=999)
            self.fields[f"x{place}_values"] = words(f"{rule.kind}：各因子超标数", help=f"以{units}为单位，如 0.5倍、1.2倍。", longest=400)
        if unclear := next((one.steps.unclear for one in self.table.grades if one.steps), ""):
            self.fields["x_reading"] = words("采用的算法", help=unclear, longest=200)

    def _ask_place_in_range(self) -> None:
        if not isinstance(self.table, (RowTable, GradeTable)):
            return
        if isinstance(self.table, GradeTable) and self.table.midpoint_step is not None:
            self.fields["within"] = words("调整系数的总和", help="按文本各项情节的系数相加，可以为负；不填按零。", longest=20)
            return
        wanting = list(POSITIONS)
        if self.rule:
            self.fields["position"] = forms.ChoiceField(
                label="裁量情节", choices=list(POSITIONS.items()), required=False, initial=self._usual(), widget=forms.RadioSelect(),
                help_text=f"{self.rule.gist}（{self._cited(self.rule)}）",
            )
            wanting = [one for one in POSITIONS if tables.wants_figure(self.rule, one)]
        if wanting:
            self.fields["chosen"] = MoneyField(label="在幅度内选定的数额（元）", help_text="在提示的幅度内选；固定数额的不用填写。")
            if wanting != list(POSITIONS):
                self._when("chosen", "position", wanting)

    def _ask_adjustments(self) -> None:
        for place, rule in self.movers():
            self.fields[f"a{place}"] = forms.BooleanField(label=rule.gist or rule.id, required=False, help_text=self._cited(rule))
            if rule.kind not in ("grade_shift",) and (field := rate(rule)):
                self.fields[f"a{place}_value"] = field
                self._when(f"a{place}_value", f"a{place}")
            if to_max := rule.data.get("to_max_after_discussion"):
                self.fields[f"a{place}_max"] = forms.BooleanField(label=str(to_max), required=False)
                self._when(f"a{place}_max", f"a{place}")
            self.fields[f"a{place}_reason"] = words("理由（哪些情节，依据什么）", longest=500)
            self._when(f"a{place}_reason", f"a{place}")

    def _ask_statute(self) -> None:
        help = "表中没有印明适用哪一段法定幅度，请按所适用的条文填写。"
        self.fields["statute_low"] = MoneyField(label="法定最低罚款（元）", help_text="没有规定最低的不填。")
        self.fields["statute_high"] = MoneyField(label="法定最高罚款（元）", help_text=help)
        self.fields["statute_article"] = words("依据的条文", longest=100)
        if isinstance(self.table, ScaledTable) and self.table.summary_ceiling:
            self.fields["statute_party"] = forms.ChoiceField(
                label="当事人", choices=list(PARTIES.items()), required=False, initial="unit", widget=forms.RadioSelect()
            )

    # ── what was answered ───────────────────────────────────────────────────────────────────────────────────────────

    def clean(self) -> dict[str, Any]:
        """Read the answers through the one door of core; faults of shape go beside their fields."""
        values: dict[str, Any] = super().clean() or {}
        low, high = values.get("statute_low") or 0, values.get("statute_high") or 0
        if low > high:
            self.add_error("statute_high", "法定最高罚款应不低于最低罚款")
        if not self.errors:
            try:
                self._found = Findings.from_data(answers.as_data(self, values))
            except NotAllowed as refusal:
                self.refuse(refusal)
        self._compare_measures()
        return self.cleaned_data

    def findings(self) -> Findings:
        """What was found; to be asked of a form that is valid."""
        return self._found

    def statute(self) -> Statute | None:
        """The statutory range filled in; None where none was asked or given."""
        values = self.cleaned_data
        if not values.get("statute_high"):
            return None
        party = values.get("statute_party") or "unit"
        return Statute(values.get("statute_low") or 0, values["statute_high"], values.get("statute_article") or "所填条文", party)

    def refuse(self, refusal: NotAllowed) -> None:
        """Put every reason beside the field it belongs to, or on top of the form."""
        for reason in refusal.reasons:
            self.add_error(self.field_of(reason), str(reason))

    def field_of(self, reason: Reason) -> str | None:
        """The field that a reason belongs to; None for the whole form."""
        key = reason.field
        places = {name: f"f{place}" for place, name in enumerate(self.names)}
        found = {"statute": "statute_high", "excess": "x0_values", "daily": "daily_found_on", **places}.get(key, key)
        if key == "adjustments":
            found = self._adjustment_of(reason)
        if found not in self.fields and key in ("position", "chosen"):
            found = "within"
        return found if found in self.fields else None

    def _adjustment_of(self, reason: Reason) -> str:
        ticked = [(place, rule) for place, rule in self.movers() if self.data.get(self.add_prefix(f"a{place}"))]
        for place, rule in ticked:
            if f"《{self.benchmark.title}》{rule.article}" == reason.article and (len(ticked) == 1 or rule.gist in reason.sentence):
                part = "reason" if "理由" in reason.sentence else "value"
                return f"a{place}_{part}" if f"a{place}_{part}" in self.fields else f"a{place}"
        return f"a{ticked[0][0]}" if ticked else ""

    def _compare_measures(self) -> None:
        """A value beside a level must fall into that very level."""
        for factor in factors_of(self.table):
            level, measured = self._found.levels.get(factor.name), self._found.measures.get(factor.name)
            if level and measured:
                field = f"m{self.names.index(factor.name)}"
                try:
                    really = factor.level_for(*measured).name
                except ValueError as error:
                    self.add_error(field, str(error))
                    continue
                if really != level:
                    self.add_error(field, f"这一数值属于“{really}”，与所选的“{level}”不同")

    # ── what the page shows together ────────────────────────────────────────────────────────────────────────────────

    @property
    def head(self) -> list[BoundField]:
        """Column, quantity, number of units, total of weights."""
        return self._those("column", "quantity", "units", "sum")

    @property
    def factors(self) -> list[Asked]:
        """The factors or dimensions."""
        return [Asked(self[f"f{n}"], self._one(f"m{n}"), self._one(f"e{n}"), self._one(f"w{n}")) for n in range(len(self.names))]

    @property
    def grades(self) -> list[Graded]:
        """The grades, each circumstance at the first grade that names it."""
        if not isinstance(self.table, GradeTable):
            return []
        boxes = dict(zip(tables.circumstances(self.table), self["circumstances"].subwidgets, strict=True))
        return [Graded(grade, tuple(boxes.pop(word) for word in grade.any_of if word in boxes)) for grade in self.table.grades]

    @property
    def grade_proof(self) -> BoundField | None:
        """The exhibits of a grade table."""
        return self._one(f"e{GIVEN}")

    @property
    def excess(self) -> list[BoundField]:
        """The exceedances of a stepped grade."""
        return self._those(*(name for name in self.fields if re.match(r"x\d+_|x_reading", name)))

    @property
    def inside(self) -> list[BoundField]:
        """What fixes the figure inside a range."""
        return self._those("position", "chosen", "within")

    @property
    def adjustments(self) -> list[Moved]:
        """The adjustments."""
        return [
            Moved(rule, self[f"a{place}"], self._one(f"a{place}_value"), self._one(f"a{place}_max"), self[f"a{place}_reason"])
            for place, rule in self.movers()
        ]

    @property
    def statutory(self) -> list[BoundField]:
        """The statutory range."""
        return self._those("statute_low", "statute_high", "statute_article", "statute_party")

    @property
    def daily(self) -> list[BoundField]:
        """The days of a daily fine."""
        return self._those("daily_ordered_on", "daily_found_on")

    def _one(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    def _those(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    # ── small things ────────────────────────────────────────────────────────────────────────────────────────────────

    def movers(self) -> list[tuple[int, Adjustment]]:
        """The adjustments that can move a figure of this table, with their place in the benchmark."""
        kinds = ("position",) if isinstance(self.table, GradeTable) else ("position", "grade_shift")
        return [(place, one) for place, one in enumerate(self.benchmark.adjustments) if one.kind not in kinds]

    def _with_default_position(self, data: Any) -> Any:
        """An address without a position means the usual one, and the page shows it chosen."""
        name = self.add_prefix("position")
        if not self.is_bound or not self.rule or data.get(name):
            return data
        filled = data.copy()
        filled[name] = self._usual()
        return filled

    def _usual(self) -> str:
        return str(self.rule.data.get("default", "ordinary")) if self.rule else ""

    def _when(self, name: str, other: str, values: Sequence[str] = ()) -> None:
        """Show a field only while another has one of the values, or is ticked."""
        when = self.add_prefix(other) + (f"={','.join(values)}" if values else "")
        self.fields[name].widget.attrs["data-huanfa-when"] = when

    def _cited(self, rule: Adjustment) -> str:
        return f"《{self.benchmark.title}》{rule.article}"

    def _unknown_help(self) -> str:
        if self.benchmark.unknown_factor == "lowest":
            cited = f"《{self.benchmark.title}》{self.benchmark.unknown_article}"
            return f"没有证据认定的选“{UNKNOWN}”：按最低档计算（{cited}）。各项都是这样。"
        return f"本基准没有写“{UNKNOWN}”时怎样计算，有一项没有认定就不能得出数额。"

    def _factor(self, place: int) -> Factor | None:
        factors = factors_of(self.table)
        return factors[place] if place < len(factors) else None

    def units(self, place: int) -> list[str]:
        """The units in which a factor may be measured; none where its levels are words."""
        factor = self._factor(place)
        return list(dict.fromkeys(one.bounds.unit for one in factor.levels.values() if one.bounds)) if factor else []
