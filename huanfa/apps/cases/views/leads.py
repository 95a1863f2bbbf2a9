"""Registering a lead: the party and the offence are looked for by the server, so the page needs no script."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.forms import LeadForm, as_fields, as_querydict
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.shown import beside, labels
from huanfa.apps.cases.shown.opened import Opened, blank, link
from huanfa.apps.cases.views import deeds
from huanfa.apps.officers import access
from huanfa.apps.parties import queries as parties
from huanfa.apps.parties.models import Party
from huanfa.core.offences import Offence
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.standing import day_of

FOUND = 12


@require_http_methods(["GET", "POST"])
@access.officer_only
def case_new(request: HttpRequest) -> HttpResponse:
    """Register a lead: party, offence, what was found."""
    access.require(request.officer, timezone.localdate(), "officer")
    view = blank(request.officer, on=deeds.legal_date(request), today=timezone.localdate())
    asked = view.procedure.step(view.procedure.first)
    if request.method == "GET":
        return _page(request, view, asked, _fresh(request, view, asked))
    do = request.POST.get("do", "")
    if do in ("draft", "discard"):
        return deeds.draft(request, None, asked.id, keep=do == "draft")
    if do == "party":
        return _to_new_party(request, asked)
    form = LeadForm(asked, view, request.POST, kept=do.startswith("find"))
    done = not form.kept and form.is_valid() and deeds.attempt(request, form, lambda: _register(request, form))
    return done or _page(request, view, asked, form, status=200 if form.kept else 400)


@require_POST
@access.officer_only
def lead_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is typed of a new lead."""
    actions.save_draft(request.officer, None, "register_lead", as_fields(request.POST), now=timezone.now())
    return HttpResponse(status=204)


def _register(request: HttpRequest, form: LeadForm) -> Case | None:
    party = _parties(request).filter(pk=form.cleaned_data.get("party") or 0).first()
    if party is None:
        form.add_error("party", "请选择当事人；没有登记过的，点“登记新当事人”")
        return None
    on = form.cleaned_data["on"]
    return actions.register_lead(party, form.values(), by=request.officer, on=on, now=timezone.localtime())


def _to_new_party(request: HttpRequest, asked: Step) -> HttpResponse:
    """To the page that opens a party's file and comes back with it; what is typed here is kept meanwhile."""
    actions.save_draft(request.officer, None, asked.id, as_fields(request.POST), now=timezone.now())
    query = urlencode({"next": reverse("case_new"), "name": request.POST.get("party_q", "")})
    return HttpResponseRedirect(f"{reverse('party_new')}?{query}", status=303)


def _fresh(request: HttpRequest, view: Opened, asked: Step) -> LeadForm:
    draft, party = queries.draft(request.officer, None, asked.id), request.GET.get("party", "")
    if draft is None:
        form = LeadForm(asked, view, initial={"offence": request.GET.get("offence", "")})
        form.initial["party"] = party
        return form
    data = as_querydict({"on": str(view.on), **draft.fields, **({"party": party} if party else {})})
    form = LeadForm(asked, view, data, kept=True)
    form.draft = draft
    return form


def _page(request: HttpRequest, view: Opened, asked: Step, form: LeadForm, status: int = 200) -> HttpResponse:
    query, sought = (str(form[name].value() or "").strip() for name in ("party_q", "offence_q"))
    found = _found(request, query, str(form["party"].value() or ""))
    whole = parties.may_read_codes(request.officer, found)
    return render(request, "cases/lead.html", {
        "view": view,
        "step": asked,
        "form": form,
        "draft": form.draft,
        "party_q": query,
        "parties": [(one, parties.shown_code(one, whole)) for one in found[:FOUND]],
        "more_parties": len(found) > FOUND,
        "offence_q": sought,
        "offences": [_offence(view, one, _ended(form)) for one in view.book.offences.values() if one.matches(sought)] if sought else [],
        "fields": _by_field(view),
        "effects": beside.effects(view, asked),
    }, status=status)


def _parties(request: HttpRequest, query: str = "") -> Any:
    """Parties of the officer's own body: a lead is registered in one's own name."""
    return parties.listed(request.officer, query).filter(org=request.officer.org)


def _found(request: HttpRequest, query: str, chosen: str) -> list[Party]:
    """What was looked for, with the one chosen before always among it."""
    found = list(_parties(request, query)[: FOUND + 1]) if query else []
    if chosen.isdecimal() and all(str(one.pk) != chosen for one in found):
        found = [*_parties(request).filter(pk=int(chosen[:15])), *found]
    return found


def _ended(form: LeadForm) -> date | None:
    """The last day of the conduct as filled in so far."""
    try:
        return day_of(str(form["conduct_until"].value() or ""))
    except ValueError:
        return None


def _offence(view: Opened, one: Offence, ended: date | None) -> dict[str, Any]:
    """An offence to choose, by the text of the day of the conduct; the newest while that day is not filled in."""
    regime = next((text for text in one.regimes if ended and text.governs(ended)), None)
    shown = regime or one.regimes[-1]
    newer = one.regimes[-1] if regime and regime != one.regimes[-1] else None
    return {
        "id": one.id, "name": one.name, "gist": shown.gist, "fine": shown.fine.text, "law": view.book.cite(shown.punished_by),
        "url": link("offence", one.id), "other": one.other_body if one.enforced_by != "ecology" else "",
        "none_then": bool(ended) and regime is None,
        "newer": f"{view.book.cite(newer.punished_by)}，罚款{newer.fine.text}" if newer else "",
    }


def _by_field(view: Opened) -> list[tuple[str, list[Offence]]]:
    groups: dict[str, list[Offence]] = {}
    for one in view.book.offences.values():
        groups.setdefault(labels.FIELDS.get(one.field, one.field), []).append(one)
    return list(groups.items())
