"""What is asked of the calculator, and its answer: one schema for the command line and the JSON endpoint (docs/api.md).

    {"benchmark": "guangdong/2022", "table": "GD-2.7a", "on": "2024-05-01", "findings": {…},
     "statute": {"low": 10000000, "high": 100000000, "article": "…"}}

Money is whole fen. Instead of `statute` an `offence` of the rule book may stand, with `regime` and `tier` if not the ordinary
text of the day; with neither, the range printed with the table is taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.discretion.applicable import range_of
from huanfa.core.discretion.findings import LARGEST, Findings, Statute
from huanfa.core.discretion.result import Computation
from huanfa.core.errors import NoRule, NotAllowed, Reason
from huanfa.core.money import figures, in_words
from huanfa.core.offences import Offence

LONGEST = 500           # characters of an id or a citation
BIGGEST = 512 * 1024    # bytes of a whole request
PARTIES = {"unit": "单位", "person": "个人"}
_KEYS = ("benchmark", "table", "on", "statute", "offence", "regime", "tier", "findings")
_STATUTE = ("low", "high", "article", "party", "units", "per")


@dataclass(frozen=True, slots=True)
class Request:
    """One computation that is asked for. `statute` as given; `offence` with `regime` (first day) and `tier` to look it up."""

    benchmark: str
    table: str
    on: date
    findings: Findings
    statute: Statute | None = None
    offence: str = ""
    regime: str = ""
    tier: str = ""

    def held_to(self, offences: Mapping[str, Offence], titles: Mapping[str, str]) -> Statute | None:
        """The statutory range: as given, or by the offence in the rule book; None to take what the table prints.

        Raises NoRule for an offence or a text that the rule book does not have, NotAllowed where its base is not told.
        """
        if not self.offence:
            return self.statute
        offence = offences.get(self.offence)
        if offence is None:
            raise NoRule(f"规则库中没有案由 {self.offence}。")
        regime = offence.regime_on(self.on)
        if self.regime:
            found = [one for one in offence.regimes if one.id == self.regime]
            if not found:
                raise NoRule(f"“{offence.name}”没有自{self.regime}起的条文。可用的有：{'、'.join(one.id for one in offence.regimes)}")
            regime = found[0]
        chosen = regime.tier(self.tier)
        fine = chosen.fine if chosen else regime.fine
        person = self.findings.column.startswith("对个人")
        known = range_of(regime, self.tier, base=self.findings.quantity, units=self.findings.units, party="person" if person else "unit")
        article = "、".join(one.text(titles.get(one.law, one.law)) for one in regime.basis(self.tier))
        if known is None:
            sentence = f"该条的罚款为{fine.text}，请在 findings 中填写 quantity（金额，分）或者 units（数量）"
            raise NotAllowed([Reason(sentence if fine.basis != "none" else "该条没有规定罚款数额", article, "statute")])
        return Statute(known.low, known.high, article, known.party, known.units, known.per)


def from_json(raw: bytes | str) -> Any:
    """JSON data from text. Raises NotAllowed with one sentence: too long, not UTF-8, not JSON, or nested without end."""
    if len(raw) > BIGGEST:
        raise NotAllowed([Reason(f"内容过长，最多{BIGGEST // 1024}KB")])
    try:
        text = raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
        json.dumps(data, ensure_ascii=False).encode()   # half of a surrogate pair is no text
        return data
    except UnicodeError:
        raise NotAllowed([Reason("不是 UTF-8 编码")]) from None
    except json.JSONDecodeError as error:
        raise NotAllowed([Reason(f"不是合法的 JSON：第{error.lineno}行第{error.colno}列")]) from None
    except RecursionError:
        raise NotAllowed([Reason("不是合法的 JSON：嵌套太深")]) from None
    except ValueError as error:
        raise NotAllowed([Reason(str(error) if isinstance(error, _NotJson) else "不是合法的 JSON：数字太长")]) from None


def read_request(data: object, *, benchmark: str = "", table: str = "", on: date | None = None) -> Request:
    """Read a request. What the keywords say (command words, an address) stands in for what the data leaves out.

    Raises NotAllowed with every fault of shape at once; whether the findings fit the table is judged by compute.
    """
    return _Reader(data).request(benchmark, table, on)


def answer(computation: Computation) -> dict[str, Any]:
    """The computation as JSON, with the amount in words and the sentences an officer must not overlook."""
    return {
        **computation.as_data(),
        "figures": f"{figures(computation.amount)}元",
        "in_words": in_words(computation.amount) if computation.amount < LARGEST else "",
        "warnings": warnings(computation),
    }


def warnings(computation: Computation) -> list[str]:
    """What must not be overlooked: factors taken at their lowest, no statutory range to hold the amount to, a clamp."""
    said = []
    if computation.unestablished:
        said.append(f"没有认定的要素按最低档计算：{'、'.join(computation.unestablished)}。请补充证据，或者写明不能认定的原因。")
    if computation.legal_high is None:
        said.append("没有给出法定罚款幅度，数额没有与法定上下限核对。")
    said += [f"{line.label}：{line.told}（{line.sum}）。" for line in computation.lines if line.kind == "clamp"]
    if computation.optional:
        said.append("罚款是可以并处，并不是必须。")
    if computation.warning:
        said.append("同时给予警告。" if computation.amount else "给予警告，不处罚款。")
    return said


class _NotJson(ValueError):
    """A sentence of our own about JSON that Python's reader would let pass."""


