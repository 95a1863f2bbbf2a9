"""Reading exhibits."""

from django.db.models import QuerySet

from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.ledger.models import Dossier


def of(dossier: Dossier) -> QuerySet[Exhibit]:
    """The exhibits of a dossier in their order."""
    return Exhibit.objects.filter(dossier=dossier).order_by("number")


def is_archived(dossier: Dossier) -> bool:
    """Whether the case of a dossier is archived (the case is known here only through its dossier)."""
    return bool(dossier.case.ended == "archived")


def size_text(size: int) -> str:
    """A size as people read it."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 2**20 else f"{size / 2**20:.1f} MB"
