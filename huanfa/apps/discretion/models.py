"""Worksheets as lists and comparisons need them. All of it is a copy of what the ledger's entries tell."""

from django.db import models

from huanfa.apps.ledger.models import Dossier, Organisation


class Worksheet(models.Model):
    """One worksheet of a dossier; `seq` is its entry, the newest is in force. Money in fen.

    `computed` is empty where no table could be applied. `decided_on` and `fine` are filled in once the case was decided by it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="worksheets")
    seq = models.PositiveIntegerField()
    org = models.ForeignKey(Organisation, models.PROTECT)
    offence = models.CharField(max_length=60)
    benchmark = models.CharField("裁量基准", max_length=60, blank=True)
    table = models.CharField("裁量表", max_length=30, blank=True)
    column = models.CharField("栏", max_length=60, blank=True)
    levels = models.JSONField("认定", default=dict)
    data = models.JSONField()
    computed = models.BigIntegerField("计算数额（分）", null=True)
    amount = models.BigIntegerField("拟罚款（分）")
    departs = models.BooleanField("与计算数额不同", default=False)
    filled_by = models.CharField(max_length=50)
    on = models.DateField()
    decided_on = models.DateField("决定日期", null=True)
    fine = models.BigIntegerField("决定的罚款（分）", null=True)
    name = models.CharField("案件名称", max_length=260)
    number = models.CharField("决定书文号", max_length=60, blank=True)

    class Meta:
        ordering = ["dossier_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="one_worksheet_an_entry"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_fine_is_proposed"),
            models.CheckConstraint(
                condition=models.Q(decided_on=None, fine=None) | models.Q(decided_on__isnull=False, fine__isnull=False),
                name="a_decision_has_its_fine",
            ),
        ]
        indexes = [models.Index(fields=["org", "offence", "decided_on"], name="decided_by_offence")]
