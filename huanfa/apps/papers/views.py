"""Pages of finished papers: one as it prints, as PDF and docx; the register of papers and of their numbers."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.apps.papers import layout_docx, layout_typst, queries
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.core.papers import Paper as Finished

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@access.officer_only
def papers(request: HttpRequest) -> HttpResponse:
    """The register: every paper of the body, newest first, and the number series with their gaps."""
    rows, wanted = _wanted(request)
    page = pages.page(rows, {"pk": int}, request.GET.get("page", ""))
    return render(request, "papers/list.html", {
        "rows": page.rows, **wanted,
        "titles": queries.titles(request.officer.org),
        "newer": pages.address(request, page.newer), "older": pages.address(request, page.older),
    })


@require_GET
@access.officer_only
def papers_file(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file."""
    rows, _ = _wanted(request)
    head = ["文号", "文书", "日期", "案卷", "台账序号", "SHA-256"]
    lines = rows.values_list("number", "title", "on", "dossier__title", "seq", "sha256")[: pages.LONGEST_FILE]
    return pages.csv_file(f"文书{timezone.localdate()}.csv", head, lines)


@require_GET
@access.officer_only
def numbers(request: HttpRequest) -> HttpResponse:
    """The number series of the body: how far each has come, and whether a number is missing."""
    series = NumberSeries.objects.filter(org__path__startswith=request.officer.org.path).order_by("-year", "prefix", "code")
    return render(request, "papers/numbers.html", {"series": [(one, queries.missing(one)) for one in series]})


@require_GET
@access.officer_only
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, page by page as it prints, with its text for those who do not see the pages."""
    row, finished = _finished(request, pk)
    if finished is None:
        return _broken(request, row)
    count = layout_typst.page_count(finished)
    return render(request, "papers/paper.html", {
        "row": row,
        "paper": finished,
        "pages": [reverse("paper_page", args=[pk, number]) for number in range(1, count + 1)],
        "ref": json.loads(row.content)["ref"],
        "in_ledger": queries.in_ledger(row),
    })


@require_GET
@access.officer_only
@cache_control(private=True, max_age=86_400, immutable=True)
def paper_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture. A finished paper never changes, so neither does this."""
    row, finished = _finished(request, pk)
    if finished is None:
        return _broken(request, row)
    try:
        return HttpResponse(layout_typst.render_png(finished, number, ppi=110), content_type="image/png")
    except IndexError as error:
        raise Http404 from error


@require_GET
@access.officer_only
def paper_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as PDF, to read or print."""
    row, finished = _finished(request, pk)
    if finished is None:
        return _broken(request, row)
    return _file(row, layout_typst.render(finished), "application/pdf", "pdf", attached=False)


@require_GET
@access.officer_only
def paper_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as a Word file."""
    row, finished = _finished(request, pk)
    if finished is None:
        return _broken(request, row)
    return _file(row, layout_docx.render(finished), DOCX, "docx", attached=True)


def _finished(request: HttpRequest, pk: int) -> tuple[Paper, Finished | None]:
    """The paper of the address, if the officer may see it; None beside it if its text was tampered with."""
    rows = access.scoped(Paper.objects.select_related("dossier"), request.officer, "dossier__org")
    row = get_object_or_404(rows, pk=pk)
    try:
        return row, queries.finished(row)
    except ValueError:
        return row, None


def _broken(request: HttpRequest, row: Paper) -> HttpResponse:
    return render(request, "papers/broken.html", {"row": row}, status=409)


def _file(row: Paper, data: bytes, kind: str, ending: str, *, attached: bool) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    name = f"{row.title}{row.number or row.on}.{ending}"
    response["Content-Disposition"] = content_disposition_header(attached, name)
    return response


def _wanted(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    """The papers that the address asks for, and what it asks."""
    rows = access.scoped(Paper.objects.select_related("dossier").defer("content"), request.officer, "dossier__org")
    q, template, year = request.GET.get("q", "").strip()[:60], request.GET.get("template", ""), request.GET.get("year", "")
    if q:
        rows = rows.filter(number__icontains=q) | rows.filter(dossier__title__icontains=q)
    if template:
        rows = rows.filter(template=template)
    if year.isdecimal() and len(year) == 4:
        rows = rows.filter(on__year=int(year))
    today = timezone.localdate()
    return rows.order_by("-pk"), {"q": q, "template": template, "year": year, "years": range(today.year, 2020, -1)}
