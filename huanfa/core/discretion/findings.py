"""What the officers found in one case: a level for each factor with its evidence, and all else that a table asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from huanfa.core.errors import NotAllowed, Reason

POSITIONS = {"ordinary": "一般", "lenient": "从轻", "severe": "从重"}
LARGEST = 10**15
LONGEST = 40      # figures of a number
_MEASURE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>\D*)")
_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+|/[0-9]+)?%?")
_KEYS = {
    "column", "levels", "measures", "quantity", "units", "override", "circumstances", "excess", "position", "chosen", "sum",
    "adjustments", "daily", "evidence", "unestablished",
}


@dataclass(frozen=True, slots=True)
class Applied:
    """One adjustment applied: its id in the benchmark, the rate or sum of coefficients if it leaves one open, and why."""

    id: str
    value: Fraction | None = None
    reason: str = ""
    to_max: bool = False


@dataclass(frozen=True, slots=True)
class Excess:
    """For one class of pollutants in a stepped grade: how many further ones, and each exceedance with its unit."""

    kind: str
    extra: int
    values: tuple[tuple[Fraction, str], ...]


@dataclass(frozen=True, slots=True)
class Statute:
    """The statutory range that the amount is held to, in fen, and the article it stands in.

    `units` of `per`: the law fines each of them (每次, 每辆); range and amount are for one, and multiplied at the end.
    """

    low: int
    high: int
    article: str = ""
    party: str = "unit"
    units: int = 1
    per: str = ""

    @property
    def lowest(self) -> int:
        """The lowest fine for all units together."""
        return self.low * self.units

    @property
    def highest(self) -> int:
        """The highest fine for all units together."""
        return self.high * self.units


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of one case. Money is whole fen; factors and levels go by the words of the table.

    `levels` maps a factor or dimension to the level found; `measures` to a measured value with its unit instead. A factor in
    neither is not established. `chosen`: the figure picked inside a range. `sum`: the total of weights read off the official
    table where its levels are not loaded. `excess` and `reading` serve stepped grades. `daily`: (order served, found again).
    """

    column: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, tuple[Fraction, str]] = field(default_factory=dict)
    quantity: int | None = None
    units: int | None = None
    override: str = ""
    circumstances: tuple[str, ...] = ()
    excess: tuple[Excess, ...] = ()
    reading: str = ""
    position: str = ""
    chosen: int | None = None
    sum: Fraction | None = None
    adjustments: tuple[Applied, ...] = ()
    daily: tuple[date, date] | None = None
    evidence: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unestablished: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: object) -> Findings:
        """Read findings from JSON data. Raises NotAllowed with every fault of shape; what they mean is judged by compute."""
        return _Reader(data).findings()

    def by_factor(self) -> dict[str, str]:
        """What was found, by factor, as text: for comparing cases."""
        measured = {name: f"{_plain(value)}{unit}" for name, (value, unit) in self.measures.items()}
        return {**self.levels, **measured, **{word: "有" for word in self.circumstances}}

    def as_data(self) -> dict[str, Any]:
        """The findings as JSON can carry them; from_data reads them back."""
        data: dict[str, Any] = {
            "column": self.column,
            "levels": dict(self.levels),
            "measures": {name: f"{_plain(value)}{unit}" for name, (value, unit) in self.measures.items()},
            "quantity": self.quantity,
            "units": self.units,
            "override": self.override,
            "circumstances": list(self.circumstances),
            "position": self.position,
            "chosen": self.chosen,
            "sum": str(self.sum) if self.sum is not None else None,
            "adjustments": [
                {"id": one.id, "value": str(one.value) if one.value is not None else None, "reason": one.reason, "to_max": one.to_max}
                for one in self.adjustments
            ],
            "evidence": {name: list(numbers) for name, numbers in self.evidence.items()},
            "unestablished": dict(self.unestablished),
        }
        if self.excess or self.reading:
            classes = [
                {"class": one.kind, "extra": one.extra, "values": [f"{_plain(value)}{unit}" for value, unit in one.values]}
                for one in self.excess
            ]
            data["excess"] = {"reading": self.reading, "classes": classes}
        if self.daily:
            data["daily"] = {"ordered_on": self.daily[0].isoformat(), "found_on": self.daily[1].isoformat()}
        return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def _plain(value: Fraction) -> str:
    """A measured value in figures. Measures come from decimal text, so the digits end."""
    whole, rest = divmod(value.numerator, value.denominator)
    digits = ""
    while rest and len(digits) < LONGEST:
        digit, rest = divmod(rest * 10, value.denominator)
        digits += str(digit)
    return f"{whole}.{digits}" if digits else str(whole)


