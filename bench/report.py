"""Writing the figures down: between the markers of the database they belong to, with machine, date and sizes."""

import argparse
import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path

import django
from django.db import connection
from django.utils import timezone

from bench.goals import table
from bench.server import THREADS, WORKERS


def write(path: Path, chosen: argparse.Namespace, rows: int, measured: Mapping[str, float], notes: list[str]) -> None:
    """Put the results into the document, in place of those of the same database before."""
    name = connection.vendor
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    facts = [f"- {fact}" for fact in (*machine(), *sizes(chosen.cases, rows))]
    block = "\n".join([begin, "", *facts, "", table(measured), "", "其余数字：", "", *(f"- {note}" for note in notes), "", end])
    text = path.read_text(encoding="utf-8") if path.exists() else "# 性能测量 Benchmarks\n"
    if begin in text:
        text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, text, flags=re.DOTALL)
    else:
        text = f"{text}\n{block}\n"
    path.write_text(text, encoding="utf-8")


def machine() -> list[str]:
    """Day, processor, memory and versions: what a reader needs to compare. No names of machines or folders."""
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20  # type: ignore[index]
    return [
        f"日期：{timezone.localdate()}",
        f"机器：{cpu[1] if cpu else platform.machine()}，{os.cpu_count()} 核，内存 {memory:.0f} GiB；"
        "数据库、服务和测量的客户端同在这台机器上",
        f"软件：{database()}，Python {platform.python_version()}，Django {django.__version__}，"
        f"gunicorn {WORKERS} 个进程、每个 {THREADS} 个线程",
    ]


def database() -> str:
    """Name and version of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0].split()[0]}（fsync 开，其余为出厂设置）"
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}（WAL）"


def sizes(cases: int, rows: int) -> list[str]:
    """How much lies in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        size = cursor.fetchone()[0] / 2**30
        cursor.execute("SELECT count(*) FROM ledger_entry")
        entries = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM papers_paper")
        papers = cursor.fetchone()[0]
    return [f"数据：{cases} 件案件，台账 {entries} 条，文书 {papers} 份，共 {rows} 行，{size:.1f} GiB"]
