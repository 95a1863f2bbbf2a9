"""What `python -m bench` may be told. Read outside and inside the prepared environment alike, without Django."""

import argparse
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
MEASUREMENTS = ("fold", "step", "queries", "alone", "together", "last", "scope", "memory", "fines")


def options(words: list[str] | None = None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser("python -m bench", description="性能测量：造数据、装入、测量、写入 docs/benchmarks.md。")
    parser.add_argument("--cases", type=_some, default=100_000, metavar="N", help="案件数，默认 100000")
    parser.add_argument("--sqlite", action="store_true", help="用 SQLite 测，默认用临时的 PostgreSQL")
    parser.add_argument("--only", choices=MEASUREMENTS, help="只测一项，不写文件（fines 给出 --out 时写）")
    parser.add_argument("--out", metavar="FILE", help="写到哪里，默认 docs/benchmarks.md")
    return parser.parse_args(words)


def _some(text: str) -> int:
    """At least a few hundred: with fewer, some measurement finds no case of its kind."""
    if not text.isdecimal() or int(text) < 500:
        raise argparse.ArgumentTypeError("案件数应为不小于 500 的整数")
    return int(text)
