"""One cell ↔ one value of a rule file. What was not written in the way asked for is refused, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from huanfa.apps.discretion.spreadsheet.columns import POSITIONS, Col
from huanfa.core.discretion.amount import share, span

LONGEST = 4000
LARGEST = 10**13        # yuan
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?(?:/[0-9]{1,20})?")
_SHARE = re.compile(r"-?" + _NUMBER.pattern + "%?")
_ARTICLE = re.compile(r"(?P<law>[a-z0-9_]+) +(?P<article>[0-9]{1,4})(?: +(?P<paragraph>\S*款))?(?: +(?P<item>\S*[项目]))?")
_SIDES = {code: word for word, code in POSITIONS.items()}


class Cell(NamedTuple):
    """A cell as it came in: its value, what kind the file says it is (openpyxl's letters), its number format, its place."""

    value: Any
    kind: str
    format: str
    place: str


def show(col: Col, value: Any) -> str | int | date:
    """A value of a rule file as the cell holds it."""
    return _SHOW.get(col.kind, _plain)(col, value)


def take(col: Col, cell: Cell) -> Any:
    """The value of a cell, None if it is blank. Raises ValueError with what is wrong with it."""
    if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return None
    if cell.kind == "f":
        raise ValueError("不能写公式，请改为数值或者文字")
    if cell.kind == "e":
        raise ValueError("单元格的内容是错误值")
    if cell.kind == "b":
        raise ValueError("请写文字，不要写 TRUE、FALSE")
    if isinstance(cell.value, str) and len(cell.value) > LONGEST:
        raise ValueError(f"内容过长，最多{LONGEST}字")
    return _TAKE[col.kind](col, cell)


# ── taking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(col: Col, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, (date, datetime)):
        raise ValueError("被当作了日期；请把单元格设为文本格式，再填一次")
    if isinstance(value, float):
        raise ValueError("被当作了数字，末尾的零可能已经丢失；请把单元格设为文本格式，再填一次")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise ValueError("有不能识别的控制字符")
    return text


def _line(col: Col, cell: Cell) -> str:
    text = _text(col, cell)
    if "\n" in text:
        raise ValueError("这一格只写一行，不要换行")
    return text


def _lines(col: Col, cell: Cell) -> list[str]:
    return [one.strip() for one in _text(col, cell).split("\n") if one.strip()]


def _figures(col: Col, cell: Cell) -> str:
    """A figure as text: of a cell with a number the digits typed, with % where the cell shows a percentage."""
    value = cell.value
    if isinstance(value, (int, float)):
        number = Decimal(str(value))
        if not number.is_finite():
            raise ValueError("不是数字")
        percent = "%" in cell.format
        text = format((number * 100 if percent else number).normalize(), "f")
        return f"{text}%" if percent else text
    return re.sub(r"\s", "", _text(col, cell))


def _share(col: Col, cell: Cell) -> str:
    text = _figures(col, cell)
    if not _SHARE.fullmatch(text):
        raise ValueError(f"“{text[:40]}”不是百分比（5%）或者分数（1/3）")
    share(text)
    return text


def _amount(col: Col, cell: Cell) -> str:
    return _printed(_figures(col, cell))


def _printed(text: str) -> str:
    if len(text) > 60:
        raise ValueError("数额太长")
    try:
        span(text)
    except ZeroDivisionError:
        raise ValueError("分母不能为零") from None
    return text


def _amounts(col: Col, cell: Cell) -> list[str]:
    if isinstance(cell.value, (int, float)):
        return [_amount(col, cell)]
    return [_printed(one) for one in _lines(col, cell)]


def _number(col: Col, cell: Cell) -> int | str:
    text = _figures(col, cell)
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text[:40]}”应为数字或者分数，如 5、0.5、1/2")
    return int(text) if text.isdigit() else text


