"""What can only be checked when all files are together: ids that stand twice, and laws cited outside their time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from huanfa.core.errors import Fault
from huanfa.core.offences.offence import Offence, Regime


def check_ids(offences: Iterable[Offence]) -> list[Fault]:
    """Return a fault for every id that stands in more than one place, over all files."""
    first: dict[str, str] = {}
    faults = []
    for offence in offences:
        file = offence.ref.file if offence.ref else ""
        if offence.id in first:
            faults.append(Fault(file, offence.line, f"案由 {offence.id} 重复，{first[offence.id]} 中已有"))
        first.setdefault(offence.id, file)
    return faults


def check_against_laws(offences: Iterable[Offence], laws: Mapping[str, tuple[date, date | None]]) -> list[Fault]:
    """Return a fault for every cited law that laws.toml does not have, or that was not in force throughout a regime.

    `laws` maps a law's id to its first day in force and its last (None: in force).
    """
    faults = []
    for offence in offences:
        file = offence.ref.file if offence.ref else ""
        for regime in offence.regimes:
            cited = {article.law: article for article in (*regime.breaks, *regime.punished_by)}
            cited |= {article.law: article for tier in regime.tiers for article in tier.punished_by}
            for law in cited:
                if sentence := _not_in_force(law, laws, regime):
                    faults.append(Fault(file, regime.line, f"{offence.id}：{sentence}"))
    return faults


def _not_in_force(law: str, laws: Mapping[str, tuple[date, date | None]], regime: Regime) -> str:
    if law not in laws:
        return f"laws.toml 中没有“{law}”"
    first, last = laws[law]
    if regime.from_ < first:
        return f"“{law}”自 {first} 起施行，不能用于 {regime.from_} 起的行为"
    if last is not None and (regime.until is None or regime.until > last):
        return f"“{law}”至 {last} 失效，不能用于 {regime.until or '至今'} 的行为"
    return ""
