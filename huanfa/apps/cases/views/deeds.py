"""What acting pages share: the legal date of a form, drafts, and a deed done with its refusals put on the form."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from huanfa.apps.cases import actions
from huanfa.apps.cases.forms import SignForm, StepForm, as_fields
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.shown.history import history
from huanfa.apps.cases.views.reading import opened
from huanfa.apps.ledger import pages
from huanfa.core.errors import HuanfaError, NotAllowed
from huanfa.core.procedure.engine import Move
from huanfa.core.procedure.values import EARLIEST

Form = StepForm | SignForm


def legal_date(request: HttpRequest) -> date:
    """The legal date the form bears, as far as choices on the page hang on it; today while it cannot be read."""
    try:
        on = parse_date(request.POST.get("on", ""))
    except ValueError:
        on = None
    today = timezone.localdate()
    return on if on and EARLIEST <= on <= today else today


def expected(form: Form) -> int:
    """The length of the ledger the page was drawn from; a page that does not say is out of date by definition."""
    found = form.cleaned_data.get("expected")
    return -1 if found is None else int(found)


def attempt(request: HttpRequest, form: Form, deed: Callable[[], Move | Case | None]) -> HttpResponse | None:
    """Do it and go to the case, or put every reason on the form. A page that is out of date keeps what was typed."""
    try:
        done = deed()
    except actions.CaseHasMovedOn:
        return moved_on(request)
    except NotAllowed as refusal:
        form.refuse(refusal)
        return None
    except HuanfaError as refusal:
        form.add_error(None, str(refusal))
        return None
    if done is None:
        return None
    messages.success(request, _said(done))
    return pages.see_other("case", done.pk if isinstance(done, Case) else _address(request)["pk"])


def moved_on(request: HttpRequest) -> HttpResponse:
    """The page was older than the case: say what has happened since, and keep what was typed as a draft."""
    step_id = _address(request)["step"]
    view = opened(request, _address(request)["pk"])
    seen = request.POST.get("expected", "")
    news = [one for one in history(view) if seen.isdecimal() and one["seq"] > int(seen)]
    signing = "agrees" in request.POST
    if not signing:
        actions.save_draft(request.officer, view.case, step_id, as_fields(request.POST), now=timezone.now())
    return render(request, "cases/moved_on.html", {
        "view": view,
        "step": view.procedure.step(step_id),
        "news": news[:10],
        "kept": not signing,
        "typed": request.POST.get("opinion", ""),
    }, status=409)


def draft(request: HttpRequest, case: Case | None, step_id: str, *, keep: bool) -> HttpResponse:
    """Keep or throw away a draft by its button, and come back to the form."""
    if keep:
        actions.save_draft(request.officer, case, step_id, as_fields(request.POST), now=timezone.now())
        messages.success(request, "草稿已保存，可以稍后继续。")
    else:
        actions.discard_draft(request.officer, case, step_id)
        messages.info(request, "草稿已删除。")
    return pages.see_other("step", case.pk, step_id) if case else pages.see_other("case_new")


def _address(request: HttpRequest) -> dict[str, object]:
    assert request.resolver_match
    return request.resolver_match.kwargs


def _said(done: Move | Case) -> str:
    if isinstance(done, Case):
        return "线索已登记。"
    if done.entry.kind == "refuse":
        return "已退回，并记入台账。"
    if not done.final:
        return "已签署，等待下一环节签署。"
    numbers = "、".join(number for _, number, _ in done.entry.papers if number)
    return f"已办结，制作文书{len(done.entry.papers)}份{f'：{numbers}' if numbers else ''}。" if done.entry.papers else "已办结。"
