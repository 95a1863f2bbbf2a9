"""What may be searched, chosen and reckoned. Shape only; nothing here knows law."""

from datetime import date, datetime
from typing import Any

from django import forms

from huanfa.core.calendar.terms import UNITS, Pause, Term
from huanfa.core.offences.words import FIELDS

PAUSES = 3
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"


class DayField(forms.DateField):
    """A day that a period can sensibly run from."""

    widget = DateInput(format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        """Refuse days centuries away: counting to them would take forever."""
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(f"日期须在{EARLIEST.year}年至{LATEST.year}年之间")
        return day


class Find(forms.Form):
    """Words, and the day on which the rules are wanted."""

    q = forms.CharField(label="查找", required=False, max_length=60)
    on = DayField(label="在哪一天", required=False)


class FindOffence(Find):
    """As Find, for offences."""

    field = forms.ChoiceField(label="领域", required=False, choices=[("", "全部"), *FIELDS.items()])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["q"].label = "案由、关键词、条号、拼音首字母"
        self.fields["on"].label = "行为日期"


class OnDay(forms.Form):
    """Only the day."""

    on = DayField(label="在哪一天", required=False)


class Reckon(forms.Form):
    """The calculator of one term: its start, excluded time, and a longer length."""

    def __init__(self, term: Term, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.term = term
        if term.unit == "hours":
            self.fields["start"] = forms.DateTimeField(
                label=f"{term.starts}的时间",
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
            )
            return
        self.fields["start"] = DayField(label=f"{term.starts}的日期")
        if term.back:
            return
        self.fields["extend"] = forms.IntegerField(
            label=f"批准延长（{UNITS[term.unit]}）", required=False, min_value=0, max_value=3650
        )
        for n in range(1, PAUSES + 1):
            self.fields[f"from_{n}"] = DayField(label=f"第{n}次停止计算，自", required=False)
            self.fields[f"until_{n}"] = DayField(label="恢复日期（没有恢复的不填）", required=False)

    def clean(self) -> dict[str, Any]:
        """A pause ends after it begins; a moment, too, lies in a year that can be counted from."""
        values = super().clean() or {}
        if "start" in values and not EARLIEST.year <= values["start"].year <= LATEST.year:
            self.add_error("start", f"须在{EARLIEST.year}年至{LATEST.year}年之间")
        for n in range(1, PAUSES + 1):
            begun, ended = values.get(f"from_{n}"), values.get(f"until_{n}")
            if ended and not begun:
                self.add_error(f"from_{n}", "请填写停止计算的日期")
            elif begun and ended and ended <= begun:
                self.add_error(f"until_{n}", "应晚于停止计算的日期")
        return values

    @property
    def begins(self) -> date | datetime:
        """Where the period begins."""
        found: date | datetime = self.cleaned_data["start"]
        return found

    @property
    def pauses(self) -> list[Pause]:
        """The excluded times filled in."""
        values = self.cleaned_data
        return [
            Pause(values[f"from_{n}"], values[f"until_{n}"], f"第{n}次停止计算")
            for n in range(1, PAUSES + 1)
            if values.get(f"from_{n}")
        ]
