"""Pages of a case's exhibits: the list, taking one in, handing one out."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from huanfa.apps.evidence import actions, queries, store
from huanfa.apps.evidence.forms import ExhibitForm
from huanfa.apps.ledger import pages
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers import access
from huanfa.core.errors import NotAllowed


@require_http_methods(["GET", "POST"])
@access.officer_only
def exhibits(request: HttpRequest, case_id: int) -> HttpResponse:
    """The exhibits of a case, and the form for the next one."""
    dossier, on = _dossier(request, case_id), timezone.localdate()
    may_add = "officer" in access.roles(request.officer, on) and not queries.is_archived(dossier)
    usual = {"taken_on": on, "provider": request.officer.name}
    form = ExhibitForm(request.POST or None, request.FILES or None, initial=usual)
    if request.method == "POST":
        access.require(request.officer, on, "officer")
        if form.is_valid() and _added(request, dossier, form):
            return pages.see_other("exhibits", dossier.pk)
    return render(request, "evidence/exhibits.html", {
        "dossier": dossier, "form": form, "may_add": may_add, "archived": queries.is_archived(dossier),
        "rows": [
            (row, queries.size_text(row.size), timezone.localtime(row.added_at).strftime("%Y-%m-%d %H:%M"))
            for row in queries.of(dossier)
        ],
        "limit": settings.HUANFA_EVIDENCE_LIMIT // 2**20,
    }, status=400 if form.errors else 200)


@require_GET
@access.officer_only
def exhibit_file(request: HttpRequest, case_id: int, number: int) -> HttpResponseBase:
    """The file itself, always as a download; not if it is no longer what came in."""
    dossier = _dossier(request, case_id)
    row = get_object_or_404(queries.of(dossier), number=number)
    if not store.is_untouched(row.sha256):
        return render(request, "evidence/broken.html", {"dossier": dossier, "exhibit": row}, status=409)
    file = store.path_of(row.sha256).open("rb")
    response = FileResponse(file, as_attachment=True, filename=row.file_name, content_type=row.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _dossier(request: HttpRequest, case_id: int) -> Dossier:
    rows = Dossier.objects.select_related("case", "org").filter(kind=Dossier.Kind.CASE)
    dossier = get_object_or_404(access.scoped(rows, request.officer), pk=case_id)
    if not hasattr(dossier, "case"):
        raise Http404
    return dossier


def _added(request: HttpRequest, dossier: Dossier, form: ExhibitForm) -> bool:
    values = dict(form.cleaned_data)
    file = values.pop("file")
    try:
        row = actions.add_exhibit(
            dossier.pk, file.name, file.chunks(), **values, by=request.officer, now=timezone.localtime()
        )
    except NotAllowed as refusal:
        pages.refuse(form, refusal)
        return False
    messages.success(request, f"已登记证据{row.number}“{row.name}”，摘要已记入案卷台账。")
    return True
