"""One worksheet (裁量计算表): the computation, the figure the officers propose, and the reasons that a figure may need.

A bureau uses the benchmarks it names in its settings, dated like every rule. Another body's benchmark is only used where the
setting says that it is borrowed, and then every sheet says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.discretion.benchmark import Benchmark, Table
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.likeness import Spread, outside
from huanfa.core.discretion.result import Computation
from huanfa.core.errors import NoRule, NotAllowed, Reason
from huanfa.core.money import figures
from huanfa.core.offences import Regime

FACTORS_ARTICLE = "生态环境行政处罚办法第四十一条"
DEPARTURE = "行政处罚法第三十四条；国办发〔2022〕27号第（十二）项"
MITIGATION = "行政处罚法第三十二条；生态环境行政处罚办法第四十三条"
# Who may let a figure depart: of a benchmark of our own, the principal head or the heads together; of one from above, its issuer.
OWN, ISSUER = "own", "issuer"
# The seven points that the ministry's rule names for any discretion, benchmark or not (生态环境行政处罚办法第四十一条).
SEVEN = (
    ("harm", "造成的环境污染、生态破坏以及社会影响"),
    ("fault", "当事人的主观过错程度"),
    ("manner", "违法行为的具体方式或者手段"),
    ("duration", "违法行为持续的时间"),
    ("object", "违法行为危害的具体对象"),
    ("repeated", "初次违法还是再次违法"),
    ("correction", "改正的态度、所采取的措施及其效果"),
)


@dataclass(frozen=True, slots=True)
class Use:
    """The benchmarks a bureau uses on a day, in the order of choice, and the sentence that says they are borrowed."""

    ids: tuple[str, ...]
    borrowed: str = ""


def use_of(settings: Mapping[str, Mapping[str, Any]], setting: str = "benchmark") -> Use | None:
    """What the bureau's settings of a day say; None where it has chosen nothing."""
    found = settings.get(setting)
    return Use(tuple(found.get("use", ())), str(found.get("borrowed", ""))) if found else None


def must_be_ours(benchmark: Benchmark, bodies: Sequence[str], use: Use | None) -> None:
    """Raises NoRule for a benchmark of a body that is not above this bureau, unless its settings borrow it openly.

    `bodies` are the ids of the bureau's chain of packs.
    """
    if benchmark.body in bodies or (use is not None and use.borrowed and benchmark.id in use.ids):
        return
    raise NoRule(
        f"《{benchmark.title}》由{benchmark.issuer}制定，不适用于本机关。请使用本地的裁量基准；"
        "没有文本的，导入后再用，不得套用外地的数额。"
    )


def approval_of(benchmark: Benchmark, leaf: str, bodies: Sequence[str]) -> str:
    """Who approves a departure: the issuer for a benchmark from above, else the bureau's own heads. `leaf`: the bureau's pack."""
    return ISSUER if benchmark.body in bodies and benchmark.body != leaf else OWN


def candidates(benchmark: Benchmark, regime: Regime, *, tier: str = "", on: date) -> tuple[Table, ...]:
    """The tables of a benchmark that rest on the provision applied; none where it was not in force on the day."""
    return benchmark.tables_for(regime.basis(tier)) if benchmark.covers(on) else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished worksheet. `amount` (fen) is what the officers propose; it departs where it is not what was computed. `base`
    (fen) and `units` are what the law takes its multiple or counts its fine of. `passed_over`: the tables that rest on the text
    applied and were not used, where none was."""

    regime: str
    tier: str
    offence: str
    findings: Findings
    computation: Computation | None
    statute: Statute | None
    amount: int
    departure_reason: str = ""
    mitigation: str = ""
    likeness: str = ""
    likeness_reason: str = ""
    factors: Mapping[str, str] | None = None
    borrowed: str = ""
    other: str = ""
    approval: str = OWN
    issuer_approval: str = ""
    base: int | None = None
    units: int | None = None
    passed_over: tuple[str, ...] = ()

    @property
    def departs(self) -> bool:
        """Whether the figure is another than the benchmark's, or a table that rests on the provision was passed over."""
        if self.computation is None:
            return bool(self.passed_over)
        return self.amount != self.computation.amount

    def as_data(self) -> dict[str, Any]:
        """The worksheet as the ledger keeps it."""
        return {
            "regime": self.regime, "tier": self.tier, "offence": self.offence, "amount": self.amount, "departure": self.departs,
            "departure_reason": self.departure_reason, "mitigation": self.mitigation, "likeness": self.likeness,
            "likeness_reason": self.likeness_reason, "factors": dict(self.factors or {}), "borrowed": self.borrowed,
            "other": self.other, "approval": self.approval, "issuer_approval": self.issuer_approval, "findings": self.findings.as_data(),
            "computation": self.computation.as_data() if self.computation else None,
            "base": self.base, "units": self.units, "passed_over": list(self.passed_over),
            "legal": [self.statute.low, self.statute.high, self.statute.article, self.statute.units] if self.statute else None,
        }