class _Reader:
    """Reads untrusted data, gathering every fault of shape before it gives up."""

    def __init__(self, data: object):
        self.faults: list[Reason] = []
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.wrong("", "认定的情况应为一个对象，各项写法见说明")
        for key in sorted(set(self.data) - _KEYS, key=str):
            self.wrong(str(key), f"不认识“{str(key)[:40]}”这一项")

    def findings(self) -> Findings:
        found = Findings(
            column=self.text("column"),
            levels=self.texts("levels"),
            measures=self.measures("measures"),
            quantity=self.whole("quantity"),
            units=self.whole("units"),
            override=self.text("override"),
            circumstances=tuple(self.listed("circumstances")),
            excess=self.excess(),
            reading=self.reading(),
            position=self.text("position"),
            chosen=self.whole("chosen"),
            sum=self.exact("sum", self.data.get("sum")),
            adjustments=self.applied(),
            daily=self.days(),
            evidence=self.exhibits(),
            unestablished=self.texts("unestablished"),
        )
        if found.position and found.position not in POSITIONS:
            self.wrong("position", f"裁量情节只能是{'、'.join(f'{name}（{word}）' for word, name in POSITIONS.items())}")
        if self.faults:
            raise NotAllowed(self.faults)
        return found

    def wrong(self, key: str, sentence: str) -> None:
        self.faults.append(Reason(sentence, "", key))

    def text(self, key: str) -> str:
        value = self.data.get(key) or ""
        if not isinstance(value, str) or len(value) > 2000:
            self.wrong(key, f"“{key}”应为文字")
            return ""
        return value

    def texts(self, key: str) -> dict[str, str]:
        value = self.data.get(key) or {}
        if not isinstance(value, dict) or not all(isinstance(k, str) and isinstance(v, str) and len(v) <= 2000 for k, v in value.items()):
            self.wrong(key, f"“{key}”应为名称和文字的对照")
            return {}
        return {name: text for name, text in value.items() if text}

    def listed(self, key: str) -> list[str]:
        value = self.data.get(key) or []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, f"“{key}”应为文字的列表")
            return []
        return value

    def whole(self, key: str) -> int | None:
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, f"“{key}”应为整数（金额以分为单位）")
            return None
        if not 0 < value < LARGEST:
            self.wrong(key, f"“{key}”的数值不合理：须大于零，并请核对单位")
            return None
        return value

    def exact(self, key: str, value: object) -> Fraction | None:
        if value is None or value == "":
            return None
        if isinstance(value, (bool, float)) or not isinstance(value, (int, str)):
            self.wrong(key, f"“{key}”应为百分比（\"5%\"）、分数（\"1/3\"）或者整数，不用浮点数")
            return None
        text = value.strip() if isinstance(value, str) else str(value) if abs(value) < LARGEST else ""
        found = None
        if len(text) <= LONGEST and _EXACT.fullmatch(text):
            with suppress(ZeroDivisionError):
                found = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
        if found is None or len(str(found)) > LONGEST:
            self.wrong(key, f"“{text[:LONGEST]}”不是百分比、分数或者整数")
            return None
        return found

    def measures(self, key: str) -> dict[str, tuple[Fraction, str]]:
        out = {}
        for name, text in self.texts(key).items():
            if measured := self.measured(name, text):
                out[name] = measured
        return out

    def measured(self, name: str, text: object) -> tuple[Fraction, str] | None:
        found = _MEASURE.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= LONGEST else None
        if found is None:
            self.wrong(name, f"“{name}”的数值应为不带负号的数字加单位，如“3个月”")
            return None
        return Fraction(found["number"]), found["unit"].strip()

    def reading(self) -> str:
        raw = self.data.get("excess")
        value = raw.get("reading") or "" if isinstance(raw, dict) else ""
        if not isinstance(value, str) or len(value) > 2000:
            self.wrong("excess", "超标情况的 reading 应为文字")
            return ""
        return value

    def excess(self) -> tuple[Excess, ...]:
        raw = self.data.get("excess")
        if not raw:
            return ()
        classes = raw.get("classes") if isinstance(raw, dict) else None
        if not isinstance(classes, list) or not all(isinstance(one, dict) for one in classes):
            self.wrong("excess", "超标情况应写明 reading 和 classes")
            return ()
        out = []
        for one in classes:
            extra, values = one.get("extra", 0), one.get("values", [])
            counted = isinstance(extra, int) and not isinstance(extra, bool) and 0 <= extra < 1000
            if not counted or not isinstance(values, list) or len(values) > 200:
                self.wrong("excess", "超标情况的 extra 应为增加的因子个数，values 应为超标数的列表")
                continue
            measured = [self.measured("excess", value) for value in values]
            out.append(Excess(str(one.get("class", "")), extra, tuple(one for one in measured if one)))
        return tuple(out)

    def applied(self) -> tuple[Applied, ...]:
        raw = self.data.get("adjustments") or []
        if not isinstance(raw, list) or not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in raw):
            self.wrong("adjustments", "调整应为列表，每项写明 id 和 reason")
            return ()
        for one in raw:
            if not isinstance(one.get("reason") or "", str) or not isinstance(one.get("to_max", False), bool):
                self.wrong("adjustments", f"调整“{one['id'][:LONGEST]}”的 reason 应为文字，to_max 应为是或者否")
                return ()
        return tuple(
            Applied(one["id"], self.exact("adjustments", one.get("value")), one.get("reason") or "", one.get("to_max", False))
            for one in raw
        )

    def days(self) -> tuple[date, date] | None:
        raw = self.data.get("daily")
        if not raw:
            return None
        try:
            return date.fromisoformat(raw["ordered_on"]), date.fromisoformat(raw["found_on"])
        except (TypeError, KeyError, ValueError):
            self.wrong("daily", "按日连续处罚须写明 ordered_on（责令改正决定书送达日）和 found_on（复查发现日）")
            return None

    def exhibits(self) -> dict[str, tuple[int, ...]]:
        raw = self.data.get("evidence") or {}
        good = isinstance(raw, dict) and all(
            isinstance(name, str) and isinstance(numbers, list) and all(isinstance(n, int) and not isinstance(n, bool) for n in numbers)
            for name, numbers in raw.items()
        )
        if not good:
            self.wrong("evidence", "证据应为要素和证据编号列表的对照")
            return {}
        return {name: tuple(numbers) for name, numbers in raw.items() if numbers}
