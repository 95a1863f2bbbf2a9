"""What the engine is handed besides the entries: the day, the rules in force on it, the people, the party, the offence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huanfa.core.calendar.terms import Due, Term
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.cite import Article
from huanfa.core.offences import Offence, Regime
from huanfa.core.procedure.people import Officer
from huanfa.core.procedure.standing import Standing


@dataclass(frozen=True)
class Facts:
    """Everything a guard may look at besides the standing. `today` is the day on which the act is being recorded;
    `no_fine_items` names the items of the bureau's no-fine lists that are about the offence."""

    today: date
    calendar: Calendar
    terms: Mapping[str, Term]
    settings: Mapping[str, Mapping[str, Any]]
    officers: Mapping[int, Officer] = field(default_factory=dict)
    party_kind: str = "organisation"
    offence: Offence | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    no_fine_items: tuple[str, ...] = ()

    def cite(self, articles: Iterable[Article]) -> str:
        """Articles as a sentence cites them, with the titles of their laws."""
        return "、".join(one.text(self.titles.get(one.law, one.law)) for one in articles)

    def due(self, standing: Standing, term: str) -> Due | None:
        """When the latest clock of that term ends; None if there is none."""
        clock = standing.clock(term)
        return clock.due(self.terms[term], self.calendar) if clock else None

    def names(self, ids: object) -> list[Officer]:
        """The officers of those ids that are known, in order."""
        wanted = ids if isinstance(ids, (list, tuple)) else [ids]
        return [self.officers[one] for one in wanted if isinstance(one, int) and one in self.officers]

    def regimes(self, standing: Standing, on: date) -> tuple[Regime, ...]:
        """The texts that may govern the offence in a decision of that day: at the start and at the end of the conduct,
        and on the day itself (行政处罚法第37条，生态环境法典第1057条). One text means there is nothing to choose."""
        if self.offence is None:
            return ()
        begun, ended = standing.day("register_lead", "conduct_from"), standing.day("register_lead", "conduct_until")
        days = [day for day in (begun, ended, on) if day is not None]
        found = [regime for regime in self.offence.regimes if any(regime.governs(day) for day in days)]
        return tuple(found)

    def chosen_regime(self, standing: Standing, on: date, choice: str = "") -> Regime | None:
        """The text that the investigation report applies: at the end of the conduct, or on the day of the decision."""
        if self.offence is None:
            return None
        choice = choice or str(standing.value("report_investigation", "regime", "conduct"))
        day = on if choice == "decision" else standing.day("register_lead", "conduct_until")
        return next((regime for regime in self.offence.regimes if day and regime.governs(day)), None)
