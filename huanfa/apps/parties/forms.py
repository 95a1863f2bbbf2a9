"""Forms of parties: their shape only; codes are checked by actions."""

from typing import Any

from django import forms

from huanfa.apps.parties.models import Party


class Filter(forms.Form):
    """What the list may be narrowed to."""

    q = forms.CharField(
        label="名称、代码或电话", required=False, max_length=60, widget=forms.TextInput({"type": "search"}),
        help_text="公民身份号码须输入完整才能查到",
    )
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Party.Kind.choices])


class PartyForm(forms.ModelForm):
    """The particulars of a party. A code that the officer may not read is not handed to the page at all."""

    kind = forms.ChoiceField(label="类型", choices=Party.Kind.choices, widget=forms.RadioSelect)
    code = forms.CharField(
        label="统一社会信用代码（公民身份号码）", max_length=30,
        help_text="18位，照执照或身份证抄录；空格、小写会自动整理，校验码不符的不能保存",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label="修改理由", max_length=200, help_text="如：变更法定代表人，见新营业执照。此前制作的文书保持原样",
    )

    class Meta:
        model = Party
        fields = ("kind", "name", "code", "legal_rep", "legal_rep_post", "operator", "address", "phone", "trade")
        help_texts = {
            "name": "照执照或身份证的全称",
            "address": "照执照或身份证的登记地址；实际经营地不同的，办案时另行确认送达地址",
        }
        widgets = {
            "legal_rep": forms.TextInput({"data-huanfa-when": "kind=legal_person,organisation"}),
            "legal_rep_post": forms.TextInput({"data-huanfa-when": "kind=legal_person,organisation"}),
            "operator": forms.TextInput({"data-huanfa-when": "kind=individual_business"}),
            "trade": forms.TextInput({"data-huanfa-when": "kind=legal_person,organisation,individual_business"}),
        }

    def __init__(self, *args: Any, code_hidden: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"]
        if code_hidden:
            del self.fields["code"]

    def validate_unique(self) -> None:
        """Left to the action, which names the file that exists already."""

    def _post_clean(self) -> None:
        """The row is changed by the action alone, under its lock."""
