"""What an offence is, and which text governs it on a given day. 从旧兼从轻: both candidates, a human decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date

from huanfa.core.cite import Article, RuleRef, chinese_number
from huanfa.core.errors import NoRule
from huanfa.core.money import figures
from huanfa.core.offences.words import FIELDS


@dataclass(frozen=True, slots=True)
class Fine:
    """How a fine is measured.

    `low` and `high` are fen for `fixed` and `per_unit`, whole multiples for `multiple`, whole percents for `percent`.
    `of` names the base of the last two; a base under `base_floor` (fen) counts as that. `optional`: 可以处. `only_if`
    is the condition without which no fine at all is allowed.
    """

    basis: str
    low: int = 0
    high: int = 0
    unit: str = ""
    of: str = ""
    base_floor: int = 0
    optional: bool = False
    only_if: str = ""

    def bounds(self, *, base: int | None = None, units: int | None = None) -> tuple[int, int]:
        """Return the lowest and highest fine in fen. Raises ValueError if the base or the number is missing."""
        if self.basis == "fixed":
            return self.low, self.high
        if self.basis == "per_unit":
            if not units or units < 0:
                raise ValueError(f"按每{self.unit}计罚，须先填写数量")
            return self.low * units, self.high * units
        if self.basis in ("multiple", "percent"):
            if base is None or base < 0:
                raise ValueError(f"按{self.of}计罚，须先查明并填写{self.of}")
            counted = max(base, self.base_floor)
            if self.basis == "multiple":
                return counted * self.low, counted * self.high
            return -(-counted * self.low // 100), counted * self.high // 100
        raise ValueError("该条没有规定罚款数额")

    @property
    def text(self) -> str:
        """The measure as an officer reads it: 20,000元至200,000元, 所需处置费用的1倍至3倍."""
        if self.basis == "none":
            return "无罚款数额"
        if self.basis in ("fixed", "per_unit"):
            low, high = f"{figures(self.low)}元", f"{figures(self.high)}元"
            span = f"{high}以下" if not self.low else high if self.low == self.high else f"{low}至{high}"
            return f"每{self.unit}{span}" if self.basis == "per_unit" else span
        word = "倍" if self.basis == "multiple" else "%"
        floor = f"（不足{figures(self.base_floor)}元的按{figures(self.base_floor)}元计算）" if self.base_floor else ""
        return f"{self.of}的{self.low}{word}至{self.high}{word}{floor}"


@dataclass(frozen=True, slots=True)
class Tier:
    """A different range under a condition (`when`), such as 情节严重; `punished_by` only if the basis differs too."""

    id: str
    when: str
    fine: Fine
    after_refusal: bool = False
    punished_by: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Personal:
    """The separate fine on those responsible. Each of them gets a notice and a decision of their own."""

    who: str
    low: int
    high: int
    when: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """The law for one offence between two dates of conduct (`until` None: in force). `mark` M: our own reading."""

    from_: date
    until: date | None
    breaks: tuple[Article, ...]
    punished_by: tuple[Article, ...]
    kinds: tuple[str, ...]
    fine: Fine
    gist: str
    mark: str
    tiers: tuple[Tier, ...] = ()
    after_refusal: bool = False
    personal: Personal | None = None
    correction: str = ""
    restrict: str = "none"
    close_by_government: bool = False
    daily_fine: str = "no"
    seizure: str = ""
    detention: str = ""
    lighter_than_before: str = ""
    note: str = ""
    line: int = attribute(default=0, compare=False)

    @property
    def id(self) -> str:
        """The regime's name in a case: the first day it governs, 2026-08-15."""
        return self.from_.isoformat()

    def governs(self, day: date) -> bool:
        """Whether conduct on `day` falls under this text."""
        return self.from_ <= day and (self.until is None or day <= self.until)

    def tier(self, id_: str) -> Tier | None:
        """The tier of that id; None for "" (the ordinary range). Raises NoRule for a tier this text does not have."""
        if not id_:
            return None
        for tier in self.tiers:
            if tier.id == id_:
                return tier
        raise NoRule(f"该条没有“{id_}”这一档罚款")

    def needs_refusal(self, tier: str = "") -> bool:
        """Whether a fine needs a served order to correct and a failed re-check first (拒不改正的，处……)."""
        chosen = self.tier(tier)
        return chosen.after_refusal if chosen else self.after_refusal

    def basis(self, tier: str = "") -> tuple[Article, ...]:
        """The articles that punish, for this tier."""
        chosen = self.tier(tier)
        return chosen.punished_by if chosen and chosen.punished_by else self.punished_by


@dataclass(frozen=True, slots=True)
class Offence:
    """One kind of unlawful conduct, under one name through all texts that ever forbade it."""

    id: str
    name: str
    field: str
    parties: tuple[str, ...]
    enforced_by: str
    harm: str
    regimes: tuple[Regime, ...]
    code: str = ""
    other_body: str = ""
    keywords: tuple[str, ...] = ()
    pinyin: str = ""
    note: str = ""
    ended: str = ""
    ref: RuleRef | None = None
    line: int = attribute(default=0, compare=False)

    def regime_on(self, day: date) -> Regime:
        """Return the text that governs conduct on `day`. Raises NoRule with the reason if none does."""
        for regime in self.regimes:
            if regime.governs(day):
                return regime
        raise NoRule(self._why_none(day))

    def candidates(self, act_end: date, decided_on: date) -> tuple[Regime, ...]:
        """Return the text at the end of the act and, if another, that of the decision day; a human records the milder.

        One regime only after the offence has ended: then `ended` says what the new law makes of it. 行政处罚法第37条。
        """
        at_the_time = self.regime_on(act_end)
        now = next((regime for regime in self.regimes if regime.governs(decided_on)), None)
        return (at_the_time,) if now is None or now == at_the_time else (at_the_time, now)

    def matches(self, query: str) -> bool:
        """Whether every word of `query` is in the name, a keyword, the pinyin initials, the field, or is an article."""
        return all(self._matches_word(word) for word in query.casefold().split())

    def _matches_word(self, word: str) -> bool:
        texts = (self.name, *self.keywords, FIELDS.get(self.field, ""), self.pinyin, self.id, self.code)
        return any(word in text.casefold() for text in texts) or self._has_article(word)

    def _has_article(self, word: str) -> bool:
        number = re.fullmatch(r"第?(\w+?)条?", word)
        if number is None:
            return False
        return any(
            number.group(1) in (article.article, chinese_number(int(article.article)))
            for regime in self.regimes
            for article in (*regime.breaks, *regime.punished_by)
        )

    def _why_none(self, day: date) -> str:
        first, last = self.regimes[0], self.regimes[-1]
        if day < first.from_ or last.until is None:
            return (
                f"规则库中“{self.name}”的条文自{_say(first.from_)}起适用，{_say(day)}的行为没有对应的条文。"
                "请核对行为时间；确有其他依据的，请先补充规则。"
            )
        return f"“{self.name}”的条文适用至{_say(last.until)}，{_say(day)}的行为没有对应的条文。{self.ended}"


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
