"""Exhibits: files hashed when they come in and kept untouched."""

from django.db import models

from huanfa.apps.ledger.models import Dossier


class Exhibit(models.Model):
    """One piece of evidence of a dossier. The file lies under its SHA-256 in HUANFA_EVIDENCE; `seq` is its entry."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="exhibits")
    number = models.PositiveIntegerField("编号")
    name = models.CharField("证据名称", max_length=120)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField("提取日期")
    provider = models.CharField("提供单位或个人", max_length=120)
    proves = models.CharField("证明内容", max_length=500)
    added_by = models.CharField(max_length=50)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier_id", "number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_exhibit_a_number")]
