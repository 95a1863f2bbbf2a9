"""Offences from TOML. All faults of a file come back together, each with its line; nothing is repaired or guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from huanfa.core.cite import Article, chinese_number
from huanfa.core.errors import Fault
from huanfa.core.offences import words
from huanfa.core.offences.offence import Fine, Offence, Personal, Regime, Tier
from huanfa.core.rulefile import RuleFile

_HEAD = {"title", "issuer", "version", "read_by", "reviewed_on", "gist", "assumption", "offence"}
_OFFENCE = {
    *("id", "code", "name", "field", "keywords", "pinyin", "parties", "enforced_by", "other_body", "harm"),
    *("note", "ended", "regime"),
}
_REGIME = {
    *("from", "until", "breaks", "punished_by", "kinds", "fine", "tiers", "after_refusal", "personal", "correction"),
    *("restrict", "close_by_government", "daily_fine", "seizure", "detention", "lighter_than_before", "gist", "mark"),
    *("note", "gap"),
}
_FINE = {"basis", "min", "max", "unit", "of", "floor", "optional", "only_if"}
_TIER = {"id", "when", "after_refusal", "punished_by", *_FINE}
_PERSONAL = {"who", "min", "max", "when"}
_ARTICLE = {"law", "article", "paragraph", "item"}


@dataclass
class _Place:
    """Where we are in the file, and what has been found wrong so far."""

    file: RuleFile
    table: str = ""
    index: int = 0
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, sentence: str, key: str = "") -> None:
        self.faults.append(self.file.fault(sentence, self.table, self.index, key))

    def at(self, table: str, index: int) -> _Place:
        return _Place(self.file, table, index, self.faults)

    def keys(self, data: Mapping[str, Any], known: set[str], where: str = "") -> None:
        """Report keys nobody knows: a mistyped key must not silently mean nothing."""
        for key in data:
            if key not in known:
                self.wrong(f"{where}不认识的键“{key}”", where or key)

    def word(self, data: Mapping[str, Any], key: str, vocabulary: Iterable[str], default: str | None = None) -> str:
        value = data.get(key, default)
        if value not in vocabulary:
            self.wrong(f"{key} 不能是“{value}”，可用：{'、'.join(word for word in vocabulary if word)}", key)
            return default or ""
        return str(value)

    def words(self, data: Mapping[str, Any], key: str, vocabulary: Iterable[str]) -> tuple[str, ...]:
        values = data.get(key)
        if not isinstance(values, list) or not values:
            self.wrong(f"缺少“{key}”", key)
            return ()
        for value in values:
            if value not in vocabulary:
                self.wrong(f"{key} 中不能有“{value}”", key)
        return tuple(str(value) for value in values)

    def text(self, data: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
        value = data.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong(f"缺少“{key}”", key)
            return ""
        return value

    def flag(self, data: Mapping[str, Any], key: str) -> bool:
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.wrong(f"{key} 须为 true 或者 false", key)
        return value is True

    def number(self, data: Mapping[str, Any], key: str, line_key: str) -> int:
        value = data.get(key, 0)
        if type(value) is not int or value < 0:
            self.wrong(f"{line_key} 的 {key} 须为不小于零的整数", line_key)
            return 0
        return value


def parse(file: RuleFile) -> tuple[list[Offence], list[Fault]]:
    """Read a violations file: its offences, and all its faults. An offence with a fault is still returned."""
    place = _Place(file)
    place.keys(file.data, _HEAD)
    for key in ("title", "issuer", "version", "read_by", "reviewed_on"):
        if key not in file.data:
            place.wrong(f"缺少“{key}”")
    offences, regimes_before = [], 0
    for index, data in enumerate(file.data.get("offence", [])):
        here = place.at("offence", index)
        regimes = [
            _regime(here.at("offence.regime", regimes_before + number), table)
            for number, table in enumerate(data.get("regime", []))
        ]
        _check_dates(here, data, regimes, regimes_before)
        regimes_before += len(regimes)
        offences.append(_offence(here, data, regimes))
    return offences, place.faults


def _offence(place: _Place, data: Mapping[str, Any], regimes: list[Regime]) -> Offence:
    place.keys(data, _OFFENCE)
    enforced_by = place.word(data, "enforced_by", ("ecology", "other"))
    other_body = place.text(data, "other_body", needed=enforced_by == "other")
    if enforced_by != "other" and other_body:
        place.wrong("本机关管辖的案由不写 other_body", "other_body")
    return Offence(
        id=place.text(data, "id", needed=True),
        name=place.text(data, "name", needed=True),
        field=place.word(data, "field", words.FIELDS),
        parties=place.words(data, "parties", words.PARTIES),
        enforced_by=enforced_by,
        harm=place.word(data, "harm", words.HARM),
        regimes=tuple(regimes),
        code=place.text(data, "code"),
        other_body=other_body,
        keywords=tuple(data.get("keywords", ())),
        pinyin=place.text(data, "pinyin", needed=True),
        note=place.text(data, "note"),
        ended=place.text(data, "ended"),
        ref=place.file.ref,
        line=place.file.line(place.table, place.index),
    )


def _check_dates(place: _Place, data: Mapping[str, Any], regimes: list[Regime], before: int) -> None:
    """Regimes follow one another without overlap; a gap needs its reason, and so does an offence that has ended."""
    if not regimes:
        place.wrong("案由至少要有一个 regime")
        return
    for number, (earlier, later) in enumerate(pairwise(regimes), start=before + 1):
        here = place.at("offence.regime", number)
        if earlier.until is None or later.from_ <= earlier.until:
            here.wrong(f"与前一条文的适用时间重叠（前一条文至 {earlier.until or '今'}）", "from")
        elif later.from_ - earlier.until > timedelta(days=1) and not data["regime"][number - before].get("gap"):
            here.wrong(f"{earlier.until} 之后、{later.from_} 之前没有条文；确实如此的，用 gap 写明理由", "from")
    if regimes[-1].until is not None and not data.get("ended"):
        place.wrong("最后一个条文已失效而没有接续，须用 ended 写明新法如何处理")
    if regimes[-1].until is None and data.get("ended"):
        place.wrong("条文仍有效，不应写 ended", "ended")


def _regime(place: _Place, data: Mapping[str, Any]) -> Regime:
    place.keys(data, _REGIME)
    first, last = data.get("from"), data.get("until")
    if type(first) is not date:
        place.wrong("缺少“from”，或者不是日期", "from")
        first = date.min
    if last is not None and (type(last) is not date or last < first):
        place.wrong("until 须为不早于 from 的日期", "until")
        last = None
    kinds = place.words(data, "kinds", words.KINDS)
    fine = _fine(place, data.get("fine", {"basis": "none"}), "fine")
    if ("fine" in kinds) != (fine.basis != "none"):
        place.wrong("kinds 与 fine 不一致：有罚款须写 fine，没有罚款不写", "kinds")
    tiers = tuple(_tier(place, table) for table in data.get("tiers", []))
    if len({tier.id for tier in tiers}) != len(tiers):
        place.wrong("tiers 中有重复的 id", "tiers")
    mark = place.word(data, "mark", words.MARKS)
    return Regime(
        from_=first,
        until=last,
        breaks=_articles(place, data, "breaks"),
        punished_by=_articles(place, data, "punished_by"),
        kinds=kinds,
        fine=fine,
        gist=place.text(data, "gist", needed=True),
        mark=mark,
        tiers=tiers,
        after_refusal=place.flag(data, "after_refusal"),
        personal=_personal(place, data.get("personal")),
        correction=place.text(data, "correction", needed=True),
        restrict=place.word(data, "restrict", words.RESTRICT, "none"),
        close_by_government=place.flag(data, "close_by_government"),
        daily_fine=place.word(data, "daily_fine", words.DAILY_FINE, "no"),
        seizure=place.word(data, "seizure", words.SEIZURE, ""),
        detention=place.text(data, "detention"),
        lighter_than_before=place.word(data, "lighter_than_before", words.WEIGHT, ""),
        note=place.text(data, "note"),
        line=place.file.line(place.table, place.index),
    )


def _fine(place: _Place, data: Mapping[str, Any], key: str, default_basis: str | None = None) -> Fine:
    """Yuan become fen; multiples and percents stay whole numbers."""
    basis = str(data.get("basis", default_basis))
    if basis not in words.BASES:
        place.wrong(f"{key} 的 basis 不能是“{basis}”", key)
        return Fine("none")
    if key == "fine":
        for unknown in set(data) - _FINE:
            place.wrong(f"fine 中不认识的键“{unknown}”", key)
    low, high = place.number(data, "min", key), place.number(data, "max", key)
    if basis != "none" and (not high or low > high):
        place.wrong(f"{key} 的上限须大于零且不低于下限（{low}—{high}）", key)
    for needed_by, name in ((("per_unit",), "unit"), (("multiple", "percent"), "of")):
        if (basis in needed_by) != bool(data.get(name)):
            place.wrong(f"{key}：{name} 只用于、且必须用于 {'、'.join(needed_by)}", key)
    scale = 100 if basis in ("fixed", "per_unit") else 1
    return Fine(
        basis=basis,
        low=low * scale,
        high=high * scale,
        unit=str(data.get("unit", "")),
        of=str(data.get("of", "")),
        base_floor=place.number(data, "floor", key) * 100,
        optional=data.get("optional") is True,
        only_if=str(data.get("only_if", "")),
    )


def _tier(place: _Place, data: Mapping[str, Any]) -> Tier:
    place.keys(data, _TIER, "tiers")
    if not data.get("id") or not data.get("when"):
        place.wrong("tiers 的每一档须写明 id 与 when", "tiers")
    return Tier(
        id=str(data.get("id", "")),
        when=str(data.get("when", "")),
        fine=_fine(place, data, "tiers", "fixed"),
        after_refusal=data.get("after_refusal") is True,
        punished_by=_articles(place, data, "punished_by") if "punished_by" in data else (),
    )


def _personal(place: _Place, data: Mapping[str, Any] | None) -> Personal | None:
    if data is None:
        return None
    place.keys(data, _PERSONAL, "personal")
    low, high = place.number(data, "min", "personal"), place.number(data, "max", "personal")
    if not data.get("who") or not high or low > high:
        place.wrong("personal 须写明 who，且上限不低于下限", "personal")
    return Personal(str(data.get("who", "")), low * 100, high * 100, str(data.get("when", "")))


def _articles(place: _Place, data: Mapping[str, Any], key: str) -> tuple[Article, ...]:
    entries = data.get(key)
    if not isinstance(entries, list) or not entries:
        place.wrong(f"缺少“{key}”", key)
        return ()
    found = []
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) - _ARTICLE or not entry.get("law"):
            place.wrong(f"{key} 的每一条须写 law、article，可写 paragraph、item", key)
            continue
        number = str(entry.get("article", ""))
        if not number.isdecimal() or not _is_article(int(number)):
            place.wrong(f"{key} 的条号“{number}”须为阿拉伯数字", key)
            continue
        paragraph, item = str(entry.get("paragraph", "")), str(entry.get("item", ""))
        if (paragraph and not paragraph.endswith("款")) or (item and not item.endswith("项")):
            place.wrong(f"{key} 的款、项照文书的写法：第二款、第（一）项", key)
        found.append(Article(str(entry["law"]), number, paragraph, item))
    return tuple(found)


def _is_article(number: int) -> bool:
    try:
        return bool(chinese_number(number))
    except ValueError:
        return False
