"""Addresses of the ledger's pages."""

from datetime import date

from django.urls import path, register_converter

from huanfa.apps.ledger import views


class Day:
    """A day in an address: 2026-11-24."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for a day that does not exist; the address is then unknown."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The same way back."""
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/<int:pk>/", views.ledger_dossier, name="ledger_dossier"),
    path("ledger/<int:pk>/export/", views.ledger_export, name="ledger_export"),
    path("ledger/checkpoints/", views.checkpoints, name="checkpoints"),
    path("ledger/checkpoints/<day:day>/", views.checkpoint, name="checkpoint"),
    path("ledger/checkpoints/<day:day>/export/", views.checkpoint_export, name="checkpoint_export"),
]
