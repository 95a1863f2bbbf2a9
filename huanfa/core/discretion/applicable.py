"""Old law or new (从旧兼从轻): the texts that may govern, side by side, row by row. The comparison is made here; the choice
which is milder is made by a person and recorded (行政处罚法第37条；生态环境法典第1057条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huanfa.core.calendar.terms import Term, due
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.discretion.findings import Statute
from huanfa.core.errors import NoRule
from huanfa.core.money import figures
from huanfa.core.offences import Fine, Offence, Regime
from huanfa.core.offences.words import DAILY_FINE, KINDS, RESTRICT

ARTICLE = "行政处罚法第三十七条；生态环境法典第一千零五十七条"
LIMITATION = "行政处罚法第三十六条；生态环境法典第一千零五十四条"
OLD, NEW, SAME, UNCLEAR = "old", "new", "same", "unclear"
LIGHTER = {OLD: "行为时的规定较轻", NEW: "决定时的规定较轻", SAME: "相同", UNCLEAR: "不能直接比较"}


@dataclass(frozen=True, slots=True)
class Governing:
    """Which texts may govern one conduct decided on a day.

    `at_the_time` is that at the end of the conduct, `now` that of the decision (None where nothing changed or the offence
    is no longer punished: then `ended` says so). `continuing`: the conduct went on across the change; the Code has no rule
    for that, so both texts go to legal review.
    """

    at_the_time: Regime
    now: Regime | None
    at_the_start: Regime | None
    continuing: bool
    ended: str = ""

    @property
    def settled(self) -> bool:
        """Whether there is nothing to choose."""
        return self.now is None and not self.continuing and not self.ended

    @property
    def texts(self) -> tuple[tuple[str, Regime], ...]:
        """The texts with whose they are: start and end of the conduct, decision."""
        found = [("start", self.at_the_start), ("conduct", self.at_the_time), ("decision", self.now)]
        return tuple((key, regime) for key, regime in found if regime is not None)


def governing(offence: Offence, begun: date, ended: date, decided_on: date) -> Governing:
    """Find the texts for a conduct from `begun` to `ended`. Raises NoRule where no text covers its end."""
    at_the_time = offence.regime_on(ended)
    candidates = offence.candidates(ended, max(decided_on, ended))
    now = candidates[1] if len(candidates) > 1 else None
    start = next((one for one in offence.regimes if one.governs(begun)), None)
    gone = "" if any(one.governs(decided_on) for one in offence.regimes) else offence.ended
    continuing = start != at_the_time
    return Governing(at_the_time, now, start if continuing else None, continuing, gone)


@dataclass(frozen=True, slots=True)
class Row:
    """One point of comparison: what the old text says, what the new one says, and which of the two is milder in it."""

    label: str
    old: str
    new: str
    lighter: str


def compare(
    old: Regime, new: Regime, *, old_range: Statute | None, new_range: Statute | None, old_fine: int | None = None,
    new_fine: int | None = None, old_tier: str = "", new_tier: str = "",
) -> tuple[Row, ...]:
    """Compare two texts point by point. Ranges and computed fines in fen, None where unknown or not computable."""
    rows = []
    if old_range and new_range:
        rows.append(_money("法定最高罚款", old_range.highest, new_range.highest))
        rows.append(_money("法定最低罚款", old_range.lowest, new_range.lowest))
    else:
        rows.append(Row("法定罚款幅度", _fine(old, old_tier), _fine(new, new_tier), UNCLEAR))
    rows.append(_kinds(old, new))
    rows.append(_order("罚款是否以拒不改正为前提", old.needs_refusal(old_tier), new.needs_refusal(new_tier), "是", "否", lighter_if=True))
    optional = [_chosen(regime, tier).optional for regime, tier in ((old, old_tier), (new, new_tier))]
    rows.append(_order("可以处罚款，也可以不处", optional[0], optional[1], "是", "否", lighter_if=True))
    rows.append(_order("对责任人员另行罚款", old.personal is not None, new.personal is not None, "有", "没有", lighter_if=False))
    rows.append(_words("限制生产、停产整治", RESTRICT[old.restrict], RESTRICT[new.restrict]))
    rows.append(_words("按日连续处罚", DAILY_FINE[old.daily_fine], DAILY_FINE[new.daily_fine]))
    if old_fine is not None and new_fine is not None:
        rows.append(_money("按各自裁量基准计算的罚款", old_fine, new_fine))
    elif old_fine is not None or new_fine is not None:
        rows.append(Row("按各自裁量基准计算的罚款", _computed(old_fine), _computed(new_fine), UNCLEAR))
    return tuple(rows)


def at_least(amount: int, new_range: Statute) -> int:
    """An amount held to another range, for comparison only: never a fine under that text."""
    return min(max(amount, new_range.lowest), new_range.highest)


def range_of(regime: Regime, tier: str = "", *, base: int | None = None, units: int | None = None, party: str = "unit") -> Statute | None:
    """The statutory range of a text in fen; None where its base or number is not known, or it has no fine."""
    try:
        fine = _chosen(regime, tier)
        if fine.basis == "per_unit":
            return Statute(fine.low, fine.high, party=party, units=units, per=fine.unit) if units else None
        low, high = fine.bounds(base=base)
    except (ValueError, NoRule):
        return None
    return Statute(low, high, party=party)


@dataclass(frozen=True, slots=True)
class Limitation:
    """Until when an offence can be pursued: by two years, by five; `unsettled` where the readings differ in result."""

    two: date
    five: date
    harm: bool
    found_on: date
    unsettled: bool

    @property
    def sentence(self) -> str:
        """What an officer has to know."""
        if not self.harm:
            return f"追责期限二年，至{self.two}。"
        if self.unsettled:
            return (
                f"行为发生在法典施行前且有环境危害后果：按行政处罚法二年至{self.two}，按法典五年至{self.five}。"
                "两种算法适用哪一个没有明文，请法制审核人员写明。"
            )
        return f"有危害后果，追责期限五年，至{self.five}（二年为{self.two}）。"


def limitation(ended: date, found_on: date, *, harm: bool, code_from: date, terms: dict[str, Term], calendar: Calendar) -> Limitation:
    """Both readings of the limitation period for a conduct that ended on `ended` and was found on `found_on`."""
    two = due(terms["limitation"], ended, calendar).due
    five = due(terms["limitation_harm"], ended, calendar).due
    assert two is not None and five is not None
    return Limitation(two, five, harm, found_on, harm and ended < code_from)


def _money(label: str, old: int, new: int) -> Row:
    lighter = SAME if old == new else OLD if old < new else NEW
    return Row(label, f"{figures(old)}元", f"{figures(new)}元", lighter)


def _kinds(old: Regime, new: Regime) -> Row:
    before, after = set(old.kinds), set(new.kinds)
    lighter = SAME if before == after else OLD if before < after else NEW if after < before else UNCLEAR
    said = ["、".join(KINDS[one] for one in kinds) for kinds in (old.kinds, new.kinds)]
    return Row("处罚种类", said[0], said[1], lighter)


def _order(label: str, old: bool, new: bool, yes: str, no: str, *, lighter_if: bool) -> Row:
    lighter = SAME if old == new else OLD if old == lighter_if else NEW
    return Row(label, yes if old else no, yes if new else no, lighter)


def _words(label: str, old: str, new: str) -> Row:
    return Row(label, old, new, SAME if old == new else UNCLEAR)


def _fine(regime: Regime, tier: str) -> str:
    return _chosen(regime, tier).text


def _chosen(regime: Regime, tier: str) -> Fine:
    chosen = regime.tier(tier)
    return chosen.fine if chosen else regime.fine


def _computed(fine: int | None) -> str:
    return "没有可用的裁量基准" if fine is None else f"{figures(fine)}元"
