"""Reading papers back as core knows them, and the state of their numbers."""

import json

from django.conf import settings

from huanfa.apps.ledger.models import Entry, Organisation
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.core import rulebook
from huanfa.core.ledger.entry import digest
from huanfa.core.papers import Paper as Finished
from huanfa.core.papers import format_number, gaps


def finished(row: Paper) -> Finished:
    """The finished paper of a row. Raises ValueError if its text no longer has the hash it was kept under."""
    if digest(row.content.encode()) != row.sha256:
        raise ValueError(f"{row.title}（{row.number}）的内容与登记的摘要不符")
    return Finished.from_data(json.loads(row.content))


def titles(org: Organisation) -> list[tuple[str, str]]:
    """Every kind of paper of a body's rules, as (id, title), by title."""
    book = rulebook.load(org.pack or settings.HUANFA_PACK)
    return sorted({(template.id, template.title) for template in book.templates}, key=lambda one: one[1])


def in_ledger(row: Paper) -> bool:
    """Whether the entry that drew the paper up cites it under its number and hash."""
    data = Entry.objects.filter(dossier_id=row.dossier_id, seq=row.seq).values_list("data", flat=True).first()
    return data is not None and [row.template, row.number, row.sha256] in json.loads(data)["papers"]


def missing(series: NumberSeries) -> tuple[str, ...]:
    """Numbers of a series that no paper bears, the last ones given out as well. A code that no paper prints (the filing
    number) has none to compare."""
    last = format_number(series.prefix, series.code, series.year, max(series.last, 1))
    name = last[: last.index("〕") + 1]
    borne = set(Paper.objects.filter(dossier__org=series.org, number__startswith=name).values_list("number", flat=True))
    if not borne:
        return ()
    return gaps({*borne, last}) + (() if last in borne else (last,))
