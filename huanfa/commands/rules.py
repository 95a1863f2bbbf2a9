"""huanfa rules check: every fault of every rule file at once, with file and line; the gaps; and what each benchmark comes to."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huanfa.commands import DEFAULT_PACK, Answer
from huanfa.core import rulebook, rulefile
from huanfa.core.discretion import Benchmark, check, library, no_fine
from huanfa.core.errors import Fault, RuleFault
from huanfa.core.offences import Offence
from huanfa.core.procedure.explore import explore
from huanfa.core.procedure.scenes import scenes
from huanfa.core.rulebook import Law, Rulebook


@dataclass
class Found:
    """What a check has brought to light so far."""

    faults: list[Fault] = field(default_factory=list)
    gaps: list[dict[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    benchmarks: list[dict[str, Any]] = field(default_factory=list)
    lists: list[dict[str, Any]] = field(default_factory=list)

    def add(self, faults: Iterable[Fault]) -> None:
        """Faults once each: a pack or benchmark that others build on is read several times."""
        self.faults += [one for one in faults if one not in self.faults]

    def lacks(self, pack: str, gaps: Iterable[Any]) -> None:
        """Gaps once each, with whose they are."""
        told = [{"pack": pack or one.pack, "id": one.id, "what": one.what, "why": one.why, "ask": one.ask} for one in gaps]
        self.gaps += [one for one in told if one not in self.gaps]


def check_rules(arguments: argparse.Namespace) -> Answer:
    """Check one chain of packs, or all of them, with the benchmarks and no-fine lists of the bodies in it."""
    found = Found()
    names = [arguments.pack] if arguments.pack else rulebook.packs()
    bodies, books = set(names), []
    for name in names:
        book, faults = rulebook.examine(name)
        found.add(faults)
        if book is not None:
            found.lacks("", book.gaps)
            bodies |= {pack.id for pack in book.packs}
            books.append(book)
    _check_benchmarks(found, bodies, books)
    _check_lists(found, bodies, books)
    walked = _walk(names[-1] if arguments.pack else DEFAULT_PACK) if arguments.walk and not found.faults else []
    lines = [str(fault) for fault in sorted(found.faults)]
    lines += [f"缺口 {gap['pack']}/{gap['id']}：{gap['what']}。{gap['ask']}" for gap in found.gaps]
    lines += found.lines
    for one in walked:
        lines.append(f"穷举 {one['procedure']}（{one['scene']}）：{one['states']} 个状态，{one['moves']} 步，"
                     f"走不出去 {len(one['dead_ends'])}，违反 {len(one['broken'])}")
        lines += [f"  {path}" for path in (*one["dead_ends"][:5], *one["broken"][:5])]
    bad = bool(found.faults) or any(one["dead_ends"] or one["broken"] for one in walked)
    lines.append(f"规则包 {'、'.join(names)}：{len(found.faults)} 处错误，{len(found.gaps)} 处缺口")
    data = {
        "packs": names,
        "faults": [{"file": one.file, "line": one.line, "sentence": one.sentence} for one in sorted(found.faults)],
        "gaps": found.gaps, "benchmarks": found.benchmarks, "no_fine": found.lists, "walked": walked,
    }
    return int(bad), data, lines


def _check_benchmarks(found: Found, bodies: set[str], books: list[Rulebook]) -> None:
    laws = _laws(books)
    offences = _offences(books).values()
    for benchmark_id in library.ids():
        if benchmark_id.partition("/")[0] not in bodies:
            continue
        benchmark, faults = library.examine(benchmark_id)
        found.add(faults)
        if benchmark is None:
            found.lines.append(f"裁量基准 {benchmark_id}：读不成")
            continue
        found.add(check.faults_of(benchmark))
        found.add(
            Fault(table.file, table.line, f"{table.id}：法律表中没有 {article.law}")
            for table in benchmark.tables.values() for article in table.articles if laws and article.law not in laws
        )
        found.lacks(benchmark_id, benchmark.gaps)
        told = summary(benchmark, offences)
        found.benchmarks.append(told)
        found.lines.append(
            f"裁量基准 {benchmark_id}（{benchmark.span}）：{told['tables']} 张表，{told['columns']} 栏，"
            f"低于所印下限 {told['under']} 栏，高于所印上限 {told['over']} 栏，缺口 {told['gaps']} 处"
        )


def summary(benchmark: Benchmark, offences: Iterable[Offence]) -> dict[str, Any]:
    """What a benchmark comes to, counted: own tables, columns with an extent, those under or over the printed range.

    `under` is told, not a fault: the computation lifts the amount to the minimum.
    """
    own = own_tables(benchmark)
    extents = [one for one in check.extents(benchmark, offences) if one.table in own]
    printed = [one for one in extents if one.printed is not None and one.printed.unit == one.unit]
    return {
        "id": benchmark.id, "title": benchmark.title, "from": benchmark.begins, "until": benchmark.until, "status": benchmark.status,
        "extends": benchmark.extends,
        "tables": len(own),
        "columns": len(extents),
        "under": sum(one.low < one.printed.low for one in printed if one.printed),
        "over": sum(one.high > one.printed.high for one in printed if one.printed),
        "both_regimes": len({one.table for one in extents if len({begins for _, begins, _ in one.regimes}) > 1}),
        "gaps": len(benchmark.gaps),
    }


def own_tables(benchmark: Benchmark) -> set[str]:
    """The ids of the tables in its own folder, without those of the benchmark it builds on."""
    folder = f"{benchmark.id.replace('/', '/benchmarks/')}/"
    return {table.id for table in benchmark.tables.values() if table.file.startswith(folder)}


def _check_lists(found: Found, bodies: set[str], books: list[Rulebook]) -> None:
    laws, offences = _laws(books), _offences(books)
    for list_id in no_fine.ids():
        if list_id.partition("/")[0] not in bodies:
            continue
        try:
            opened = no_fine.load(list_id)
        except RuleFault as fault:
            found.add(fault.faults)
            found.lines.append(f"不予处罚清单 {list_id}：读不成")
            continue
        if books:
            found.add(_strangers(opened, laws, offences))
        found.lists.append({"id": list_id, "title": opened.title, "items": len(opened.items)})
        found.lines.append(f"不予处罚清单 {list_id}（{opened.begins or '施行日期未查到'}至{opened.until or '今'}）：{len(opened.items)} 项")


def _strangers(opened: no_fine.NoFineList, laws: Mapping[str, Law], offences: Mapping[str, Offence]) -> list[Fault]:
    """Offences and laws that a list names and the rule book does not have."""
    file = rulefile.read(no_fine.ROOT / opened.ref.file, no_fine.ROOT)
    assert isinstance(file, rulefile.RuleFile)
    out = []
    for place, item in enumerate(opened.items):
        out += [file.fault(f"第{item.no}项：规则库中没有案由 {one}", "item", place) for one in item.offences if one not in offences]
        out += [file.fault(f"第{item.no}项：法律表中没有 {one.law}", "item", place) for one in item.violated if one.law not in laws]
    return out


def _laws(books: list[Rulebook]) -> dict[str, Law]:
    return {key: law for book in books for key, law in book.laws.items()}


def _offences(books: list[Rulebook]) -> dict[str, Offence]:
    return {key: offence for book in books for key, offence in book.offences.items()}


def _walk(pack: str) -> list[dict[str, Any]]:
    book, out = rulebook.load(pack), []
    for procedure in book.procedures:
        settings = book.settings_on(procedure.begins)
        for name, scene, rules in scenes(procedure, book.terms, book.calendar, settings):
            report = explore(procedure, scene, rules)
            out.append({
                "procedure": procedure.title, "scene": name, "states": report.states, "moves": report.moves,
                "dead_ends": report.dead_ends, "broken": report.broken,
            })
    return out
