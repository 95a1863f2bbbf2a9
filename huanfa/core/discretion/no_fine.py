"""No-fine and leniency lists (不予处罚清单): which items are about an offence, and whether one applies to what was found.

The list only proposes. An officer concludes, and a conclusion against the list says why (行政处罚法第33条；法典第1056条).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from huanfa.core.cite import Article, RuleRef, read_articles
from huanfa.core.discretion.history import Earlier, months_before
from huanfa.core.errors import Fault, NoRule, Reason, RuleFault
from huanfa.core.rulefile import RuleFile, read

ROOT = Path(__file__).resolve().parents[2] / "rules"
ARTICLE = "行政处罚法第三十三条；生态环境法典第一千零五十六条"
KINDS = ("first", "corrected", "slight", "measure", "fact", "any")
RESULTS = {"must": "不予行政处罚", "may": "可以不予行政处罚"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an item. `first` looks `months` back (0: the whole known history; `year`: the calendar year);
    `measure` compares a value in `unit`; `any` holds if one group of `groups` holds altogether; the rest is confirmed."""

    kind: str
    text: str
    months: int = 0
    year: bool = False
    what: str = ""
    unit: str = ""
    under: Fraction | None = None
    at_most: Fraction | None = None
    at_least: Fraction | None = None
    groups: tuple[tuple[Condition, ...], ...] = ()

    def holds(self, value: Fraction) -> bool:
        """Whether a measured value keeps within the condition."""
        return (
            (self.under is None or value < self.under)
            and (self.at_most is None or value <= self.at_most)
            and (self.at_least is None or value >= self.at_least)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: the conduct it is about and the conditions that must all hold."""

    no: int
    category: str
    offence: str
    offences: tuple[str, ...]
    violated: tuple[Article, ...]
    result: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoFineList:
    """One list in one version."""

    id: str
    title: str
    number: str
    issuer: str
    begins: date | None
    until: date | None
    excluded_places: str
    first_time: str
    gist: str
    source: str
    items: tuple[Item, ...]
    ref: RuleRef

    def covers(self, on: date) -> bool:
        """Whether the list was in force on that day."""
        return self.begins is not None and self.begins <= on and (self.until is None or on <= self.until)

    def about(self, offence: str) -> tuple[Item, ...]:
        """The items that are about this offence."""
        return tuple(item for item in self.items if offence in item.offences)

    def item(self, no: int) -> Item:
        """The item of that number. Raises NoRule."""
        for item in self.items:
            if item.no == no:
                return item
        raise NoRule(f"《{self.title}》没有第{no}项。")


@dataclass(frozen=True, slots=True)
class Tested:
    """An item held against the facts: `unmet` conditions, `open` ones nobody has answered; it applies if both are empty."""

    item: Item
    unmet: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def applies(self) -> bool:
        """Whether every condition holds."""
        return not self.unmet and not self.open


@dataclass(frozen=True, slots=True)
class Answers:
    """What was found for the conditions of one item, by their place ("0", "1.0.2"): yes or no, or a measured value."""

    met: Mapping[str, bool] = field(default_factory=dict)
    values: Mapping[str, Fraction] = field(default_factory=dict)


def test(item: Item, answers: Answers, earlier: Sequence[Earlier], *, act_on: date) -> Tested:
    """Hold one item against the facts. `earlier` are the party's known decisions; `act_on` the day of the conduct."""
    unmet: list[str] = []
    open_: list[str] = []
    for place, condition in enumerate(item.conditions):
        found = _holds(condition, str(place), answers, earlier, act_on)
        if found is None:
            open_.append(condition.text)
        elif not found:
            unmet.append(condition.text)
    return Tested(item, tuple(unmet), tuple(open_))


def counted(condition: Condition, earlier: Iterable[Earlier], act_on: date) -> tuple[Earlier, ...]:
    """The earlier decisions that stand against a first time within the condition's window, counted back from the conduct."""
    begins = date.min
    if condition.year:
        begins = date(act_on.year, 1, 1)
    elif condition.months:
        begins = months_before(act_on, condition.months)
    return tuple(one for one in earlier if begins <= one.on <= act_on)


def conclude(tested: Sequence[Tested], concluded: str, reason: str) -> list[Reason]:
    """Why a conclusion ("applies" or "not") cannot stand: the list says otherwise, or a reason is missing."""
    applying = [one for one in tested if one.applies]
    if concluded == "applies" and not tested:
        return [Reason("清单没有与本案案由对应的项，不能适用", ARTICLE, "concluded")]
    if concluded == "applies" and not applying:
        missing = "；".join(dict.fromkeys(text for one in tested for text in (*one.unmet, *one.open)))
        return [Reason(f"清单的条件没有全部具备：{missing}", ARTICLE, "concluded")]
    if concluded == "not" and not reason.strip():
        if applying:
            numbers = "、".join(f"第{one.item.no}项" for one in applying)
            return [Reason(f"清单{numbers}的条件已全部具备，仍拟处罚的须写明理由", ARTICLE, "reason")]
        return [Reason("不适用清单的，须写明理由（哪一项条件不具备、依据什么证据）", ARTICLE, "reason")]
    return [] if concluded in ("applies", "not") else [Reason("请选择清单是否适用", ARTICLE, "concluded")]


def _holds(condition: Condition, place: str, answers: Answers, earlier: Sequence[Earlier], act_on: date) -> bool | None:
    if condition.kind == "any":
        groups = [
            [_holds(one, f"{place}.{group}.{number}", answers, earlier, act_on) for number, one in enumerate(conditions)]
            for group, conditions in enumerate(condition.groups)
        ]
        if any(all(group) for group in groups):
            return True
        return None if any(None in group and False not in group for group in groups) else False
    if condition.kind == "first" and counted(condition, earlier, act_on):
        return False
    if condition.kind == "measure":
        value = answers.values.get(place)
        return None if value is None else condition.holds(value)
    return answers.met.get(place)


# ── from rule files ─────────────────────────────────────────────────────────────────────────────────────────────────


def ids(root: Path = ROOT) -> list[str]:
    """The ids of all lists in the rules folder."""
    return sorted(f"{path.parts[-3]}/{path.stem}" for path in root.glob("*/no_fine/*.toml"))


@lru_cache(maxsize=32)
def load(list_id: str, root: Path = ROOT) -> NoFineList:
    """Open a list. Raises NoRule for an unknown id, RuleFault with every fault at once."""
    body, _, version = list_id.partition("/")
    path = root / body / "no_fine" / f"{version}.toml"
    if list_id not in ids(root):
        raise NoRule(f"没有不予处罚清单 {list_id}。现有：{'、'.join(ids(root))}")
    file = read(path, root)
    if isinstance(file, Fault):
        raise RuleFault([file])
    faults = [file.fault(f"缺少“{key}”", "", 0, key) for key in ("id", "title", "issuer") if not isinstance(file.data.get(key), str)]
    if file.data.get("id") not in (None, list_id):
        faults.append(file.fault(f"id 应与文件一致，为 {list_id}", "", 0, "id"))
    items = tuple(one for number, raw in enumerate(file.data.get("item", ())) if (one := _item(file, number, raw, faults)))
    if faults:
        raise RuleFault(faults)
    data = file.data
    return NoFineList(
        data["id"], data["title"], data.get("number", ""), data["issuer"], data.get("from"), data.get("until"),
        data.get("excluded_places", ""), data.get("first_time", ""), data.get("gist", ""), data.get("source", ""), items, file.ref,
    )


def _item(file: RuleFile, number: int, raw: Mapping[str, Any], faults: list[Fault]) -> Item | None:
    try:
        if raw["result"] not in RESULTS:
            raise ValueError(f"result 只能是{'、'.join(RESULTS)}")
        articles = read_articles(raw.get("violated", ()))
        conditions = tuple(_condition(one) for one in raw["conditions"])
        if not conditions:
            raise ValueError("没有条件")
        return Item(raw["no"], raw.get("category", ""), raw["offence"], tuple(raw.get("offences", ())), articles, raw["result"], conditions)
    except KeyError as missing:
        faults.append(file.fault(f"第{number + 1}项缺少 {missing.args[0]}", "item", number))
    except (ValueError, TypeError) as error:
        faults.append(file.fault(f"第{number + 1}项：{error}", "item", number))
    return None


def _condition(raw: Mapping[str, Any]) -> Condition:
    if raw["kind"] not in KINDS:
        raise ValueError(f"条件的 kind 只能是{'、'.join(KINDS)}")
    limits = {key: Fraction(str(raw[key])) for key in ("under", "at_most", "at_least") if key in raw}
    if raw["kind"] == "measure" and not (limits and raw.get("what")):
        raise ValueError("measure 须写 what 和 under、at_most、at_least 之一")
    groups = tuple(tuple(_condition(one) for one in group) for group in raw.get("any", ()))
    if (raw["kind"] == "any") != (bool(groups) and all(groups)):
        raise ValueError("any 须写各组条件")
    return Condition(
        raw["kind"], raw["text"], raw.get("months", 0), raw.get("year", False), raw.get("what", ""), raw.get("unit", ""),
        groups=groups, **limits,
    )
