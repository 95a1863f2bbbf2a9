"""What a result rests on: the article of a law, and the very rule file that was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleRef:
    """Which rule file, in which version, with which SHA-256: cited by everything that used it."""

    file: str
    version: str
    sha256: str

    def as_data(self) -> dict[str, str]:
        """The reference as it is written into a ledger entry."""
        return {"file": self.file, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Article:
    """One provision: the law's id in laws.toml, and article/paragraph/item as printed ("57", "1款", "(二)项")."""

    law: str
    article: str
    paragraph: str = ""
    item: str = ""

    def text(self, law_title: str) -> str:
        """Return the citation as papers print it, e.g. 《……法》第五十七条第一款第（二）项."""
        return f"《{law_title}》第{chinese_number(int(self.article))}条{self.paragraph}{self.item}"


def read_articles(raws: Iterable[Mapping[str, str]]) -> tuple[Article, ...]:
    """Citations from rule data: {law, article, paragraph, item}. Raises KeyError for one without law or article."""
    return tuple(Article(one["law"], one["article"], one.get("paragraph", ""), one.get("item", "")) for one in raws)


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return 1..9999 in the numerals that statutes use: 1107 -> 一千一百零七, 15 -> 十五.

    Raises ValueError outside that range.
    """
    if not 0 < number < 10_000:
        raise ValueError(f"no article number: {number}")
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if pending_zero and out else "") + _DIGITS[digit] + name
            pending_zero = False
        else:
            pending_zero = bool(out)
    return out.removeprefix("一") if out.startswith("一十") else out
