"""What is measured inside one process: folding a case, taking a step, counting the queries of a page."""

import statistics
import time
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.stories import clock, filling
from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.models import Case
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.ledger.queries import entries_of
from huanfa.apps.officers.models import Officer
from huanfa.core.procedure.fold import stand

FOLDS = 400
STEPS = 60
ENTRIES = 25


def fold() -> float:
    """Milliseconds to fold the case whose ledger is nearest to twenty-five entries (the database not counted)."""
    lengths = Dossier.objects.values_list("length", flat=True).distinct()
    length = min(lengths, key=lambda one: abs(one - ENTRIES))
    case = Case.objects.select_related("org").filter(dossier__length=length).order_by("pk")[0]
    entries = entries_of(case.pk)
    procedure = queries.procedure(case, entries[-1].on)
    took = []
    for _ in range(FOLDS):
        began = time.perf_counter()
        stand(procedure, entries)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def step() -> float:
    """Milliseconds to serve the prior notice in one case after another: a receipt is drawn up, two periods open."""
    took = []
    rows = Case.objects.select_related("org").filter(stage="notice", ended="", deadlines__ended="").exclude(
        deadlines__term="defence"
    )
    for case in rows.distinct().order_by("-pk")[: STEPS + 5]:
        entries = entries_of(case.pk)
        on = entries[-1].on + timedelta(days=1)
        standing, _ = queries.fold(case, on)
        cast = dict(zip(("handler", "second_handler"), Officer.objects.filter(pk__in=standing.handlers), strict=True))
        values = filling(queries.procedure(case, on).step("serve_notice"), on, cast)
        began = time.perf_counter()
        actions.take(case.pk, "serve_notice", values, by=cast["handler"], on=on, now=clock(on))
        took.append(time.perf_counter() - began)
    return statistics.median(took[5:] or took) * 1000


def query_counts(officer: Officer, paths: list[str]) -> int:
    """The most queries that one of these pages asks."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    most = 0
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"GET {path}: {answer.status_code}")
        most = max(most, len(asked))
    return most
