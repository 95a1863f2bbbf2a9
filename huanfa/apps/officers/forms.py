"""Forms about people: their shape only."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import CARD_STATES
from huanfa.core.procedure.people import ROLES

TRAINING_KINDS = ("公共法律知识", "专门法律知识", "新法律法规", "案卷评查和案例分析", "执法大比武", "现场培训", "其他")


class DateInput(forms.DateInput):
    """A date box that shows the machine's own calendar and is prefilled in the form it wants."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class Filter(forms.Form):
    """What the list may be narrowed to."""

    q = forms.CharField(
        label="姓名、账号或证号", required=False, max_length=40, widget=forms.TextInput({"type": "search"})
    )
    role = forms.ChoiceField(label="岗位", required=False, choices=[("", "全部"), *ROLES.items()])
    card = forms.ChoiceField(
        label="执法证", required=False,
        choices=[("", "全部"), *((key, label) for key, (_, label) in CARD_STATES.items())],
    )


class OfficerForm(forms.Form):
    """A new person and their account."""

    name = forms.CharField(label="姓名", max_length=50)
    post = forms.CharField(label="职务", max_length=50, required=False)
    phone = forms.CharField(label="办公电话", max_length=30, required=False)
    username = forms.CharField(label="登录账号", max_length=40, help_text="只用于登录，建立后不变")
    password = forms.CharField(
        label="初始口令", max_length=128, help_text="至少10位，不能只有数字，不能是常见口令；当面交给本人",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """The same rules as for every password."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])


class CardForm(forms.Form):
    """A new or renewed enforcement card."""

    number = forms.CharField(label="执法证号", max_length=40)
    issued_on = forms.DateField(label="发证日期", widget=DateInput)
    expires_on = forms.DateField(label="有效期至", widget=DateInput, help_text="照证件填写；有效期满之日仍然有效")


class SuspensionForm(forms.Form):
    """Days on which the newest card does not serve."""

    begins = forms.DateField(label="暂停自", widget=DateInput)
    until = forms.DateField(label="暂停至", widget=DateInput, required=False, help_text="不填的，直到另行登记")
    reason = forms.CharField(label="事由", max_length=200)


class RoleForm(forms.Form):
    """A role between two days."""

    role = forms.ChoiceField(label="岗位")
    begins = forms.DateField(label="自", widget=DateInput)
    until = forms.DateField(label="至", widget=DateInput, required=False, help_text="不填的，直到另行免去")

    def __init__(self, *args: Any, roles: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = list(roles.items())


class EndRoleForm(forms.Form):
    """The last day of a role."""

    until = forms.DateField(label="最后一日", widget=DateInput)


class TrainingForm(forms.Form):
    """Class hours of several officers in one course."""

    on = forms.DateField(label="培训日期", widget=DateInput, help_text="多日的培训填最后一日")
    hours = forms.IntegerField(label="学时（每人）", min_value=1, max_value=80)
    course = forms.CharField(label="课程", max_length=200)
    kind = forms.ChoiceField(label="类别", choices=[(one, one) for one in TRAINING_KINDS])
    officers = forms.ModelMultipleChoiceField(
        label="参加人员", queryset=Officer.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = people
