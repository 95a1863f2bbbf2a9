"""Visits to firms, as recorded in the year's register (planning, draws and checklists come later)."""

from django.db import models
from django.db.models import Q

from huanfa.apps.ledger.models import Entry, Organisation
from huanfa.apps.officers.models import Officer
from huanfa.apps.parties.models import Party


class Visit(models.Model):
    """One visit to one firm on one day. 家次 counts visits, 人次 the officers on them, 家 the firms."""

    class Kind(models.TextChoices):
        DAILY = "daily", "日常检查"
        RANDOM = "random", "双随机抽查"
        SPECIAL = "special", "专项检查"
        LEAD = "lead", "个案检查"

    class Result(models.TextChoices):
        CLEAN = "clean", "未发现问题"
        ADVISED = "advised", "现场指导、当场改正"
        ORDERED = "ordered", "责令限期改正"
        LEAD = "lead", "发现涉嫌违法线索"

    org = models.ForeignKey(Organisation, models.PROTECT)
    party = models.ForeignKey(Party, models.PROTECT, related_name="visits")
    on = models.DateField("检查日期")
    kind = models.CharField("检查方式", max_length=10, choices=Kind)
    officers = models.ManyToManyField(Officer, related_name="visits")
    people = models.PositiveSmallIntegerField("人数")
    joint_key = models.CharField("联合检查", max_length=60, blank=True)
    departments = models.CharField("联合部门", max_length=200, blank=True)
    result = models.CharField("检查结果", max_length=10, choices=Result)
    findings = models.CharField("检查情况", max_length=500)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["org", "on"], name="visits_by_day")]
        constraints = [models.CheckConstraint(condition=Q(people__gte=2), name="two_officers_a_visit")]
