"""A finished paper as PDF (PDF/A-2b) or as pictures of its pages. The words go in as data, never as typst source."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock

import typst

from huanfa.apps.papers import glyphs
from huanfa.core.papers.paper import Paper

SOURCE = Path(__file__).parent / "layout.typ"
_one_at_a_time = Lock()  # the compiler keeps its caches between papers and is not made for two threads


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the whole process: it reads the fonts once."""
    return typst.Compiler(input=str(SOURCE), root=str(SOURCE.parent), font_paths=glyphs.fonts())


def render(paper: Paper) -> bytes:
    """Return the paper as PDF, the same bytes each time. Raises NotAllowed if a character has no font."""
    midnight = datetime.combine(paper.on, time(), UTC)
    return _compile(paper, format="pdf", pdf_standards=["a-2b"], timestamp=midnight)


def render_png(paper: Paper, page: int = 1, *, ppi: float = 96) -> bytes:
    """Return one page (from 1) as a picture for a preview. Raises IndexError if the paper has no such page."""
    pages = _compile(paper, format="png", ppi=ppi)
    pages = pages if isinstance(pages, list) else [pages]
    if not 1 <= page <= len(pages):
        raise IndexError(f"《{paper.title}》没有第{page}页")
    return pages[page - 1]


def page_count(paper: Paper) -> int:
    """Return how many pages the paper has."""
    pages = _compile(paper, format="png", ppi=10)
    return len(pages) if isinstance(pages, list) else 1


def _compile(paper: Paper, **options: object) -> bytes | list[bytes]:
    glyphs.check(paper)
    inputs = {
        "paper": json.dumps(paper.as_data(), ensure_ascii=False),
        "fonts": json.dumps(glyphs.chains(), ensure_ascii=False),
    }
    with _one_at_a_time:
        return _compiler().compile(sys_inputs=inputs, **options)
