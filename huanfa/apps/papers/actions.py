"""Drawing up a paper: give it its number, fill it, keep it. The caller holds the transaction and the dossier's lock."""

from collections.abc import Mapping
from datetime import date

from huanfa.apps.ledger.models import Dossier
from huanfa.apps.papers import glyphs
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.core.papers import Template, fill, format_number


def next_number(dossier: Dossier, prefix: str, code: str, year: int) -> str:
    """The next number of a series, without gaps: given back with the transaction if anything fails after it."""
    series, _ = NumberSeries.objects.get_or_create(org=dossier.org, prefix=prefix, code=code, year=year)
    series = NumberSeries.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return format_number(prefix, code, year, series.last)


def draw_up(
    dossier: Dossier, seq: int, template: Template, values: Mapping[str, object], *, prefix: str, on: date
) -> Paper:
    """Fill a paper and keep it under its entry's place in the dossier.

    Raises MissingValues, or NotAllowed for a character that no font at hand can print; then nothing is kept.
    """
    number = next_number(dossier, prefix, template.code, on.year) if template.code else ""
    paper = fill(template, values, number=number)
    glyphs.check(paper)
    return Paper.objects.create(
        dossier=dossier,
        seq=seq,
        template=template.id,
        title=paper.title,
        number=number,
        direction=template.direction,
        on=paper.on,
        content=paper.canonical().decode(),
        sha256=paper.sha256,
    )
