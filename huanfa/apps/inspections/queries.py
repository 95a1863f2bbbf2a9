"""Reading visits: the list with its filters, and the four ways of counting them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from huanfa.apps.inspections.models import Visit

KEYS = {"on": date.fromisoformat, "pk": int}


@dataclass(frozen=True)
class Counts:
    """Four different numbers that reports keep apart."""

    people: int
    visits: int
    joint: int
    parties: int


def listed(
    rows: QuerySet[Visit], *, year: int | None = None, kind: str = "", result: str = "", joint: bool = False,
    officer: int | None = None, party: int | None = None, q: str = "",
) -> QuerySet[Visit]:
    """Those of `rows` that are wanted."""
    if year:
        rows = rows.filter(on__year=year)
    if kind:
        rows = rows.filter(kind=kind)
    if result:
        rows = rows.filter(result=result)
    if joint:
        rows = rows.exclude(joint_key="")
    if officer:
        rows = rows.filter(officers=officer)
    if party:
        rows = rows.filter(party=party)
    return rows.filter(party__name__icontains=q) if q else rows


def counts(rows: QuerySet[Visit]) -> Counts:
    """人次 adds up officers, 家次 counts visits, 次 joint inspections (each once), 家 the parties visited."""
    sums = rows.order_by().aggregate(people=Sum("people"), visits=Count("pk"), parties=Count("party", distinct=True))
    joint = rows.exclude(joint_key="").order_by().values("org", "joint_key").distinct().count()
    return Counts(sums["people"] or 0, sums["visits"], joint, sums["parties"])


def years(rows: QuerySet[Visit]) -> list[int]:
    """The years with visits, newest first."""
    return [day.year for day in rows.order_by().dates("on", "year", order="DESC")]
