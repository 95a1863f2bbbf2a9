"""The boxes that findings are written in, and how a choice of a table is shown: its official words, then what it counts."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html

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


def marked(text: str, weight: str) -> str:
    """A choice with its weight set apart."""
    return format_html('{} <span class="weight">{}</span>', text, weight) if weight else text


def _in_list(text: str, weight: str) -> str:
    return f"{text}（{weight}）" if weight else text
