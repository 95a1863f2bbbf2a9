"""The forms of a case's discretion: what to weigh by, the worksheet around a table's questions, the no-fine list, an approval.

They read shapes only; whether something is missing or may be done is core's to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from huanfa.apps.cases.forms import DateInput, StepForm
from huanfa.apps.cases.shown import labels
from huanfa.apps.cases.weighing import Asked, Scales
from huanfa.apps.discretion.fields import MoneyField
from huanfa.core.discretion.findings import Findings
from huanfa.core.discretion.no_fine import Answers, Condition, Item, NoFineList
from huanfa.core.discretion.worksheet import SEVEN

NO_TABLE = "none"
UNKNOWN = {"regime": "适用的法律", "tier": "罚款档次", "table": "裁量表"}
MET = (("yes", "具备"), ("no", "不具备"))


class PickForm(forms.Form):
    """Which text, tier and table the case is weighed by. A choice the case does not have falls back to the first, and
    `strange` says so: after another text was picked that is right, on a form handed in it is not."""

    def __init__(self, scales: Scales, data: Mapping[str, Any], *, prefer: Mapping[str, str]):
        super().__init__()
        self.wanted, self.strange = data, list[str]()
        texts, facts = scales.texts, scales.facts
        self.regime = self._picked("regime", list(texts), prefer.get("regime", ""))
        shown = [(key, f"{labels.REGIMES[key]}：{facts.cite(one.punished_by)}，{one.fine.text}") for key, one in texts.items()]
        self.fields["regime"] = forms.ChoiceField(label="适用的法律", choices=shown, widget=forms.RadioSelect, initial=self.regime)
        tiers = texts[self.regime].tiers if self.regime in texts else ()
        self.tier = self._picked("tier", ["", *(tier.id for tier in tiers)], prefer.get("tier", ""))
        tier_choices = [("", "一般情形"), *((tier.id, f"{tier.when}：{tier.fine.text}") for tier in tiers)]
        self.fields["tier"] = forms.ChoiceField(label="罚款档次", choices=tier_choices, required=False, initial=self.tier)
        self.tables = scales.tables(self.regime, self.tier)
        ids = [f"{benchmark.id}|{table.id}" for benchmark, table in self.tables]
        self.table = self._picked("table", [*ids, NO_TABLE], prefer.get("table", ""))
        named = [(key, f"{table.id}　{table.offence}") for key, (_, table) in zip(ids, self.tables, strict=True)]
        without = "不按裁量表" if self.tables else "没有可以适用的裁量表"
        self.fields["table"] = forms.ChoiceField(
            label="裁量表", choices=[*named, (NO_TABLE, f"{without}，按七项因素裁量")], initial=self.table, widget=forms.RadioSelect,
        )
        self.initial = {"regime": self.regime, "tier": self.tier, "table": self.table}

    def _picked(self, name: str, known: Sequence[str], preferred: str) -> str:
        given = self.wanted.get(name)
        if given is not None and given not in known:
            self.strange.append(f"{UNKNOWN[name]}在本案没有“{given[:60]}”这一个，没有保存；请重新选择")
        return next((str(one) for one in (given, preferred) if one in known), known[0] if known else "")

    @property
    def query(self) -> str:
        """The choice as an address carries it."""
        return f"?regime={self.regime}&tier={self.tier}&table={self.table}"


class WorksheetForm(forms.Form):
    """What stands around the questions of a table: the figure proposed and the reasons it may need."""

    use_required_attribute = False
    on = forms.DateField(label="填表日期", widget=DateInput())
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)
    amount = MoneyField(label="拟罚款数额（元）", help_text="不填的，按裁量表计算的数额。")
    departure_reason = forms.CharField(
        label="与计算数额不同的理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="适用裁量基准明显不当、显失公平，或者客观情况发生变化的，才可以调整适用。",
    )
    issuer_approval = forms.CharField(
        label="制定机关的批准", required=False, max_length=300, help_text="基准由上级机关制定的，填批准机关、文号、日期。"
    )
    mitigation = forms.CharField(
        label="减轻处罚的法定情形", required=False, max_length=200, help_text="低于法定最低额时填写，并写明证据。"
    )
    likeness_reason = forms.CharField(
        label="与类案不同的理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="数额在类案范围之外时填写。",
    )

    def __init__(self, scales: Scales, pick: PickForm, data: Any = None, *, initial: Mapping[str, Any] | None = None):
        super().__init__(data, initial=initial)
        self.scales, self.pick = scales, pick
        regime = scales.texts.get(pick.regime)
        self.fine = (regime.tier(pick.tier) or regime).fine if regime else None
        if self.fine and self.fine.basis == "per_unit":
            self.fields["units"] = forms.IntegerField(label=f"计罚数量（{self.fine.unit}）", required=False, min_value=1, max_value=9999)
        if self.fine and self.fine.basis in ("multiple", "percent") and pick.table == NO_TABLE:
            self.fields["base"] = MoneyField(label=f"{self.fine.of}（元）", help_text="条文按其比例或者倍数计罚，须先查明。")
        measured = [one.id for one, _ in pick.tables] if pick.table == NO_TABLE else [pick.table.partition("|")[0]]
        if not any(scales.from_above(one) for one in measured[:1]):
            del self.fields["issuer_approval"]
        if pick.table == NO_TABLE:
            self.fields["amount"].help_text = "在法定幅度内写明。"
            self.fields["departure_reason"].label = "不按裁量表计算的理由"
            for key, label in SEVEN:
                box = forms.Textarea(attrs={"rows": 2})
                self.fields[f"factor_{key}"] = forms.CharField(label=label, required=False, max_length=1000, widget=box)

    def asked(self, findings: Findings) -> Asked:
        """What was filled in, with the findings of the table's own form."""
        said = self.cleaned_data
        benchmark, _, table = self.pick.table.partition("|")
        return Asked(
            regime=self.pick.regime, tier=self.pick.tier, benchmark=benchmark if table else "", table=table, findings=findings,
            units=said.get("units"), base=said.get("base"), amount=said.get("amount"),
            departure_reason=said["departure_reason"].strip(), issuer_approval=said.get("issuer_approval", "").strip(),
            mitigation=said["mitigation"].strip(), likeness_reason=said["likeness_reason"].strip(),
            factors={key: said[f"factor_{key}"].strip() for key, _ in SEVEN if said.get(f"factor_{key}")},
        )

    @property
    def factors(self) -> list[forms.BoundField]:
        """The seven factors, where no table is used."""
        return [self[f"factor_{key}"] for key, _ in SEVEN if f"factor_{key}" in self.fields]

    @property
    def counted(self) -> list[forms.BoundField]:
        """What the law counts by: number of units, base of a multiple."""
        return [self[name] for name in ("units", "base") if name in self.fields]

    def refuse(self, refusal: Any) -> None:
        """Put every reason beside its field, or on top."""
        for reason in refusal.reasons:
            field = "factor_harm" if reason.field == "factors" else reason.field
            self.add_error(field if field in self.fields else None, str(reason))

    @property
    def reasons(self) -> list[str]:
        """Everything that stands in the way, as sentences: for the panel beside the questions."""
        return [f"{self.fields[name].label}：{one}" if name in self.fields else one for name, all in self.errors.items() for one in all]


