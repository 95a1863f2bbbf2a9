"""Cases as lists need them. All of it is a copy of what the entries tell; `manage.py verify` folds them again to compare."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huanfa.apps.ledger.models import Dossier, Organisation
from huanfa.apps.officers.models import Officer
from huanfa.apps.parties.models import Party


class Case(models.Model):
    """A penalty case. Dates and sums are cached from its standing; money in fen."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True)
    org = models.ForeignKey(Organisation, models.PROTECT)
    party = models.ForeignKey(Party, models.PROTECT, related_name="cases")
    procedure = models.CharField(max_length=30)
    offence = models.CharField(max_length=60)
    cause = models.CharField("案由", max_length=120)
    name = models.CharField("案件名称", max_length=260)
    number = models.CharField("立案号", max_length=60, blank=True)
    decision_number = models.CharField("决定书文号", max_length=60, blank=True)
    stage = models.CharField("阶段", max_length=20)
    ended = models.CharField("办结方式", max_length=20, blank=True)
    outcome = models.CharField("处理结果", max_length=20, blank=True)
    found_on = models.DateField("发现日期")
    filed_on = models.DateField("立案日期", null=True)
    decided_on = models.DateField("决定日期", null=True)
    published_on = models.DateField("公示日期", null=True)
    closed_on = models.DateField("结案日期", null=True)
    fine = models.BigIntegerField("罚款（分）", default=0)
    owed = models.BigIntegerField("应缴（分）", default=0)
    paid = models.BigIntegerField("已缴（分）", default=0)
    reviewed = models.BooleanField("已法制审核", default=False)
    next_due = models.DateField("最近到期", null=True)
    next_term = models.CharField(max_length=40, blank=True)
    provisional = models.BooleanField(default=False)
    example = models.BooleanField(default=False)
    search = models.CharField(max_length=600)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["org", "-dossier"], name="cases_newest"),
            models.Index(fields=["org", "next_due", "dossier"], name="cases_by_due"),
            models.Index(fields=["org", "stage", "-dossier"], name="cases_by_stage"),
            models.Index(fields=["org", "decided_on"], name="cases_by_decision"),
            models.Index(fields=["party", "-dossier"], name="cases_of_party"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(paid__lte=F("owed")), name="not_paid_more_than_owed"),
            models.CheckConstraint(condition=Q(closed_on=None) | Q(found_on__lte=F("closed_on")), name="closed_after_found"),
        ]

    def __str__(self) -> str:
        return self.name


class CaseOfficer(models.Model):
    """Who has acted in a case in which capacity (investigator, examiner …), for “my cases” and for access."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="people")
    officer = models.ForeignKey(Officer, models.PROTECT)
    capacity = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "officer", "capacity"], name="one_row_a_capacity")]


class Deadline(models.Model):
    """A running or ended period of a case. `due` empty: it stands still."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    term = models.CharField(max_length=40)
    start = models.DateField()
    due = models.DateField(null=True)
    remind = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    holder = models.CharField(max_length=10)
    ended = models.CharField(max_length=10, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["ended", "remind"], name="open_deadlines")]


class Pending(models.Model):
    """A step that waits for a signature in a slot: the next one, or the first of a step that begins at another desk.

    Which roles may sit in the slot is core's knowledge."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="pending")
    step = models.CharField(max_length=40)
    slot = models.CharField(max_length=20)
    since = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "step"], name="one_row_a_step")]
        indexes = [models.Index(fields=["slot"], name="pending_by_slot")]


class Draft(models.Model):
    """What an officer has filled in so far and not handed in; theirs alone. `case` empty: a lead not yet registered."""

    officer = models.ForeignKey(Officer, models.CASCADE)
    case = models.ForeignKey(Case, models.CASCADE, null=True)
    step = models.CharField(max_length=40)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "case", "step"], name="one_draft_a_step"),
            models.UniqueConstraint(fields=["officer"], condition=Q(case=None), name="one_draft_of_a_new_lead"),
        ]


class SavedView(models.Model):
    """A filter of the case list that an officer keeps by name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_view_a_name")]
