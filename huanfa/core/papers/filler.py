"""How each kind of block is filled. Gathers all that is absent or wrong, so that `fill` can say it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huanfa.core.cite import chinese_number
from huanfa.core.papers import values as v
from huanfa.core.papers.shared import SHARED_VALUES, SLOTS
from huanfa.core.papers.template import PLACEHOLDER, Block, Template, values_of
from huanfa.core.papers.values import BadValue, Value


class Filler:
    """Makes the blocks of one paper and gathers, on the way, all that is absent or wrong."""

    def __init__(self, template: Template, values: Mapping[str, object], number: str):
        self.template, self.number = template, number
        you = "你" if values.get("party_kind") in ("citizen", "公民") else "你单位"
        self.values = {**values, "you": you}
        self.missing: list[str] = []
        self.refused: dict[str, str] = {}
        self.hidden: set[str] = set()

    def need(self, label: str) -> str:
        """Note an absent value, once."""
        if label not in self.missing:
            self.missing.append(label)
        return ""

    def text(self, id_: str) -> str:
        """The value as printed; "" if it is absent, and then noted as missing unless it may be."""
        value, given = self.template.value(id_), self.values.get(id_)
        if v.is_blank(given) and not (value.type == "checks" and given is not None):
            return "" if value.optional else self.need(value.label)
        return self._guarded(value, v.print_value, given) or ""

    def rows(self, id_: str) -> list[dict[str, str]]:
        """The rows of a value, each cell printed; every empty cell that is not optional is noted as missing."""
        value, given = self.template.value(id_), self.values.get(id_)
        if v.is_blank(given):
            if not value.optional:
                self.need(value.label)
            return []
        rows = self._guarded(value, v.rows_of, given) or []
        for number, row in enumerate(rows, start=1):
            for column in value.columns:
                if not row[column.id] and not column.optional:
                    self.need(f"{value.label}第{number}行“{column.label}”")
        return rows

    def fit(self, text: str) -> str:
        """A text of the template with its values in place. They are put in once: their own braces mean nothing."""
        return PLACEHOLDER.sub(lambda m: _joined(self.text(m.group(1)), text[m.end() : m.end() + 1]), text)

    def shows(self, block: Block) -> bool:
        """Whether the block stands in this paper."""
        shown = not block.when or self._present(block.when)
        for id_, choice in block.when_is:
            if not self.text(id_):
                shown = False
            elif id_ not in self.refused:
                shown = shown and _chosen(self.template.value(id_), self.values[id_]) == choice
        if not shown:
            self.hidden |= set(values_of(block))
        return shown

    def make(self, block: Block) -> Iterator[dict[str, Any]]:
        """The finished parts of one block: none, if all it would hold may be absent and is."""
        made = getattr(self, f"_{block.kind}")(block.spec)
        if made is not None:
            yield {"kind": block.kind, **made}

    def _present(self, id_: str) -> bool:
        given = self.values.get(id_)
        return given is not False and not v.is_blank(given)

    def _guarded(self, value: Value, how: Any, given: object) -> Any:
        try:
            return how(value, given)
        except BadValue as error:
            self.refused[value.id] = str(error)
            return None

    # One method for each kind of block, named after it.

    def _title(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"body": self.text("body_name"), "text": self.template.title}

    def _number(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"text": self.number or self.need("文号")}

    def _party(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        kind = self.text("party_kind")
        if not kind or "party_kind" in self.refused:
            return {"rows": []}
        chosen = v.choice_id(self.template.value("party_kind"), self.values["party_kind"])
        rows = [{"label": label, "text": self.text(id_), "half": half} for label, id_, half in _PARTY_ROWS[chosen]]
        if chosen in ("legal_person", "organisation") and (post := self.text("party_legal_rep_post")):
            rows[2]["text"] = f"{rows[2]['text']}（{post}）"
        return {"rows": rows}

    def _heading(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"level": spec.get("level", 1), "text": self.fit(spec["text"])}

    def _paragraph(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        align, text = spec.get("align", "body"), self.fit(spec["text"])
        closed = align != "body" or text.endswith(tuple("。；：！？”）…"))
        return {"align": align, "text": text if closed else text + "。"}

    def _relief(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"text": self.fit(spec["text"])}

    def _rows(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        rows = []
        for item in spec["items"]:
            row: dict[str, Any] = {"label": item["label"], "half": item.get("half", False)}
            if "choice" in item:
                row["boxes"] = self._boxes(item["choice"])
            else:
                row["text"] = self.fit(item["text"]) or "/"  # a form has no empty cells: what may be absent is struck
            rows.append(row)
        return {"rows": rows}

    def _boxes(self, id_: str) -> list[dict[str, Any]]:
        """All choices, the one made (or those ticked) marked."""
        value, given = self.template.value(id_), self.values.get(id_)
        chosen: frozenset[str] = frozenset()
        if self.text(id_) or given is not None:
            how = v.ticked_ids if value.type == "checks" else lambda value, one: frozenset([v.choice_id(value, one)])
            chosen = (self._guarded(value, how, given) if not v.is_blank(given) else None) or frozenset()
        return [{"label": label, "on": choice in chosen} for choice, label in value.choices]

    def _list(self, spec: Mapping[str, Any]) -> dict[str, Any] | None:
        if "value" in spec:
            items = self._lines(spec["value"])
        else:
            items = [self.fit(item) for item in spec["items"] if self._all_present(item)]
        marker = spec.get("marker", "1.")
        return {"items": [_MARKERS[marker](n) + item for n, item in enumerate(items, start=1)]} if items else None

    def _lines(self, id_: str) -> list[str]:
        """The lines of a text, or the parts of a list of texts."""
        printed, given = self.text(id_), self.values.get(id_)
        parts = [v.clean(str(part)) for part in given] if isinstance(given, (list, tuple)) else printed.split("\n")
        return [part.strip() for part in parts if part.strip()]

    def _all_present(self, text: str) -> bool:
        return all(self._present(id_) or not self.template.value(id_).optional for id_ in PLACEHOLDER.findall(text))

    def _table(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        value = self.template.value(spec["value"])
        columns = [c for c in value.columns if c.id in spec.get("columns", [c.id for c in value.columns])]
        rows = [[row[column.id] or "/" for column in columns] for row in self.rows(value.id)]
        labels, widths = [column.label for column in columns], list(spec.get("widths", [1] * len(columns)))
        if spec.get("serial", True):
            labels, widths = ["序号", *labels], [0, *widths]
            rows = [[str(number), *row] for number, row in enumerate(rows, start=1)]
        return {"caption": self.fit(spec.get("caption", "")), "columns": labels, "widths": widths, "rows": rows}

    def _opinion(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        slots = {**SLOTS, **dict(spec.get("slots", ()))}
        boxes = []
        for box in self.rows("signatures"):
            if box["slot"] not in slots:
                self.refused["signatures"] = f"“{self.template.title}”没有“{box['slot']}”这一审批环节"
            boxes.append({**box, "slot": slots.get(box["slot"], "")})
        return {"boxes": boxes}

    def _checks(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        rows = []
        for question in spec["questions"]:
            value, given = self.template.value(question["value"]), self.values.get(question["value"])
            if given is None:
                self.need(value.label)
            self.text(value.id)
            ticked = given if isinstance(given, (list, tuple, set, frozenset)) else ()
            yes = question["choice"] in ticked if "choice" in question else given is True
            rows.append({"question": question["text"], "yes": yes, "remark": self._remark(question)})
        return {"caption": self.fit(spec.get("caption", "")), "rows": rows}

    def _remark(self, question: Mapping[str, Any]) -> str:
        return self.text(question["remark"]) if "remark" in question else ""

    def _questions(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        keys = [column.id for column in self.template.value(spec["value"]).columns]
        return {"rows": [{"q": row[keys[0]], "a": row[keys[1]]} for row in self.rows(spec["value"])]}

    def _contact(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        ids = ("contact_person", "contact_phone", "contact_address", "contact_postcode")
        return {"rows": [{"label": SHARED_VALUES[id_].label, "text": self.text(id_)} for id_ in ids]}

    def _end(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        seal = self.text("seal_name") if self.template.seal else ""
        return {"body": self.text("body_name"), "seal": seal, "on": self.text("on")}

    def _sign(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"labels": [self.fit(label) for label in spec["labels"]]}

    def _page_signatures(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"labels": [self.fit(label) for label in spec["labels"]], "closing": self.fit(spec.get("closing", ""))}

    def _blank_below(self, spec: Mapping[str, Any]) -> dict[str, Any]:
        return {"text": "（以下空白）"}


def _joined(text: str, following: str) -> str:
    """A value that brings its own full stop gives it up where the sentence goes on with a mark."""
    return text.rstrip("。；，,;") if following in tuple("。；，") else text


def _chosen(value: Value, given: object) -> str:
    if value.type == "bool":
        return "yes" if given else "no"
    return v.choice_id(value, given)


# Label, value, and whether it shares a line of a form with its neighbour.
_PARTY_ROWS = {
    "legal_person": (
        ("当事人名称", "party_name", False),
        ("统一社会信用代码", "party_code", True),
        ("法定代表人", "party_legal_rep", True),
        ("地址", "party_address", False),
    ),
    "organisation": (
        ("当事人名称", "party_name", False),
        ("统一社会信用代码", "party_code", True),
        ("负责人", "party_legal_rep", True),
        ("地址", "party_address", False),
    ),
    "individual_business": (
        ("当事人名称（字号）", "party_name", False),
        ("统一社会信用代码", "party_code", True),
        ("经营者", "party_operator", True),
        ("经营场所", "party_address", False),
    ),
    "citizen": (
        ("当事人姓名", "party_name", True),
        ("公民身份号码", "party_code", True),
        ("住址", "party_address", False),
    ),
}

_MARKERS: Mapping[str, Callable[[int], str]] = {
    "1.": lambda n: f"{n}．",
    "（一）": lambda n: f"（{chinese_number(n)}）",
    "": lambda n: "",
}
