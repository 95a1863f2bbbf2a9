# Everything a newcomer runs. Each target sets up what it needs; nothing is to be installed by hand first.
# 各目标会自行准备所需环境，无须事先手工安装。

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PORT        ?= 8000
WORKERS     ?= 2
THREADS     ?= 4
PY          := .venv/bin/python
MANAGE      := $(PY) manage.py
PYTEST      := $(PY) -m pytest -q
RUN_STAMP   := .venv/.run-installed
DEV_STAMP   := .venv/.dev-installed
BENCH_STAMP := .venv-bench/.installed
DOSSIERS    := import django; django.setup(); from huanfa.apps.ledger.models import Dossier; print(Dossier.objects.count())

# PIP_* and the like stay the user's own; Python writes no surprises into the checkout.
export PYTHONUTF8 := 1
unexport DJANGO_SETTINGS_MODULE

.PHONY: help setup demo demo-data test test-tools check bench bench-fines lock clean clean-demo

help:
	@echo 'make demo       set up, load the demonstration bureau, serve on http://127.0.0.1:$(PORT)/   试用'
	@echo 'make demo-data  the same without serving                                                   只装演示数据'
	@echo 'make test       ruff, then every test on PostgreSQL and on SQLite                          全部测试'
	@echo 'make check      ruff, mypy on core, import contracts                                       静态检查'
	@echo 'make bench      measure against a throw-away PostgreSQL                                    性能测量'
	@echo 'make bench-fines only the fines of it, beside other software; no database                   只测罚款计算'
	@echo 'make setup      only the environment for working on Huanfa (.venv)                         只建环境'
	@echo 'make clean      remove what the above made, except the data in var/                        清理'
	@echo 'make clean-demo remove var/ as well: the demonstration data and its keys                   清空演示数据'

# ── environment ─────────────────────────────────────────────────────────────────────────────────────────────

$(RUN_STAMP): requirements.txt scripts/setup.sh
	@bash scripts/setup.sh run
	@touch $@

# The lock for development holds everything of the other, so it satisfies both stamps.
$(DEV_STAMP): requirements-dev.txt scripts/setup.sh pyproject.toml
	@bash scripts/setup.sh dev
	@touch $@ $(RUN_STAMP)

# Other software that fines are measured beside, apart from ours: nothing of it is needed to run or to work on Huanfa.
$(BENCH_STAMP): requirements-bench.txt scripts/setup.sh
	@bash scripts/setup.sh bench
	@touch $@

setup: $(DEV_STAMP)

test-tools:
	@bash scripts/setup.sh chromium
	@bash scripts/setup.sh postgresql

# ── trying it out ───────────────────────────────────────────────────────────────────────────────────────────

demo-data: export DJANGO_SETTINGS_MODULE := huanfa.config.settings
demo-data: export HUANFA_DEMO := 1
demo-data: $(RUN_STAMP)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@dossiers=$$($(PY) -c '$(DOSSIERS)'); if [ "$$dossiers" = 0 ]; then $(MANAGE) load_demo; fi

demo: export HUANFA_DEMO := 1
demo: demo-data
	@echo; echo '环法 Huanfa  http://127.0.0.1:$(PORT)/   (Ctrl-C 停止)'; echo
	@exec .venv/bin/gunicorn huanfa.config.wsgi --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --threads $(THREADS) \
		--no-control-socket

# ── testing ─────────────────────────────────────────────────────────────────────────────────────────────────

# PostgreSQL first and the whole of it on SQLite last, so that the closing line counts every test.
# HUANFA_COMPLETE turns "no Chromium, skipped" into a failure: here nothing may be left out silently.
test: export HUANFA_COMPLETE := 1
test: $(DEV_STAMP) test-tools
	@.venv/bin/ruff check .
	@$(PY) scripts/pg.py run -- $(PYTEST) -n 2 -m 'database and not browser'
	@env -u DATABASE_URL $(PYTEST) -n 2

check: $(DEV_STAMP)
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: $(DEV_STAMP) $(BENCH_STAMP)
	@bash scripts/setup.sh postgresql
	@$(PY) -m bench

bench-fines: $(BENCH_STAMP)
	@.venv-bench/bin/python -m bench --only fines --out docs/benchmarks.md

# ── upkeep ──────────────────────────────────────────────────────────────────────────────────────────────────

# Writes the lock files anew from the .in files. Needs uv on PATH (pip install uv).
LOCK := uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'
lock:
	@$(LOCK) --output-file requirements.txt requirements.in
	@$(LOCK) --constraint requirements.txt --output-file requirements-dev.txt requirements-dev.in
	@$(LOCK) --output-file requirements-bench.txt requirements-bench.in

clean:
	@rm -rf .venv .venv-bench huanfa.egg-info build dist .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	@find huanfa tests scripts bench -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

clean-demo: clean
	@rm -rf var
