"""The form of a step, built from what the step asks. It reads shapes only; whether it may be done is core's to say."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from huanfa.apps.cases.models import Draft
from huanfa.apps.cases.shown import labels
from huanfa.apps.cases.shown.opened import Opened, regimes
from huanfa.core.errors import NotAllowed
from huanfa.core.money import fen, yuan
from huanfa.core.offences import Regime
from huanfa.core.offences.words import FIELDS, KINDS
from huanfa.core.procedure.definition import Ask, Step
from huanfa.core.procedure.fold import NAMES_INVESTIGATORS
from huanfa.core.procedure.people import ROLES
from huanfa.core.procedure.people import Officer as Person

# Names of the form itself; no step may ask under them (a test looks).
OWN = ("on", "expected", "signed_opinion", "do", "party", "party_q", "offence_q")
YES_NO = (("yes", "是"), ("no", "否"))
SHORT_CHOICES = 6
LONGEST_TABLE = 200


class DateInput(forms.DateInput):
    """The browser's own date box."""

    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DateTimeInput(forms.TextInput):
    """The browser's own box for a date and a time."""

    input_type = "datetime-local"


class MoneyField(forms.DecimalField):
    """Yuan as people write them (25,900.50), kept as whole fen."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Commas and the word 元 do no harm."""
        return super().to_python(re.sub(r"[,，\s元]", "", value) if isinstance(value, str) else value)

    def clean(self, value: Any) -> int | None:
        """Whole fen, or None."""
        amount = super().clean(value)
        return fen(amount) if isinstance(amount, Decimal) else None


class RowsWidget(forms.Widget):
    """A table of boxes named ID-NUMBER-COLUMN. The template draws it; this only reads it back."""

    use_fieldset = True

    def __init__(self, columns: tuple[tuple[str, str], ...]):
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        """Every row sent, blank ones included, in the order of their numbers."""
        found: dict[int, dict[str, str]] = {}
        keys = {key for key, _ in self.columns}
        for full in data:
            number, _, key = full.removeprefix(f"{name}-").partition("-")
            if full.startswith(f"{name}-") and number.isdecimal() and len(number) < 6 and key in keys:
                found.setdefault(int(number), {})[key] = data.get(full, "")
        return [found[number] for number in sorted(found)][: LONGEST_TABLE + 1]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """A table is never taken for left out."""
        return False


