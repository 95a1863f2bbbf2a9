"""The discretion of a case: an overview, the worksheet, the check of the no-fine list, the approval of a departure."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from huanfa.apps.cases import queries, records
from huanfa.apps.cases.actions import CaseHasMovedOn
from huanfa.apps.cases.shown import weighing as shown
from huanfa.apps.cases.shown.history import history
from huanfa.apps.cases.shown.opened import Opened
from huanfa.apps.cases.views import deeds
from huanfa.apps.cases.views.reading import opened
from huanfa.apps.cases.weighing import Scales, Weighed, earlier_of, pool_of
from huanfa.apps.cases.weighing_forms import NO_TABLE, ApprovalForm, NoFineForm, PickForm, WorksheetForm
from huanfa.apps.discretion.forms import FindingsForm
from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.core.discretion import Findings
from huanfa.core.errors import HuanfaError, NotAllowed, Reason
from huanfa.core.money import figures, yuan
from huanfa.core.procedure.guards.discretion import WORKSHEET
from huanfa.core.procedure.registers import may_approve_departure, may_fill_worksheet, may_weigh

WORDS = {"yuan_of": figures}
DONE = 303


@require_GET
@access.officer_only
def discretion(request: HttpRequest, pk: int) -> HttpResponse:
    """What the case is weighed by, how far it has come, and what is still to be done."""
    view = opened(request, pk)
    return render(request, "cases/discretion.html", {**WORDS, "view": view, **shown.overview(view)})


@require_http_methods(["GET", "POST"])
@access.officer_only
def worksheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in a worksheet: pick the text and the table, find each factor, see the sum, file it."""
    view = opened(request, pk, on=deeds.legal_date(request))
    scales = shown.scales(view)
    before = view.standing.registered.get(WORKSHEET)
    kept: dict[str, Any] = dict(before.values) if before else {}
    posted = request.POST if request.method == "POST" else None
    pick = PickForm(scales, request.GET if posted is None else posted, prefer=_preferred(view, kept))
    findings = _findings_form(request, view, pick, kept)
    form = WorksheetForm(scales, pick, posted, initial={"on": view.on, "expected": view.length, **_kept(kept)})
    found: Weighed | None = None
    status = 200
    if posted is not None:
        valid = form.is_valid() & (findings is None or findings.is_valid()) & _of_this_page(posted, form, findings, pick)
        asked = form.asked(findings.findings() if findings else Findings()) if valid else None
        found = _weighed(scales, view, asked, form, findings) if asked else None
        if found and posted.get("do") == "file":
            status = _attempt(view, form, findings, lambda: records.file_worksheet(
                pk, asked, by=request.officer, on=form.cleaned_data["on"], now=timezone.localtime(), expected=deeds.expected(form),
            ))
            if status == DONE:
                messages.success(request, "裁量计算表已存入案卷。")
                return pages.see_other("discretion", pk)
        if status == 200 and (form.errors or (findings is not None and findings.errors)):
            status = 400
    return render(request, "cases/worksheet.html", {
        **WORDS,
        "view": view,
        "scales": scales,
        "pick": pick,
        "form": form,
        "bound": posted is not None,
        "refills": bool(kept),
        "findings": findings,
        "hint": shown.history_hint(scales, earlier_of(view.case, view.officer)),
        "why_not": _not_the_day(may_fill_worksheet(view.standing, view.facts, view.officer.pk, view.on)),
        "weighed": shown.weighed(scales, found) if found else None,
        "law": shown.law(scales) if scales.sides else None,
    }, status=status)


@require_http_methods(["GET", "POST"])
@access.officer_only
def no_fine_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the no-fine list against the facts."""
    view = opened(request, pk, on=deeds.legal_date(request))
    items = queries.no_fine_items(view.case, view.on)
    earlier = earlier_of(view.case, view.officer)
    windows = shown.windows(items, earlier, view.case.found_on)
    first = {name: "no" if against else "yes" for name, against in windows.items()}
    posted = request.POST if request.method == "POST" else None
    form = NoFineForm(items, posted, initial={"on": view.on, "expected": view.length, **first})
    status = 200 if posted is None else 400
    if posted is not None and form.is_valid() and _of_this_page(posted, form):
        said = form.cleaned_data
        status = _attempt(view, form, None, lambda: records.check_no_fine(
            pk, form.answers(), said["concluded"], said["reason"], by=request.officer, on=said["on"], now=timezone.localtime(),
            expected=deeds.expected(form),
        ))
        if status == DONE:
            messages.success(request, "清单核对已记入案卷。")
            return pages.see_other("discretion", pk)
    return render(request, "cases/no_fine.html", {
        **WORDS,
        "view": view,
        "form": form,
        "earlier": earlier,
        "windows": windows,
        "why_not": _not_the_day(may_weigh(view.standing, view.facts, view.officer.pk, view.on)),
    }, status=status)


@require_http_methods(["GET", "POST"])
@access.officer_only
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """The principal head approves that the worksheet in force departs from the benchmark."""
    view = opened(request, pk, on=deeds.legal_date(request))
    posted = request.POST if request.method == "POST" else None
    form = ApprovalForm(posted, initial={"on": view.on, "expected": view.length})
    status = 200 if posted is None else 400
    if posted is not None and form.is_valid() and _of_this_page(posted, form):
        said = form.cleaned_data
        status = _attempt(view, form, None, lambda: records.approve_departure(
            pk, said["reason"], by=request.officer, on=said["on"], now=timezone.localtime(), expected=deeds.expected(form),
        ))
        if status == DONE:
            messages.success(request, "已批准，并记入台账。")
            return pages.see_other("discretion", pk)
    return render(request, "cases/departure.html", {
        **WORDS,
        "view": view,
        "form": form,
        **shown.overview(view),
        "why_not": _not_the_day(may_approve_departure(view.standing, view.facts, view.officer.pk, view.on)),
    }, status=status)


def _not_the_day(reasons: list[Reason]) -> list[Reason]:
    """What stands in the officer's way whatever day is filled in; a wrong day is said at its field."""
    return [one for one in reasons if one.field != "on"]


