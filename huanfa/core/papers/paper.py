"""One finished document: `fill` puts values into a template and hands back a `Paper`, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huanfa.core.cite import RuleRef
from huanfa.core.errors import MissingValues, NotAllowed, Reason
from huanfa.core.papers.filler import Filler
from huanfa.core.papers.shared import SHARED_VALUES
from huanfa.core.papers.template import Block, Template, parse
from huanfa.core.papers.values import Value, day_of

__all__ = ["SHARED_VALUES", "Block", "Paper", "Template", "Value", "fill", "parse"]


@dataclass(frozen=True)
class Paper:
    """A finished paper. `blocks` are plain data (mappings, lists, text): what a layout prints and the hash covers."""

    template: str
    ref: RuleRef
    title: str
    number: str
    body_name: str
    on: date
    layout: str
    seal: bool
    direction: str
    copies: int
    example: bool
    blocks: tuple[Mapping[str, Any], ...]

    def as_data(self) -> dict[str, Any]:
        """The paper as plain data that JSON can hold."""
        data = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {**data, "ref": self.ref.as_data(), "on": self.on.isoformat(), "blocks": list(self.blocks)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Paper:
        """The paper that `as_data` wrote."""
        on, blocks = date.fromisoformat(data["on"]), tuple(data["blocks"])
        return cls(**{**data, "ref": RuleRef(**data["ref"]), "on": on, "blocks": blocks})

    def canonical(self) -> bytes:
        """The one way to write this paper as bytes: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        """The digest of the canonical bytes; a ledger entry cites it."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def text(self) -> str:
        """All text of the paper, for a search or a check of its characters."""
        return "\n".join([self.title, self.number, self.body_name, *_strings(self.blocks)])


def fill(template: Template, values: Mapping[str, object], *, number: str = "") -> Paper:
    """Return the paper. Raises MissingValues with every absent value, NotAllowed with every value of a wrong kind."""
    filler = Filler(template, values, number)
    body_name = filler.text("body_name")
    filler.text("on")
    if template.code and not number:
        filler.need("文号")
    if template.seal:
        filler.text("seal_name")
    blocks = tuple(made for block in template.blocks if filler.shows(block) for made in filler.make(block))
    for value in template.values.values():
        if not value.optional and value.id not in filler.hidden:
            filler.text(value.id)
    if filler.missing:
        raise MissingValues(template.title, filler.missing)
    if filler.refused:
        raise NotAllowed(Reason(sentence, field=id_) for id_, sentence in filler.refused.items())
    return Paper(
        template=template.id,
        ref=template.ref,
        title=template.title,
        number=number,
        body_name=body_name,
        on=day_of(template.value("on"), values["on"]),
        layout=template.layout,
        seal=template.seal,
        direction=template.direction,
        copies=template.copies,
        example=values.get("example") is True,
        blocks=blocks,
    )


def _strings(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for part in data.values():
            yield from _strings(part)
    elif isinstance(data, (list, tuple)):
        for part in data:
            yield from _strings(part)
