"""The boxes that findings are written in, and how a choice of a table is shown: its official words, then what it counts."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html

from huanfa.core.discretion.amount import percent, share
from huanfa.core.discretion.benchmark import Adjustment
from huanfa.core.money import fen

FEW = 6     # up to so many choices lie open; more fold into a list
UNKNOWN = "未能认定"


class MoneyField(forms.DecimalField):
    """Yuan as people write them (25,900.50), kept as whole fen."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, min_value=0, max_digits=15, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Commas and the word 元 do no harm."""
        return super().to_python(re.sub(r"[,，\s元]", "", value) if isinstance(value, str) else value)

    def clean(self, value: Any) -> int | None:
        """Whole fen, or None."""
        amount = super().clean(value)
        return fen(amount) if isinstance(amount, Decimal) else None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No number box: it would refuse the commas."""
        return {}


def choice(label: str, choices: Iterable[tuple[str, str]], *, blank: str = UNKNOWN, initial: str = "", help: str = "") -> forms.ChoiceField:
    """One of a table's choices, each with what it counts (""), numbered by its place. Few lie open, many fold into a list."""
    rows = list(choices)
    folded = len(rows) > FEW
    shown = [(str(place), _in_list(*row) if folded else marked(*row)) for place, row in enumerate(rows)]
    if blank:
        shown.insert(0, ("", blank))
    widget = forms.Select() if folded else forms.RadioSelect()
    return forms.ChoiceField(label=label, choices=shown, required=False, initial=initial, help_text=help, widget=widget)


def several(label: str, choices: Iterable[tuple[str, str]], *, help: str = "") -> forms.MultipleChoiceField:
    """Any of a table's choices, each with what it counts, numbered by its place."""
    shown = [(str(place), marked(*row)) for place, row in enumerate(choices)]
    return forms.MultipleChoiceField(
        label=label, choices=shown, required=False, help_text=help, widget=forms.CheckboxSelectMultiple()
    )


def words(label: str, *, help: str = "", longest: int = 60) -> forms.CharField:
    """A short text that may be left out."""
    return forms.CharField(label=label, required=False, max_length=longest, help_text=help)


def rate(rule: Adjustment) -> forms.Field | None:
    """The box for the rate of an adjustment; None where the text leaves no choice."""
    if rates := rule.data.get("rates"):
        rows = [("", "请选择"), *((str(rate), f"{text}（{percent(share(str(rate)))}）") for text, rate in rates)]
        return forms.ChoiceField(label="适用的比例", choices=rows, required=False)
    if rule.kind == "apology":
        low, high = percent(share(str(rule.data["low"]))), percent(share(str(rule.data["high"])))
        return words("降低的比例", help=f"{low}至{high}，如 {low}。", longest=20) if low != high else None
    if "at_most" in rule.data:
        most = percent(share(str(rule.data["at_most"])))
        of = "法定最高罚款" if rule.data["of"] == "max" else "法定最低罚款"
        return words("调整的比例", help=f"{of}的比例，不超过{most}；不填按{most}。", longest=20)
    if "step" in rule.data:
        step = percent(share(str(rule.data["step"])))
        return words("调整系数的总和", help=f"按文本各项情节的系数相加，可以为负；每1个系数为{step}。", longest=20)
    return None


def marked(text: str, weight: str) -> str:
    """A choice with its weight set apart."""
    return format_html('{} <span class="weight">{}</span>', text, weight) if weight else text


def _in_list(text: str, weight: str) -> str:
    return f"{text}（{weight}）" if weight else text
