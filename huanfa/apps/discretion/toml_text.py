"""Plain rule data → the text of a rule file, laid out as the others are. What tomllib reads back is what went in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
WIDE = 120
ROWS = 2    # nested lists stand one item a line down to this depth


def document(data: Mapping[str, Any], comment: str = "") -> str:
    """The text of one file: the plain keys first, then every list of tables (`[[table]]`, `[[gap]]`) in its order."""
    sections = {key: value for key, value in data.items() if _is_section(value)}
    parts = [f"# {line}\n" for line in comment.splitlines()] + (["\n"] if comment else [])
    parts.append(_lines({key: value for key, value in data.items() if key not in sections}))
    for key, tables in sections.items():
        parts += [f"\n[[{_key(key)}]]\n{_lines(table)}" for table in tables]
    return "".join(parts)


def _is_section(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _lines(table: Mapping[str, Any]) -> str:
    width = max((len(_key(key)) for key in table), default=0)
    return "".join(f"{_key(key):{width}} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: Any, depth: int = 0) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(one, depth)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return _list(value, depth)
    raise TypeError(f"no rule file holds a {type(value).__name__}")


def _list(value: list[Any] | tuple[Any, ...], depth: int) -> str:
    flat = ", ".join(_value(one, ROWS) for one in value)
    nested = any(isinstance(one, (list, Mapping)) for one in value)
    if depth >= ROWS or (len(flat) <= WIDE and not (nested and len(value) > 1)):
        return f"[{flat}]"
    gap = "    " * (depth + 1)
    rows = "".join(f"{gap}{_value(one, depth + 1 if isinstance(one, Mapping) else ROWS)},\n" for one in value)
    return f"[\n{rows}{'    ' * depth}]"


def _string(text: str) -> str:
    """A basic string. Raises ValueError for half a surrogate pair, which no file can hold."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("文字中有不完整的字符")
    return '"' + "".join(_SHORT.get(sign) or (f"\\u{ord(sign):04x}" if sign < " " or sign == "\x7f" else sign) for sign in text) + '"'
