"""Finding benchmarks and tables for the pages: which there are, how each stands on a day, the tables that match. No rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.conf import settings

from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.core import rulebook, rulefile
from huanfa.core.discretion import library
from huanfa.core.discretion.benchmark import Benchmark, LevelTable, ScaledTable, Table
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.methods import FORMULAS
from huanfa.core.discretion.replay import Past
from huanfa.core.errors import RuleFault
from huanfa.core.rulebook import Law

STATUS = {"complete": "", "partial": "文本不全", "empty": "没有文本"}


@dataclass(frozen=True)
class State:
    """How a benchmark stands on a day: a kind of badge, a word, and the sentence that explains it."""

    kind: str
    word: str
    why: str
    usable: bool


@dataclass(frozen=True)
class Shelf:
    """A benchmark in the list; `benchmark` None and `fault` told where its files cannot be read."""

    id: str
    benchmark: Benchmark | None
    state: State
    fault: str = ""


@dataclass(frozen=True)
class Section:
    """The tables of one chapter."""

    title: str
    tables: tuple[Table, ...]


def opened(benchmark_id: str) -> Benchmark:
    """A benchmark by its id. Raises NoRule, RuleFault."""
    return library.load(benchmark_id, cache=settings.HUANFA_CACHE)


def shelves(on: date) -> list[Shelf]:
    """Every benchmark there is, those that can be used on the day first."""
    found = []
    for one in library.ids():
        try:
            benchmark = opened(one)
        except RuleFault as fault:
            found.append(Shelf(one, None, State("late", "规则文件有错", "修好之前不能使用。", False), str(fault)))
            continue
        found.append(Shelf(one, benchmark, state(benchmark, on)))
    return sorted(found, key=lambda one: (not one.state.usable, one.state.kind != "done", one.id))


def span(benchmark: Benchmark) -> str:
    """From when to when it is in force, in words."""
    if benchmark.begins:
        return benchmark.span
    return f"施行日期未查到，至{benchmark.until}" if benchmark.until else "未查到"


def state(benchmark: Benchmark, on: date) -> State:
    """How a benchmark stands on a day."""
    if benchmark.status == "empty" or not benchmark.tables:
        return State("plain", "没有裁量表", "手头没有文本，单位导入以后才能计算。", False)
    if benchmark.begins is None:
        return State("plain", "施行日期未查到", "没有施行日期的不能用于计算，只能看表。", False)
    if on < benchmark.begins:
        return State("info", "尚未施行", f"{benchmark.begins}起施行，不能用于{on}的行为。", False)
    if not benchmark.covers(on):
        return State("plain", "已过有效期", f"有效期至{benchmark.until}，不能用于{on}的行为。", False)
    if not any(computable(one) for one in benchmark.tables.values()):
        return State("plain", "没有计算方法", "只有要素和等级，没有查到计算公式，不能得出数额。", False)
    if benchmark.status == "partial":
        return State("soon", "可用，文本不全", "只有一部分文本，缺的内容列在该基准的页面上。", True)
    return State("done", "可用", "", True)


def find(benchmark: Benchmark, q: str = "") -> list[Table]:
    """The tables that core finds by these words; where it finds none, those of offences known by them in daily use (未批先建)."""
    if found := library.find(benchmark, q):
        return found
    offences = rulebook.load(settings.HUANFA_PACK).offences.values()
    return list(benchmark.tables_for(tuple(
        article for one in offences if one.matches(q) for regime in one.regimes for article in regime.punished_by
    )))


def sections(tables: Iterable[Table]) -> list[Section]:
    """The tables grouped by the chapter they stand in, in the order of the benchmark."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(_chapter(table.file), []).append(table)
    return [Section(title, tuple(rows)) for title, rows in found.items()]


@lru_cache(maxsize=256)
def _chapter(file: str) -> str:
    """The title of the rule file that a table stands in, without the benchmark's own name."""
    path = library.ROOT / file
    files, _ = rulefile.read_folder(path.parent, library.ROOT, settings.HUANFA_CACHE)
    title = next((str(one.data.get("title", "")) for one in files if one.name == file), "")
    return title.rpartition("：")[2] or "裁量表"


def repealed(table: Table, on: date) -> list[Law]:
    """The laws that a table rests on and that were no longer in force on the day."""
    laws = rulebook.load(settings.HUANFA_PACK).laws
    cited = dict.fromkeys(one.law for one in table.articles)
    return [laws[one] for one in cited if one in laws and laws[one].until and laws[one].until < on]


def computable(table: Table) -> bool:
    """Whether a figure can come out of the table at all."""
    if isinstance(table, LevelTable):
        return table.combiner in FORMULAS
    return not (isinstance(table, ScaledTable) and table.unsourced)


def decided(officer: Officer, year: int) -> list[Past]:
    """The year's cases that were decided by a computed worksheet, of those the officer may see, with what was found then."""
    rows = access.scoped(Worksheet.objects.filter(decided_on__year=year).exclude(computed=None), officer)
    return [_past(row) for row in rows.order_by("decided_on", "pk")]


def years_decided(officer: Officer) -> list[int]:
    """The years in which there are such cases, newest first."""
    rows = access.scoped(Worksheet.objects.exclude(decided_on=None).exclude(computed=None), officer)
    return sorted({one.year for one in rows.dates("decided_on", "year")}, reverse=True)


def _past(row: Worksheet) -> Past:
    findings = Findings.from_data(row.data["findings"])
    left_open = dict.fromkeys(row.data["computation"]["unestablished"], "")
    low, high, article, units = row.data["legal"] or (0, 0, "", 1)
    return Past(
        row.dossier_id, row.name, row.decided_on, row.table, replace(findings, unestablished={**left_open, **findings.unestablished}),
        Statute(low, high, article, units=units) if high else None, row.computed or 0, row.fine or 0,
    )
