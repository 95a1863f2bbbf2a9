"""The tree of refusals. Every refusal is a sentence for an officer, with the article it rests on.

    HuanfaError
    ├── RuleFault      the rule files are wrong: all faults at once, each with file and line
    ├── NoRule         no rule covers this date, or the bureau has not supplied it: refuse, never guess
    ├── NoCalendar     the holiday notice of a year is not loaded
    ├── NotAllowed     the law forbids this step now: every reason at once
    ├── MissingValues  a paper would be half filled
    └── ChainBroken    a ledger does not hold together: names the first bad entry
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a refusal.

    `sentence` says what is missing and what to do; `article` cites the rule ("" if the reason is not one of law);
    `field` names the form field it belongs to ("" for the step as a whole).
    """

    sentence: str
    article: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.sentence}（{self.article}）" if self.article else self.sentence


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a rule file: where it stands and what is wrong with it."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class HuanfaError(Exception):
    """Base of every refusal of this package."""


class RuleFault(HuanfaError):
    """Raised once with all faults found while loading rules."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NoRule(HuanfaError):
    """No rule is in force on the date asked for, or the bureau has not supplied it."""


class NoCalendar(HuanfaError):
    """The State Council's holiday notice for `year` is not loaded, so its working days are unknown."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(f"{year}年节假日安排尚未载入，无法计算该年工作日。请在规则包 calendar/ 中载入国务院办公厅通知。")


class NotAllowed(HuanfaError):
    """The step cannot be taken now. `reasons` holds every reason, not only the first."""

    def __init__(self, reasons: Iterable[Reason]):
        self.reasons = tuple(reasons)
        super().__init__("；".join(str(reason) for reason in self.reasons))


class MissingValues(HuanfaError):
    """A paper cannot be drawn up: `missing` lists the Chinese labels of what is absent."""

    def __init__(self, paper: str, missing: Iterable[str]):
        self.paper = paper
        self.missing = tuple(missing)
        super().__init__(f"《{paper}》尚缺：{'、'.join(self.missing)}。请补齐后再制作文书。")


class ChainBroken(HuanfaError):
    """The ledger of a dossier does not hold together from entry `seq` on."""

    def __init__(self, dossier: str, seq: int, sentence: str):
        self.dossier, self.seq, self.sentence = dossier, seq, sentence
        super().__init__(f"台账 {dossier} 第 {seq} 条：{sentence}")
