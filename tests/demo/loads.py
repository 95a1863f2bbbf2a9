"""What the tests of the demonstration look at: the day it is loaded on, its figures, its papers and chains."""

from dataclasses import dataclass
from datetime import date

from huanfa.apps.ledger.models import Dossier, Organisation
from huanfa.apps.papers.models import Paper
from huanfa.apps.reports.queries import figures
from huanfa.demo.people import BRANCH

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Told:
    """What a load leaves behind that must be the same the next time."""

    figures: list[tuple[str, str]]
    papers: list[tuple[str, str, str]]
    heads: list[tuple[str, int, str]]


def the_figures(year: int) -> dict[str, str]:
    """The figures of a year by their ids."""
    org = Organisation.objects.get(path=BRANCH)
    return {one.id: str(one.value) for one in figures(org, year, TODAY)}


def told() -> Told:
    """What stands in the database now."""
    papers = Paper.objects.order_by("dossier__title", "seq", "pk").values_list("dossier__title", "template", "number")
    heads = Dossier.objects.order_by("title").values_list("title", "length", "head")
    return Told(sorted(the_figures(2024).items()), list(papers), list(heads))
