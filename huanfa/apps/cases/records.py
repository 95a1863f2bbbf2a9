"""Records in a case that are no step of its procedure: the worksheet, the approval of a departure, the check of the no-fine list.

Each is one transaction: lock the dossier, ask core, append the entry, bring the copies for lists in line.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huanfa.apps.cases import queries
from huanfa.apps.cases.actions import CaseHasMovedOn, keep
from huanfa.apps.cases.annex import sheet_values
from huanfa.apps.cases.models import Case
from huanfa.apps.cases.story import Story
from huanfa.apps.cases.weighing import Asked, Scales, earlier_of, pool_of
from huanfa.apps.discretion import actions as discretion
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import person
from huanfa.apps.papers import actions as papers
from huanfa.core.discretion import no_fine, worksheet
from huanfa.core.discretion.no_fine import Answers
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Signer
from huanfa.core.procedure.definition import Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.discretion import DEPARTURE, WORKSHEET
from huanfa.core.procedure.registers import may_approve_departure, may_fill_worksheet, may_weigh
from huanfa.core.procedure.standing import Signature, Standing


@transaction.atomic
def file_worksheet(
    case_id: int, asked: Asked, *, by: Officer, on: date, now: datetime, expected: int | None = None
) -> Worksheet:
    """Weigh the case and keep the worksheet, with its annex as a paper. Raises NotAllowed, NoRule, CaseHasMovedOn."""
    dossier, case, standing, facts = _locked(case_id, on, now, expected)
    reasons = [*may_fill_worksheet(standing, facts, by.pk, on), *_unknown_exhibits(case, asked)]
    if reasons:
        raise NotAllowed(reasons)
    book = queries.rulebook(case.org)
    scales = Scales(case, book, facts, standing, on)
    weighed = scales.weigh(asked, pool_of(case, by))
    worksheet.check(weighed.sheet, weighed.around)
    signed = (Signature("handler", by.pk, by.name, on, "以上各项由本人认定、填写。"),)
    step = Step(WORKSHEET, "填写裁量计算表", "investigation", "", ())
    template = book.template("discretion_sheet", on)
    story = Story(case, book, facts, standing, step, {"regime": asked.regime}, signed, on, ())
    values = {**story.values(template), **sheet_values(weighed.sheet.as_data(), scales)}
    filled = {key: value for key, value in values.items() if value not in (None, "", [])}
    drawn = papers.draw_up(dossier, dossier.length + 1, template, filled, prefix=str(book.value("number_prefix")), on=on)
    kept = discretion.keep_worksheet(
        dossier, weighed.sheet, papers=((drawn.template, drawn.number, drawn.sha256),), by=_signer(by), on=on, now=now, name=case.name,
    )
    _refold(case, facts, on)
    return kept


@transaction.atomic
def approve_departure(
    case_id: int, reason: str, *, by: Officer, on: date, now: datetime, expected: int | None = None
) -> None:
    """The principal head lets the worksheet in force depart from the benchmark. Raises NotAllowed, CaseHasMovedOn."""
    dossier, case, standing, facts = _locked(case_id, on, now, expected)
    reasons = may_approve_departure(standing, facts, by.pk, on)
    if not reason.strip():
        reasons.append(Reason("请写明批准的意见", DEPARTURE, "reason"))
    if reasons:
        raise NotAllowed(reasons)
    discretion.keep_approval(dossier, standing.registered[WORKSHEET].seq, reason.strip(), by=_signer(by), on=on, now=now)
    _refold(case, facts, on)


@transaction.atomic
def check_no_fine(
    case_id: int, found: Mapping[tuple[str, int], Answers], concluded: str, reason: str, *, by: Officer, on: date, now: datetime,
    expected: int | None = None,
) -> None:
    """Hold the no-fine list against the facts and keep what was concluded. `found`: (list, item) → answers."""
    dossier, case, standing, facts = _locked(case_id, on, now, expected)
    items, earlier = queries.no_fine_items(case, on), earlier_of(case, by)
    tested = [no_fine.test(item, found.get((one.id, item.no), Answers()), earlier, act_on=case.found_on) for one, item in items]
    reasons = [*may_weigh(standing, facts, by.pk, on), *no_fine.conclude(tested, concluded, reason)]
    if not items:
        reasons.append(Reason("本案案由没有列入不予处罚清单", no_fine.ARTICLE))
    if reasons:
        raise NotAllowed(reasons)
    applying = [one.item.result for one in tested if one.applies]
    values = {
        "phase": "decision" if "file" in standing.done else "filing",
        "items": [
            {
                "list": one.id, "title": f"《{one.title}》", "no": item.no, "offence": item.offence, "result": item.result,
                "applies": result.applies, "unmet": list(result.unmet), "open": list(result.open),
                "answers": _answers_data(found.get((one.id, item.no), Answers())),
            }
            for (one, item), result in zip(items, tested, strict=True)
        ],
        "earlier": [{"on": one.on.isoformat(), "name": one.name, "number": one.number} for one in earlier],
        "concluded": concluded,
        "result": ("must" if "must" in applying else "may") if concluded == "applies" else "",
        "reason": reason.strip(),
    }
    discretion.keep_check(dossier, values, by=_signer(by), on=on, now=now)
    _refold(case, facts, on)


def _locked(case_id: int, on: date, now: datetime, expected: int | None) -> tuple[Dossier, Case, Standing, Facts]:
    """The case under its lock, if nobody was faster."""
    dossier = ledger.lock(case_id)
    if expected is not None and expected != dossier.length:
        raise CaseHasMovedOn
    case = Case.objects.select_related("org", "party").get(pk=case_id)
    standing, _ = queries.fold(case, on)
    return dossier, case, standing, queries.facts(case, on=on, today=now.date())


def _refold(case: Case, facts: Facts, on: date) -> None:
    """Bring the copies for lists in line after a record that is no step: it may call for a discussion, or end the call."""
    standing, _ = queries.fold(case, on)
    keep(case, queries.procedure(case, on), facts, standing, on)


def _signer(by: Officer) -> Signer:
    return Signer(by.pk, by.name, person(by).card)


def _unknown_exhibits(case: Case, asked: Asked) -> list[Reason]:
    known = set(case.dossier.exhibits.values_list("number", flat=True))
    named = {number for numbers in asked.findings.evidence.values() for number in numbers}
    return [Reason(f"证据{number}没有登记在本案", "", "evidence") for number in sorted(named - known)]


def _answers_data(answers: Answers) -> dict[str, Any]:
    return {**answers.met, **{place: str(value) for place, value in answers.values.items()}}
