"""A finished paper as an editable Word file, for offices that print through their own system. The PDF is the paper."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from huanfa.core.papers.paper import Paper

# Names that WPS and Word know; where one is not installed, _STANDINS says which to take instead.
SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
_STANDINS = {FANG: "仿宋", KAI: "楷体", TITLE: "华文中宋"}

WIDTH = Mm(156)
_LABEL, _SECOND = Mm(38), Mm(25)


def render(paper: Paper) -> bytes:
    """Return the paper as a .docx file."""
    return _Writer(paper).write()


class _Writer:
    """Writes the blocks one after another, by one method for each kind."""

    def __init__(self, paper: Paper):
        self.paper, self.letter = paper, paper.layout == "letter"
        self.size = Pt(16) if self.letter else Pt(12)
        self.document = Document()

    def write(self) -> bytes:
        self._page()
        for block in self.paper.blocks:
            getattr(self, f"_{block['kind']}")(block)
        properties = self.document.core_properties
        properties.title, properties.author = self.paper.title, self.paper.body_name
        properties.created = properties.modified = datetime(self.paper.on.year, self.paper.on.month, self.paper.on.day)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    # The page: GB/T 9704 margins, 22 lines of 28.95 pt, page number outside.

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        # "linesAndChars" is read differently by different programs and moves the page breaks; lines only.
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), "579")
        normal = self.document.styles["Normal"]
        normal.font.size = self.size
        _face(normal.element.get_or_add_rPr(), FANG)
        self.document.settings.odd_and_even_pages_header_footer = self.letter
        _declare_standins(self.document)
        if self.letter:
            self._folio(section.footer.paragraphs[0], ALIGN.RIGHT, "— {} —")
            self._folio(section.even_page_footer.paragraphs[0], ALIGN.LEFT, "— {} —")
        elif self.paper.layout != "cover":
            for label in self._page_labels():
                self._run(section.footer.add_paragraph(), f"{label}＿＿＿＿＿＿＿＿　　　年　　月　　日", Pt(12))
            self._folio(section.footer.add_paragraph(), ALIGN.CENTER, "第 {} 页　共 {} 页")
        if self.paper.example:
            for header in [section.header] + ([section.even_page_header] if self.letter else []):
                header.paragraphs[0].alignment = ALIGN.RIGHT
                self._run(header.paragraphs[0], "示例：演示数据，不具有法律效力", Pt(10.5), HEI)

    def _page_labels(self) -> list[str]:
        return [label for block in self.paper.blocks if block["kind"] == "page_signatures" for label in block["labels"]]

    def _folio(self, paragraph: Paragraph, align: ALIGN, pattern: str) -> None:
        paragraph.alignment = align
        size = Pt(14) if self.letter else Pt(10.5)
        first, *rest = pattern.split("{}")
        self._run(paragraph, first, size, SONG)
        for field, text in zip(("PAGE", "NUMPAGES"), rest, strict=False):
            run = self._run(paragraph, "", size, SONG)
            for kind, content in (("begin", ""), ("instr", field), ("end", "")):
                element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
                if kind == "instr":
                    element.text = content
                else:
                    element.set(qn("w:fldCharType"), kind)
                run._r.append(element)
            self._run(paragraph, text, size, SONG)

    # Pieces.

    def _run(self, paragraph: Paragraph, text: str, size: Pt | None = None, face: str = FANG) -> Any:
        run = paragraph.add_run(text)
        run.font.size = size or self.size
        _face(run._r.get_or_add_rPr(), face)
        return run

    def _paragraph_of(
        self, text: str, *, indent: bool = True, align: ALIGN = ALIGN.JUSTIFY, face: str = FANG, size: Pt | None = None
    ) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        if self.letter:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
        else:
            shape.line_spacing = 1.4
        if indent:
            shape.first_line_indent = (size or self.size) * 2
        self._run(paragraph, text, size, face)
        return paragraph

    def _text(self, text: str, *, indent: bool = True) -> None:
        for line in text.split("\n"):
            if line.strip():
                self._paragraph_of(line.strip(), indent=indent)

    def _grid(self, widths: list[int], rows: int = 0) -> Table:
        table = self.document.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        return table

    def _fill(self, cell: _Cell, text: str, *, align: ALIGN = ALIGN.LEFT, width: int | None = None) -> None:
        if width:
            cell.width = width
        for number, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = align
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            self._run(paragraph, line, Pt(12))

    def _form_rows(self, rows: list[Mapping[str, Any]]) -> None:
        rest = WIDTH - _LABEL - _SECOND
        widths = [_LABEL, int(rest * 0.6), _SECOND, rest - int(rest * 0.6)]
        table, queue = self._grid(widths), list(rows)
        while queue:
            row = queue.pop(0)
            cells = table.add_row().cells
            self._fill(cells[0], row["label"], align=ALIGN.CENTER, width=widths[0])
            if row.get("half") and queue and queue[0].get("half"):
                other = queue.pop(0)
                self._fill(cells[1], _content(row), width=widths[1])
                self._fill(cells[2], other["label"], align=ALIGN.CENTER, width=widths[2])
                self._fill(cells[3], _content(other), width=widths[3])
            else:
                self._fill(cells[1].merge(cells[3]), _content(row))
        self._gap()

    def _gap(self) -> None:
        """Word joins tables that touch and needs a paragraph between; here it is as good as invisible."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(1)

    # One method for each kind of block, named after it.

    def _title(self, block: Mapping[str, Any]) -> None:
        form = self.paper.layout == "form"
        for text in [block["text"]] if form else [block["body"], block["text"]]:
            paragraph = self._paragraph_of(text, indent=False, align=ALIGN.CENTER, face=TITLE, size=Pt(22))
            paragraph.paragraph_format.line_spacing_rule, paragraph.paragraph_format.line_spacing = (
                WD_LINE_SPACING.EXACTLY,
                Pt(34),
            )
        if form:
            self._paragraph_of(block["body"], indent=False, align=ALIGN.RIGHT, size=Pt(12))

    def _number(self, block: Mapping[str, Any]) -> None:
        self._paragraph_of(block["text"], indent=False, align=ALIGN.CENTER)
        self._paragraph_of("", indent=False)

    def _party(self, block: Mapping[str, Any]) -> None:
        if not self.letter:
            return self._form_rows(block["rows"])
        for row in block["rows"]:
            self._paragraph_of(f"{row['label']}：{row['text']}", indent=False)

    def _heading(self, block: Mapping[str, Any]) -> None:
        paragraph = self._paragraph_of(block["text"], face=HEI if block["level"] == 1 else KAI)
        paragraph.paragraph_format.keep_with_next = True

    def _paragraph(self, block: Mapping[str, Any]) -> None:
        self._text(block["text"], indent=block["align"] == "body")

    def _relief(self, block: Mapping[str, Any]) -> None:
        self._text(block["text"])

    def _rows(self, block: Mapping[str, Any]) -> None:
        self._form_rows(block["rows"])

    def _list(self, block: Mapping[str, Any]) -> None:
        for item in block["items"]:
            self._text(item)

    def _table(self, block: Mapping[str, Any]) -> None:
        if block["caption"]:
            self._paragraph_of(block["caption"], indent=False, align=ALIGN.CENTER, size=Pt(12))
        serial = Mm(14) if 0 in block["widths"] else 0
        share = (WIDTH - serial) / sum(block["widths"])
        widths = [int(width * share) or serial for width in block["widths"]]
        table = self._grid(widths)
        for number, row in enumerate([block["columns"], *block["rows"]]):
            for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
                self._fill(cell, text, align=ALIGN.LEFT if number else ALIGN.CENTER, width=width)
        _repeat_header(table)
        self._gap()

    def _opinion(self, block: Mapping[str, Any]) -> None:
        table = self._grid([_LABEL, WIDTH - _LABEL])
        for box in block["boxes"]:
            cells = table.add_row().cells
            self._fill(cells[0], box["slot"], align=ALIGN.CENTER, width=_LABEL)
            self._fill(cells[1], box["opinion"], width=WIDTH - _LABEL)
            signed = cells[1].add_paragraph()
            signed.alignment = ALIGN.RIGHT
            self._run(signed, f"签名：{box['name']}　　{box['on']}", Pt(12))
        self._gap()

    def _checks(self, block: Mapping[str, Any]) -> None:
        if block["caption"]:
            self._paragraph_of(block["caption"], indent=False, align=ALIGN.CENTER, size=Pt(12))
        widths = [Mm(14), WIDTH - Mm(46), Mm(32)]
        table = self._grid(widths)
        for number, row in enumerate(block["rows"], start=1):
            answer = f"{_box(row['yes'])}是　{_box(not row['yes'])}否"
            question = row["question"] + (f"\n{row['remark']}" if row["remark"] else "")
            for cell, text, width in zip(table.add_row().cells, (str(number), question, answer), widths, strict=True):
                self._fill(cell, text, width=width)
        self._gap()

    def _questions(self, block: Mapping[str, Any]) -> None:
        for row in block["rows"]:
            self._text(f"问：{row['q']}", indent=False)
            self._text(f"答：{row['a']}", indent=False)

    def _contact(self, block: Mapping[str, Any]) -> None:
        if not self.letter:
            return self._form_rows(block["rows"])
        for row in block["rows"]:
            self._paragraph_of(f"{row['label']}：{row['text']}", indent=False).paragraph_format.keep_with_next = True

    def _end(self, block: Mapping[str, Any]) -> None:
        seal = f"（{'印章' if block['seal'] == block['body'] else block['seal']}）" if block["seal"] else ""
        for text in ("", "", block["body"], block["on"], seal):
            paragraph = self._paragraph_of(text, indent=False, align=ALIGN.RIGHT)
            paragraph.paragraph_format.right_indent = self.size * 2
            paragraph.paragraph_format.keep_with_next = text != seal or not seal

    def _sign(self, block: Mapping[str, Any]) -> None:
        for label in block["labels"]:
            self._paragraph_of(f"{label}＿＿＿＿＿＿＿＿＿＿　　年　　月　　日", indent=False, size=Pt(12))

    def _page_signatures(self, block: Mapping[str, Any]) -> None:
        self._text(block["closing"])

    def _blank_below(self, block: Mapping[str, Any]) -> None:
        self._paragraph_of(block["text"], indent=False, align=ALIGN.CENTER)


def _box(on: bool) -> str:
    return "■" if on else "□"


def _content(row: Mapping[str, Any]) -> str:
    if "boxes" not in row:
        return str(row["text"])
    marked = [f"{_box(box['on'])}{box['label']}" for box in row["boxes"]]
    return ("　" if all(len(box["label"]) <= 8 for box in row["boxes"]) else "\n").join(marked)


def _face(properties: Any, face: str) -> None:
    """Name the font for Chinese and Latin text alike: digits of an official paper stand in the same face."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), face)


def _declare_standins(document: Any) -> None:
    """Tell Word which font to take where the first is not installed."""
    parts = (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    table = next(parts, None)
    if table is None:
        return
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for face, other in _STANDINS.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _repeat_header(table: Table) -> None:
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
