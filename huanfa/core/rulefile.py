"""One TOML rule file: its data, its hash, and the line each table and key stands on (for faults that point)."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huanfa.core.cite import RuleRef
from huanfa.core.errors import Fault

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")


@dataclass(frozen=True)
class RuleFile:
    """A rule file as read. `name` is its path below the rules folder, with forward slashes."""

    name: str
    data: Mapping[str, Any]
    sha256: str
    lines: Mapping[tuple[str, int, str], int] = field(repr=False)

    @property
    def ref(self) -> RuleRef:
        """The citation of this very text of the file."""
        return RuleRef(self.name, str(self.data.get("version", "")), self.sha256)

    def line(self, table: str = "", index: int = 0, key: str = "") -> int:
        """Return the line of `key` in the `index`-th `[[table]]` (0-based); the table's own line if the key is absent."""
        return self.lines.get((table, index, key)) or self.lines.get((table, index, "")) or 1

    def fault(self, sentence: str, table: str = "", index: int = 0, key: str = "") -> Fault:
        """Return a fault that points at that place of this file."""
        return Fault(self.name, self.line(table, index, key), sentence)


def read(path: Path, root: Path) -> RuleFile | Fault:
    """Read `path` (below `root`). A file that is not TOML comes back as a Fault with its line, not as an exception."""
    name = path.relative_to(root).as_posix()
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError:
        return Fault(name, 1, "文件不是 UTF-8 编码")
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        return Fault(name, int(where.group(1)) if where else 1, f"不是合法的 TOML：{error}")
    return RuleFile(name, data, hashlib.sha256(raw).hexdigest(), _index_lines(text))


def _index_lines(text: str) -> dict[tuple[str, int, str], int]:
    """Map (table, index, key) to a line. A nested table [[step.term]] is indexed on its own, in order of appearance."""
    lines: dict[tuple[str, int, str], int] = {}
    counts: dict[str, int] = {}
    table, index, in_string = "", 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        if in_string:
            in_string = line.count('"""') % 2 == 0
            continue
        if header := _HEADER.match(line):
            table = header.group(2).strip()
            index = counts.get(table, 0)
            counts[table] = index + 1
            lines.setdefault((table, index, ""), number)
        elif key := _KEY.match(line):
            lines.setdefault((table, index, key.group(1)), number)
        in_string = line.count('"""') % 2 == 1
    return lines
