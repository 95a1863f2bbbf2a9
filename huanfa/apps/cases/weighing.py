"""The discretion of one case: the texts and tables it may be weighed by, its like cases, and a worksheet put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.discretion.queries import opened as open_benchmark
from huanfa.apps.ledger.models import Entry
from huanfa.apps.officers import access
from huanfa.apps.officers.models import Officer
from huanfa.core.discretion import (
    Benchmark,
    Computation,
    Findings,
    Statute,
    applicable,
    compute,
    likeness,
    worksheet,
)
from huanfa.core.discretion.benchmark import Table
from huanfa.core.discretion.history import Earlier
from huanfa.core.errors import HuanfaError, NoRule, NotAllowed, Reason
from huanfa.core.offences import Regime
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.standing import Standing
from huanfa.core.rulebook import Rulebook

POOL = 500
HISTORY = 200


@dataclass(frozen=True)
class Asked:
    """What an officer put into a worksheet. `table` "": no table, the seven factors of the rule instead. Money in fen."""

    regime: str = "conduct"
    tier: str = ""
    benchmark: str = ""
    table: str = ""
    findings: Findings = field(default_factory=Findings)
    units: int | None = None
    base: int | None = None
    amount: int | None = None
    departure_reason: str = ""
    issuer_approval: str = ""
    mitigation: str = ""
    likeness_reason: str = ""
    factors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weighed:
    """A worksheet with what stands around it: like cases and their spread, and the comparison with the other text."""

    sheet: worksheet.Sheet
    neighbours: tuple[likeness.Neighbour, ...]
    around: likeness.Spread | None
    rows: tuple[applicable.Row, ...]


@dataclass(frozen=True)
class Scales:
    """What a case is weighed on: its rules and facts on a day."""

    case: Case
    book: Rulebook
    facts: Facts
    standing: Standing
    on: date

    @property
    def use(self) -> worksheet.Use | None:
        """The benchmarks the bureau uses; None where it has chosen none."""
        return worksheet.use_of(self.facts.settings)

    @property
    def texts(self) -> dict[str, Regime]:
        """The texts to choose between, by the keys of the report: conduct, decision."""
        found = {key: self.facts.chosen_regime(self.standing, self.on, key) for key in ("conduct", "decision")}
        if found["decision"] == found["conduct"]:
            del found["decision"]
        return {key: regime for key, regime in found.items() if regime}

    def text(self, key: str) -> Regime | None:
        """A text by whose it is: "conduct", "decision", or "start" of a conduct that went on across a change."""
        if key == "start":
            return next((one for one in self.facts.offence.regimes if one.governs(self.begun)), None) if self.facts.offence else None
        return self.texts.get(key)

    @property
    def sides(self) -> tuple[str, ...]:
        """Whose two texts are to be compared, the older first; () where there is but one."""
        if len(self.texts) > 1:
            return ("conduct", "decision")
        start, end = self.text("start"), self.text("conduct")
        return ("start", "conduct") if start and end and start != end else ()

    @property
    def ended(self) -> date:
        """The last day of the conduct."""
        return self.standing.day("register_lead", "conduct_until") or self.on

    @property
    def begun(self) -> date:
        """The first day of the conduct."""
        return self.standing.day("register_lead", "conduct_from") or self.ended

    def governing(self) -> applicable.Governing:
        """Which texts may govern. Raises NoRule."""
        if self.facts.offence is None:
            raise NoRule("规则包中没有本案的案由。")
        return applicable.governing(self.facts.offence, self.begun, self.ended, self.on)

    def benchmark_day(self, regime: str) -> date:
        """The day whose benchmark is wanted: of the conduct (or its start), or of the decision where its text applies."""
        return {"decision": self.on, "start": self.begun}.get(regime, self.ended)

    def benchmarks(self) -> list[Benchmark]:
        """The bureau's benchmarks, in their order."""
        return [open_benchmark(one) for one in self.use.ids] if self.use else []

    def from_above(self, benchmark_id: str) -> bool:
        """Whether a body above ours issued this benchmark: then a departure is for that body to approve."""
        found = next((one for one in self.benchmarks() if one.id == benchmark_id), None)
        bodies = [pack.id for pack in self.book.packs]
        return found is not None and worksheet.approval_of(found, self.book.leaf.id, bodies) == worksheet.ISSUER

    def tables(self, regime: str, tier: str = "") -> list[tuple[Benchmark, Table]]:
        """The tables that rest on the text applied, of benchmarks in force on its day."""
        text = self.text(regime)
        if text is None:
            return []
        try:
            day = self.benchmark_day(regime)
            return [(one, table) for one in self.benchmarks() for table in worksheet.candidates(one, text, tier=tier, on=day)]
        except NoRule:
            return []   # a tier this text does not have

    def statute(self, regime: str, tier: str, *, base: int | None, units: int | None) -> Statute | None:
        """The statutory range of a text, with its articles."""
        text = self.text(regime)
        if text is None:
            return None
        found = applicable.range_of(text, tier, base=base, units=units)
        if found is None:
            return None
        return Statute(found.low, found.high, self.facts.cite(text.basis(tier)), units=found.units, per=found.per)

    def computation(self, asked: Asked) -> tuple[Computation | None, Statute | None]:
        """What the table gives, and the statutory range. Raises NoRule, NotAllowed."""
        if asked.regime not in self.texts:
            raise NotAllowed([Reason("请选择适用的法律", applicable.ARTICLE, "regime")])
        self.texts[asked.regime].needs_refusal(asked.tier)      # NoRule for a tier this text does not have
        statute = self.statute(asked.regime, asked.tier, base=asked.findings.quantity or asked.base, units=asked.units)
        if not asked.table:
            return None, statute
        benchmark = open_benchmark(asked.benchmark)
        worksheet.must_be_ours(benchmark, [pack.id for pack in self.book.packs], self.use)
        if (benchmark.id, asked.table) not in [(one.id, table.id) for one, table in self.tables(asked.regime, asked.tier)]:
            raise NotAllowed([Reason(f"裁量表 {asked.table} 不依据所适用的条文，不能用于本案", applicable.ARTICLE, "table")])
        on = self.benchmark_day(asked.regime)
        return compute(benchmark, asked.table, asked.findings, on=on, statute=statute), statute

    def weigh(self, asked: Asked, pool: Sequence[likeness.Decided]) -> Weighed:
        """Put a worksheet together, not yet judged (worksheet.check judges). Raises NoRule, NotAllowed."""
        computation, statute = self.computation(asked)
        amount = asked.amount if asked.amount is not None else computation.amount if computation else 0
        this = likeness.Decided(
            self.case.pk, self.case.name, "", self.on, self.case.offence, asked.table, computation.column if computation else "",
            asked.findings.by_factor(), amount,
        )
        neighbours = likeness.nearest(this, pool)
        around, near = likeness.spread(neighbours), sum(one.distance <= likeness.NEAR for one in neighbours)
        rows = self.comparison(asked, computation)
        passed = self.tables(asked.regime, asked.tier) if not asked.table else []
        measured = open_benchmark(asked.benchmark) if asked.table else passed[0][0] if passed else None
        bodies = [pack.id for pack in self.book.packs]
        approval = worksheet.approval_of(measured, self.book.leaf.id, bodies) if measured else worksheet.OWN
        sheet = worksheet.Sheet(
            regime=asked.regime, tier=asked.tier, offence=self.case.offence, findings=asked.findings, computation=computation,
            statute=statute, amount=amount, departure_reason=asked.departure_reason, mitigation=asked.mitigation,
            likeness=around.text if around else f"可比的类案{near}件，不足三件，不作比较",
            likeness_reason=asked.likeness_reason, factors=asked.factors if not asked.table else {},
            borrowed=self.use.borrowed if self.use and measured else "",
            other="；".join(f"{row.label}：{row.old} / {row.new}（{lighter(self.sides)[row.lighter]}）" for row in rows),
            approval=approval, issuer_approval=asked.issuer_approval, base=asked.findings.quantity or asked.base, units=asked.units,
            passed_over=tuple(table.id for _, table in passed),
        )
        return Weighed(sheet, neighbours, around, rows)

    def comparison(self, asked: Asked, computation: Computation | None = None) -> tuple[applicable.Row, ...]:
        """The two texts point by point, each with its own computed fine where a table rests on it; () where there is one text."""
        if not self.sides:
            return ()
        base, fines = asked.findings.quantity or asked.base, {}
        for key in self.sides:
            fines[key] = computation.amount if key == asked.regime and computation else self._under(key, asked)
        tiers = {key: asked.tier if key == asked.regime else "" for key in fines}
        ranges = {key: self.statute(key, tiers[key], base=base, units=asked.units) for key in fines}
        old, new = self.sides
        before, after = self.text(old), self.text(new)
        assert before and after
        return applicable.compare(
            before, after, old_range=ranges[old], new_range=ranges[new], old_fine=fines[old], new_fine=fines[new],
            old_tier=tiers[old], new_tier=tiers[new],
        )

    def _under(self, regime: str, asked: Asked) -> int | None:
        """The same findings under the other text, where the same table rests on it as well; None where no table says."""
        found = next(((one, table) for one, table in self.tables(regime) if table.id == asked.table), None)
        if found is None:
            return None
        statute = self.statute(regime, "", base=asked.findings.quantity or asked.base, units=asked.units)
        try:
            return compute(found[0], found[1].id, asked.findings, on=self.benchmark_day(regime), statute=statute).amount
        except HuanfaError:
            return None

    def limitation(self) -> applicable.Limitation:
        """Both readings of the limitation period."""
        found_on = self.standing.day("register_lead", "found_on") or self.on
        harm = bool(self.standing.value("register_lead", "harm"))
        code = self.book.laws["code"].begins
        return applicable.limitation(
            self.ended, found_on, harm=harm, code_from=code, terms=dict(self.facts.terms), calendar=self.facts.calendar
        )


