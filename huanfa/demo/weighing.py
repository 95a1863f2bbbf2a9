"""What the officers of the demonstration put into a worksheet and into a check of the no-fine list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from huanfa.apps.cases.weighing import Asked
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.discretion.queries import opened
from huanfa.core.discretion import Findings, no_fine, worksheet
from huanfa.core.discretion.no_fine import Answers

if TYPE_CHECKING:
    from huanfa.demo.story import Script

APOLOGY = ("documentary", "公开道歉申请书、守法承诺书和市级媒体网站刊登页面打印件（示例）", "已公开道歉并承诺守法")
APOLOGISED = "决定作出前已改正并经复查，当事人申请公开道歉，在市级媒体网站（示例）刊登道歉，作出守法承诺，没有不得适用的情形"


@dataclass(frozen=True)
class Checked:
    """A check of the no-fine list as its form is filled in."""

    found: Mapping[tuple[str, int], Answers]
    concluded: str
    reason: str


def asked(script: Script, on: date) -> Asked:
    """The worksheet of a case: by the table that rests on the text applied, else by the seven factors."""
    plan, scale = script.plan, {**script.matter.scale, **script.plan.scale}
    common = {
        "regime": plan.regime, "units": plan.units or None, "departure_reason": scale.get("departure_reason", ""),
        "mitigation": scale.get("mitigation", ""), "likeness_reason": scale.get("likeness_reason", ""),
    }
    benchmark = _benchmark(script, str(scale.get("table", "")), on)
    if not benchmark:
        return Asked(**common, amount=plan.fine * 100, factors=script.matter.factors)
    data: dict[str, Any] = {key: scale[key] for key in ("levels", "position", "circumstances", "override", "evidence") if key in scale}
    if "chosen" in scale:
        data["chosen"] = scale["chosen"] * 100
    if plan.apology:
        data["adjustments"] = [{"id": "apology", "value": plan.apology, "reason": APOLOGISED}]
    amount = plan.fine * 100 if common["departure_reason"] else None
    return Asked(**common, benchmark=benchmark, table=scale["table"], findings=Findings.from_data(data), amount=amount)


def _benchmark(script: Script, table: str, on: date) -> str:
    """The bureau's benchmark whose table may be used for the text applied; "" where none may."""
    use, regime = worksheet.use_of(script.book.settings_on(on)), script.regime(on)
    day = on if script.plan.regime == "decision" else script.conduct[1]
    for one in use.ids if use else ():
        if table in [found.id for found in worksheet.candidates(opened(one), regime, on=day)]:
            return one
    return ""


def checked(script: Script, on: date) -> Checked | None:
    """The no-fine list held against the case, before filing or before the report; None where no list knows the offence."""
    use = worksheet.use_of(script.book.settings_on(on), "no_fine_list")
    lists = [no_fine.load(one) for one in use.ids] if use else []
    items = [(one.id, item.no) for one in lists if one.covers(script.plan.found) for item in one.about(script.matter.offence)]
    if not items:
        return None
    told = script.matter.listed["report" if "file" in script.days else "filing"]
    met = {place: value for place, value in told["found"].items() if isinstance(value, bool)}
    values = {place: Fraction(value) for place, value in told["found"].items() if not isinstance(value, bool)}
    return Checked({key: Answers(met, values) for key in items}, told.get("concluded", "not"), told.get("why", ""))


def grounds(case_id: int, weigh: str) -> str:
    """The reasons of a fine as the report gives them: what is weighed in words, and the worksheet in force. Where there is
    no table the seven factors come first, since the words draw the conclusion from them."""
    sheet = Worksheet.objects.filter(dossier=case_id).latest("seq")
    factors = sheet.data["factors"]     # a database may give them back in another order than the law's
    told = worksheet.told({**sheet.data, "factors": {key: factors[key] for key, _ in worksheet.SEVEN if key in factors}})
    return weigh + told if sheet.table else told + weigh


def compared(case_id: int) -> str:
    """The rows in which the two texts differ, as the worksheet in force has them."""
    rows = str(Worksheet.objects.filter(dossier=case_id).latest("seq").data["other"]).split("；")
    return "；".join([*(row for row in rows if not row.endswith("（相同）")), "其余各项相同"])
