"""Load the set, measure what was asked for, print the table and write it down. Runs inside a prepared environment."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from django.core.management import call_command
from django.urls import reverse

from bench import client, data, load, measure, report, server
from bench.client import Browser, Visitor
from bench.goals import table
from bench.options import DOCUMENT, options
from huanfa.apps.cases.models import Case
from huanfa.apps.officers.models import Officer

USERS = 16
CASES_EACH = 40
ALONE, TOGETHER = 200, 12.0
ROUNDS = 5


@dataclass
class Bench:
    """What the measurements share, and what they found."""

    bodies: list[data.Body]
    top: list[Officer]
    measured: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    sessions: dict[str, str] = field(default_factory=dict)
    port: int = 0
    master: Popen[bytes] | None = None

    def visitor(self, officer: Officer, *paths: str) -> Visitor:
        """An officer with a session, signed in once by the form."""
        name = officer.user.username
        if name not in self.sessions:
            self.sessions[name] = Browser(self.port).sign_in(name, data.PASSWORD)
        return Visitor(self.port, self.sessions[name], paths)

    def crowd(self, *paths: str) -> list[Visitor]:
        """Sixteen officers of as many bodies; without paths each has cases of their own body before them."""
        bodies = self.bodies[:USERS]
        return [self.visitor(body.pairs[0][0], *(paths or case_pages(body))) for body in bodies]


def main() -> None:
    """Run as the options say."""
    chosen = options()
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    bodies, top = data.bureau()
    rows = load.load(data.batches(data.plan(chosen.cases), bodies))
    load.tidy()
    say(f"{chosen.cases} 件案件，{rows} 行，装入用时 {time.monotonic() - began:.0f} 秒")
    bench = Bench(bodies, top)
    for name, run in INSIDE.items():
        if chosen.only in (None, name):
            say(name)
            run(bench)
    if chosen.only is None or chosen.only in OUTSIDE:
        with server.serving() as (bench.port, bench.master):
            for name, run in OUTSIDE.items():
                if chosen.only in (None, name):
                    say(name)
                    run(bench)
    print(f"\n{table(bench.measured)}\n")
    print("\n".join(f"- {note}" for note in bench.notes))
    if chosen.only is None:
        report.write(Path(chosen.out or DOCUMENT), chosen, rows, bench.measured, bench.notes)


def say(words: str) -> None:
    """Progress, for whoever waits."""
    print(f"· {words}", flush=True)


def fold(bench: Bench) -> None:
    """Folding one case."""
    bench.measured["fold"] = measure.fold()


def step(bench: Bench) -> None:
    """Taking one step."""
    bench.measured["step"] = measure.step()


def counts(bench: Bench) -> None:
    """Queries a page, seen by an officer of a district."""
    body = bench.bodies[0]
    asked = {name: measure.query_counts(body.pairs[0][0], paths) for name, paths in pages_of(body).items()}
    bench.measured |= {f"{name}_queries": float(count) for name, count in asked.items()}


def alone(bench: Bench) -> None:
    """Each page for one user, when nobody else is there."""
    body = bench.bodies[0]
    for name, paths in pages_of(body).items():
        timing = client.alone(bench.visitor(body.pairs[0][0], *paths), requests=ALONE)
        bench.measured[f"{name}_alone"] = timing.median
        bench.notes.append(f"1 人 {name}：{_told(timing)}")


def together(bench: Bench) -> None:
    """List and case page for sixteen users at once."""
    for name, paths in (("list", (reverse("cases"),)), ("case", ())):
        timing = client.together(bench.crowd(*paths), seconds=TOGETHER)
        bench.measured |= {f"{name}_rate": timing.rate, f"{name}_p95": timing.p95}
        bench.notes.append(f"{USERS} 人 {name}：{_told(timing)}")


def last(bench: Bench) -> None:
    """The end of the list beside its beginning, taken in turns so that both meet the same machine."""
    first = reverse("cases")
    for who in (bench.bodies[0].pairs[0][0], bench.top[0]):
        ends = _in_turns(bench, (who, first), (who, f"{first}?page=last"))
        bench.measured["last_page"] = max(bench.measured.get("last_page", 0), ends[1] / ends[0])
        bench.notes.append(f"{who.org.short}人员：第一页 {ends[0]:.1f} ms，最后一页 {ends[1]:.1f} ms")


def scope(bench: Bench) -> None:
    """The list for an officer who sees one district beside one who sees the whole province."""
    first = reverse("cases")
    own, everything = _in_turns(bench, (bench.bodies[0].pairs[0][0], first), (bench.top[0], first))
    bench.measured["scope"] = own / everything
    bench.notes.append(f"案件列表：分局人员 {own:.1f} ms，全省人员 {everything:.1f} ms")


def memory(bench: Bench) -> None:
    """What the workers hold after all that."""
    assert bench.master is not None
    found = server.memory(bench.master)
    bench.measured["memory"] = found[0]
    bench.notes.append("工作进程内存：" + "、".join(f"{one:.0f} MiB" for one in found))


INSIDE: dict[str, Callable[[Bench], None]] = {"fold": fold, "step": step, "queries": counts}
OUTSIDE: dict[str, Callable[[Bench], None]] = {
    "alone": alone, "together": together, "last": last, "scope": scope, "memory": memory,
}


def pages_of(body: data.Body) -> dict[str, list[str]]:
    """The pages that matter, by the name of their goals."""
    return {"list": [reverse("cases")], "work": [reverse("work")], "case": case_pages(body)}


def case_pages(body: data.Body) -> list[str]:
    """Pages of cases of a body, spread over all its years: some open, most ended, a few of them long."""
    keys = list(Case.objects.filter(org=body.org).order_by("pk").values_list("pk", flat=True))
    every = max(1, len(keys) // CASES_EACH)
    return [reverse("case", args=[key]) for key in keys[::-every][:CASES_EACH]]


def _in_turns(bench: Bench, *pairs: tuple[Officer, str]) -> list[float]:
    """The median of each (officer, address), in milliseconds, measured in turns."""
    visitors = [bench.visitor(officer, path) for officer, path in pairs]
    found: list[list[float]] = [[] for _ in visitors]
    for _ in range(ROUNDS):
        for place, visitor in zip(found, visitors, strict=True):
            place.append(client.alone(visitor, requests=ALONE // ROUNDS).median)
    return [statistics.median(place) for place in found]


def _told(timing: client.Timing) -> str:
    return f"{timing.requests} 次，中位 {timing.median:.1f} ms，95% {timing.p95:.1f} ms，每秒 {timing.rate:.0f} 次"
