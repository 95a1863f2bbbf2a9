"""The real server on the loopback address: two workers of two threads, as small as a bureau would run it."""

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.client import Browser
from scripts.pg import free_port

WORKERS, THREADS = 2, 2
SECONDS_TO_START = 60


@contextlib.contextmanager
def serving() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start gunicorn with this process's environment; stop it at the end. Gives the port and the master process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "huanfa.config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"]
    master = subprocess.Popen(command)
    try:
        _wait(port, master)
        yield port, master
    finally:
        master.terminate()
        try:
            master.wait(timeout=30)
        except subprocess.TimeoutExpired:
            master.kill()
            master.wait()


def _wait(port: int, master: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while master.poll() is None and time.monotonic() < until:
        try:
            Browser(port).page("/sign-in/")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("gunicorn 未能启动。")


def memory(master: subprocess.Popen[bytes]) -> list[float]:
    """The resident memory of each worker, in MiB, largest first."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            if told["PPid"].strip() == str(master.pid):
                found.append(int(told["VmRSS"].split()[0]) / 1024)
    return sorted(found, reverse=True)
