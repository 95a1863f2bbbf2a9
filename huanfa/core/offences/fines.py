"""Is this amount within what the law allows? The reading of the facts stays with the officer."""

from __future__ import annotations

from collections.abc import Mapping

from huanfa.core.errors import NoRule, Reason
from huanfa.core.money import figures
from huanfa.core.offences.offence import Regime

RESPONSIBLE = "responsible_person"


def check_fine(
    regime: Regime,
    fen: int,
    party_kind: str = "organisation",
    tier: str = "",
    *,
    mitigated: bool = False,
    base: int | None = None,
    units: int | None = None,
    titles: Mapping[str, str] | None = None,
) -> Reason | None:
    """Return why the fine of `fen` cannot stand under `regime`, or None if it can.

    Below the range only with a recorded ground for mitigation (`mitigated`, 行政处罚法第32条); above it never.
    `base` (fen) is what a multiple or percent is taken of, `units` the number for a fine per unit. For the fine on
    those responsible, `party_kind` is "responsible_person". `titles` (law id → title) lets the reason cite.
    """
    try:
        chosen, basis = regime.tier(tier), regime.basis(tier)
    except NoRule as unknown:
        return Reason(f"{unknown}。", "", "tier")
    article = "、".join(cited.text(titles[cited.law]) for cited in basis if titles and cited.law in titles)
    if "fine" not in regime.kinds:
        return Reason("该条没有规定罚款。", article, "fine")
    if fen <= 0:
        return Reason("罚款数额须大于零；不处罚款的，请不要选择罚款。", article, "fine")
    if party_kind == RESPONSIBLE:
        if regime.personal is None:
            return Reason("该条没有规定对责任人员的罚款。", article, "fine")
        return _within(fen, regime.personal.low, regime.personal.high, mitigated, article)
    measure = chosen.fine if chosen else regime.fine
    try:
        low, high = measure.bounds(base=base, units=units)
    except ValueError as missing:
        return Reason(f"{missing}。", article, "fine_units" if measure.basis == "per_unit" else "fine_base")
    return _within(fen, low, high, mitigated, article)


def _within(fen: int, low: int, high: int, mitigated: bool, article: str) -> Reason | None:
    if fen > high:
        return Reason(f"罚款{figures(fen)}元高于法定上限{figures(high)}元。", article, "fine")
    if fen < low and not mitigated:
        return Reason(
            f"罚款{figures(fen)}元低于法定下限{figures(low)}元；依法减轻处罚的，须先写明减轻的理由和依据。",
            article,
            "fine",
        )
    return None
