"""A throw-away PostgreSQL: made in a temporary folder, gone afterwards, never touching a cluster that is already there.

    python scripts/pg.py run -- CMD …            DATABASE_URL set for CMD; quick and forgetful, for tests
    python scripts/pg.py run --durable -- CMD …  waits for the disk as a real server does, for measuring
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SERVER_ACCOUNT = "postgres"
SECONDS_TO_START = 60


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Starts a cluster with one empty database and gives its DATABASE_URL; stops and removes it at the end."""
    binaries = find_binaries()
    account = ordinary_account()
    folder = Path(tempfile.mkdtemp(prefix="huanfa-pg-"))
    server = None
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        become = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        data = folder / "data"
        initialise(binaries, data, become)
        port = free_port()
        log = folder / "log"
        server = start(binaries, data, port, log, become, durable=durable)
        wait_until_ready(binaries, server, folder, port, log)
        base = [f"--host={folder}", f"--port={port}", "--username=huanfa"]
        subprocess.run([binaries / "createdb", *base, "--maintenance-db=postgres", "huanfa"], check=True)
        yield f"postgresql://huanfa@127.0.0.1:{port}/huanfa"
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)   # fast shutdown: open connections are cut
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path:
    """The newest PostgreSQL of this machine: Debian's place first, then whatever is on PATH."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise SystemExit("没有找到 PostgreSQL，请先安装：apt-get install postgresql")


def ordinary_account() -> pwd.struct_passwd | None:
    """Whom to run the server as: ourselves, unless we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", SERVER_ACCOUNT], check=True)
        return pwd.getpwnam(SERVER_ACCOUNT)


def initialise(binaries: Path, data: Path, become: dict) -> None:
    """initdb, quiet unless it fails."""
    command = [binaries / "initdb", "--pgdata", data, "--username=huanfa", "--auth=trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    done = subprocess.run(
        command, cwd=data.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **become
    )
    if done.returncode:
        raise SystemExit(f"initdb 失败：\n{done.stdout}")


def start(
    binaries: Path, data: Path, port: int, log: Path, become: dict, *, durable: bool
) -> subprocess.Popen[bytes]:
    """The server as our own child, in a session of its own so that Ctrl-C reaches the command first."""
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(data.parent),
        **({} if durable else FORGETFUL),
    }
    command = [str(binaries / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=data.parent, stdout=output, stderr=output, stdin=subprocess.DEVNULL,
            start_new_session=True, **become,
        )  # fmt: skip


def wait_until_ready(binaries: Path, server: subprocess.Popen[bytes], folder: Path, port: int, log: Path) -> None:
    """Returns when the server answers; shows its log when it does not."""
    ask = [binaries / "pg_isready", "--quiet", f"--host={folder}", f"--port={port}", "--username=huanfa"]
    until = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < until:
        if subprocess.run(ask, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL 未能启动：\n{log.read_text(errors='replace')}")


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def split_at_dashes(words: list[str]) -> tuple[list[str], list[str]]:
    """Our own words, and those of the command behind the first `--`."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def main() -> int:
    """Runs a command beside a cluster and returns the command's own exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=["run"])
    parser.add_argument("--durable", action="store_true", help="keep fsync on")
    ours, command = split_at_dashes(sys.argv[1:])
    options = parser.parse_args(ours)
    if not command:
        parser.error("a command is needed after --")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))    # so that the cluster is taken down as well
    with cluster(durable=options.durable) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