class RowsField(forms.Field):
    """The rows that have anything in them."""

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Rows trimmed; blank ones dropped."""
        rows = [{key: str(cell).strip() for key, cell in row.items()} for row in value or []]
        return [row for row in rows if any(row.values())]


class StepForm(forms.Form):
    """The asks of a step as fields, besides the legal date and the opinion of whoever proposes it.

    Nothing is required here: what is missing comes back from core with the article, together with everything else.
    `kept` shows a draft as it was typed, without judging it.
    """

    use_required_attribute = False
    draft: Draft | None = None

    def __init__(self, step: Step, view: Opened, data: Any = None, *, initial: Mapping[str, Any] | None = None, kept: bool = False):
        self.step, self.view, self.kept = step, view, kept
        given = {ask.id: _as_typed(ask, initial[ask.id]) for ask in step.asks if initial and ask.id in initial}
        super().__init__(data, initial={"on": view.on, "expected": view.length, **given})
        self.fields["on"] = forms.DateField(
            label="办理日期", widget=DateInput(), help_text="实际办理的日期，期限从这一天起算；补录的填当时的日期"
        )
        self.fields["expected"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
        for ask in step.asks:
            self.fields[ask.id] = _field(ask, step, view)
        if len(step.signs) > 1:
            self.fields["signed_opinion"] = forms.CharField(
                label="签署意见", required=False, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=f"以{labels.slot(step.signs[0])}身份签署的意见，印在审批表上；不填的印“同意”",
            )

    def full_clean(self) -> None:
        """Shapes only: required fields are starred on the page, and missed by core."""
        if self.kept:
            self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
            return
        starred = [field for name, field in self.fields.items() if field.required and name != "on"]
        for field in starred:
            field.required = False
        super().full_clean()
        for field in starred:
            field.required = True

    def values(self) -> dict[str, Any]:
        """What was filled in, in the shapes core wants; what does not apply, given the rest, is left out."""
        out: dict[str, Any] = {}
        for ask in self.step.asks:
            value = self.cleaned_data.get(ask.id)
            if value in (None, "", []) or not ask.applies(out):
                continue
            out[ask.id] = value.isoformat() if isinstance(value, date) else value
        return out

    def refuse(self, refusal: NotAllowed) -> None:
        """Put every reason beside its field, or on top."""
        for reason in refusal.reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason))

    @property
    def asked(self) -> list[tuple[Ask, forms.BoundField]]:
        """The asks with their bound fields, in order."""
        return [(ask, self[ask.id]) for ask in self.step.asks]


class LeadForm(StepForm):
    """The first step, with the party it is about."""

    def __init__(self, step: Step, view: Opened, data: Any = None, **options: Any):
        super().__init__(step, view, data, **options)
        self.fields["party"] = forms.IntegerField(label="当事人")
        self.fields["party_q"] = forms.CharField(label="查找当事人", required=False, max_length=60)
        self.fields["offence_q"] = forms.CharField(label="查找案由", required=False, max_length=60)


class Filter(forms.Form):
    """What the case list can be narrowed by. A value it does not know is passed over."""

    q = forms.CharField(label="案件、当事人、文号", required=False, max_length=100, widget=forms.TextInput({"type": "search"}))
    stage = forms.ChoiceField(label="阶段", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("open", "在办"), ("late", "已逾期"), ("ended", "已办结")]
    )
    outcome = forms.ChoiceField(label="处理结果", required=False, choices=[("", "全部"), *labels.OUTCOMES.items()])
    field = forms.ChoiceField(label="领域", required=False, choices=[("", "全部"), *FIELDS.items()])
    handler = forms.CharField(label="承办人", required=False, max_length=50)
    filed = forms.ChoiceField(label="立案年份", required=False)
    decided = forms.ChoiceField(label="决定年份", required=False)
    sort = forms.ChoiceField(label="排序", required=False, choices=[("", "最新在前"), ("due", "按到期日")])
    party = forms.IntegerField(required=False, widget=forms.HiddenInput)
    offence = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, stages: Iterable[tuple[str, str]], years: Iterable[int]):
        super().__init__(data)
        chosen = [("", "全部"), *((str(year), f"{year}年") for year in years)]
        for name, choices in (("stage", [("", "全部"), *stages]), ("filed", chosen), ("decided", chosen)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def wanted(self) -> dict[str, Any]:
        """The filters that hold something."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


class SignForm(forms.Form):
    """The next signature under a proposed step."""

    use_required_attribute = False
    on = forms.DateField(label="签署日期", widget=DateInput())
    agrees = forms.ChoiceField(label="意见", choices=[("yes", "同意"), ("no", "不同意，退回")], widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="意见内容", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="同意的可以不填，印“同意”；不同意的必须写明理由",
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    refuse = StepForm.refuse


def as_querydict(fields: Mapping[str, Any]) -> QueryDict:
    """What a draft kept, as a form reads it."""
    data = QueryDict(mutable=True)
    for key, values in fields.items():
        data.setlist(key, [str(one) for one in values] if isinstance(values, list) else [str(values)])
    return data


def as_fields(data: MultiValueDict) -> dict[str, list[str]]:
    """What was typed, as a draft keeps it."""
    return {key: values for key, values in data.lists() if key not in ("csrfmiddlewaretoken", "expected", "do")}


# ── one field for each type of ask ──────────────────────────────────────────────────────────────────────────────────


def _field(ask: Ask, step: Step, view: Opened) -> forms.Field:
    field = _MAKE[ask.type](ask, view)
    field.label, field.help_text, field.required = ask.label, ask.help, not ask.optional
    if ask.when:
        value = ask.when_is or ("yes" if step.ask(ask.when).type == "bool" else "")
        field.widget.attrs["data-huanfa-when"] = f"{ask.when}={value}" if value else ask.when
    return field


def _text(ask: Ask, view: Opened) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _longtext(ask: Ask, view: Opened) -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))


def _date(ask: Ask, view: Opened) -> forms.Field:
    return forms.DateField(widget=DateInput())


def _moment(ask: Ask, view: Opened) -> forms.Field:
    return forms.CharField(widget=DateTimeInput(), max_length=19)


