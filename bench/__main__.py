"""`python -m bench`: a throw-away database and data folder around the measurements; nothing of it stays behind."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.options import DOCUMENT, options
from scripts.pg import cluster

RIVALS = Path(__file__).resolve().parent.parent / ".venv-bench" / "bin" / "python"


def main() -> int:
    """Prepare, measure in a process of its own, take everything down again."""
    chosen = options()
    if chosen.only in (None, "fines"):
        status = fines(chosen.out if chosen.only else chosen.out or str(DOCUMENT))
        if status or chosen.only:
            return status
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))    # so that all below is taken down as well
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="huanfa-bench-"))
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HUANFA_")}
        environment.pop("DATABASE_URL", None)
        environment |= {"HUANFA_VAR": folder, "DJANGO_SETTINGS_MODULE": "huanfa.config.settings", "PYTHONUTF8": "1"}
        if not chosen.sqlite:
            environment["DATABASE_URL"] = stack.enter_context(cluster(durable=True))
        command = [sys.executable, "-m", "bench.inside", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode


def fines(out: str | None) -> int:
    """Fines by benchmark, in the environment that holds the rivals; before the database starts, so that nothing else runs."""
    if not RIVALS.exists():
        print("✗ 先建测量用的环境：bash scripts/setup.sh bench", file=sys.stderr)
        return 2
    words = ["--out", out] if out else []
    return subprocess.run([str(RIVALS), "-m", "bench.fines", *words], env=os.environ | {"PYTHONUTF8": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
