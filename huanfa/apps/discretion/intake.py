"""A benchmark from a filled form: the rule files it makes, judged by the same library as every other, and only then kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from huanfa.apps.discretion import spreadsheet, toml_text
from huanfa.apps.discretion.spreadsheet.reading import NAME
from huanfa.apps.discretion.spreadsheet.writing import LawLine
from huanfa.core import rulefile
from huanfa.core.discretion import Benchmark, library
from huanfa.core.discretion.check import faults_of
from huanfa.core.errors import Fault, NoRule, NotAllowed, Reason
from huanfa.core.rulebook import Law

COMMENT = "由电子表格导入。要改数字，直接改这里，写明依据；另有人对照文本复核后使用。"


@dataclass(frozen=True)
class Taken:
    """A form that holds together: the benchmark it makes, and the text of each file by name."""

    benchmark: Benchmark
    files: Mapping[str, str]


def export(benchmark_id: str, laws: Iterable[Law] = (), root: Path = library.ROOT) -> bytes:
    """An existing benchmark in the form. Raises NoRule for an unknown id, NotAllowed for what the form cannot hold."""
    head, chapters = _raw(benchmark_id, root)
    return spreadsheet.write(head, chapters, _law_lines(laws))


def form(benchmark_id: str = "", laws: Iterable[Law] = (), root: Path = library.ROOT) -> bytes:
    """An empty form with a worked example; for a benchmark that has a slot, its head and its gaps are filled in."""
    head = _raw(benchmark_id, root)[0] if benchmark_id else {}
    return spreadsheet.write(head, (), _law_lines(laws), examples=True)


def take_in(raw: bytes, laws: Iterable[Law] = (), root: Path = library.ROOT) -> Taken:
    """Read a filled form and judge it. Raises NotAllowed with every fault, each with its sheet and cell or its table."""
    filled = spreadsheet.read(raw)
    benchmark_id = filled.head["id"]
    body, _, version = benchmark_id.partition("/")
    if not (NAME.fullmatch(body) and NAME.fullmatch(version)):
        raise NotAllowed([Reason("“首页”代号：写成 机关/版本，如 hubei/2021，只用小写字母、数字、连字符")])
    files = {f"{name}.toml": toml_text.document(data, COMMENT) for name, data in (("benchmark", filled.head), *filled.chapters.items())}
    with tempfile.TemporaryDirectory() as folder:
        below = Path(folder)
        _copy_parents(str(filled.head.get("extends", "")), root, below)
        _write(files, below / body / "benchmarks" / version)
        benchmark, faults = library.examine(benchmark_id, below)
        if benchmark is not None and not faults:
            faults = faults_of(benchmark)
            faults += _unknown_laws(benchmark, laws)
    if benchmark is None or faults:
        raise NotAllowed(dict.fromkeys(Reason(_told(fault, filled, files)) for fault in sorted(faults)))
    return Taken(benchmark, files)


def keep(taken: Taken, root: Path, *, replace: bool = False) -> Path:
    """Write the files to their folder below `root` and return it. An empty slot gives way; a benchmark only with `replace`.

    Raises NotAllowed where one is already there: an old version is not changed, a new one gets its own.
    """
    body, _, version = taken.benchmark.id.partition("/")
    target = root / body / "benchmarks" / version
    if target.exists():
        try:
            there = library.examine(taken.benchmark.id, root)[0]
        except NoRule:
            there = None
        if not replace and not (there is not None and there.status == "empty"):
            sentence = f"{target} 已有内容。旧版不改：新版另用一个代号；确要重新导入这一版的，加 --replace"
            raise NotAllowed([Reason(sentence)])
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".import-") as beside:
        fresh, old = Path(beside) / "new", Path(beside) / "old"
        _write(taken.files, fresh)
        if target.exists():
            target.rename(old)
        fresh.rename(target)
    return target


def _raw(benchmark_id: str, root: Path) -> tuple[dict, list[tuple[str, Mapping]]]:
    """The plain data of a benchmark's head and of its table files, in their order."""
    if benchmark_id not in library.ids(root):
        raise NoRule(f"没有裁量基准 {benchmark_id}。现有：{'、'.join(library.ids(root))}")
    body, _, version = benchmark_id.partition("/")
    files, faults = rulefile.read_folder(root / body / "benchmarks" / version, root)
    if faults:
        raise NotAllowed([Reason(str(fault)) for fault in faults])
    named = [(Path(file.name).stem, file.data) for file in files]
    return dict(dict(named)["benchmark"]), [(name, data) for name, data in named if name != "benchmark"]


def _law_lines(laws: Iterable[Law]) -> list[LawLine]:
    return [LawLine(one.id, one.title, one.begins.isoformat(), one.until.isoformat() if one.until else "") for one in laws]


def _copy_parents(benchmark_id: str, root: Path, below: Path) -> None:
    """What a city's benchmark builds on, so that it can be judged with it."""
    known = library.ids(root)
    while benchmark_id in known:
        body, _, version = benchmark_id.partition("/")
        source, target = root / body / "benchmarks" / version, below / body / "benchmarks" / version
        if target.exists():
            return
        shutil.copytree(source, target)
        benchmark_id = str(_raw(benchmark_id, root)[0].get("extends", ""))


def _write(files: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _unknown_laws(benchmark: Benchmark, laws: Iterable[Law]) -> list[Fault]:
    known = {one.id for one in laws}
    return [
        Fault(table.file, table.line, f"{table.id}：“法律代号”页没有 {article.law}")
        for table in benchmark.tables.values() for article in table.articles if known and article.law not in known
    ]


def _told(fault: Fault, filled: spreadsheet.Form, files: Mapping[str, str]) -> str:
    """A fault of a rule file as the person with the spreadsheet can find it."""
    name, colon, rest = fault.sentence.partition("：")
    if colon and name in filled.cells:
        return f"{filled.cells[name]}（表 {name}）：{rest}"
    if fault.file.endswith("/benchmark.toml"):
        return f"“首页”“调整”“缺口”：{fault.sentence}"
    return f"{Path(fault.file).name}：{fault.sentence}" if Path(fault.file).name in files else str(fault)