class ApprovalForm(forms.Form):
    """The principal head's word on a departure."""

    use_required_attribute = False
    on = forms.DateField(label="批准日期", widget=DateInput())
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="批准意见", max_length=1000, error_messages={"required": "请写明批准的意见"}, widget=forms.Textarea(attrs={"rows": 3}),
    )

    refuse = StepForm.refuse


class NoFineForm(forms.Form):
    """The items of the no-fine lists about the offence, condition by condition, and what is concluded."""

    use_required_attribute = False
    on = forms.DateField(label="核对日期", widget=DateInput())
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)
    concluded = forms.ChoiceField(
        label="结论", choices=[("applies", "条件全部具备，适用清单"), ("not", "不适用清单")], widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label="理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不适用的，写明哪一项条件不具备、有什么证据；条件具备而仍拟处罚的，写明为什么。",
    )

    def __init__(self, items: Iterable[tuple[NoFineList, Item]], data: Any = None, *, initial: Mapping[str, Any] | None = None):
        super().__init__(data, initial=initial)
        self.items = list(items)
        for number, (_, item) in enumerate(self.items):
            for place, condition in enumerate(item.conditions):
                self._ask(number, str(place), condition)

    def _ask(self, number: int, place: str, condition: Condition) -> None:
        name = f"i{number}_{place.replace('.', '_')}"
        if condition.kind == "any":
            for group, conditions in enumerate(condition.groups):
                for index, one in enumerate(conditions):
                    self._ask(number, f"{place}.{group}.{index}", one)
        elif condition.kind == "measure":
            self.fields[name] = forms.DecimalField(
                label=f"{condition.text}：查明的{condition.what}" + (f"（{condition.unit}）" if condition.unit else ""), required=False,
                min_value=0, max_digits=12, decimal_places=4, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )
        else:
            self.fields[name] = forms.ChoiceField(label=condition.text, choices=MET, widget=forms.RadioSelect, required=False)

    def answers(self) -> dict[tuple[str, int], Answers]:
        """What was answered, by list and item."""
        out = {}
        for number, (one, item) in enumerate(self.items):
            met: dict[str, bool] = {}
            values: dict[str, Fraction] = {}
            for name, value in self.cleaned_data.items():
                if not name.startswith(f"i{number}_") or value in (None, ""):
                    continue
                place = name.removeprefix(f"i{number}_").replace("_", ".")
                if value in ("yes", "no"):
                    met[place] = value == "yes"
                else:
                    values[place] = Fraction(str(value))
            out[one.id, item.no] = Answers(met, values)
        return out

    def conditions(self, number: int) -> list[tuple[Condition, list[Any]]]:
        """The conditions of one item with their fields: one, or for `any` a group of fields for each alternative."""
        out: list[tuple[Condition, list[Any]]] = []
        for place, condition in enumerate(self.items[number][1].conditions):
            if condition.kind == "any":
                groups = [
                    [self[f"i{number}_{place}_{group}_{index}"] for index in range(len(conditions))]
                    for group, conditions in enumerate(condition.groups)
                ]
                out.append((condition, groups))
            else:
                out.append((condition, [[self[f"i{number}_{place}"]]]))
        return out

    refuse = StepForm.refuse