def check(sheet: Sheet, around: Spread | None) -> None:
    """Raises NotAllowed with everything a worksheet still lacks: reasons for a departure, a mitigation, an unlike figure."""
    reasons: list[Reason] = []
    if sheet.amount <= 0:
        reasons.append(Reason("拟罚款数额须大于零；不处罚款的，不填写裁量计算表", FACTORS_ARTICLE, "amount"))
    if sheet.computation is None:
        missing = [label for key, label in SEVEN if not (sheet.factors or {}).get(key, "").strip()]
        if missing:
            reasons.append(Reason(f"没有按裁量表计算的，须逐项写明裁量因素，尚缺：{'、'.join(missing)}", FACTORS_ARTICLE, "factors"))
        if sheet.departs and not sheet.departure_reason.strip():
            tables = "、".join(sheet.passed_over)
            sentence = f"裁量基准有依据所适用条文的裁量表（{tables}）；不按它计算的，属于调整适用，须写明理由"
            reasons.append(Reason(sentence, DEPARTURE, "departure_reason"))
    elif sheet.departs and not sheet.departure_reason.strip():
        told = figures(sheet.computation.amount)
        reasons.append(Reason(f"拟罚款与裁量基准计算的{told}元不同，须写明调整适用的理由", DEPARTURE, "departure_reason"))
    if sheet.departs and sheet.approval == ISSUER and not sheet.issuer_approval.strip():
        sentence = "裁量基准由上级机关制定，调整适用须报制定机关批准；请填写批准机关、文号和日期"
        reasons.append(Reason(sentence, DEPARTURE, "issuer_approval"))
    if sheet.statute is not None:
        low, high = sheet.statute.lowest, sheet.statute.highest
        if sheet.computation and sheet.computation.legal_low is not None and sheet.computation.legal_high is not None:
            low, high = sheet.computation.legal_low, sheet.computation.legal_high     # for all that the table counts
        if sheet.amount > high:
            reasons.append(Reason(f"拟罚款高于法定上限{figures(high)}元", sheet.statute.article, "amount"))
        if sheet.amount < low and not sheet.mitigation.strip():
            sentence = f"拟罚款低于法定下限{figures(low)}元，须写明减轻处罚的法定情形"
            reasons.append(Reason(sentence, MITIGATION, "mitigation"))
    reasons += outside(sheet.amount, around, sheet.likeness_reason)
    if reasons:
        raise NotAllowed(reasons)


def told(sheet: Mapping[str, Any]) -> str:
    """The reasons and basis of discretion as notice and decision print them, from a worksheet as it was kept."""
    computed = sheet.get("computation")
    if not computed:
        points = "；".join(f"{label}：{text}" for label, text in factors_told(sheet))
        tables = "、".join(sheet.get("passed_over", ()))
        words = f"没有按裁量表{tables}计算" if tables else "没有可以适用的裁量表"
        words += f"，综合下列因素裁量。{points}{'' if points.endswith('。') else '。'}"
    else:
        table, amount = computed["table"].partition("-")[2], figures(computed["amount"])
        words = f"按照《{computed['title']}》（裁量表{table}）计算，罚款{amount}元，各项认定见裁量计算表。"
    if sheet.get("departure"):
        words += f"调整适用裁量基准，罚款{figures(sheet['amount'])}元。理由：{_sentence(sheet['departure_reason'])}"
    if sheet.get("mitigation"):
        words += f"减轻处罚的情形：{_sentence(sheet['mitigation'])}"
    if sheet.get("likeness_reason"):
        words += f"与类案数额不同的理由：{_sentence(sheet['likeness_reason'])}"
    return words + (f"（{sheet['borrowed']}）" if sheet.get("borrowed") else "")


def factors_told(sheet: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The seven factors of a worksheet as it was kept, (label, words), in the order of the rule."""
    given = sheet.get("factors", {})
    return [(label, given[key]) for key, label in SEVEN if given.get(key)]


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
