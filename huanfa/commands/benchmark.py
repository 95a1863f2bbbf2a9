"""huanfa benchmark: which benchmarks there are, what their tables come to, and the spreadsheet form out and in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from huanfa.apps.discretion import intake
from huanfa.apps.discretion.spreadsheet.opening import BIGGEST
from huanfa.commands import DEFAULT_PACK, Answer
from huanfa.commands.rules import own_tables, summary
from huanfa.core import rulebook
from huanfa.core.discretion import Benchmark, check, library
from huanfa.core.errors import NotAllowed
from huanfa.core.offences import Offence

STATUS = {"complete": "完整", "partial": "不全", "empty": "没有文本"}


def list_benchmarks(arguments: argparse.Namespace) -> Answer:
    """Every benchmark with its dates, how complete it is, its own tables and its gaps."""
    found = [summary(library.load(one), ()) for one in library.ids()]
    lines = [
        f"{one['id']}  《{one['title']}》  {one['from'] or '施行日期未查到'}至{one['until'] or '今'}  {STATUS[one['status']]}  "
        f"{one['tables']} 张表" + (f"，以 {one['extends']} 的表为基础" if one["extends"] else "") + f"，缺口 {one['gaps']} 处"
        for one in found
    ]
    return 0, {"benchmarks": found}, lines


def report(arguments: argparse.Namespace) -> Answer:
    """Every column of every table: its own lowest and highest, the printed range, both regimes, and what stands out."""
    offences = list(rulebook.load(arguments.pack).offences.values())
    out, lines = [], []
    for one in [arguments.id] if arguments.id else library.ids():
        benchmark = library.load(one)
        told = summary(benchmark, offences)
        rows = _extents(benchmark, offences)
        lines.append(
            f"《{benchmark.title}》（{one}，{benchmark.span}）：{told['tables']} 张表，{told['columns']} 栏，"
            f"低于所印下限 {told['under']} 栏，高于所印上限 {told['over']} 栏，在规则库的案由中有前后两套条文的 {told['both_regimes']} 张"
            + (f"；另用 {benchmark.extends} 的表，见其报告" if benchmark.extends else "")
        )
        for row in rows:
            lines.append(f"  {row['table']}" + (f"〔{row['column']}〕" if row["column"] not in ("", "默认") else "") + f"  {row['extent']}"
                         + (f"  所印 {row['printed']}" if row["printed"] else ""))
            lines += [f"      {remark}" for remark in row["remarks"]]
            lines += [f"      {text['from']}起 {text['offence']}：{text['fine']}" for text in row["regimes"]]
        own = own_tables(benchmark)
        if silent := [table for table in benchmark.tables if table in own - {row["table"] for row in rows}]:
            lines.append(f"  没有统一的最低、最高数额（没有公式、没有载入或者元与倍数混用）：{'、'.join(silent)}")
        out.append({**told, "extents": rows, "without_extent": silent})
    return 0, {"benchmarks": out}, lines


def _extents(benchmark: Benchmark, offences: list[Offence]) -> list[dict[str, Any]]:
    own = own_tables(benchmark)
    return [
        {
            "table": one.table, "column": one.column, "extent": one.text, "low": str(one.low), "high": str(one.high), "unit": one.unit,
            "of": one.of, "printed": one.printed.text if one.printed else "", "remarks": [*one.remarks, *_against(one, offences)],
            "regimes": [{"offence": name, "from": begins, "fine": fine} for name, begins, fine in one.regimes],
        }
        for one in check.extents(benchmark, offences) if one.table in own
    ]


def _against(one: check.Extent, offences: list[Offence]) -> list[str]:
    """Where a column leaves the range of a text it may be used under. A fine on a person has a range of its own: not compared."""
    if one.unit != "yuan" or "个人" in one.column or "人员" in one.column:
        return []
    remarks = []
    for name, begins, _ in one.regimes:
        regime = next(regime for offence in offences if offence.name == name for regime in offence.regimes if regime.id == begins)
        fines = [fine for fine in (regime.fine, *(tier.fine for tier in regime.tiers)) if fine.basis == "fixed"]
        if fines and one.high > max(fine.high for fine in fines):
            remarks.append(f"最高额高于{begins}起“{name}”的上限")
        if fines and one.low < min(fine.low for fine in fines):
            remarks.append(f"最低额低于{begins}起“{name}”的下限")
    return remarks


def write_form(arguments: argparse.Namespace) -> Answer:
    """An empty form; with the id of a slot its head is filled in."""
    return _saved(intake.form(arguments.id, _laws(arguments)), arguments.out)


def export(arguments: argparse.Namespace) -> Answer:
    """An existing benchmark in the same form."""
    return _saved(intake.export(arguments.id, _laws(arguments)), arguments.out)


def take_in(arguments: argparse.Namespace) -> Answer:
    """A filled form: checked whole, and without --check written below the folder. Faults of the form are exit code 1."""
    raw = _read(arguments.file)
    folder = Path(arguments.into)
    if not folder.is_dir():
        raise ValueError(f"没有文件夹 {folder}")
    try:
        taken = intake.take_in(raw, _laws(arguments))
    except NotAllowed as refused:
        sentences = [reason.sentence for reason in refused.reasons]
        return 1, {"faults": sentences}, [*sentences, f"{len(sentences)} 处错误，没有写入"]
    benchmark = taken.benchmark
    told = summary(benchmark, ())
    lines = [f"《{benchmark.title}》（{benchmark.id}，{benchmark.span}）：{told['tables']} 张表，{told['columns']} 栏，"
             f"低于所印下限 {told['under']} 栏，缺口 {told['gaps']} 处，没有错误"]
    if benchmark.begins is None:
        lines.append("没有填写施行日期：可以导入，不能用于计算")
    data = {**told, "files": {name: len(text) for name, text in taken.files.items()}, "written": None}
    if not arguments.check:
        try:
            target = intake.keep(taken, folder, replace=arguments.replace)
        except OSError:
            raise ValueError(f"不能写入 {folder}") from None
        data["written"] = str(target)
        lines.append(f"已写入 {target}：{'、'.join(sorted(taken.files))}。请另一人对照文本复核")
        if not (folder / benchmark.body / "pack.toml").exists():
            lines.append(f"{folder / benchmark.body} 还没有 pack.toml，请照 docs/writing-rules.md 补上")
    return 0, data, lines


def _laws(arguments: argparse.Namespace) -> list[rulebook.Law]:
    return list(rulebook.load(arguments.pack).laws.values())


def _read(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(BIGGEST + 1)
    except (OSError, ValueError):
        raise ValueError(f"读不了文件 {name}") from None


def _saved(raw: bytes, name: str) -> Answer:
    try:
        Path(name).write_bytes(raw)
    except (OSError, ValueError):
        raise ValueError(f"不能写入 {name}") from None
    return 0, {"file": name, "bytes": len(raw)}, [f"已写入 {name}"]


def add_to(commands: Any) -> list[argparse.ArgumentParser]:
    """The words of these commands."""
    group = commands.add_parser("benchmark", help="裁量基准：一览、核对、填报表")
    own = group.add_subparsers(required=True, metavar="list|report|form|export|import")
    every = own.add_parser("list", help="有哪些裁量基准")
    every.set_defaults(command=list_benchmarks)
    told = own.add_parser("report", help="每张表的最低、最高数额与法定幅度、前后两套条文对照")
    told.add_argument("id", nargs="?", default="", help="裁量基准；不写则全部")
    told.set_defaults(command=report)
    blank = own.add_parser("form", help="空白的填报表（xlsx）")
    blank.add_argument("id", nargs="?", default="", help="已留空位的裁量基准，如 hubei/2021；不写则全空")
    blank.set_defaults(command=write_form)
    full = own.add_parser("export", help="把已有的裁量基准写成填报表")
    full.add_argument("id", help="裁量基准，如 guangdong/2022")
    full.set_defaults(command=export)
    for one in (blank, full):
        one.add_argument("--out", required=True, metavar="文件", help="写到哪里，如 form.xlsx")
    into = own.add_parser("import", help="检查填好的填报表，写成规则文件")
    into.add_argument("file", metavar="文件")
    into.add_argument("--into", required=True, metavar="文件夹", help="规则文件夹，如 huanfa/rules")
    into.add_argument("--check", action="store_true", help="只检查，不写入")
    into.add_argument("--replace", action="store_true", help="这一版已有内容的，替换掉")
    into.set_defaults(command=take_in)
    for one in (told, blank, full, into):
        one.add_argument("--pack", default=DEFAULT_PACK, help="案由和法律取自这个规则包")
    return [every, told, blank, full, into]
