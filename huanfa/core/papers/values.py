"""The values a paper is filled with: what kinds there are, and how each is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huanfa.core import money

_ISO = re.compile(r"\d{4}-\d\d-\d\d")

TYPES = ("text", "date", "datetime", "money", "rows", "choice", "bool", "article", "checks")
MOST_CHARACTERS = 20_000  # of one value; a longer text belongs in an attachment
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a `rows` value."""

    id: str
    label: str
    type: str = "text"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value a paper asks for. `joiner` stands between the parts when a text is given as a list."""

    id: str
    label: str
    type: str = "text"
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[Column, ...] = ()
    joiner: str = "、"


class BadValue(ValueError):
    """A value of the wrong kind or size; the message is a sentence for an officer."""


def is_blank(value: object) -> bool:
    """Whether a value counts as absent. False and 0 are values; an empty or white text, list or mapping is none."""
    if value is None:
        return True
    if isinstance(value, str):
        return not clean(value)
    if isinstance(value, (list, tuple)):
        return all(is_blank(part) for part in value)
    if isinstance(value, Mapping):
        return all(is_blank(part) for part in value.values())
    return False


def clean(text: str) -> str:
    """Return text as it may stand on paper: line ends as \\n, tabs as spaces, no control or invisible characters.

    Direction marks are dropped too: they would make a paper read otherwise than it is stored.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(c for c in text if c == "\n" or _stands_on_paper(c)).strip()


def _stands_on_paper(character: str) -> bool:
    # Unassigned code points stay: Han characters of names are still being added. The noncharacters never will be.
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not noncharacter and unicodedata.category(character) not in ("Cc", "Cf", "Cs")


def print_value(value: Value, given: object) -> str:
    """Return a value as a paper prints it. Raises BadValue when it is not of the kind declared."""
    if value.type == "rows":
        return "、".join(_inline(value, row) for row in rows_of(value, given))
    return _print(value.type, value.label, given, value)


def rows_of(value: Value, given: object) -> list[dict[str, str]]:
    """Return the rows of a `rows` value with every cell printed; an absent cell is ""."""
    if not isinstance(given, (list, tuple)) or not all(isinstance(row, Mapping) for row in given):
        raise BadValue(f"“{value.label}”须逐行填写")
    if len(given) > MOST_ROWS:
        raise BadValue(f"“{value.label}”超过{MOST_ROWS}行，请作为附件另附")
    columns = {column.id: column for column in value.columns}
    rows = []
    for row in given:
        cells = {}
        for key, column in columns.items():
            cell = row.get(key)
            cells[key] = "" if is_blank(cell) else _cell(column.type, f"{value.label}·{column.label}", cell)
        rows.append(cells)
    if sum(len(cell) for row in rows for cell in row.values()) > 10 * MOST_CHARACTERS:
        raise BadValue(f"“{value.label}”内容过长，请作为附件另附")
    return rows


def _cell(kind: str, label: str, given: object) -> str:
    """Cells are typed in freely: a date may stand as text, an amount as text in yuan; true and false as yes and no."""
    if isinstance(given, bool):
        return "是" if given else "否"
    if kind == "money" and isinstance(given, str):
        try:
            return _print(kind, label, money.fen(given.replace(",", "").strip()))
        except ValueError as error:
            raise BadValue(f"“{label}”{error}") from error
    if kind in ("date", "datetime") and isinstance(given, str) and not _ISO.match(given):
        kind = "text"
    return _print(kind, label, given)


def print_date(on: date) -> str:
    """2026年9月1日: Arabic figures, no leading zeros."""
    return f"{on.year}年{on.month}月{on.day}日"


def _print(kind: str, label: str, given: object, value: Value | None = None) -> str:
    if kind == "date":
        return print_date(_moment(label, given))
    if kind == "datetime":
        moment = _moment(label, given)
        if not isinstance(moment, datetime):
            raise BadValue(f"“{label}”须精确到分钟")
        return f"{print_date(moment)}{moment.hour}时{moment.minute:02d}分"
    if kind == "money":
        if isinstance(given, bool) or not isinstance(given, int):
            raise BadValue(f"“{label}”须为以分计的整数金额")
        try:
            return f"人民币{money.in_words(given)}（{money.figures(given)}元）"
        except ValueError as error:
            raise BadValue(f"“{label}”{error}") from error
    if kind == "bool":
        if not isinstance(given, bool):
            raise BadValue(f"“{label}”须选择是或否")
        return "是" if given else "否"
    if kind == "choice" and value is not None:
        return dict(value.choices)[choice_id(value, given)]
    if kind == "checks" and value is not None:
        ticked = ticked_ids(value, given)
        return "；".join(text for id_, text in value.choices if id_ in ticked)
    return _text(label, given, value.joiner if value else "、")


def day_of(value: Value, given: object) -> date:
    """Return the day of a date or moment."""
    moment = _moment(value.label, given)
    return date(moment.year, moment.month, moment.day)


def choice_id(value: Value, given: object) -> str:
    """Return the id of the choice made; the label is accepted for the id. Raises BadValue for anything else."""
    for id_, label in value.choices:
        if given in (id_, label):
            return id_
    raise BadValue(f"“{value.label}”没有“{str(given)[:20]}”这一选项")


def ticked_ids(value: Value, given: object) -> frozenset[str]:
    """Return the ids ticked in a `checks` value. None ticked is an answer too."""
    if not isinstance(given, (list, tuple, set, frozenset)):
        raise BadValue(f"“{value.label}”须逐项勾选")
    return frozenset(choice_id(value, one) for one in given)


def _text(label: str, given: object, joiner: str) -> str:
    parts = given if isinstance(given, (list, tuple)) else [given]
    if not all(isinstance(part, (str, int)) and not isinstance(part, bool) for part in parts):
        raise BadValue(f"“{label}”须为文字")
    if sum(len(str(part)) for part in parts) > MOST_CHARACTERS:
        raise BadValue(f"“{label}”超过{MOST_CHARACTERS}字，请精简或者作为附件另附")
    return joiner.join(clean(str(part)) for part in parts if not is_blank(part))


def _moment(label: str, given: object) -> date | datetime:
    """Dates come as dates or, from the ledger, as ISO text."""
    if isinstance(given, date):
        return given
    if isinstance(given, str):
        try:
            return datetime.fromisoformat(given) if len(given) > 10 else date.fromisoformat(given)
        except ValueError as error:
            raise BadValue(f"“{label}”不是日期：{given[:20]}") from error
    raise BadValue(f"“{label}”须为日期")


def _inline(value: Value, row: Mapping[str, str]) -> str:
    """A row inside a sentence: 张三（执法证号）."""
    first, *rest = [row[column.id] for column in value.columns if row[column.id]] or [""]
    return f"{first}（{'，'.join(rest)}）" if rest else first
