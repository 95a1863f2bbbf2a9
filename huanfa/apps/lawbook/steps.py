"""Procedures and papers in the words of a page: what each step needs and brings about, what each paper says, and where a
case stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from huanfa.apps.ledger.models import Dossier
from huanfa.apps.ledger.queries import entries_of
from huanfa.core.calendar.terms import Term
from huanfa.core.errors import HuanfaError
from huanfa.core.papers import SHARED_VALUES, Template
from huanfa.core.papers.template import texts_of
from huanfa.core.procedure.definition import Opens, Procedure, Step
from huanfa.core.procedure.engine import near
from huanfa.core.procedure.fold import stand
from huanfa.core.procedure.guards.words import SENTENCES
from huanfa.core.procedure.people import SLOTS
from huanfa.core.procedure.standing import Standing
from huanfa.core.rulebook import Rulebook

DIRECTIONS = {"out": "对外", "in": "内部", "party": "当事人填写"}
LAYOUTS = {"letter": "公文", "form": "表格", "record": "笔录", "cover": "封面"}


def used_by(book: Rulebook, term_id: str) -> list[tuple[Procedure, Step]]:
    """The steps that open a term."""
    return [
        (one, step)
        for one in book.procedures
        for step in one.steps.values()
        if term_id in {o.term for o in opened(step)}
    ]


def opened(step: Step) -> list[Opens]:
    """The terms a step may open, whatever its outcome."""
    return [*step.opens, *(one for outcome in step.outcomes for one in outcome.opens)]


def drawn_by(book: Rulebook, template_id: str) -> list[tuple[Procedure, Step]]:
    """The steps that draw up a paper."""
    return [(one, step) for one in book.procedures for step in one.steps.values() if template_id in step.all_papers()]


def wording(template: Template) -> list[tuple[str, list[str]]]:
    """The words of a paper block by block, values named in their place."""
    known = {**SHARED_VALUES, **template.values}
    labels = {f"{{{key}}}": f"〔{value.label}〕" for key, value in known.items()}
    out = []
    for block in template.blocks:
        texts = [text for text in texts_of(block) if text]
        for name, label in labels.items():
            texts = [text.replace(name, label) for text in texts]
        items = [item["label"] for item in block.spec.get("items", ()) if isinstance(item, Mapping) and "label" in item]
        if texts or items:
            out.append(
                (
                    block.kind,
                    texts if len(texts) != len(items) else [f"{a}：{b}" for a, b in zip(items, texts, strict=True)],
                )
            )
    return out


@dataclass(frozen=True)
class StepLine:
    """A step in the words of the table."""

    step: Step
    after: tuple[str, ...]
    needs: tuple[str, ...]
    signs: tuple[str, ...]
    papers: tuple[tuple[str, str], ...]
    opens: tuple[Term, ...]
    closes: tuple[str, ...]
    back: tuple[str, ...]


def step_lines(book: Rulebook, procedure: Procedure) -> list[StepLine]:
    """Every step of a procedure as the table shows it."""
    papers = {one.id: one.title for one in book.templates}
    return [_step_line(book, procedure, step, papers) for step in procedure.steps.values()]


def _step_line(book: Rulebook, procedure: Procedure, step: Step, papers: Mapping[str, str]) -> StepLine:
    title = {one.id: one.title for one in procedure.steps.values()}
    needs = dict.fromkeys([*step.needs, *(need for outcome in step.outcomes for need in outcome.needs)])
    ended = dict.fromkeys(
        [*(one.term for one in step.closes), *(one for outcome in step.outcomes for one in outcome.closes)]
    )
    back = dict.fromkeys([*step.undoes, *(one for outcome in step.outcomes for one in outcome.undoes)])
    return StepLine(
        step=step,
        after=tuple("或者".join(title[one] for one in either) for either in step.after),
        needs=tuple(SENTENCES[one] for one in needs),
        signs=tuple(SLOTS[one].title for one in step.signs),
        papers=tuple((one, papers[one]) for one in step.all_papers()),
        opens=tuple(dict.fromkeys(book.terms[one.term] for one in opened(step))),
        closes=tuple(book.terms[one].title for one in ended),
        back=tuple(title[one] for one in back if one != step.id),
    )


def standing_of(dossier: Dossier, procedure: Procedure) -> tuple[Standing, tuple[str, ...]] | None:
    """Where the case of a dossier stands in a procedure and whose turn it is; None if its entries belong to another."""
    try:
        standing = stand(procedure, entries_of(dossier.pk))
    except (HuanfaError, KeyError):
        return None
    return standing, near(procedure, standing)