def _no_constant(name: str) -> object:
    raise _NotJson(f"不是合法的 JSON：{name}")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _NotJson(f"同一项写了两次：{next(name for name in names if names.count(name) > 1)[:40]}")
    return found


class _Reader:
    def __init__(self, data: object):
        self.faults: list[Reason] = []
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.shaped = isinstance(data, dict)
        if not self.shaped:
            self.wrong("", f"应为一个对象，各项为：{'、'.join(_KEYS)}")
        self.unknown(self.data, _KEYS)

    def request(self, benchmark: str, table: str, on: date | None) -> Request:
        told = {key: self.text(self.data, key) for key in ("benchmark", "table", "offence", "regime", "tier")}
        for key, given in (("benchmark", benchmark), ("table", table)):
            if given and told[key] and given != told[key]:
                self.wrong(key, f"两处写的 {key} 不同：{given}、{told[key][:40]}")
            told[key] = told[key] or given
            if not told[key] and self.shaped and not self.data.get(key):
                self.wrong(key, f"缺少“{key}”（{'裁量基准，如 guangdong/2022' if key == 'benchmark' else '裁量表，如 GD-2.7a'}）")
        if (told["regime"] or told["tier"]) and not told["offence"]:
            self.wrong("offence", "写了 regime、tier 的，须写 offence（案由）")
        if told["offence"] and self.data.get("statute") is not None:
            self.wrong("statute", "statute 和 offence 只能写一个：法定幅度要么直接写，要么从规则库取")
        statute, day, findings = self.statute(), self.day() or on, Findings()
        if day is None and self.shaped and "on" not in self.data:
            self.wrong("on", "缺少“on”：取哪一天有效的裁量基准，如 2024-05-01")
        try:
            findings = Findings.from_data(self.data.get("findings", {}))
        except NotAllowed as refused:
            self.faults += refused.reasons
        if self.faults or day is None:
            raise NotAllowed(self.faults)
        return Request(findings=findings, on=day, statute=statute, **told)

    def wrong(self, key: str, sentence: str) -> None:
        self.faults.append(Reason(sentence, "", key))

    def unknown(self, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in sorted(set(data) - set(known), key=str):
            self.wrong(str(key)[:40], f"不认识“{str(key)[:40]}”这一项；可写的有：{'、'.join(known)}")

    def text(self, data: Mapping[str, Any], key: str) -> str:
        value = data.get(key)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > LONGEST:
            self.wrong(key, f"“{key}”应为文字")
            return ""
        return value.strip()

    def day(self) -> date | None:
        value = self.data.get("on")
        if value is None:
            if "on" in self.data:
                self.wrong("on", "“on”应为日期，写成 2024-05-01")
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong("on", "“on”应为日期，写成 2024-05-01")
            return None

    def statute(self) -> Statute | None:
        raw = self.data.get("statute")
        if raw is None:
            return None
        if not isinstance(raw, dict):
            self.wrong("statute", "法定幅度应为对象：low、high（分）、article（条文）")
            return None
        self.unknown(raw, _STATUTE)
        low, high, units = self.money(raw, "low"), self.money(raw, "high"), raw.get("units", 1)
        if type(units) is not int or not 0 < units < LARGEST:
            self.wrong("statute", "statute 的 units 应为大于零的整数")
        party = self.text(raw, "party") or "unit"
        if party not in PARTIES:
            self.wrong("statute", f"statute 的 party 只能是{'、'.join(f'{key}（{word}）' for key, word in PARTIES.items())}")
        if low is not None and high is not None and low > high:
            self.wrong("statute", "法定幅度的 low 高于 high")
        if self.faults or low is None or high is None:
            return None
        return Statute(low, high, self.text(raw, "article"), party, units, self.text(raw, "per"))

    def money(self, raw: Mapping[str, Any], key: str) -> int | None:
        value = raw.get(key)
        if type(value) is not int or not (0 <= value < LARGEST and (value or key == "low")):
            self.wrong("statute", f"statute 的 {key} 应为整数，以分为单位" + ("，须大于零" if key == "high" else ""))
            return None
        return value
