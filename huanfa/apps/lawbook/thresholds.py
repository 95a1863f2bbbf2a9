"""Thresholds in the words of a page: each with the rule that counts on a day and the one it replaces."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.cite import Article
from huanfa.core.offences.words import KINDS
from huanfa.core.rulebook import Pack, Rulebook

SCOPES = {"listed": "法律列举的情形", "every_case": "每一件案件"}
CAPS = {"principal": "不超过罚款本金"}


@dataclass(frozen=True)
class Version:
    """One rule for a threshold: which pack says it, and whether it counts on the chosen day."""

    pack: Pack
    rows: tuple[tuple[str, str], ...]
    title: str
    begins: date
    until: date | None
    articles: str
    gist: str
    replaces: bool
    in_force: bool


def thresholds(book: Rulebook, on: date) -> list[tuple[str, list[Version]]]:
    """Every threshold with all its versions, the one that counts first. What a local rule leaves out stays national."""
    found: dict[str, list[Version]] = {}
    for pack in book.packs:
        for file in pack.files:
            for raw in file.data.get("setting", ()) if file.name.endswith("/thresholds.toml") else ():
                found.setdefault(raw["id"], []).insert(0, _version(book, pack, raw, on))
    return [(versions[-1].title, sorted(versions, key=lambda one: not one.in_force)) for versions in found.values()]


def _version(book: Rulebook, pack: Pack, raw: Mapping[str, Any], on: date) -> Version:
    articles = [Article(**{key: str(part) for key, part in one.items()}) for one in raw.get("articles", ())]
    until = raw.get("until")
    return Version(
        pack,
        tuple(setting_rows(raw)),
        raw.get("title", raw["id"]),
        raw["from"],
        until,
        book.cite(articles) or raw.get("source", ""),
        raw.get("gist", ""),
        "replaces" in raw,
        raw["from"] <= on and (until is None or on <= until),
    )


def setting_rows(raw: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What a threshold says, label and text, for each key that carries a rule."""
    for key, label in (("amount", "金额"), ("amount_person", "公民"), ("amount_organisation", "法人或者其他组织")):
        if key in raw:
            yield label, f"{raw[key]:,}元"
    for key, label in (("amount_kinds", "金额所指的处罚"), ("kinds", "不论金额的处罚")):
        if key in raw:
            yield label, "、".join(KINDS[one] for one in raw[key])
    if "reasons" in raw:
        yield "情形", "；".join(one["title"] for one in raw["reasons"])
    if "scope" in raw:
        yield "范围", SCOPES[raw["scope"]]
    if "rate_percent" in raw:
        yield "每日", f"{raw['rate_percent']}%" + ("，可以不加" if raw.get("optional") else "")
    if "cap" in raw:
        yield "上限", CAPS[raw["cap"]]
    if "hours" in raw:
        yield "学时", str(raw["hours"])
    if "note" in raw:
        yield "说明", raw["note"]
