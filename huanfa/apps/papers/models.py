"""Papers that no longer change, and the number series they draw on."""

from django.db import models
from django.db.models import Q

from huanfa.apps.ledger.models import Dossier, Organisation


class NumberSeries(models.Model):
    """The running number of one code in one year of one body, without gaps. `last` is the last one given out."""

    org = models.ForeignKey(Organisation, models.PROTECT)
    prefix = models.CharField(max_length=30)
    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["org", "prefix", "code", "year"], name="one_series_a_code_and_year")]


class Paper(models.Model):
    """A finished paper. `content` is its canonical text, of which `sha256` is the hash in the ledger."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    seq = models.PositiveIntegerField("台账序号")
    template = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    number = models.CharField("文号", max_length=60, blank=True)
    direction = models.CharField(max_length=10)
    on = models.DateField("日期")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier_id", "seq", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="a_number_is_given_once"),
        ]