def _choice(ask: Ask, view: Opened) -> forms.Field:
    if len(ask.choices) <= SHORT_CHOICES:
        return forms.ChoiceField(choices=ask.choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", "请选择"), *ask.choices], widget=forms.Select)


def _checks(ask: Ask, view: Opened) -> forms.Field:
    return forms.MultipleChoiceField(choices=ask.choices, widget=forms.CheckboxSelectMultiple)


def _bool(ask: Ask, view: Opened) -> forms.Field:
    return forms.TypedChoiceField(
        choices=YES_NO, coerce=lambda value: value == "yes", empty_value=None, widget=forms.RadioSelect
    )


def _int(ask: Ask, view: Opened) -> forms.Field:
    return forms.IntegerField(widget=forms.TextInput(attrs={"inputmode": "numeric"}))


def _money(ask: Ask, view: Opened) -> forms.Field:
    return MoneyField(max_digits=14, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


def _rows(ask: Ask, view: Opened) -> forms.Field:
    return RowsField(widget=RowsWidget(ask.columns))


def _officers(ask: Ask, view: Opened) -> forms.Field:
    choices = [(one.id, f"{one.name}（{about(one, view.on)}）") for one in people(ask, view)]
    return forms.TypedMultipleChoiceField(
        choices=choices, coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple
    )


def _officer(ask: Ask, view: Opened) -> forms.Field:
    choices = [("", "请选择"), *((one.id, f"{one.name}（{about(one, view.on)}）") for one in people(ask, view))]
    return forms.TypedChoiceField(choices=choices, coerce=int, empty_value=None, widget=forms.Select)


def _offence(ask: Ask, view: Opened) -> forms.Field:
    choices = [(one.id, one.name) for one in view.book.offences.values()]
    return forms.ChoiceField(choices=[("", "请选择"), *choices], widget=forms.Select)


def _regime(ask: Ask, view: Opened) -> forms.Field:
    choices = [(key, f"{labels.REGIMES[key]}：{_cited(view, regime)}") for key, regime in regimes(view).items()]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _penalties(ask: Ask, view: Opened) -> forms.Field:
    kinds = dict.fromkeys(kind for regime in regimes(view).values() for kind in regime.kinds)
    return forms.MultipleChoiceField(choices=[(one, KINDS[one]) for one in kinds], widget=forms.CheckboxSelectMultiple)


def _tier(ask: Ask, view: Opened) -> forms.Field:
    tiers = {tier.id: f"{tier.when}：{tier.fine.text}" for regime in regimes(view).values() for tier in regime.tiers}
    return forms.ChoiceField(choices=[("", "一般情形"), *tiers.items()], widget=forms.Select)


_MAKE: dict[str, Callable[[Ask, Opened], forms.Field]] = {
    "text": _text, "longtext": _longtext, "date": _date, "datetime": _moment, "choice": _choice, "checks": _checks, "bool": _bool,
    "int": _int, "money": _money, "rows": _rows, "officers": _officers, "officer": _officer, "offence": _offence,
    "regime": _regime, "penalties": _penalties, "tier": _tier,
}


def _cited(view: Opened, regime: Regime) -> str:
    return f"{view.book.cite(regime.punished_by)}，{regime.fine.text}"


def people(ask: Ask, view: Opened) -> list[Person]:
    """Officers to choose from: for what only enforcement officers do, those; the handlers of the case first."""
    found = list(view.facts.officers.values())
    if ask.id in NAMES_INVESTIGATORS:
        found = [one for one in found if one.has_role("officer", view.on)]
    return sorted(found, key=lambda one: (one.id not in view.standing.handlers, one.id))


def about(one: Person, on: date) -> str:
    """What the list says beside a name: the card for enforcement officers, the roles for others."""
    if one.has_role("officer", on):
        return one.card_fault(on) or f"执法证{one.card}，有效"
    return "、".join(title for role, title in ROLES.items() if one.has_role(role, on)) or "无岗位"


def _as_typed(ask: Ask, value: Any) -> Any:
    """A value of core as its box shows it."""
    if ask.type == "money":
        return f"{yuan(value)}".removesuffix(".00")
    if ask.type == "bool":
        return "yes" if value else "no"
    return value
