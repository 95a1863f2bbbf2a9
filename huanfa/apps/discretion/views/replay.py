"""A year's decided cases under another benchmark: what would change, and which cases it cannot say."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from huanfa.apps.discretion import queries
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.core.discretion.benchmark import Benchmark
from huanfa.core.discretion.replay import Replayed, replay
from huanfa.core.errors import HuanfaError
from huanfa.core.money import figures, yuan

ROLES = ("legal_reviewer", "unit_head", "leader", "head", "supervisor")
HEAD = ("案件", "决定日期", "裁量表", "决定罚款（元）", "当时计算（元）", "重算（元）", "增减（元）", "说明")


class ReplayForm(forms.Form):
    """The year, the benchmark, and the day whose version of it is wanted."""

    year = forms.TypedChoiceField(label="决定年份", coerce=int, required=False)
    benchmark = forms.ChoiceField(label="换用的裁量基准", required=False)

    def __init__(self, data: Any, years: list[int], shelves: list[queries.Shelf]):
        super().__init__(data)
        self.fields["year"].choices = [(one, f"{one}年") for one in years] or [("", "没有")]
        named = [(one.id, f"{one.benchmark.title}（{one.id}）") for one in shelves if one.benchmark and one.benchmark.tables]
        self.fields["benchmark"].choices = [("", "请选择"), *named]


def may_replay(request: HttpRequest) -> bool:
    """Whether whoever is signed in reviews the work of others."""
    officer = access.of(request)
    return officer is not None and bool(access.roles(officer, timezone.localdate()) & set(ROLES))


@require_GET
@access.officer_only
def replay_year(request: HttpRequest) -> HttpResponse:
    """Run the year again and show every case, what it was and what it would be."""
    today = timezone.localdate()
    access.require(request.officer, today, *ROLES)
    years = queries.years_decided(request.officer)
    form = ReplayForm(request.GET or None, years, queries.shelves(today))
    rows: list[Replayed] = []
    benchmark, refusal, year = None, "", 0
    if form.is_valid() and form.cleaned_data["benchmark"] and form.cleaned_data["year"]:
        year = form.cleaned_data["year"]
        try:
            benchmark = queries.opened(form.cleaned_data["benchmark"])
            rows = replay(queries.decided(request.officer, year), benchmark, on=_day(benchmark, today))
        except HuanfaError as error:
            refusal = str(error)
    if rows and benchmark and request.GET.get("file"):
        return pages.csv_file(f"{year}年按{benchmark.id.replace('/', '-')}重算.csv", HEAD, (_cells(one) for one in rows))
    told = [one for one in rows if one.now is not None]
    return render(request, "discretion/replay.html", {
        "form": form,
        "years": years,
        "rows": rows,
        "year": year,
        "benchmark": benchmark,
        "refusal": refusal,
        "changed": [one for one in told if one.change],
        "told": told,
        "before": sum(one.past.computed for one in told),
        "after": sum(one.now.amount for one in told if one.now),
        "yuan_of": figures,
        "query": request.GET.urlencode(),
    })


def _day(benchmark: Benchmark, today: date) -> date:
    """A day on which the benchmark is in force: today, or else its last or first day. A day unknown is refused by core."""
    if benchmark.begins is None or benchmark.covers(today):
        return today
    return benchmark.until if benchmark.until and today > benchmark.until else benchmark.begins


def _cells(one: Replayed) -> tuple[Any, ...]:
    now, change = (yuan(one.now.amount), yuan(one.change or 0)) if one.now else ("", "")
    return (one.past.name, one.past.on, one.past.table, yuan(one.past.fine), yuan(one.past.computed), now, change, one.why)
