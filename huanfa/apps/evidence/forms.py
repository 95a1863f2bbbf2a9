"""The form of an exhibit: its shape only; the file itself is looked into when it is read in."""

from django import forms

from huanfa.apps.evidence.store import TYPES
from huanfa.apps.officers.forms import DateInput


class ExhibitForm(forms.Form):
    """What is recorded of a piece of evidence."""

    file = forms.FileField(
        label="文件", max_length=200,
        help_text=f"原始文件，不要重新编辑。可以上传：{'、'.join(TYPES)}",
        widget=forms.ClearableFileInput({"accept": ",".join(f".{ending}" for ending in (*TYPES, "jpeg"))}),
    )
    name = forms.CharField(label="证据名称", max_length=120, help_text="如：喷漆房未封闭现场照片（3）")
    taken_on = forms.DateField(label="提取日期", widget=DateInput)
    provider = forms.CharField(label="提供单位或个人", max_length=120, help_text="执法人员现场拍摄的，写拍摄人姓名")
    proves = forms.CharField(label="证明内容", max_length=500, widget=forms.Textarea({"rows": 3}))
