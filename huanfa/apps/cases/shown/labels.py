"""What a case's codes and values are called on the screen. Words only; what they mean is core's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huanfa.apps.cases.annex import proof_lines
from huanfa.core.discretion.worksheet import factors_told
from huanfa.core.money import figures
from huanfa.core.offences.words import FIELDS, KINDS
from huanfa.core.procedure.definition import Ask, Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.people import SLOTS
from huanfa.core.rulebook import Rulebook

__all__ = ["ENDINGS", "FIELDS", "KINDS", "OUTCOMES", "REGIMES", "Told", "registered", "slot", "text", "told"]

OUTCOMES = {"penalty": "行政处罚", "no_penalty": "不予行政处罚", "unfounded": "违法事实不成立", "crime": "移送司法机关"}
ENDINGS = {
    "declined": "不予立案", "transferred": "已移送", "withdrawn": "撤销立案", "terminated": "终止调查", "archived": "已归档",
}
REGIMES = {"conduct": "行为时的法律", "decision": "作出决定时的法律"}
# Entries that are no steps: what other rooms write into the dossier of a case.
REGISTERED = {
    "add_exhibit": "登记证据文件", "worksheet": "填写裁量计算表", "approve_departure": "批准调整适用裁量基准",
    "check_no_fine": "核对不予处罚清单",
}
REGISTERED_VALUES = {
    "number": "编号", "name": "名称", "file_name": "文件名", "media_type": "类型", "size": "字节", "sha256": "SHA-256",
    "taken_on": "提取日期", "provider": "提供（作出）", "proves": "证明内容", "worksheet": "裁量计算表（台账序号）", "reason": "理由",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One value as the page tells it: a text, or a table of rows under a head."""

    label: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def told(step: Step, values: Mapping[str, Any], facts: Facts, book: Rulebook) -> list[Told]:
    """Everything filled in for a step, in the order it was asked."""
    return [_one(ask, values[ask.id], facts, book) for ask in step.asks if ask.id in values]


def registered(values: Mapping[str, Any], exhibits: Mapping[int, str]) -> list[Told]:
    """The values of an entry that is no step of the procedure. `exhibits`: number → name."""
    if "findings" in values:
        return _worksheet(values, exhibits)
    if "items" in values:
        return _checked(values)
    return [Told(REGISTERED_VALUES.get(key, key), str(value)) for key, value in values.items()]


def _worksheet(values: Mapping[str, Any], exhibits: Mapping[int, str]) -> list[Told]:
    computed = values.get("computation")
    out = [Told("适用的法律", REGIMES.get(str(values["regime"]), ""))]
    if computed:
        rows = tuple((one["label"], one["told"], one["sum"], one["source"]) for one in computed["lines"])
        out += [Told("裁量基准", f"《{computed['title']}》{computed['table']}"), Told("计算", "", ("项目", "认定", "计算", "依据"), rows)]
        out.append(Told("计算数额", f"{figures(computed['amount'])}元"))
    proofs = tuple((one["label"], one["told"]) for one in proof_lines(values, exhibits))
    out += [Told("证据", "", ("项目", "证据"), proofs)] if proofs else []
    out += [Told(label, text) for label, text in factors_told(values)]
    out.append(Told("拟罚款", f"{figures(values['amount'])}元"))
    labelled = (
        ("departure_reason", "调整适用的理由"), ("issuer_approval", "制定机关的批准"), ("mitigation", "减轻处罚的情形"),
        ("likeness", "类案"), ("likeness_reason", "与类案不同的理由"), ("other", "与另一法律比较"), ("borrowed", "说明"),
    )
    said = {**values, "other": _differing(values["other"]) if values.get("other") else ""}
    return out + [Told(label, str(said[key])) for key, label in labelled if said.get(key)]


def _differing(compared: str) -> str:
    """Of a comparison of two texts, row after row, the rows in which they differ."""
    rows = [one for one in compared.split("；") if not one.endswith("（相同）")]
    return "；".join(rows) + "。其余各项相同" if rows else "各项相同"


def _checked(values: Mapping[str, Any]) -> list[Told]:
    out = [
        Told(f"{one['title']}第{one['no']}项", "条件全部具备" if one["applies"] else f"不具备：{'；'.join([*one['unmet'], *one['open']])}")
        for one in values["items"]
    ]
    concluded = "适用清单" if values["concluded"] == "applies" else "不适用清单"
    return [*out, Told("结论", concluded), *([Told("理由", values["reason"])] if values["reason"] else [])]


def slot(slot_id: str) -> str:
    """The title of a place for a signature."""
    return SLOTS[slot_id].title if slot_id in SLOTS else slot_id


def _one(ask: Ask, value: Any, facts: Facts, book: Rulebook) -> Told:
    if ask.type == "rows":
        keys = [key for key, _ in ask.columns]
        rows = tuple(tuple(str(row.get(key, "")) for key in keys) for row in value)
        return Told(ask.label, "", tuple(label for _, label in ask.columns), rows)
    return Told(ask.label, text(ask, value, facts, book))


def text(ask: Ask, value: Any, facts: Facts, book: Rulebook) -> str:
    """One value in words."""
    if ask.type == "bool":
        return "是" if value else "否"
    if ask.type == "money":
        return f"{figures(value)}元"
    if ask.type in ("choice", "checks"):
        return "；".join(ask.label_of(one) for one in (value if isinstance(value, (list, tuple)) else [value]))
    if ask.type in ("officers", "officer"):
        return "、".join(one.name for one in facts.names(value))
    if ask.type == "penalties":
        return "、".join(KINDS.get(one, one) for one in value)
    if ask.type == "offence":
        return book.offences[value].name if value in book.offences else str(value)
    if ask.type == "regime":
        return REGIMES.get(value, str(value))
    if ask.type == "tier":
        tiers = [tier for regime in facts.offence.regimes for tier in regime.tiers] if facts.offence else []
        return next((tier.when for tier in tiers if tier.id == value), str(value))
    return str(value).replace("T", " ") if ask.type == "datetime" else str(value)
