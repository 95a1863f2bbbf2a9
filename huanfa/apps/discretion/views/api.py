"""The calculator as JSON: the same schema as the command line, written down in docs/api.md. Open to everybody, keeps nothing.

Every refusal is {"reasons": [{"sentence", "article", "field"}]}: 400 what was asked cannot be computed, 404 no such benchmark
or table, 405, 413 longer than 64 KiB, 415 not application/json.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from huanfa.apps.discretion import queries
from huanfa.core import rulebook
from huanfa.core.discretion import asks, compute
from huanfa.core.discretion.benchmark import Benchmark, Table
from huanfa.core.discretion.request import answer, from_json, read_request
from huanfa.core.errors import HuanfaError, NoRule, NotAllowed, Reason, RuleFault

LIMIT = 64 * 1024
JSON = "application/json"
View = Callable[..., JsonResponse]
REQUEST = {
    "benchmark": "裁量基准的 id，如 guangdong/2022",
    "table": "裁量表的 id，如 GD-3.2a",
    "on": "违法行为之日，如 2026-06-01：取当日有效的基准",
    "findings": "认定的情况，各项见裁量表的 asks：levels（要素和档次的对照）、measures（要素和“3个月”这样的数值）、quantity、units、"
    "column、override、circumstances、position、chosen、adjustments、daily……；金额一律为整数，以分为单位",
    "statute": "法定幅度，可以不写：{low, high, article}，以分为单位；不写的，取裁量表所印的幅度",
    "offence": "规则库中的案由，可以代替 statute；另可写 regime、tier",
}
ANSWER = {
    "amount": "参考罚款，以分为单位",
    "figures": "数额", "in_words": "大写", "low": "这一档的下限", "high": "这一档的上限", "legal_low": "法定下限", "legal_high": "法定上限",
    "lines": "逐行的算法：kind、label、told、sum、source；share（占 base 的份额）或者 change（分）相加等于 amount",
    "unestablished": "没有认定、按最低档的要素", "warnings": "不能忽略的事项", "rules": "用到的规则文件和它的 SHA-256",
}
EXAMPLE = {
    "benchmark": "guangdong/2022", "table": "GD-3.2a", "on": "2026-06-01", "findings": {"levels": {"排污情况": "排放A类大气污染物"}},
}
NOTE = "结果是参考数额，不是行政处罚决定。"


def _only(*methods: str) -> Callable[[View], View]:
    """Refuse every other method in JSON."""

    def around(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
            if request.method in methods:
                return view(request, *args, **kwargs)
            refused = _refused([Reason(f"只接受 {'、'.join(methods)}")], 405)
            refused["Allow"] = ", ".join(methods)
            return refused

        return inside

    return around


@csrf_exempt    # nothing is kept and nobody is signed in: there is nothing to forge
@_only("GET", "HEAD", "POST")
def fine(request: HttpRequest) -> JsonResponse:
    """GET: what may be asked, and the benchmarks. POST: one computation."""
    return _computed(request) if request.method == "POST" else _described()


@_only("GET", "HEAD")
def tables(request: HttpRequest, body: str, version: str) -> JsonResponse:
    """The tables of one benchmark."""
    try:
        benchmark = queries.opened(f"{body}/{version}")
    except (NoRule, RuleFault) as missing:
        return _refused([Reason(str(missing), "", "benchmark")], 404)
    return _json({**_benchmark(benchmark), "gist": benchmark.gist, "source": benchmark.source, "tables": [
        _table(benchmark, one) for one in benchmark.tables.values()
    ]})


@_only("GET", "HEAD")
def table(request: HttpRequest, body: str, version: str, table_id: str) -> JsonResponse:
    """What one table asks."""
    try:
        benchmark = queries.opened(f"{body}/{version}")
        found = benchmark.table(table_id)
    except (NoRule, RuleFault) as missing:
        return _refused([Reason(str(missing), "", "table")], 404)
    return _json({**_table(benchmark, found), "benchmark": benchmark.id, "note": found.note, "asks": asks(benchmark, found)})


def _computed(request: HttpRequest) -> JsonResponse:
    if request.content_type != JSON:
        return _refused([Reason(f"Content-Type 应为 {JSON}")], 415)
    length = request.headers.get("Content-Length") or "0"
    raw = request.read(LIMIT + 1) if length.isdecimal() and int(length) <= LIMIT else b""
    if not length.isdecimal() or int(length) > LIMIT or len(raw) > LIMIT:
        return _refused([Reason(f"内容过长，最多{LIMIT // 1024}KB")], 413)
    try:
        asked = read_request(from_json(raw))
    except NotAllowed as refusal:
        return _refused(refusal.reasons, 400)
    try:
        benchmark = queries.opened(asked.benchmark)
        benchmark.table(asked.table)
    except (NoRule, RuleFault) as missing:
        return _refused([Reason(str(missing), "", "table" if "裁量表" in str(missing) else "benchmark")], 404)
    book = rulebook.load(settings.HUANFA_PACK)
    try:
        statute = asked.held_to(book.offences, book.titles)
        return _json({**answer(compute(benchmark, asked.table, asked.findings, on=asked.on, statute=statute)), "note": NOTE})
    except NotAllowed as refusal:
        return _refused(refusal.reasons, 400)
    except HuanfaError as refusal:
        return _refused([Reason(str(refusal))], 400)


def _described() -> JsonResponse:
    today = timezone.localdate()
    shelves = [one.benchmark for one in queries.shelves(today) if one.benchmark]
    return _json({
        "note": NOTE, "request": REQUEST, "answer": ANSWER,
        "refusal": {"reasons": [{"sentence": "缺什么、怎样办", "article": "依据", "field": "哪一项"}]},
        "example": EXAMPLE,
        "benchmarks": [_benchmark(one) for one in shelves],
    })


def _benchmark(one: Benchmark) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "number": one.number, "issuer": one.issuer, "from": _day(one.begins), "until": _day(one.until),
        "status": one.status, "state": queries.state(one, timezone.localdate()).word, "extends": one.extends,
        "missing": [gap.what for gap in one.gaps], "tables_count": len(one.tables),
        "address": reverse("api_fine_tables", args=one.id.split("/")),
    }


def _table(benchmark: Benchmark, one: Table) -> dict[str, Any]:
    return {
        "id": one.id, "offence": one.offence, "section": one.section, "basis": list(one.basis),
        "statutory": [span.text for span in one.statutory], "complete": one.complete, "computable": queries.computable(one),
        "address": reverse("api_fine_table", args=[*benchmark.id.split("/"), one.id]),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _json(data: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _refused(reasons: Iterable[Reason], status: int) -> JsonResponse:
    return _json({"reasons": [{"sentence": one.sentence, "article": one.article, "field": one.field} for one in reasons]}, status)
