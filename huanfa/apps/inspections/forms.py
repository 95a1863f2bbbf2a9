"""Forms of visits: their shape only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from huanfa.apps.inspections.models import Visit
from huanfa.apps.officers.forms import DateInput
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import card_state, person


class Filter(forms.Form):
    """What the list may be narrowed to."""

    q = forms.CharField(label="企业名称", required=False, max_length=60, widget=forms.TextInput({"type": "search"}))
    year = forms.TypedChoiceField(label="年度", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="检查方式", required=False, choices=[("", "全部"), *Visit.Kind.choices])
    result = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *Visit.Result.choices])
    officer = forms.TypedChoiceField(label="检查人员", required=False, coerce=int, empty_value=None)
    joint = forms.BooleanField(label="只看联合检查", required=False)
    party = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, years: Iterable[int], people: QuerySet[Officer], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "全部"), *((year, f"{year}年") for year in years)]
        self.fields["officer"].choices = [("", "全部"), *people.values_list("pk", "name")]


class Staff(forms.ModelMultipleChoiceField):
    """Officers, each with how their card stands today."""

    today: date

    def label_from_instance(self, row: Officer) -> str:
        """Name and card; what is wrong with the card, if anything is."""
        who = person(row)
        state = card_state(who, self.today)
        if state.sentence:
            return f"{row.name}（今日：{state.label}）"
        return f"{row.name}（{state.number}，有效期至{state.until}）"


class VisitForm(forms.Form):
    """What is recorded of a visit. The card of each officer is checked for the day of the visit, by the action."""

    on = forms.DateField(label="检查日期", widget=DateInput)
    kind = forms.ChoiceField(
        label="检查方式", choices=Visit.Kind.choices, widget=forms.RadioSelect,
        help_text="日常检查要有计划，个案检查要有线索，专项检查要有报批（环办执法〔2025〕20号）",
    )
    officers = Staff(
        label="检查人员", queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="两人以上，执法证在检查当日有效（行政处罚法第四十二条）",
    )
    result = forms.ChoiceField(label="检查结果", choices=Visit.Result.choices, widget=forms.RadioSelect)
    findings = forms.CharField(
        label="检查情况", max_length=500, widget=forms.Textarea({"rows": 4}),
        help_text="检查了什么，看到什么，当场怎样处理；发现涉嫌违法的，另行登记案件线索",
    )
    joint_key = forms.CharField(
        label="联合检查的名称", max_length=60, required=False,
        help_text="与其他部门联合检查的填写，如“2026年6月加油站联合检查”；同一次联合检查查了几家，各家填同一名称，只计一次",
    )
    departments = forms.CharField(
        label="参加的部门", max_length=200, required=False, help_text="如：市场监管局、应急局"
    )

    def __init__(self, *args: Any, people: QuerySet[Officer], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        staff = self.fields["officers"]
        staff.today, staff.queryset = today, people
