"""The calculator that needs no case and no account: choose a benchmark, find a table, say what was found, see every line.

Everything stands in the address, so that a result can be kept, sent and printed. Nothing is stored.
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from huanfa.apps.discretion import queries, whatif
from huanfa.apps.discretion.forms import Conduct, FindingsForm
from huanfa.apps.discretion.views.replay import may_replay
from huanfa.core.discretion import compute
from huanfa.core.discretion.benchmark import Benchmark, Table
from huanfa.core.discretion.compute import printed_statute
from huanfa.core.errors import NoRule, NotAllowed, RuleFault
from huanfa.core.money import figures, in_words

PAGE = 40
MOST = 60


@require_GET
def benchmarks(request: HttpRequest) -> HttpResponse:
    """The benchmarks and how each stands on the day of the conduct; with words, the tables of all that can be used."""
    form, on = _asked(request)
    shelves = queries.shelves(on)
    found = []
    if q := _words(form):
        usable = [one.benchmark for one in shelves if one.benchmark and one.state.usable]
        found = [(one, tables[:MOST], len(tables)) for one in usable if (tables := queries.find(one, q))]
    return _page(request, "benchmarks", {
        "form": form, "on": on, "q": q, "shelves": shelves, "found": found, "span": queries.span, "may_replay": may_replay(request),
    }, form)


@require_GET
def tables(request: HttpRequest, body: str, version: str) -> HttpResponse:
    """The tables of one benchmark by chapter, a page at a time."""
    benchmark = _benchmark(body, version)
    form, on = _asked(request)
    q = _words(form)
    rows = queries.find(benchmark, q)
    wanted = request.GET.get("page", "")
    last = max(1, -(-len(rows) // PAGE))
    number = min(max(int(wanted), 1), last) if wanted.isdecimal() and len(wanted) < 5 else 1
    shown = rows[(number - 1) * PAGE : number * PAGE]
    return _page(request, "tables", {
        "form": form, "on": on, "q": q, "benchmark": benchmark, "state": queries.state(benchmark, on), "span": queries.span,
        "sections": queries.sections(shown), "count": len(rows), "number": number, "last": last,
        "newer": _turned(request, number - 1) if number > 1 else "", "older": _turned(request, number + 1) if number < last else "",
    }, form)


@require_GET
def table(request: HttpRequest, body: str, version: str, table_id: str) -> HttpResponse:
    """One table: its questions, and the result once they were answered. That something is still missing is an answer, too."""
    benchmark = _benchmark(body, version)
    found = _table(benchmark, table_id)
    conduct, on = _asked(request)
    bound = "calculate" in request.GET
    form = FindingsForm(benchmark, found, request.GET if bound else None)
    context: dict[str, Any] = {
        "conduct": conduct, "on": on, "benchmark": benchmark, "table": found, "form": form, "span": queries.span,
        "state": queries.state(benchmark, on), "repealed": queries.repealed(found, on), "computable": queries.computable(found),
        "bound": bound, "figures": figures, "in_words": in_words,
        "result": None, "refusal": "", "lines": (), "others": (), "statute": None,
    }
    readable = conduct.is_valid() and (form.is_valid() or not bound)
    if bound and readable:
        context |= _result(benchmark, found, form, on)
    return render(request, "discretion/table.html", context, status=200 if readable else 400)


def _result(benchmark: Benchmark, found: Table, form: FindingsForm, on: date) -> dict[str, Any]:
    findings = form.findings()
    statute = form.statute() or printed_statute(found, findings)
    try:
        result = compute(benchmark, found.id, findings, on=on, statute=statute)
    except NotAllowed as refusal:
        form.refuse(refusal)
        return {}
    except NoRule as refusal:
        return {"refusal": str(refusal)}
    return {
        "result": result, "statute": statute, "lines": whatif.lines(result),
        "others": whatif.others(benchmark, found, findings, result, on=on, statute=statute),
    }


def _asked(request: HttpRequest) -> tuple[Conduct, date]:
    """The form with the day of the conduct and the words, and that day: today unless another is asked."""
    today = timezone.localdate()
    form = Conduct({"on": request.GET.get("on") or today.isoformat(), "q": request.GET.get("q", "")})
    return form, form.cleaned_data.get("on") or today if form.is_valid() else today


def _words(form: Conduct) -> str:
    return form.cleaned_data.get("q", "") if form.is_valid() else ""


def _benchmark(body: str, version: str) -> Benchmark:
    try:
        return queries.opened(f"{body}/{version}")
    except (NoRule, RuleFault):
        raise Http404 from None


def _table(benchmark: Benchmark, table_id: str) -> Table:
    try:
        return benchmark.table(table_id)
    except NoRule:
        raise Http404 from None


def _turned(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _page(request: HttpRequest, name: str, context: dict[str, Any], form: Conduct) -> HttpResponse:
    return render(request, f"discretion/{name}.html", context, status=200 if form.is_valid() else 400)
