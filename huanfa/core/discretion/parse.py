"""The head of a benchmark from TOML: dates, rules of counting, adjustments, gaps. Every fault comes back with its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from huanfa.core.discretion.adjustments import KINDS, fault_of
from huanfa.core.discretion.benchmark import Adjustment, Benchmark, Lookback, Missing, Table
from huanfa.core.errors import Fault
from huanfa.core.rulefile import RuleFile

_HEAD = {
    *("id", "title", "number", "issuer", "version", "from", "until", "extends", "source", "status", "read_by", "reviewed_on"),
    *("gist", "interval", "interval_article", "unknown_factor", "unknown_factor_article", "cap_article", "rounding"),
    *("rounding_article", "lookback", "adjustment", "gap", "assumption"),
}
STATUSES = ("complete", "partial", "empty")
INTERVALS = ("in_out", "in_in")
UNKNOWN = ("lowest", "refuse")
ROUNDINGS = ("", "half_up_yuan")


def parse_head(
    file: RuleFile, tables: Mapping[str, Table], refs: Iterable[RuleFile], parent: Benchmark | None
) -> tuple[Benchmark | None, list[Fault]]:
    """Put a benchmark together from its head and its tables. What a city's text does not say, its parent's says."""
    data, faults = file.data, []
    for key in sorted(set(data) - _HEAD):
        faults.append(file.fault(f"不认识的写法“{key}”", "", 0, key))
    for key in ("id", "title", "issuer", "source", "status"):
        if not isinstance(data.get(key), str):
            faults.append(file.fault(f"缺少“{key}”", "", 0, key))
    for key, allowed in (("status", STATUSES), ("interval", INTERVALS), ("unknown_factor", UNKNOWN), ("rounding", ROUNDINGS)):
        if key in data and data[key] not in allowed:
            faults.append(file.fault(f"“{key}”只能是{'、'.join(allowed)}", "", 0, key))
    begins, until = data.get("from"), data.get("until")
    if any(day is not None and (not isinstance(day, date) or isinstance(day, datetime)) for day in (begins, until)):
        faults.append(file.fault("from、until 须为日期", "", 0, "from"))
    elif begins and until and until < begins:
        faults.append(file.fault("until 早于 from", "", 0, "until"))
    adjustments = _adjustments(file, faults)
    for number, gap in enumerate(data.get("gap", ())):
        if lacking := [key for key in ("id", "what", "why", "ask") if key not in gap]:
            faults.append(file.fault(f"gap 缺少 {'、'.join(lacking)}", "gap", number))
    back = data.get("lookback")
    if back and not {"months", "from"} <= set(back):
        faults.append(file.fault("lookback 须写 months 和 from", "", 0, "lookback"))
    if faults:
        return None, faults
    by_article: dict[tuple[str, str], list[str]] = {}
    every = {**(parent.tables if parent else {}), **tables}
    for table in every.values():
        for article in table.articles:
            known = by_article.setdefault((article.law, article.article), [])
            if table.id not in known:
                known.append(table.id)
    own = {one.kind for one in adjustments}
    inherited = tuple(one for one in parent.adjustments if one.kind not in own) if parent else ()
    return Benchmark(
        id=data["id"],
        body=data["id"].partition("/")[0],
        title=data["title"],
        number=data.get("number", ""),
        issuer=data["issuer"],
        begins=begins,
        until=until,
        status=data["status"],
        interval=_or_parent(data, parent, "interval", "in_out"),
        interval_article=_or_parent(data, parent, "interval_article", ""),
        unknown_factor=_or_parent(data, parent, "unknown_factor", "refuse"),
        unknown_article=data.get("unknown_factor_article", parent.unknown_article if parent else ""),
        cap_article=_or_parent(data, parent, "cap_article", ""),
        rounding=_or_parent(data, parent, "rounding", ""),
        rounding_article=_or_parent(data, parent, "rounding_article", ""),
        lookback=Lookback(back["months"], back["from"], back.get("day_included", True), back.get("article", ""))
        if back else parent.lookback if parent else None,
        adjustments=(*inherited, *adjustments),
        tables=every,
        gaps=tuple(Missing(gap["id"], gap["what"], gap["why"], gap["ask"]) for gap in data.get("gap", ())),
        source=data["source"],
        gist=data.get("gist", ""),
        extends=data.get("extends", ""),
        refs=tuple(one.ref for one in refs) + (parent.refs if parent else ()),
        by_article={key: tuple(ids) for key, ids in by_article.items()},
    ), []


def _or_parent(data: Mapping[str, Any], parent: Benchmark | None, key: str, default: str) -> str:
    return str(data.get(key, getattr(parent, key) if parent else default))


def _adjustments(file: RuleFile, faults: list[Fault]) -> list[Adjustment]:
    found: list[Adjustment] = []
    for number, raw in enumerate(file.data.get("adjustment", ())):
        if raw.get("kind") not in KINDS:
            faults.append(file.fault(f"调整规则的 kind 只能是{'、'.join(KINDS)}", "adjustment", number, "kind"))
            continue
        if raw.get("id") in {one.id for one in found} or not raw.get("id"):
            faults.append(file.fault("调整规则须有不重复的 id", "adjustment", number, "id"))
        if sentence := fault_of(raw):
            faults.append(file.fault(sentence, "adjustment", number))
            continue
        data = {key: value for key, value in raw.items() if key not in ("id", "kind", "article", "gist")}
        found.append(Adjustment(raw.get("id", ""), raw["kind"], raw.get("article", ""), raw.get("gist", ""), data))
    return found