def lighter(sides: Sequence[str]) -> Mapping[str, str]:
    """What a row of the comparison says, for the two texts that are compared."""
    if "start" not in sides:
        return applicable.LIGHTER
    return {**applicable.LIGHTER, applicable.OLD: "开始时的规定较轻", applicable.NEW: "终了时的规定较轻"}


def earlier_of(case: Case, officer: Officer) -> list[Earlier]:
    """The party's other decided cases that the officer may see, newest first: 首违不罚 looks here, and so do factors of repetition.

    A decision that was revoked or found unlawful does not count."""
    same = {"party__code": case.party.code} if case.party.code else {"party": case.party_id}
    rows = access.scoped(Case.objects.exclude(pk=case.pk), officer).filter(**same).exclude(decided_on=None)
    rows = list(rows.filter(outcome__in=["penalty", "no_penalty"]).order_by("-decided_on")[:HISTORY])
    undone = Entry.objects.filter(dossier__in=[one.pk for one in rows], step="annul", kind="act").values_list("dossier", flat=True)
    gone = {one.pk for one in rows if one.pk in set(undone) and _overturned(one)}
    return [Earlier(one.decided_on, one.offence, one.name, one.decision_number) for one in rows if one.pk not in gone]


def _overturned(case: Case) -> bool:
    """Whether the decision was revoked or found unlawful, not only changed."""
    standing, _ = queries.fold(case, case.decided_on)
    return standing.value("annul", "result") in ("revoked", "unlawful")


def pool_of(case: Case, officer: Officer) -> list[likeness.Decided]:
    """Decided cases of the same offence that the officer may see."""
    rows = access.scoped(Worksheet.objects.exclude(decided_on=None).exclude(dossier=case.pk), officer).filter(offence=case.offence)
    return [
        likeness.Decided(
            one.dossier_id, one.name, one.number, one.decided_on, one.offence, one.table, one.column, one.levels, one.fine or 0
        )
        for one in rows.order_by("-decided_on", "-pk")[:POOL]
    ]
