"""Document numbers (文号): 武环罚〔2026〕15号. Forms, reads and checks them; it does not give them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# 字 and 第 belong to an older way of numbering; the format of official documents has neither.
_SERIES = re.compile(r"^(?!.*[字第])[\u3400-\u9fff（）]+$")
_NUMBER = re.compile(r"^([\u3400-\u9fff（）]+)〔([12]\d{3})〕([1-9]\d*)号$")
_WIDE = str.maketrans({"(": "（", ")": "）", "[": "〔", "]": "〕", "［": "〔", "］": "〕", " ": ""})


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """A document number taken apart. `series` is prefix and code together, e.g. 武环罚."""

    series: str
    year: int
    n: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.n}号"


def format_number(prefix: str, code: str, year: int, n: int) -> str:
    """Return a document number. A prefix with its own 环 takes the place of the code's: 武环（江汉）罚.

    Raises ValueError for a prefix or code with anything but Han characters and brackets, or with 字 or 第.
    """
    prefix, code = prefix.translate(_WIDE), code.translate(_WIDE)
    series = prefix + (code.removeprefix("环") if "环" in prefix else code)
    if not code or not _SERIES.match(series):
        raise ValueError(f"文号代字不合规范：{prefix}{code}（只用汉字和括号，不写“字”“第”）")
    if not 1900 <= year <= 2999 or n < 1:
        raise ValueError(f"文号年份或者序号不对：{year}年第{n}号")
    return str(DocumentNumber(series, year, n))


def parse_number(text: str) -> DocumentNumber:
    """Take a document number apart. Raises ValueError for one written otherwise (字, 第, leading zero, short year)."""
    match = _NUMBER.match(text.strip().translate(_WIDE))
    if not match or not _SERIES.match(match.group(1)):
        raise ValueError(f"不是合乎规范的文号：{text[:30]}")
    return DocumentNumber(match.group(1), int(match.group(2)), int(match.group(3)))


def gaps(numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers left out of each series and year, from 1 to the highest one given out, in order."""
    given = {parse_number(number) for number in numbers}
    highest: dict[tuple[str, int], int] = {}
    for number in given:
        key = (number.series, number.year)
        highest[key] = max(number.n, highest.get(key, 0))
    wanted = (DocumentNumber(*key, n) for key, last in sorted(highest.items()) for n in range(1, last + 1))
    return tuple(str(number) for number in wanted if number not in given)
