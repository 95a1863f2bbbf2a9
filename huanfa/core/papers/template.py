"""The wording of one kind of paper: a `Template`, read and checked from a rule file. It is not yet a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.cite import Article, RuleRef
from huanfa.core.errors import Fault
from huanfa.core.papers.shared import SHARED_VALUES
from huanfa.core.papers.values import TYPES, Column, Value
from huanfa.core.rulefile import RuleFile

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

DIRECTIONS = ("out", "in", "party")
LAYOUTS = ("letter", "form", "record", "cover")

# Keys a block of each kind may have besides kind, when and when_is.
_KEYS = {
    "title": (),
    "number": (),
    "party": (),
    "heading": ("text", "level"),
    "paragraph": ("text", "align"),
    "rows": ("items",),
    "list": ("items", "value", "marker"),
    "table": ("value", "caption", "columns", "widths", "serial"),
    "opinion": ("slots",),
    "checks": ("caption", "questions"),
    "questions": ("value",),
    "relief": ("text",),
    "contact": (),
    "end": (),
    "sign": ("labels",),
    "page_signatures": ("labels", "closing"),
    "blank_below": (),
}

# Values a block of these kinds uses without naming them in a text.
USED_BY_KIND = {
    "title": ("body_name",),
    "party": ("party_kind", "party_name", "party_code", "party_address"),
    "opinion": ("signatures",),
    "contact": ("contact_person", "contact_phone", "contact_address", "contact_postcode"),
    "end": ("body_name", "on"),
}

_HEAD = (
    ("id", str),
    ("form", int),
    ("title", str),
    ("direction", str),
    ("layout", str),
    ("seal", bool),
    ("copies", int),
    ("from", date),
    ("issuer", str),
    ("read_by", str),
    ("reviewed_on", date),
    ("gist", str),
    ("articles", list),
)
_ARTICLE_KEYS = {"law", "article", "paragraph", "item"}
_HEAD_OPTIONAL = (("code", str), ("until", date), ("version", str), ("value", list), ("block", list))


@dataclass(frozen=True)
class Block:
    """One part of a template, in its place. `spec` holds the keys of its kind as the rule file has them."""

    kind: str
    spec: Mapping[str, Any]
    when: str = ""
    when_is: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Template:
    """The wording of one kind of paper. `form` is its number in the form list the issuer follows, 0 if it has none."""

    id: str
    ref: RuleRef
    form: int
    title: str
    code: str
    direction: str
    layout: str
    seal: bool
    copies: int
    valid_from: date
    valid_until: date | None
    articles: tuple[Article, ...]
    values: Mapping[str, Value]
    blocks: tuple[Block, ...]

    @property
    def asked(self) -> frozenset[str]:
        """The values that a step must ask for, since they are not shared by all papers."""
        return frozenset(self.values) - frozenset(SHARED_VALUES)

    def needs(self, step: str) -> frozenset[str]:
        """The values not shared that the paper cannot do without when this step draws it."""
        used: set[str] = set()
        for block in self.blocks:
            if dict(block.when_is).get("step", step) == step:
                used |= {*values_of(block), *(id_ for id_, _ in block.when_is)}
        return frozenset(id_ for id_ in used & self.asked if not self.values[id_].optional)

    def value(self, id_: str) -> Value:
        """The declaration of a value: the template's own, or the shared one."""
        return self.values.get(id_) or SHARED_VALUES[id_]


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block in which a value may be named."""
    spec = block.spec
    yield from (spec[key] for key in ("text", "caption", "closing") if key in spec)
    yield from spec.get("labels", ())
    for item in spec.get("items", ()):
        yield item.get("text", "") if isinstance(item, Mapping) else item


def values_of(block: Block) -> Iterator[str]:
    """Every value id a block uses, in order of appearance, `when` and `when_is` left out."""
    yield from USED_BY_KIND.get(block.kind, ())
    if "value" in block.spec:
        yield block.spec["value"]
    for text in texts_of(block):
        yield from PLACEHOLDER.findall(text)
    for item in block.spec.get("items", ()):
        if isinstance(item, Mapping) and "choice" in item:
            yield item["choice"]
    for question in block.spec.get("questions", ()):
        yield question["value"]
        if "remark" in question:
            yield question["remark"]


def parse(rulefile: RuleFile) -> tuple[Template | None, list[Fault]]:
    """Return the template of a rule file, or None and every fault found in it."""
    faults = list(_head_faults(rulefile))
    values = dict(_values(rulefile, faults))
    blocks = tuple(_blocks(rulefile, faults))
    if not faults:
        faults.extend(_use_faults(rulefile, values, blocks))
    if faults:
        return None, sorted(faults)
    data = rulefile.data
    return Template(
        id=data["id"],
        ref=rulefile.ref,
        form=data["form"],
        title=data["title"],
        code=data.get("code", ""),
        direction=data["direction"],
        layout=data["layout"],
        seal=data["seal"],
        copies=data["copies"],
        valid_from=data["from"],
        valid_until=data.get("until"),
        articles=tuple(Article(**{key: str(part) for key, part in article.items()}) for article in data["articles"]),
        values=values,
        blocks=blocks,
    ), []


def _head_faults(rulefile: RuleFile) -> Iterator[Fault]:
    data = rulefile.data
    for key, kind in _HEAD:
        if key not in data:
            yield rulefile.fault(f"缺少“{key}”")
        elif type(data[key]) is not kind:
            yield rulefile.fault(f"“{key}”的类型不对", key=key)
    for key, kind in _HEAD_OPTIONAL:
        if key in data and type(data[key]) is not kind:
            yield rulefile.fault(f"“{key}”的类型不对", key=key)
    for key in data.keys() - {key for key, _ in _HEAD + _HEAD_OPTIONAL}:
        yield rulefile.fault(f"不认识的“{key}”", key=key)
    if data.get("id") != rulefile.name.rsplit("/", 1)[-1].removesuffix(".toml"):
        yield rulefile.fault("“id”须与文件名相同", key="id")
    if data.get("direction", "in") not in DIRECTIONS:
        yield rulefile.fault(f"“direction”须为 {'、'.join(DIRECTIONS)} 之一", key="direction")
    if data.get("layout", "form") not in LAYOUTS:
        yield rulefile.fault(f"“layout”须为 {'、'.join(LAYOUTS)} 之一", key="layout")
    for article in data.get("articles", []):
        if not isinstance(article, Mapping) or not {"law", "article"} <= article.keys() <= _ARTICLE_KEYS:
            yield rulefile.fault("“articles”每项须写明 law 和 article", key="articles")


def _values(rulefile: RuleFile, faults: list[Fault]) -> Iterator[tuple[str, Value]]:
    seen: set[str] = set()
    for index, table in enumerate(rulefile.data.get("value", [])):
        table = {**_shared(table.get("id", "")), **table}
        id_, kind = table.get("id", ""), table.get("type", "text")
        problems = []
        if not re.fullmatch(r"[a-z][a-z0-9_]*", str(id_)) or not table.get("label"):
            problems.append("每个 [[value]] 须有 id 和 label")
        if id_ in seen:
            problems.append(f"“{id_}”重复声明")
        if kind not in TYPES:
            problems.append(f"不认识的类型“{kind}”")
        if (kind in ("choice", "checks")) != bool(table.get("choices")):
            problems.append("choice、checks 类型须列出 choices，其他类型不得列出")
        if (kind == "rows") != bool(table.get("columns")):
            problems.append("rows 类型须列出 columns，其他类型不得列出")
        if table.keys() - {"id", "label", "type", "optional", "choices", "columns", "joiner"}:
            problems.append(f"“{id_}”含有不认识的键")
        seen.add(id_)
        try:
            columns = tuple(c if isinstance(c, Column) else Column(**c) for c in table.get("columns", []))
            if any(column.type not in TYPES[:4] for column in columns):
                problems.append(f"“{id_}”的列类型只能是 {'、'.join(TYPES[:4])}")
            choices = tuple((choice, label) for choice, label in table.get("choices", []))
        except (TypeError, ValueError):
            problems.append(f"“{id_}”的 columns 每项须写明 id 和 label，choices 每项为 [id, 文字]")
        if problems:
            faults.extend(rulefile.fault(problem, "value", index, "id") for problem in problems)
            continue
        optional, joiner = table.get("optional", False), table.get("joiner", "、")
        yield id_, Value(id_, table["label"], kind, optional, choices, columns, joiner)


def _shared(id_: str) -> dict[str, Any]:
    """A template that declares a shared value again need only say what is different, as a rule `optional = true`."""
    shared = SHARED_VALUES.get(id_)
    fields = ("label", "type", "choices", "columns", "joiner")
    return {name: getattr(shared, name) for name in fields} if shared else {}


def _blocks(rulefile: RuleFile, faults: list[Fault]) -> Iterator[Block]:
    if not rulefile.data.get("block"):
        faults.append(rulefile.fault("没有任何 [[block]]"))
    for index, table in enumerate(rulefile.data.get("block", [])):
        kind = table.get("kind", "")
        if kind not in _KEYS:
            faults.append(rulefile.fault(f"不认识的段落种类“{kind}”", "block", index, "kind"))
            continue
        for key in table.keys() - {"kind", "when", "when_is", *_KEYS[kind]}:
            faults.append(rulefile.fault(f"{kind} 不应有“{key}”", "block", index, key))
        required = {"list": (), "page_signatures": ("labels",), "checks": ("questions",)}.get(
            kind, tuple(key for key in _KEYS[kind] if key in ("text", "items", "value", "labels"))
        )
        for key in required:
            if key not in table:
                faults.append(rulefile.fault(f"{kind} 缺少“{key}”", "block", index))
        if kind == "list" and ("items" in table) == ("value" in table):
            faults.append(rulefile.fault("list 须写 items 或者 value，不得两者都写", "block", index))
        when_is = tuple(sorted(table.get("when_is", {}).items()))
        yield Block(kind, table, table.get("when", ""), when_is)


def _use_faults(rulefile: RuleFile, values: Mapping[str, Value], blocks: tuple[Block, ...]) -> Iterator[Fault]:
    """Faults between the parts: values that are used but unknown, optional but used bare, or declared for nothing."""
    known = {**SHARED_VALUES, **values}
    used: set[str] = {"example", "on", "body_name", "seal_name"}
    for index, block in enumerate(blocks):
        conditions = {block.when, *(id_ for id_, _ in block.when_is)} - {""}
        names = list(values_of(block))
        used |= conditions | set(names)
        for id_ in sorted((conditions | set(names)) - known.keys()):
            yield rulefile.fault(f"用到了没有声明的值“{id_}”", "block", index)
        for id_, choice in block.when_is:
            if id_ in known and choice not in _answers(known[id_]):
                yield rulefile.fault(f"“{id_}”没有“{choice}”这一选项", "block", index, "when_is")
        for text in texts_of(block):
            if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
                yield rulefile.fault("花括号内只能写值的 id", "block", index)
        # An absent value would leave a hole in a sentence; in forms and lists its row is struck or dropped instead.
        if block.kind in ("paragraph", "heading", "relief", "table", "questions"):
            for id_ in names:
                if id_ in known and known[id_].optional and id_ not in conditions:
                    yield rulefile.fault(f"“{id_}”可以不填，用到它的段落须写 when", "block", index)
        source = block.spec.get("value", "")
        if block.kind in ("table", "questions") and source in known and known[source].type != "rows":
            yield rulefile.fault(f"“{source}”须为 rows 类型", "block", index, "value")
    for index, id_ in enumerate(values):
        if id_ not in used:
            yield rulefile.fault(f"声明的值“{id_}”从未用到", "value", index, "id")


def _answers(value: Value) -> tuple[str, ...]:
    """What `when_is` may compare a value with."""
    return ("yes", "no") if value.type == "bool" else tuple(choice for choice, _ in value.choices)