def _whole(col: Col, cell: Cell) -> int:
    text = _figures(col, cell).replace(",", "").replace("，", "")
    if not re.fullmatch(r"[0-9]{1,14}", text) or int(text) >= LARGEST:
        raise ValueError(f"“{text[:40]}”应为整数")
    return int(text)


def _place(col: Col, cell: Cell) -> int:
    number = _whole(col, cell)
    if number < 1:
        raise ValueError("从1起数")
    return number - 1


def _yes(col: Col, cell: Cell) -> bool:
    text = _line(col, cell)
    if text not in ("是", "否"):
        raise ValueError("只写“是”或者“否”")
    return text == "是"


def _day(col: Col, cell: Cell) -> date:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value).strip()):
            raise ValueError
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise ValueError("应为日期，写成 2022-01-01") from None


def _pick(col: Col, cell: Cell) -> str:
    text = _line(col, cell)
    if text not in col.choices:
        raise ValueError(f"只能是{'、'.join(col.choices)}")
    return col.choices[text]


def _bounds(col: Col, cell: Cell) -> str:
    text = _line(col, cell)
    if len(text) > 60:
        raise ValueError("数值范围太长")
    return "=" + text[1:] if text.startswith("＝") else text


def _articles(col: Col, cell: Cell) -> list[dict[str, str]]:
    out = []
    for line in _lines(col, cell):
        found = _ARTICLE.fullmatch(line)
        if found is None:
            raise ValueError(f"“{line[:40]}”应写成 water_law 83 第一款 第（二）项：法律代号、条号、款、项，空格隔开")
        out.append({key: value for key, value in found.groupdict().items() if value})
    return out


def _pairs(col: Col, cell: Cell) -> list[list[str]]:
    out = []
    for line in _lines(col, cell):
        words, bar, rate = line.rpartition("|")
        if not bar or not words.strip() or not _SHARE.fullmatch(rate.strip()):
            raise ValueError(f"“{line[:40]}”应写成 文字 | 比例，如 有电镀工序的企业 | 30%")
        share(rate.strip())
        out.append([words.strip(), rate.strip()])
    return out


def _sides(col: Col, cell: Cell) -> dict[str, str]:
    out = {}
    for word, rate in _pairs(col, cell):
        if word not in POSITIONS or POSITIONS[word] in out:
            raise ValueError(f"“{word[:40]}”只能是{'、'.join(POSITIONS)}，各写一次")
        out[POSITIONS[word]] = rate
    return out


_TAKE: dict[str, Callable[[Col, Cell], Any]] = {
    "text": _line, "long": _text, "lines": _lines, "share": _share, "amount": _amount, "amounts": _amounts, "number": _number,
    "whole": _whole, "money": _whole, "place": _place, "yes": _yes, "day": _day, "pick": _pick, "bounds": _bounds,
    "articles": _articles, "pairs": _pairs, "sides": _sides,
}


# ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(col: Col, value: Any) -> Any:
    return value


def _picked(col: Col, value: str) -> str:
    return next(word for word, code in col.choices.items() if code == value)


def _cited(col: Col, value: list[dict[str, str]]) -> str:
    return "\n".join(" ".join(one[key] for key in ("law", "article", "paragraph", "item") if one.get(key)) for one in value)


_SHOW: dict[str, Callable[[Col, Any], Any]] = {
    "lines": lambda col, value: "\n".join(value),
    "amounts": lambda col, value: "\n".join(value),
    "number": lambda col, value: str(value),
    "place": lambda col, value: value + 1,
    "yes": lambda col, value: "是" if value else "否",
    "pick": _picked,
    "bounds": lambda col, value: "＝" + value[1:] if value.startswith("=") else value,
    "articles": _cited,
    "pairs": lambda col, value: "\n".join(f"{words} | {rate}" for words, rate in value),
    "sides": lambda col, value: "\n".join(f"{_SIDES[side]} | {rate}" for side, rate in value.items()),
}
