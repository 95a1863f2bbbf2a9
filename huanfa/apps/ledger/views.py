"""Pages of the ledger: dossiers, the chain of one, daily checkpoints. They only read."""

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from huanfa.apps.ledger import pages, queries
from huanfa.apps.ledger.models import Checkpoint, Dossier, Entry
from huanfa.apps.officers import access
from huanfa.core.errors import ChainBroken

ENTRIES = 50
# Longer chains are checked on demand: hashing some thousand entries takes about a second.
CHECKED_AT_ONCE = 2_000
# Which of its values says in a word what an entry of a plain register is about.
ABOUT = ("party_name", "course", "name", "card", "number")
KINDS = {"act": "办理", "sign": "签署", "refuse": "不同意", "register": "登记"}


@require_GET
@access.officer_only
def ledger(request: HttpRequest) -> HttpResponse:
    """The dossiers, newest first, with length and end of each chain."""
    rows = access.scoped(Dossier.objects.select_related("org"), request.officer)
    q, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    if q:
        rows = rows.filter(title__icontains=q) | rows.filter(key=q)
    if kind in Dossier.Kind.values:
        rows = rows.filter(kind=kind)
    page = pages.page(rows, {"pk": int}, request.GET.get("page", ""))
    return render(request, "ledger/list.html", {
        "rows": page.rows, "q": q, "kind": kind, "kinds": Dossier.Kind.choices,
        "newer": pages.address(request, page.newer), "older": pages.address(request, page.older),
        "checkpoint": Checkpoint.objects.order_by("-day").first(),
    })


@require_GET
@access.officer_only
def ledger_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One chain: its entries, and whether it holds. ?entry= opens the part in which that entry lies."""
    dossier = _dossier(request, pk)
    first = _first_shown(request, dossier)
    rows = Entry.objects.filter(dossier=dossier, seq__gte=first, seq__lt=first + ENTRIES).order_by("seq", "pk")
    checks = dossier.length <= CHECKED_AT_ONCE or "check" in request.GET
    titles = queries.titles(dossier.org)
    return render(request, "ledger/dossier.html", {
        "dossier": dossier,
        "rows": [_line(row, titles) for row in rows],
        "checked": _checked(dossier) if checks else None,
        "earlier": f"?entry={first - ENTRIES}" if first > 1 else "",
        "later": f"?entry={first + ENTRIES}" if first + ENTRIES <= dossier.length else "",
        "here": f"第 {first}–{min(first + ENTRIES - 1, dossier.length)} 条，共 {dossier.length} 条",
    })


@require_GET
@access.officer_only
def ledger_export(request: HttpRequest, pk: int) -> HttpResponse:
    """One chain as a file that can be checked without the system."""
    dossier = _dossier(request, pk)
    try:
        return _json(f"{dossier.key}.json", queries.export(dossier))
    except ChainBroken as broken:
        return render(request, "ledger/broken.html", {"dossier": dossier, "sentence": str(broken)}, status=409)


@require_GET
@access.officer_only
def checkpoints(request: HttpRequest) -> HttpResponse:
    """The daily checkpoints, newest first."""
    rows = Checkpoint.objects.defer("heads", "message")
    page = pages.page(rows, {"day": date.fromisoformat}, request.GET.get("page", ""))
    return render(request, "ledger/checkpoints.html", {
        "rows": page.rows, "newer": pages.address(request, page.newer), "older": pages.address(request, page.older),
    })


@require_GET
@access.officer_only
def checkpoint(request: HttpRequest, day: date) -> HttpResponse:
    """One checkpoint: what was signed, and whether it holds."""
    point = get_object_or_404(Checkpoint, day=day)
    return render(request, "ledger/checkpoint.html", {"point": point, "holds": queries.checkpoint_holds(point)})


@require_GET
@access.officer_only
def checkpoint_export(request: HttpRequest, day: date) -> HttpResponse:
    """What the bureau publishes of a day."""
    return _json(f"checkpoint-{day}.json", queries.public(get_object_or_404(Checkpoint, day=day)))


def _dossier(request: HttpRequest, pk: int) -> Dossier:
    return get_object_or_404(access.scoped(Dossier.objects.select_related("org"), request.officer), pk=pk)


def _first_shown(request: HttpRequest, dossier: Dossier) -> int:
    wanted = request.GET.get("entry", "")
    number = min(int(wanted), dossier.length) if wanted.isdecimal() and len(wanted) < 10 else 1
    return max(number - 1, 0) // ENTRIES * ENTRIES + 1


def _line(row: Entry, titles: dict[str, str]) -> dict[str, Any]:
    """An entry as the page lists it. One that can no longer be read is shown as such."""
    try:
        data = json.loads(row.data)
        who, papers, prev = data["by"]["name"], data["papers"], data["prev"]
        said = data["values"] if row.kind == "register" else {}
        about = next((str(said[key]) for key in ABOUT if key in said), "")
    except (ValueError, KeyError, TypeError):
        who, papers, prev, about = "（无法读取）", [], "（无法读取）", ""
    return {
        "row": row, "title": titles.get(row.step, row.step), "about": about, "kind": KINDS.get(row.kind, row.kind),
        "who": who, "prev": prev, "papers": papers,
        "recorded": timezone.localtime(row.recorded_at).strftime("%Y-%m-%d %H:%M"),
    }


def _checked(dossier: Dossier) -> dict[str, Any]:
    """Whether the chain holds by itself and against the last checkpoint; if not, the first bad entry."""
    try:
        queries.verify(dossier)
        return {"ok": True, "bad": 0, "sentence": "", "point": queries.sealed_in(dossier)}
    except ChainBroken as broken:
        return {"ok": False, "bad": broken.seq, "sentence": broken.sentence, "point": None}


def _json(name: str, data: object) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
