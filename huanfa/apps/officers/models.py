"""People of the body: officers, their enforcement cards and suspensions, the roles they hold between dates, training."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huanfa.apps.ledger.models import Organisation
from huanfa.core.procedure.people import ROLES


class Officer(models.Model):
    """A person of an organisation who may sign in. What they may do on a day follows from roles and card."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="officer")
    org = models.ForeignKey(Organisation, models.PROTECT)
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=50, blank=True)
    phone = models.CharField("办公电话", max_length=30, blank=True)

    class Meta:
        ordering = ["org_id", "pk"]

    def __str__(self) -> str:
        return self.name


class Card(models.Model):
    """An enforcement card (行政执法证). A renewed card is a new row."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="cards")
    number = models.CharField("执法证号", max_length=40, unique=True)
    issued_on = models.DateField("发证日期")
    expires_on = models.DateField("有效期至")

    class Meta:
        ordering = ["issued_on"]
        constraints = [models.CheckConstraint(condition=Q(expires_on__gt=F("issued_on")), name="card_ends_after_it_begins")]


class Suspension(models.Model):
    """Days on which a card does not serve. `until` empty: until further notice."""

    card = models.ForeignKey(Card, models.PROTECT, related_name="suspensions")
    begins = models.DateField("暂停自")
    until = models.DateField("暂停至", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)


class RoleGrant(models.Model):
    """A role held between two dates."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="grants")
    role = models.CharField("岗位", max_length=20, choices=list(ROLES.items()))
    begins = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        ordering = ["pk"]


class Training(models.Model):
    """Class hours of one officer in one course, as recorded in the people's register."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="trainings")
    on = models.DateField("日期")
    course = models.CharField("课程", max_length=200)
    kind = models.CharField("类别", max_length=40)
    hours = models.PositiveSmallIntegerField("学时")
    entry = models.ForeignKey("ledger.Entry", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "officer_id"]
        constraints = [models.CheckConstraint(condition=Q(hours__gt=0), name="training_has_hours")]
