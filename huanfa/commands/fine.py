"""huanfa fine: the amount that findings give by a table of a benchmark, with every line and its source."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from huanfa.commands import DEFAULT_PACK, Answer
from huanfa.core import rulebook
from huanfa.core.discretion import Benchmark, Computation, asks, compute, library
from huanfa.core.discretion.benchmark import Table
from huanfa.core.discretion.findings import POSITIONS
from huanfa.core.discretion.request import BIGGEST, Request, answer, from_json, read_request, warnings
from huanfa.core.errors import NoRule
from huanfa.core.money import figures, in_words

WORDS_UP_TO = 10**15   # fen


def show_fine(arguments: argparse.Namespace) -> Answer:
    """One of three: search the tables (--list), say what a table asks for (--ask), or compute (--findings)."""
    benchmark = library.load(arguments.benchmark)
    if arguments.list is not None:
        return _listed(benchmark, arguments.list)
    if arguments.ask:
        return _asked(benchmark, _table(benchmark, arguments.table))
    if not arguments.findings:
        raise ValueError("请用 --findings 指明认定的情况（JSON 文件，- 为标准输入）；要认定什么，用 --ask 查看；裁量表用 --list 查找")
    on = _day(arguments.on) if arguments.on else None
    request = read_request(from_json(_text(arguments.findings)), benchmark=arguments.benchmark, table=arguments.table, on=on)
    if on is not None and request.on != on:
        raise ValueError(f"日期不一致：--on 为 {on}，文件中为 {request.on}")
    table = _table(benchmark, request.table)
    computation = compute(benchmark, table.id, request.findings, on=request.on, statute=_statute(request, arguments.pack))
    return 0, answer(computation), _told(computation)


def _listed(benchmark: Benchmark, words: str) -> Answer:
    found = library.find(benchmark, words)
    lines = [f"{table.id}  {table.offence}〔{'；'.join(table.basis)}〕" for table in found]
    lines.append(f"《{benchmark.title}》（{benchmark.span}）{f'与“{words}”有关的' if words else '共'} {len(found)} 张裁量表")
    data = {
        "benchmark": benchmark.id, "words": words,
        "tables": [{"id": one.id, "section": one.section, "offence": one.offence, "basis": list(one.basis)} for one in found],
    }
    return 0, data, lines


def _asked(benchmark: Benchmark, table: Table) -> Answer:
    wanted = asks(benchmark, table)
    lines = [f"{table.id}  {table.offence}", f"《{benchmark.title}》（{benchmark.span}）"]
    for one in wanted:
        choices = [f"{key}（{word}）" for key, word in POSITIONS.items()] if one["key"] == "position" else one["choices"]
        lines.append(f"{one['label']}〔{one['key']}〕" + (f"  {one['help']}" if one["help"] else ""))
        lines += [f"    {choice}" for choice in choices]
    data = {
        "benchmark": benchmark.id, "table": table.id, "offence": table.offence, "basis": list(table.basis), "note": table.note,
        "statutory": [one.text for one in table.statutory], "asks": wanted, "request": _blank(benchmark, table, wanted),
    }
    lines += [f"法定幅度（表中所印）：{'；'.join(data['statutory'])}"] if table.statutory else []
    lines += [f"说明：{table.note}"] if table.note else []
    return 0, data, lines


def _blank(benchmark: Benchmark, table: Table, wanted: list[dict[str, Any]]) -> dict[str, Any]:
    """A request to fill in: what stays blank counts as not established."""
    blank: dict[str, Any] = {
        "column": "", "override": "", "position": "", "quantity": None, "units": None, "sum": None, "circumstances": [], "adjustments": [],
    }
    keys = [one["key"] for one in wanted]
    findings: dict[str, Any] = {key: value for key, value in blank.items() if key in keys}
    levels = {one["label"]: "" for one in wanted if one["key"] == "levels"}
    if levels:
        findings = {"levels": levels, **findings}
    request: dict[str, Any] = {"benchmark": benchmark.id, "table": table.id, "on": "", "findings": findings}
    return request | ({"statute": {"low": 0, "high": 0, "article": ""}} if "statute" in keys else {})


def _told(computation: Computation) -> list[str]:
    column = f"〔{computation.column}〕" if computation.column not in ("", "默认") else ""
    said = f"（{in_words(computation.amount)}）" if computation.amount < WORDS_UP_TO else ""
    lines = [
        f"《{computation.title}》{computation.table}  {computation.offence}{column}",
        f"罚款 {figures(computation.amount)}元{said}",
    ]
    if computation.low != computation.high:
        lines.append(f"裁量幅度 {figures(computation.low)}元至{figures(computation.high)}元")
    if computation.legal_low is not None and computation.legal_high is not None:
        lines.append(f"法定幅度 {figures(computation.legal_low)}元至{figures(computation.legal_high)}元")
    for line in computation.lines:
        words = "  ".join(word for word in (line.label, line.told, line.sum) if word)
        lines.append(f"  {words}" + (f"  〔{line.source}〕" if line.source else ""))
    return lines + [f"注意：{one}" for one in warnings(computation)]


def _statute(request: Request, pack: str) -> Any:
    if not request.offence:
        return request.statute
    book = rulebook.load(pack)
    return request.held_to(book.offences, book.titles)


def _table(benchmark: Benchmark, table_id: str) -> Table:
    if not table_id:
        raise ValueError("请写明裁量表，如 GD-2.7a；用 --list 查找")
    try:
        return benchmark.table(table_id)
    except NoRule as unknown:
        raise NoRule(f"{unknown}用 huanfa fine {benchmark.id} --list 查找。") from None


def _text(name: str) -> bytes:
    """The bytes of a file or of standard input, at most a little more than is read."""
    if name == "-":
        return sys.stdin.buffer.read(BIGGEST + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(BIGGEST + 1)
    except (OSError, ValueError) as error:
        raise ValueError(f"读不了文件 {name}：{_why(error)}") from None


def _why(error: Exception) -> str:
    known = {FileNotFoundError: "没有这个文件", IsADirectoryError: "是文件夹", PermissionError: "没有权限"}
    return known.get(type(error), "打不开")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"不是日期：{text}（写成 2024-05-01）") from None


def add_to(commands: Any) -> argparse.ArgumentParser:
    """The words of this command."""
    fine = commands.add_parser("fine", help="按裁量基准计算罚款，逐行列出依据")
    fine.add_argument("benchmark", help="裁量基准，如 guangdong/2022（用 huanfa benchmark list 查看）")
    fine.add_argument("table", nargs="?", default="", help="裁量表，如 GD-2.7a；写在文件里的可以不写")
    fine.add_argument("--findings", default="", metavar="文件", help="认定的情况，JSON；- 为标准输入")
    fine.add_argument("--on", default="", metavar="日期", help="取该日有效的裁量基准；写在文件里的可以不写")
    fine.add_argument("--ask", action="store_true", help="列出这张表要认定什么，并给出空白的 JSON（加 --json）")
    fine.add_argument("--list", nargs="?", const="", metavar="词", help="按词、条号、表号查找裁量表")
    fine.add_argument("--pack", default=DEFAULT_PACK, help="写了 offence 的，从这个规则包取法定幅度")
    fine.set_defaults(command=show_fine)
    return fine
