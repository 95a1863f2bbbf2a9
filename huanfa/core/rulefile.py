"""One TOML rule file: its data, its hash, and the line each table and key stands on (for faults that point)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


def read_folder(folder: Path, root: Path, cache: Path | None = None) -> tuple[list[RuleFile], list[Fault]]:
    """Read every rule file of a folder. With `cache`, a folder for compiled copies: parsed once for each state of the files.

    A compiled copy is JSON, named by the SHA-256 over names and contents, so a changed file never meets an old copy.
    """
    paths = sorted(folder.glob("*.toml"))
    compiled = None
    if cache is not None:
        contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        compiled = cache / f"{_state(contents)}.json"
        if found := _compiled(compiled, contents):
            return found, []
    files, faults = [], []
    for path in paths:
        file = read(path, root)
        if isinstance(file, Fault):
            faults.append(file)
        else:
            files.append(file)
    if compiled is not None and not faults:
        _compile(compiled, files)
    return files, faults


def _state(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, raw in contents.items():
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return digest.hexdigest()


def _compiled(path: Path, contents: Mapping[str, bytes]) -> list[RuleFile] | None:
    try:
        data = json.loads(path.read_bytes(), object_hook=_with_dates)
    except (OSError, ValueError):
        return None     # not compiled yet, or unreadable: the rule files themselves are read
    if not (isinstance(data, dict) and set(data) == set(contents) and all(isinstance(one, dict) for one in data.values())):
        return None
    return [RuleFile(name, data[name], hashlib.sha256(raw).hexdigest(), {}) for name, raw in contents.items()]


def _compile(path: Path, files: list[RuleFile]) -> None:
    """Write the copy beside its place and move it there, so that nobody reads half of it. No room is no reason to stop."""
    text = json.dumps({file.name: file.data for file in files}, ensure_ascii=False, default=lambda day: {"$date": day.isoformat()})
    partly = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partly.write_text(text, encoding="utf-8")
        partly.replace(path)


def _with_dates(data: dict[str, Any]) -> Any:
    return date.fromisoformat(data["$date"]) if "$date" in data else data


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