def _findings_form(request: HttpRequest, view: Opened, pick: PickForm, kept: dict[str, Any]) -> FindingsForm | None:
    """The questions of the table that was picked, with the exhibits of the case."""
    found = next(((one, table) for one, table in pick.tables if f"{one.id}|{table.id}" == pick.table), None)
    if found is None:
        return None
    computed = kept.get("computation") or {}
    before = Findings.from_data(kept["findings"]) if kept and computed.get("table") == found[1].id else None
    exhibits = [(one.number, one.name) for one in Exhibit.objects.filter(dossier=view.case.pk)]
    data = request.POST if request.method == "POST" else None
    return FindingsForm(found[0], found[1], data, prefix="t", initial=before, exhibits=exhibits, statute=False)


def _weighed(
    scales: Scales, view: Opened, asked: Any, form: WorksheetForm, findings: FindingsForm | None
) -> Weighed | None:
    """The worksheet as it would be, or its refusals on the forms."""
    try:
        return scales.weigh(asked, pool_of(view.case, view.officer))
    except NotAllowed as refusal:
        _refuse(form, findings, refusal)
    except HuanfaError as refusal:
        form.add_error(None, str(refusal))
    return None


def _refuse(form: Any, findings: FindingsForm | None, refusal: NotAllowed) -> None:
    """Each reason goes to the form that has its field."""
    theirs = [one for one in refusal.reasons if findings is not None and findings.field_of(one)]
    if findings is not None and theirs:
        findings.refuse(NotAllowed(theirs))
    if rest := [one for one in refusal.reasons if one not in theirs]:
        form.refuse(NotAllowed(rest))


def _of_this_page(posted: QueryDict, form: Any, findings: FindingsForm | None = None, pick: PickForm | None = None) -> bool:
    """Whether everything handed in was asked on this page: what the page does not know is said, never passed over."""
    known = {"csrfmiddlewaretoken", "do", *form.fields, *(pick.fields if pick else ())}
    known |= {findings.add_prefix(name) for name in findings.fields} if findings else set()
    strange = [name for name in posted if name not in known]
    if strange:
        form.add_error(None, f"页面上没有“{strange[0][:40]}”这一项，没有保存；请重新打开本页填写")
    for sentence in pick.strange if pick else ():
        form.add_error(None, sentence)
    return not strange and not (pick and pick.strange)


def _attempt(view: Opened, form: Any, findings: FindingsForm | None, deed: Callable[[], Any]) -> int:
    """Do it, or put every reason where it belongs. Returns the status of the answer."""
    try:
        deed()
    except CaseHasMovedOn:
        seen = form.cleaned_data.get("expected")
        news = "、".join(f"{one['title']}（{one['on']}）" for one in history(view) if seen is not None and one["seq"] > seen)
        told = f"此后的新情况：{news}。" if news else ""
        form.add_error(None, f"您打开这一页之后，案件已由他人办理了新的事项，没有保存。{told}您填写的内容还在本页，核对后可以再次提交。")
        form.data = form.data.copy()
        form.data["expected"] = str(view.length)
        return 409
    except NotAllowed as refusal:
        _refuse(form, findings, refusal)
        return 400
    except HuanfaError as refusal:
        form.add_error(None, str(refusal))
        return 400
    return DONE


def _preferred(view: Opened, kept: dict[str, Any]) -> dict[str, str]:
    """What the worksheet in force, or else the report, was made by."""
    computed = kept.get("computation")
    table = f"{computed['benchmark']}|{computed['table']}" if computed else NO_TABLE if kept else ""
    reported = str(view.standing.value("report_investigation", "regime", "") or "")
    return {"regime": str(kept.get("regime", reported)), "tier": str(kept.get("tier", "")), "table": table}


def _kept(kept: dict[str, Any]) -> dict[str, Any]:
    """What the worksheet in force says, as the form shows it."""
    if not kept:
        return {}
    out = {key: kept.get(key) for key in ("departure_reason", "issuer_approval", "mitigation", "likeness_reason", "units")}
    out |= {f"factor_{key}": text for key, text in kept.get("factors", {}).items()}
    if kept.get("departure") or not kept.get("computation"):
        out["amount"] = yuan(kept["amount"])
    if kept.get("base"):
        out["base"] = yuan(kept["base"])
    return out
