"""Conditions of discretion: the worksheet behind a fine, who approves a departure from the benchmark, the no-fine list."""

from __future__ import annotations

from datetime import date

from huanfa.core.errors import Reason
from huanfa.core.money import figures
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards.registry import Values, against, guard
from huanfa.core.procedure.standing import Done, Standing

GROUNDS = "行政处罚法第三十四条；生态环境行政处罚办法第四十一条"
DEPARTURE = "行政处罚法第三十四条；国办发〔2022〕27号第（十二）项"
NO_FINE = "行政处罚法第三十三条；生态环境行政处罚办法第四十二条"
WORKSHEET, APPROVAL, CHECK = "worksheet", "approve_departure", "check_no_fine"


@guard
def fine_matches_worksheet(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A fine is the amount of the worksheet in force, computed under the text that the report applies (办法第41条)."""
    if "benchmark" not in facts.settings or "fine" not in (values.get("kinds") or ()):
        return []
    sheet = standing.registered.get(WORKSHEET)
    if sheet is None:
        return against("拟处罚款的，先填写裁量计算表（案件页“裁量”）", GROUNDS, "fine")
    out: list[Reason] = []
    fine = values.get("fine")
    if fine is not None and fine != sheet.values["amount"]:
        told = figures(int(sheet.values["amount"]))
        out += against(f"罚款与裁量计算表的{told}元不一致；数额有变化的，先重新填写裁量计算表", GROUNDS, "fine")
    regime = values.get("regime") or standing.value("report_investigation", "regime")
    if regime and sheet.values.get("regime") != regime:
        out += against("裁量计算表所用的法律与报告适用的法律不一致，请按所适用的法律重新填写", GROUNDS, "regime")
    if "proposal" in values and (values.get("tier") or "") != (sheet.values.get("tier") or ""):
        out += against("裁量计算表所用的罚款档次与报告不一致，请按同一档次填写", GROUNDS, "tier")
    return out


@guard
def report_matches_worksheet(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """What the party is told is what the worksheet in force says: weighed anew after the report, it is reported anew."""
    report = standing.done.get("report_investigation")
    if report is None or not fine_matches_worksheet(standing, facts, report.values, on):
        return []
    return against("报告之后重新填写了裁量计算表，与报告的罚款不一致；退回重新报告，或者按报告的数额再填一次", GROUNDS)


@guard
def departure_approved(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """A fine that departs from a benchmark of the bureau's own is approved by the principal head or discussed by the heads; from
    one of a body above, by that body (国办发〔2022〕27号第十二项)."""
    sheet = standing.registered.get(WORKSHEET)
    kinds = values.get("kinds") or standing.value("report_investigation", "kinds") or ()
    if "fine" not in kinds or not departs(sheet) or sheet is None or approved(standing, sheet):
        return []
    return against("罚款与裁量基准计算的数额不同，须经主要负责人批准（案件页“裁量”）或者集体讨论", DEPARTURE, "fine")


def departs(sheet: Done | None) -> bool:
    """Whether the worksheet in force gives another amount than the benchmark."""
    return sheet is not None and bool(sheet.values.get("departure"))


def approved(standing: Standing, sheet: Done) -> bool:
    """Whether the departure of this very worksheet was approved: by the issuer, the principal head, or in a later discussion."""
    if sheet.values.get("issuer_approval"):
        return True
    approval, discussed = standing.registered.get(APPROVAL), standing.done.get("discuss")
    if approval is not None and approval.values.get("worksheet") == sheet.seq:
        return True
    return discussed is not None and discussed.seq > sheet.seq


@guard
def no_fine_list_checked(standing: Standing, facts: Facts, values: Values, on: date) -> list[Reason]:
    """Where the no-fine list is about the offence, it is held against the facts: at filing, and again before the decision."""
    if not facts.no_fine_items:
        return []
    check, filed = standing.registered.get(CHECK), standing.done.get("file")
    named = "、".join(facts.no_fine_items)
    if check is None or (filed is not None and check.seq < filed.seq):
        when = "作出决定前再核对一次" if filed else "立案前先核对"
        return against(f"本案案由列入不予处罚清单（{named}），{when}（案件页“裁量”），写明适用或者不适用的理由", NO_FINE)
    proposal = values.get("proposal") or standing.proposal
    if check.values.get("concluded") == "applies" and check.values.get("result") == "must" and proposal == "penalty":
        return against("清单核对的结论是不予处罚，与处罚建议不一致；确需处罚的，重新核对并写明理由", NO_FINE, "proposal")
    return []
