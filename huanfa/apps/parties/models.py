"""The parties: one firm or person is one file (一户一档), over all years."""

from django.db import models

from huanfa.apps.ledger.models import Organisation


class Party(models.Model):
    """A firm or person as the licence or identity card names it. `code` is the credit code or identity number."""

    class Kind(models.TextChoices):
        LEGAL_PERSON = "legal_person", "法人"
        ORGANISATION = "organisation", "非法人组织"
        INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"
        CITIZEN = "citizen", "公民"

    org = models.ForeignKey(Organisation, models.PROTECT)
    kind = models.CharField("类型", max_length=20, choices=Kind)
    name = models.CharField("名称（姓名）", max_length=120)
    code = models.CharField("统一社会信用代码（公民身份号码）", max_length=18)
    legal_rep = models.CharField("法定代表人（负责人）", max_length=50, blank=True)
    legal_rep_post = models.CharField("职务", max_length=50, blank=True)
    operator = models.CharField("经营者", max_length=50, blank=True)
    address = models.CharField("住所（地址）", max_length=200)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    trade = models.CharField("行业", max_length=60, blank=True)
    example = models.BooleanField("示例", default=False)
    search = models.CharField(max_length=400, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["org", "code"], name="one_file_a_party")]
        verbose_name = "当事人"

    def __str__(self) -> str:
        return self.name


class PartyChange(models.Model):
    """A change to a party's file, with date and reason; earlier papers keep the earlier wording."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="changes")
    on = models.DateField()
    by = models.CharField(max_length=50)
    reason = models.CharField(max_length=200)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["-on", "-pk"]
