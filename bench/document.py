"""The document with the figures: each measurement has its own lines between markers. No names of machines or folders."""

import os
import platform
import re
from pathlib import Path


def put(path: Path, name: str, lines: list[str]) -> None:
    """Put lines into the document, in place of those of the same name before."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    block = "\n".join([begin, "", *lines, "", end])
    text = path.read_text(encoding="utf-8") if path.exists() else "# 性能测量 Benchmarks\n"
    if begin in text:
        text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: block, text, flags=re.DOTALL)
    else:
        text = f"{text}\n{block}\n"
    path.write_text(text, encoding="utf-8")


def machine() -> str:
    """Processor and memory: what a reader needs to compare."""
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 2**20  # type: ignore[index]
    return f"{cpu[1] if cpu else platform.machine()}，{os.cpu_count()} 核，内存 {memory:.0f} GiB"
