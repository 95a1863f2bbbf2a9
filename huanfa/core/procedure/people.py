"""Who may act: officers with their cards and roles, and the places (slots) in which a step is signed.

The separations are per case, not per role: whoever investigated this case may not examine, review, chair or vote in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huanfa.core.errors import Reason

Span = tuple[date, date | None]

ROLES: dict[str, str] = {
    "officer": "执法人员",
    "unit_head": "承办机构负责人",
    "examiner": "案件审查人员",
    "legal_reviewer": "法制审核人员",
    "hearing_chair": "听证主持人",
    "leader": "分管负责人",
    "head": "主要负责人",
    "panel_member": "案审会成员",
    "publicist": "公示岗",
    "finance": "财务人员",
    "archivist": "档案员",
    "supervisor": "执法监督人员",
    "admin": "系统管理员",
}


@dataclass(frozen=True, slots=True)
class Officer:
    """A person of the body as the law sees them on any day: enforcement card with its dates, suspensions, roles."""

    id: int
    name: str
    card: str = ""
    card_span: Span | None = None
    suspended: tuple[Span, ...] = ()
    roles: tuple[tuple[str, Span], ...] = ()

    def has_role(self, role: str, on: date) -> bool:
        """Whether the role was held on that day."""
        return any(one == role and _within(span, on) for one, span in self.roles)

    def card_fault(self, on: date) -> str:
        """Why the card does not serve on that day, as a sentence; "" if it does."""
        if not self.card or self.card_span is None:
            return f"{self.name}没有行政执法证"
        if not _within(self.card_span, on):
            until = self.card_span[1]
            if until and on > until:
                return f"{self.name}的行政执法证（{self.card}）已于{until:%Y-%m-%d}到期"
            return f"{self.name}的行政执法证（{self.card}）自{self.card_span[0]:%Y-%m-%d}起有效"
        if any(_within(span, on) for span in self.suspended):
            return f"{self.name}的行政执法证（{self.card}）在暂停期间"
        return ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a signature: who may sit in it, and what they must not have been in this case."""

    id: str
    title: str
    roles: frozenset[str]
    capacity: str
    card: bool = False
    handler: bool = False
    article: str = ""

    @property
    def bars_investigators(self) -> bool:
        """Whether an investigator of the case is kept out."""
        return self.capacity in SEPARATED


SEPARATED: dict[str, tuple[str, str]] = {
    "examiner": ("案件审查人员", "生态环境行政处罚办法第三十八条"),
    "legal_reviewer": ("法制审核人员", "行政处罚法第五十八条；生态环境行政执法案卷评查细则（2024年版）"),
    "hearing_chair": ("听证主持人", "行政处罚法第六十四条；生态环境行政处罚办法第四十七条"),
    "voter": ("集体讨论表决人员", "生态环境行政执法案卷评查细则（2024年版）"),
}


def _slot(
    slot_id: str, title: str, roles: str, capacity: str = "", *, card: bool = False, handler: bool = False, article: str = ""
) -> Slot:
    return Slot(slot_id, title, frozenset(roles.split()), capacity, card, handler, article)


_TWO = "行政处罚法第四十二条；生态环境行政处罚办法第十条"
SLOTS: dict[str, Slot] = {
    slot.id: slot
    for slot in (
        _slot("handler", "承办人", "officer", "investigator", card=True, handler=True, article=_TWO),
        _slot("second_handler", "另一承办人", "officer", "investigator", card=True, handler=True, article=_TWO),
        _slot("unit_head", "承办机构负责人", "unit_head"),
        _slot("examiner", "案件审查人员", "examiner", "examiner", article=SEPARATED["examiner"][1]),
        _slot("legal_reviewer", "法制审核人员", "legal_reviewer", "legal_reviewer", article=SEPARATED["legal_reviewer"][1]),
        _slot("hearing_chair", "听证主持人", "hearing_chair", "hearing_chair", article=SEPARATED["hearing_chair"][1]),
        _slot("panel_chair", "集体讨论主持人", "leader head", "voter", article=SEPARATED["voter"][1]),
        _slot("leader", "负责人", "leader head"),
        _slot("head", "主要负责人", "head"),
        _slot("publicist", "公示岗", "publicist"),
        _slot("finance", "财务人员", "finance"),
        _slot("archivist", "档案员", "archivist"),
    )
}


def refusals(
    slot: Slot,
    officer: Officer,
    on: date,
    *,
    handlers: frozenset[int],
    people: Mapping[str, frozenset[int]],
    recused: frozenset[int],
) -> list[Reason]:
    """Return every reason why `officer` may not sign in `slot` on that day ([] if they may).

    `handlers` are those named for the case (empty before filing), `people` who acted in which capacity so far.
    """
    out: list[Reason] = []
    if not any(officer.has_role(role, on) for role in slot.roles):
        wanted = "或者".join(ROLES[role] for role in sorted(slot.roles))
        out.append(Reason(f"此处由{wanted}签署，{officer.name}当日没有这一身份"))
    if officer.id in recused:
        out.append(Reason(f"{officer.name}已回避本案", "行政处罚法第四十三条"))
    if slot.card and (fault := officer.card_fault(on)):
        out.append(Reason(fault, slot.article))
    if slot.handler and handlers and officer.id not in handlers:
        out.append(Reason(f"{officer.name}不是本案承办人", slot.article))
    out += conflicts(slot.capacity, officer, people)
    return out


def conflicts(capacity: str, officer: Officer, people: Mapping[str, frozenset[int]]) -> list[Reason]:
    """Return why `officer`, given who acted in this case as what, may not act in `capacity`."""
    if capacity in SEPARATED and officer.id in people.get("investigator", ()):
        title, article = SEPARATED[capacity]
        return [Reason(f"{officer.name}是本案调查人员，不得担任本案{title}", article)]
    if capacity == "investigator":
        return [
            Reason(f"{officer.name}已是本案{title}，不得再担任本案调查人员", article)
            for other, (title, article) in SEPARATED.items()
            if officer.id in people.get(other, ())
        ]
    return []


def _within(span: Span, on: date) -> bool:
    begins, ends = span
    return begins <= on and (ends is None or on <= ends)
