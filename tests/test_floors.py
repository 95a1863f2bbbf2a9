"""The floors of the house: arrows go down only, and core neither reads a clock nor leaves the standard library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "huanfa" / "core").rglob("*.py"))
CLOCKS = {
    ("date", "today"), ("datetime", "today"), ("datetime", "now"), ("datetime", "utcnow"),
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
MAY_OPEN_FILES = {"rulefile.py", "rulebook.py"}


def nodes(path: Path) -> Iterator[ast.AST]:
    """Every node of a file's syntax tree."""
    return ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))


def name_of(node: ast.expr) -> str:
    """The last word of a dotted name, or nothing."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def where(path: Path, node: ast.AST) -> str:
    """A place a reader can open."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_every_import_keeps_to_the_five_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(ROOT)

    status = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True, no_logo=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_core_is_there_to_be_checked():
    assert CORE


def test_core_imports_nothing_but_itself_and_the_standard_library():
    strangers = []
    for path in CORE:
        for node in nodes(path):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules = [node.module or ""]
            else:
                continue
            for module in modules:
                if not module.startswith("huanfa.core") and module.partition(".")[0] not in sys.stdlib_module_names:
                    strangers.append(f"{where(path, node)} {module}")

    assert strangers == []


def test_core_never_asks_what_day_it_is():
    asked = [
        where(path, node)
        for path in CORE
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and (name_of(node.value), node.attr) in CLOCKS
    ]
    imported = [
        where(path, node)
        for path in CORE
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    ]

    assert asked + imported == []


def test_core_opens_a_file_only_where_rules_are_read():
    opened = [
        where(path, node)
        for path in CORE
        if path.name not in MAY_OPEN_FILES
        for node in nodes(path)
        if isinstance(node, ast.Call) and name_of(node.func) in OPENERS
    ]

    assert opened == []


def test_core_holds_no_floating_point_number():
    floats = [
        where(path, node)
        for path in CORE
        for node in nodes(path)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
    ]

    assert floats == []
