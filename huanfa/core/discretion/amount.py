"""The amounts that a fine table prints: a range, a fixed sum, only a maximum, a multiple, a percentage, a warning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from huanfa.core.money import figures

_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_AMOUNT = re.compile(rf"(?P<low>{_NUMBER})?(?P<dash>-)?(?P<high>{_NUMBER})?(?P<unit>倍|%)?")
_SHARE = re.compile(r"(?P<number>-?\d{1,15}(?:\.\d{1,15})?)(?:/(?P<of>\d{1,15}))?(?P<percent>%)?")
_UNITS = {None: "yuan", "倍": "times", "%": "percent"}
YUAN = 100  # fen


@dataclass(frozen=True, slots=True)
class Span:
    """One printed amount. `low`/`high` are fen, whole or broken multiples, or parts of one for percentages.

    `shape`: range, fixed, only_max (以下), only_min (以上), none (no fine for this target), warning (a warning only).
    `warning`: a warning goes with it. `optional`: 可以并处.
    """

    shape: str
    low: Fraction | int = 0
    high: Fraction | int = 0
    unit: str = "yuan"
    warning: bool = False
    optional: bool = False
    printed: str = ""

    @property
    def fines(self) -> bool:
        """Whether this is a fine at all."""
        return self.shape not in ("none", "warning")

    def bounds(self, quantity: int = 0) -> tuple[Fraction | int, Fraction | int]:
        """Return lowest and highest in fen, exact; `quantity` (fen) is what a multiple or percentage is taken of."""
        if self.unit == "yuan":
            return self.low, self.high
        return self.low * quantity, self.high * quantity

    @property
    def text(self) -> str:
        """The amount as an officer reads it: 20,000元以上40,000元以下, 1倍以上1.5倍以下, 警告."""
        if self.shape == "none":
            return "不处罚款"
        if self.shape == "warning":
            return "警告"
        low, high = self._say(self.low), self._say(self.high)
        said = {"fixed": high, "only_max": f"{high}以下", "only_min": f"{low}以上"}.get(self.shape, f"{low}以上{high}以下")
        return ("警告；" if self.warning else "") + ("可以处" if self.optional else "") + said

    def _say(self, value: Fraction | int) -> str:
        if self.unit == "yuan":
            return f"{figures(int(value))}元"
        if self.unit == "percent":
            return percent(Fraction(value))
        return f"{decimal(Fraction(value))}倍"


@lru_cache(maxsize=4096)
def span(text: str) -> Span:
    """Read the amount notation of rule files (docs/writing-rules.md). Raises ValueError with a sentence."""
    if text == "/":
        return Span("none", printed=text)
    if text == "警告":
        return Span("warning", warning=True, printed=text)
    rest = text.removeprefix("警告；")
    warning = rest != text
    optional = rest.startswith("可")
    found = _AMOUNT.fullmatch(rest.removeprefix("可"))
    if found is None or not (found["low"] or found["high"]) or (found["high"] and not found["dash"]):
        raise ValueError(f"数额“{text}”不合写法：20000-40000、50000、-10000、10000-、1-1.5倍、10-30%、警告、/")
    unit = _UNITS[found["unit"]]
    low, high = _value(found["low"], unit), _value(found["high"], unit)
    if not found["dash"]:
        return Span("fixed", low, low, unit, warning, optional, text)
    if not found["low"]:
        return Span("only_max", 0, high, unit, warning, optional, text)
    if not found["high"]:
        return Span("only_min", low, low, unit, warning, optional, text)
    if low > high:
        raise ValueError(f"数额“{text}”的下限高于上限")
    return Span("range", low, high, unit, warning, optional, text)


@lru_cache(maxsize=4096)
def share(text: str) -> Fraction:
    """Read a weight or rate: 5% or an exact fraction 1/3 or a whole number. Raises ValueError."""
    found = _SHARE.fullmatch(text)
    if found is None or (found["of"] and not int(found["of"])):
        raise ValueError(f"“{text[:40]}”不是百分比（5%）或者分数（1/3）")
    value = Fraction(found["number"]) / int(found["of"] or 1)
    return value / 100 if found["percent"] else value


def percent(value: Fraction) -> str:
    """A share as papers print it: 7%, 12.5%; a share that has no short percentage as a fraction: 19/24."""
    hundred = value * 100
    return f"{decimal(hundred)}%" if _short(hundred) else f"{value.numerator}/{value.denominator}"


def decimal(value: Fraction) -> str:
    """A number in figures, without trailing zeros; as a fraction where it has no short decimals."""
    if not _short(value):
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(abs(value.numerator) * (10_000 // value.denominator), 10_000)
    return ("-" if value < 0 else "") + f"{whole:,}" + (f".{rest:04}".rstrip("0") if rest else "")


def fen_text(value: Fraction | int) -> str:
    """An exact amount of fen as yuan: 237,500元; a part of a fen is told as a fraction: 1,000元又1/3分."""
    if isinstance(value, int):
        return f"{figures(value)}元"
    whole, rest = divmod(value, 1)
    return f"{figures(whole)}元" + (f"又{rest.numerator}/{rest.denominator}分" if rest else "")


def _short(value: Fraction) -> bool:
    return 10_000 % value.denominator == 0


def _value(text: str | None, unit: str) -> Fraction | int:
    if text is None:
        return 0
    value = Fraction(text)
    if unit == "yuan":
        fen = value * YUAN
        if fen.denominator != 1:
            raise ValueError(f"数额“{text}”须精确到分")
        return int(fen)
    return value / 100 if unit == "percent" else value
