"""Writing the figures down: between the markers of the database they belong to, with machine, date and sizes."""

import argparse
import platform
from collections.abc import Mapping
from pathlib import Path

import django
from django.db import connection
from django.utils import timezone

from bench import document
from bench.goals import table
from bench.server import THREADS, WORKERS


def write(path: Path, chosen: argparse.Namespace, rows: int, measured: Mapping[str, float], notes: list[str]) -> None:
    """Put the results into the document, in place of those of the same database before."""
    facts = [f"- {fact}" for fact in (*machine(), *sizes(chosen.cases, rows))]
    others = [f"- {note}" for note in notes]
    document.put(path, connection.vendor, [*facts, "", table(measured), "", "其余数字：", "", *others])


def machine() -> list[str]:
    """Day, processor, memory and versions: what a reader needs to compare. No names of machines or folders."""
    return [
        f"日期：{timezone.localdate()}",
        f"机器：{document.machine()}；数据库、服务和测量的客户端同在这台机器上",
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
