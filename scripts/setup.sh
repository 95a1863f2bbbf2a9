#!/usr/bin/env bash
# Prepares one thing and says so: the run-time environment, the one for development, the one for
# measuring beside other software (.venv-bench), or a tool from Debian.
#   scripts/setup.sh run | dev | bench | chromium | postgresql
# Called by the Makefile, which keeps stamps so that it runs once. Safe to call again.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '· %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

# Installs Debian packages, or says exactly what somebody else must install.
debian() {
    if ! command -v apt-get >/dev/null; then
        fail "缺少软件包：$*。本机没有 apt-get，请用系统的包管理器安装后重试。(Please install: $*)"
    fi
    if [ "$(id -u)" != 0 ]; then
        fail "缺少软件包，请由管理员执行：apt-get update && apt-get install $*"
    fi
    say "apt-get install $*"
    export DEBIAN_FRONTEND=noninteractive
    # Its many lines matter only when it fails.
    local log; log=$(mktemp)
    if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "apt-get 未能安装：$*"
    fi
    rm -f "$log"
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
        if "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
    fail "需要 Python 3.11 或更高版本。(Python 3.11 or later is needed; name it with PYTHON=…)"
}

environment() {
    local lock=$1 folder=${2:-.venv}
    if [ ! -x "$folder/bin/python" ]; then
        local python; python=$(find_python)
        "$python" -c 'import ensurepip, venv' 2>/dev/null || debian python3-venv
        say "$python -m venv $folder"
        "$python" -m venv "$folder"
    fi
    say "install $lock (hashes checked)"
    # uv, where somebody has it, is faster; pip does the same and is always there.
    if ! { command -v uv >/dev/null && uv pip sync --quiet --require-hashes --python "$folder/bin/python" "$lock"; }; then
        "$folder/bin/python" -m ensurepip >/dev/null 2>&1 || true
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
    fi
}

case "${1:-}" in
    run)
        environment requirements.txt
        ;;
    dev)
        environment requirements-dev.txt
        # The package itself, for the `huanfa` command; its build tool is in the lock, so nothing more is fetched.
        if command -v uv >/dev/null; then
            uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --no-index --editable .
        else
            .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
                --no-index --editable .
        fi
        ;;
    bench)
        environment requirements-bench.txt .venv-bench
        ;;
    chromium)
        command -v chromium >/dev/null || command -v google-chrome >/dev/null || debian chromium
        # Without a Chinese font the pages under test would show boxes.
        fc-list :lang=zh 2>/dev/null | grep -q . || debian fontconfig fonts-noto-cjk
        ;;
    postgresql)
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || debian postgresql
        ;;
    *)
        fail "usage: scripts/setup.sh run | dev | bench | chromium | postgresql"
        ;;
esac
