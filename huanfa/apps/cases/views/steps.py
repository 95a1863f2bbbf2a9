"""Taking a step and signing it. Each page binds its form, calls one action and goes back to the case."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.forms import SignForm, StepForm, as_fields, as_querydict
from huanfa.apps.cases.shown import beside, labels
from huanfa.apps.cases.shown.opened import Opened
from huanfa.apps.cases.shown.options import option_of
from huanfa.apps.cases.shown.prefill import prefill
from huanfa.apps.cases.shown.weighing import law, scales
from huanfa.apps.cases.views import deeds
from huanfa.apps.cases.views.reading import case_of, opened
from huanfa.apps.cases.views.weighing import WORDS
from huanfa.apps.ledger import pages
from huanfa.apps.officers import access
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.engine import Move, out_of_place


@require_http_methods(["GET", "POST"])
@access.officer_only
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Fill in a step and propose it: sign it first, or alone."""
    view = opened(request, pk, on=deeds.legal_date(request))
    asked = _step(view, step)
    if request.method == "GET":
        waits = step in view.standing.waiting
        return pages.see_other("sign", pk, step) if waits else _step_page(request, view, asked, _fresh(request, view, asked))
    do = request.POST.get("do", "")
    if do in ("draft", "discard"):
        return deeds.draft(request, view.case, step, keep=do == "draft")
    form = StepForm(asked, view, request.POST, kept=do.startswith("add:"))
    if form.kept:
        return _step_page(request, view, asked, form, grown=do.removeprefix("add:"))
    if do == "preview" and form.is_valid():
        previews = beside.previews(view, asked, form.values(), form.cleaned_data["on"])
        return _step_page(request, view, asked, form, previews=previews)
    done = form.is_valid() and deeds.attempt(request, form, lambda: _take(request, pk, asked, form))
    return done or _step_page(request, view, asked, form, status=400)


@require_POST
@access.officer_only
def step_draft(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Keep what is typed; asked for by the page's script after each pause in typing."""
    actions.save_draft(request.officer, case_of(request, pk), step[:40], as_fields(request.POST), now=timezone.now())
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@access.officer_only
def sign(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Read what was proposed, with its papers, and sign it or send it back."""
    view = opened(request, pk, on=deeds.legal_date(request))
    asked = _step(view, step)
    form = SignForm(request.POST or None, initial={"on": view.on, "expected": view.length})
    if step not in view.standing.waiting:
        return deeds.moved_on(request) if request.method == "POST" else pages.see_other("case", pk)
    done = form.is_valid() and deeds.attempt(request, form, lambda: _sign(request, pk, asked, form))
    return done or _sign_page(request, view, asked, form)


def _take(request: HttpRequest, pk: int, asked: Step, form: StepForm) -> Move:
    said = form.cleaned_data
    return actions.take(
        pk, asked.id, form.values(), by=request.officer, on=said["on"], now=timezone.localtime(), expected=deeds.expected(form),
        opinion=said.get("signed_opinion", "").strip(),
    )


def _sign(request: HttpRequest, pk: int, asked: Step, form: SignForm) -> Move:
    said = form.cleaned_data
    return actions.take(
        pk, asked.id, {}, by=request.officer, on=said["on"], now=timezone.localtime(), expected=deeds.expected(form),
        agrees=said["agrees"] == "yes", opinion=said["opinion"].strip(),
    )


def _step(view: Opened, step_id: str) -> Step:
    if step_id not in view.procedure.steps or step_id == view.procedure.first:
        raise Http404
    return view.procedure.step(step_id)


def _fresh(request: HttpRequest, view: Opened, asked: Step) -> StepForm:
    """The form as the officer left it, or filled with what the case and the address tell."""
    draft = queries.draft(request.officer, view.case, asked.id)
    if draft:
        form = StepForm(asked, view, as_querydict({"on": str(view.on), **draft.fields, "expected": view.length}), kept=True)
        form.draft = draft
        return form
    named = {ask.id: int(request.GET[ask.id]) for ask in asked.asks if ask.type == "int" and request.GET.get(ask.id, "").isdecimal()}
    return StepForm(asked, view, initial={**prefill(view, asked), **named})


def _step_page(
    request: HttpRequest, view: Opened, asked: Step, form: StepForm, *, previews: Any = None, grown: str = "", status: int = 200
) -> HttpResponse:
    option = option_of(view, asked)
    return render(request, "cases/step.html", {
        "view": view,
        "step": asked,
        "form": form,
        "option": option,
        "out_of_place": None if option else out_of_place(view.procedure, view.standing, asked),
        "may": view.may_sign(asked.signs[0], request.officer.pk),
        "slot": labels.slot(asked.signs[0]),
        "names": view.able(asked.signs[0]),
        "draft": form.draft,
        "grown": grown,
        "previews": previews,
        **WORDS,
        "law": law(scales(view)) if any(ask.id == "milder_choice" for ask in asked.asks) else None,
        "texts": beside.texts(view) if any(ask.type == "regime" for ask in asked.asks) else [],
        "effects": beside.effects(view, asked),
        "running": beside.running(view),
    }, status=status)


def _sign_page(request: HttpRequest, view: Opened, asked: Step, form: SignForm) -> HttpResponse:
    waiting, option = view.standing.waiting[asked.id], option_of(view, asked)
    slot = asked.signs[len(waiting.signed)]
    return render(request, "cases/sign.html", {
        "view": view,
        "step": asked,
        "form": form,
        "slot": labels.slot(slot),
        "mine": view.may_sign(slot, request.officer.pk) and all(one.officer != request.officer.pk for one in waiting.signed),
        "names": view.able(slot),
        "signed": [{"slot": labels.slot(one.slot), "name": one.name, "on": one.on, "opinion": one.opinion} for one in waiting.signed],
        "left": [labels.slot(one) for one in asked.signs[len(waiting.signed):]],
        "values": labels.told(asked, waiting.values, view.facts, view.book),
        "reasons": option.reasons if option else (),
        "previews": beside.previews(view, asked, {}, view.on),
        "effects": beside.effects(view, asked, waiting.values),
    }, status=400 if form.errors else 200)
