"""A file from anywhere → the rows of its sheets. Nothing is unpacked beyond the limits; what cannot be read is a sentence."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from huanfa.apps.discretion.spreadsheet.cells import Cell
from huanfa.apps.discretion.spreadsheet.columns import SHEETS
from huanfa.core.errors import NotAllowed, Reason

BIGGEST = 8 * 1024 * 1024
UNPACKED = 64 * 1024 * 1024
MOST_PARTS, MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 200, 400_000, 20_000, 200
WIDTH = max(len(sheet.cols) for sheet in SHEETS)    # a row is at least as wide as its sheet
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{1,40})[\"']")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Rows = dict[str, list[tuple[int, list[Cell]]]]


def rows_of(raw: bytes, sheets: tuple[str, ...]) -> Rows:
    """Every row with something in it, by sheet: (row number, its cells). Raises NotAllowed with every reason."""
    merged = _look_through(raw)
    faults = [Reason(f"“{sheet}”{ref}：不要合并单元格") for sheet, ref in merged if sheet in sheets]
    out: Rows = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            missing = [sheet for sheet in sheets if sheet not in book.sheetnames]
            faults += [Reason(f"没有“{sheet}”这一页；请用 huanfa benchmark form 生成的表格填写") for sheet in missing]
            for sheet in sheets:
                if sheet not in missing and hasattr(book[sheet], "reset_dimensions"):
                    book[sheet].reset_dimensions()
                    out[sheet] = list(_rows(book[sheet], sheet, faults))
            book.close()
    except Exception:   # whatever the reader stumbles over in a file that is not what it says it is
        raise NotAllowed([Reason("文件打不开：不是完好的 xlsx 文件")]) from None
    if faults:
        raise NotAllowed(faults)
    return out


def _rows(page: Any, sheet: str, faults: list[Reason]) -> Iterator[tuple[int, list[Cell]]]:
    rows = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        if all(one.value is None for one in row):
            continue
        if number > MOST_ROWS:
            faults.append(Reason(f"“{sheet}”太长，最多{MOST_ROWS}行"))
            return
        wanted = [(place, one) for place, one in enumerate(row, 1) if place <= WIDTH or one.value is not None]
        yield number, [_cell(one, f"“{sheet}”{get_column_letter(place)}{number}") for place, one in wanted]


def _cell(one: Any, place: str) -> Cell:
    return Cell(None, "n", "", place) if one.value is None else Cell(one.value, one.data_type, one.number_format or "", place)


def _look_through(raw: bytes) -> list[tuple[str, str]]:
    """The merged ranges, by sheet. Raises NotAllowed for a file that is too big, packed in bad faith, or not a workbook."""
    if len(raw) > BIGGEST:
        raise NotAllowed([Reason(f"文件过大，最多{BIGGEST // 1024 // 1024}MB")])
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > UNPACKED:
                raise NotAllowed([Reason("文件解开后过大，不能读取")])
            names = {one.filename for one in parts}
            if "xl/workbook.xml" not in names:
                raise NotAllowed([Reason("不是 xlsx 文件；请另存为 Excel 工作簿（.xlsx）")])
            if any("vbaProject" in name for name in names):
                raise NotAllowed([Reason("文件含有宏，不能读取；请另存为不含宏的工作簿（.xlsx）")])
            texts = {name: archive.read(name) for name in sorted(names) if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise NotAllowed([Reason("不是 xlsx 文件；请另存为 Excel 工作簿（.xlsx）")]) from None
    if any(b"\0" in text or b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts.values()):
        raise NotAllowed([Reason("文件的内容不合写法，不能读取")])
    if sum(len(_CELL.findall(text)) for text in texts.values()) > MOST_CELLS:
        raise NotAllowed([Reason("文件的单元格太多，不能读取")])
    try:
        return [(sheet, ref.decode()) for sheet, part in _parts(texts) for ref in _MERGED.findall(texts[part])]
    except (ElementTree.ParseError, KeyError):
        raise NotAllowed([Reason("文件打不开：不是完好的 xlsx 文件")]) from None


def _parts(texts: dict[str, bytes]) -> list[tuple[str, str]]:
    """(sheet, the part that holds it). Raises KeyError where the book is kept in parts that were not looked through."""
    types = [one.attrib for one in ElementTree.fromstring(texts["[Content_Types].xml"]) if one.tag.endswith("}Override")]
    relations = {
        one.attrib["Id"]: normpath(join("/xl", one.attrib["Target"])).removeprefix("/")
        for one in ElementTree.fromstring(texts["xl/_rels/workbook.xml.rels"]) if one.attrib.get("TargetMode") != "External"
    }
    for name in (*relations.values(), *(one["PartName"].removeprefix("/") for one in types if "xml" in one["ContentType"])):
        texts[name]
    sheets = [one for one in ElementTree.fromstring(texts["xl/workbook.xml"]).iter() if one.tag.endswith("}sheet")]
    return [(one.attrib["name"], relations[one.attrib[_RELATION]]) for one in sheets]
