"""The binder and what is filed in it: organisations, dossiers, entries that never change, daily checkpoints.

No rules here. Entry and Checkpoint refuse UPDATE and DELETE in the database itself (migration 0002_guard).
"""

from django.db import models


class Organisation(models.Model):
    """A body in the chain province → city → district. `path` is its codes from the top, "/42/4201/420103/"."""

    name = models.CharField("名称", max_length=100)
    short = models.CharField("简称", max_length=30)
    path = models.CharField(max_length=100, unique=True)
    pack = models.CharField("规则包", max_length=60)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name


class Dossier(models.Model):
    """A binder (案卷): a case, or a register of a year, each with its own chain. `length` and `head` are the chain's end."""

    class Kind(models.TextChoices):
        CASE = "case", "行政处罚案件"
        VISITS = "visits", "行政检查登记簿"
        PEOPLE = "people", "人员登记簿"

    org = models.ForeignKey(Organisation, models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One link. `data` is the very text that was hashed; the other columns are copies of it for lists."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    step = models.CharField(max_length=40)
    by = models.PositiveBigIntegerField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    data = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dossier_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="one_entry_a_place")]
        indexes = [models.Index(fields=["step", "on"], name="entries_by_step")]


class Checkpoint(models.Model):
    """A day's signed root over all dossier heads. `message` is what was signed; the heads of that day are kept with it."""

    day = models.DateField(unique=True)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    message = models.TextField()
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    heads = models.JSONField()

    class Meta:
        ordering = ["-day"]
