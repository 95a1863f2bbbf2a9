"""The definition of a procedure, read from TOML and checked as a whole. Nothing here knows a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.cite import RuleRef
from huanfa.core.errors import Fault
from huanfa.core.procedure.people import SLOTS
from huanfa.core.rulefile import RuleFile

ASK_TYPES = frozenset((
    "text", "longtext", "date", "datetime", "choice", "checks", "bool", "int", "money", "rows",
    "officers", "officer", "offence", "regime", "penalties", "tier",
))


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a step asks of the officer. `when`/`when_is` name another ask of the step that must hold for this one."""

    id: str
    label: str
    type: str
    help: str = ""
    article: str = ""
    optional: bool = False
    must_be: bool = False
    future: bool = False
    when: str = ""
    when_is: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()

    def applies(self, values: Mapping[str, Any]) -> bool:
        """Whether this is asked at all, given the other values of the step."""
        if not self.when:
            return True
        value = values.get(self.when)
        if not self.when_is:
            return bool(value)
        return self.when_is in value if isinstance(value, (list, tuple)) else value == self.when_is

    def label_of(self, value: object) -> str:
        """The Chinese label of a choice; the value itself if it is none."""
        return dict(self.choices).get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Opens:
    """A term that a step opens, from the date in value `start` (or the step's own date)."""

    term: str
    start: str = ""
    when: str = ""
    unless: str = ""
    when_guard: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A term that a step closes, pauses, resumes or extends; `start` names the value that carries the date."""

    term: str
    start: str = ""
    reason: str = ""
    by: int = 0
    by_value: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step brings about besides, when one of its values (or a value known of the case) is as named."""

    equals: Any
    value: str = ""
    known: str = ""
    undoes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A state of standstill in which only `allows` may be taken: between two steps, or while a term is overdue."""

    id: str
    sentence: str
    article: str
    allows: frozenset[str]
    after: str = ""
    until: tuple[str, ...] = ()
    overdue: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where it stands in the graph, what it needs, who signs, what it asks, and what it brings about."""

    id: str
    title: str
    stage: str
    gist: str
    articles: tuple[str, ...]
    after: tuple[tuple[str, ...], ...] = ()
    before: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    papers: tuple[str, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[Change, ...] = ()
    pauses: tuple[Change, ...] = ()
    resumes: tuple[Change, ...] = ()
    extends: tuple[Change, ...] = ()
    undoes: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    repeats: bool = False
    gathers_evidence: bool = False
    during: str = ""
    unless_hold: str = ""
    decides: str = ""
    ends: str = ""
    number: str = ""

    @property
    def article(self) -> str:
        """The articles the step rests on, joined for a sentence."""
        return "；".join(self.articles)

    def ask(self, ask_id: str) -> Ask:
        """Return the ask of that id. Raises KeyError."""
        return {ask.id: ask for ask in self.asks}[ask_id]

    def all_papers(self) -> tuple[str, ...]:
        """Every paper the step may draw up, whatever the outcome."""
        extra = [paper for outcome in self.outcomes for paper in outcome.papers]
        return tuple(dict.fromkeys([*self.papers, *extra]))


@dataclass(frozen=True)
class Procedure:
    """A whole procedure in one version. `steps` keep the order of the file; `after_end` may be taken once it has ended."""

    id: str
    title: str
    version: str
    begins: date
    ends: date | None
    first: str
    last: str
    stages: tuple[tuple[str, str], ...]
    steps: Mapping[str, Step]
    holds: tuple[Hold, ...]
    articles: tuple[str, ...]
    assumptions: tuple[str, ...]
    after_end: frozenset[str]
    ref: RuleRef

    def step(self, step_id: str) -> Step:
        """Return the step of that id. Raises KeyError."""
        return self.steps[step_id]

    def stage_title(self, stage: str) -> str:
        """The Chinese title of a stage."""
        return dict(self.stages)[stage]

    def comes_after(self, step_id: str) -> frozenset[str]:
        """Every step that lies before this one in the graph, on any way that leads to it."""
        found: set[str] = set()
        todo = [step_id]
        while todo:
            for either in self.steps[todo.pop()].after:
                known = {one for one in either if one in self.steps}
                todo += known - found
                found |= known
        return frozenset(found)

    def still_stands(self, step: Step, done: Iterable[str]) -> bool:
        """Whether what `step` came after is still done: if not, it is undone with it."""
        have = done if isinstance(done, (set, frozenset, dict)) else set(done)
        return all(any(one in have for one in either) for either in step.after)


def parse(rulefile: RuleFile, terms: Iterable[str], guards: Iterable[str]) -> tuple[Procedure | None, list[Fault]]:
    """Read a procedure. Returns it (None if it cannot be built) and every fault found, each with its line.

    `terms` and `guards` are the ids that exist; naming another is a fault. Checked besides: unknown keys, unknown
    steps, slots and types; steps that cannot be reached; terms opened but never closed and the other way round.
    """
    data, faults, steps = rulefile.data, [], {}
    stages = tuple((one, title) for one, title in data.get("stages", ()))
    index = {"step": -1, "ask": -1}
    for number, raw in enumerate(data.get("step", ())):
        index["step"] = number
        try:
            step = _step(raw)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(rulefile.fault(f"步骤无法读取：{error}", "step", number))
            continue
        if step.id in steps:
            faults.append(rulefile.fault(f"步骤 {step.id} 重复", "step", number, "id"))
        steps[step.id] = step
    try:
        holds = tuple(_hold(raw) for raw in data.get("hold", ()))
        procedure = Procedure(
            id=data["id"], title=data["title"], version=data["version"], begins=data["from"], ends=data.get("until"),
            first=data["first"], last=data["last"], stages=stages, steps=steps, holds=holds,
            articles=tuple(data["articles"]), assumptions=tuple(data.get("assumption", ())), after_end=frozenset(data["after_end"]),
            ref=rulefile.ref,
        )
    except (KeyError, TypeError, ValueError) as error:
        return None, [*faults, rulefile.fault(f"程序文件缺少或写错：{error}")]
    order = {raw.get("id"): number for number, raw in enumerate(data.get("step", ()))}
    for sentence, step_id, key in _problems(procedure, frozenset(terms), frozenset(guards)):
        faults.append(rulefile.fault(sentence, "step", order.get(step_id, 0), key) if step_id else rulefile.fault(sentence))
    return procedure, faults


PLAIN = frozenset(("id", "title", "stage", "gist", "repeats", "gathers_evidence", "during", "unless_hold", "decides", "ends", "number"))
LISTS = frozenset(("articles", "needs", "signs", "papers", "undoes"))
CHANGES = frozenset(("closes", "pauses", "resumes", "extends"))
PARTS = frozenset(("after", "before", "ask", "opens", "outcome"))


def _step(raw: Mapping[str, Any]) -> Step:
    if unknown := sorted(set(raw) - PLAIN - LISTS - CHANGES - PARTS):
        raise ValueError(f"不认识的键 {'、'.join(unknown)}")
    fields: dict[str, Any] = {key: raw[key] for key in PLAIN & set(raw)}
    fields |= {key: tuple(raw[key]) for key in LISTS & set(raw)}
    fields |= {key: tuple(_change(one) for one in raw[key]) for key in CHANGES & set(raw)}
    return Step(
        **fields,
        after=tuple(tuple(either.split("|")) for either in raw.get("after", ())),
        before=frozenset(raw.get("before", ())),
        asks=tuple(_ask(one) for one in raw.get("ask", ())),
        opens=tuple(_opens(one) for one in raw.get("opens", ())),
        outcomes=tuple(_outcome(one) for one in raw.get("outcome", ())),
    )


def _ask(raw: Mapping[str, Any]) -> Ask:
    if raw["type"] not in ASK_TYPES:
        raise ValueError(f"填写项 {raw['id']} 的类型 {raw['type']} 不存在")
    fields = dict(raw)
    for key in ("choices", "columns"):
        if key in fields:
            fields[key] = tuple((one, label) for one, label in fields[key])
    return Ask(**fields)


def _opens(raw: Mapping[str, Any]) -> Opens:
    return Opens(**{("start" if key == "from" else key): value for key, value in raw.items()})


def _change(raw: Mapping[str, Any]) -> Change:
    return Change(**{("start" if key == "from" else key): value for key, value in raw.items()})


def _outcome(raw: Mapping[str, Any]) -> Outcome:
    fields: dict[str, Any] = {("equals" if key == "is" else key): value for key, value in raw.items()}
    for key in ("undoes", "needs", "closes", "papers"):
        fields[key] = tuple(fields.get(key, ()))
    fields["opens"] = tuple(Opens(term, start) for term, start in fields.get("opens", ()))
    return Outcome(**fields)


def _hold(raw: Mapping[str, Any]) -> Hold:
    return Hold(**{**raw, "allows": frozenset(raw["allows"]), "until": tuple(raw.get("until", ()))})


def _problems(
    procedure: Procedure, terms: frozenset[str], guards: frozenset[str]
) -> Iterable[tuple[str, str, str]]:
    """Yield (sentence, step id, key) for everything that does not fit together."""
    steps, stages, holds = procedure.steps, {one for one, _ in procedure.stages}, {hold.id for hold in procedure.holds}
    for name in (procedure.first, procedure.last, *procedure.after_end):
        if name not in steps:
            yield f"起止步骤 {name} 不存在", "", ""
    for hold in procedure.holds:
        for name in {*hold.allows, *hold.until, *filter(None, [hold.after])} - set(steps):
            yield f"停顿 {hold.id} 指向不存在的步骤 {name}", "", ""
    for step in steps.values():
        named = {one for either in step.after for one in either} | step.before | set(step.undoes)
        named |= {one for outcome in step.outcomes for one in outcome.undoes}
        for name in sorted(named - set(steps)):
            yield f"步骤 {step.id} 指向不存在的步骤 {name}", step.id, "after"
        if step.stage not in stages:
            yield f"步骤 {step.id} 的阶段 {step.stage} 不存在", step.id, "stage"
        for slot in step.signs:
            if slot not in SLOTS:
                yield f"步骤 {step.id} 的签批人 {slot} 不存在", step.id, "signs"
        if not step.signs:
            yield f"步骤 {step.id} 没有签批人", step.id, "signs"
        if not step.articles:
            yield f"步骤 {step.id} 没有依据", step.id, "articles"
        wanted = set(step.needs) | {need for outcome in step.outcomes for need in outcome.needs}
        wanted |= {opened.when_guard for opened in step.opens if opened.when_guard}
        for name in sorted(wanted - guards):
            yield f"步骤 {step.id} 需要的条件 {name} 不存在", step.id, "needs"
        for hold_id in filter(None, (step.during, step.unless_hold)):
            if hold_id not in holds:
                yield f"步骤 {step.id} 指向不存在的停顿 {hold_id}", step.id, "during"
        yield from _ask_problems(step)
        for term in sorted(_terms_of(step) - terms):
            yield f"步骤 {step.id} 用到不存在的期限 {term}", step.id, "opens"
    yield from _term_balance(procedure)
    yield from _unreachable(procedure)


def _ask_problems(step: Step) -> Iterable[tuple[str, str, str]]:
    asked = {ask.id for ask in step.asks}
    for ask in step.asks:
        if ask.when and ask.when not in asked:
            yield f"步骤 {step.id} 的填写项 {ask.id} 取决于不存在的 {ask.when}", step.id, "ask"
        if ask.type in ("choice", "checks") and not ask.choices:
            yield f"步骤 {step.id} 的填写项 {ask.id} 没有选项", step.id, "ask"
        if ask.type == "rows" and not ask.columns:
            yield f"步骤 {step.id} 的填写项 {ask.id} 没有列", step.id, "ask"
    for outcome in step.outcomes:
        if outcome.value and outcome.value not in asked:
            yield f"步骤 {step.id} 的结果取决于没有填写的 {outcome.value}", step.id, "outcome"
    dates = [change.start for change in (*step.closes, *step.pauses, *step.resumes)] + [one.start for one in step.opens]
    for start in {one for one in dates if one} - asked:
        yield f"步骤 {step.id} 的期限从没有填写的 {start} 起算", step.id, "opens"


def _terms_of(step: Step) -> set[str]:
    named = {one.term for one in step.opens}
    named |= {change.term for change in (*step.closes, *step.pauses, *step.resumes, *step.extends)}
    for outcome in step.outcomes:
        named |= {one.term for one in outcome.opens} | set(outcome.closes)
    return named


def _term_balance(procedure: Procedure) -> Iterable[tuple[str, str, str]]:
    """A term that is closed, paused or extended must be opened somewhere; a body's term paused must be resumed."""
    steps = procedure.steps.values()
    opened = {one.term for step in steps for one in step.opens}
    opened |= {one.term for step in steps for outcome in step.outcomes for one in outcome.opens}
    paused = {change.term for step in steps for change in step.pauses}
    resumed = {change.term for step in steps for change in step.resumes}
    for step in steps:
        for term in sorted(_terms_of(step) - opened):
            yield f"步骤 {step.id} 处理的期限 {term} 从未开启", step.id, "closes"
    for term in sorted(paused - resumed):
        yield f"期限 {term} 被停止计算而从不恢复", "", ""


def _unreachable(procedure: Procedure) -> Iterable[tuple[str, str, str]]:
    reached: set[str] = set()
    while True:
        more = {step.id for step in procedure.steps.values() if procedure.still_stands(step, reached)} - reached
        if not more:
            break
        reached |= more
    for name in procedure.steps:
        if name not in reached:
            yield f"步骤 {name} 永远到不了", name, "after"
