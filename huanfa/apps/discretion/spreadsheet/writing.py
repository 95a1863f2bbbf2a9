"""Plain rule data of a benchmark → the workbook. Whatever the form has no cell for is refused, so that nothing is lost on the way."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from huanfa.apps.discretion.spreadsheet import cells, example
from huanfa.apps.discretion.spreadsheet.columns import (
    ADJUSTMENTS,
    CHAPTERS,
    COLUMNS,
    FACTORS,
    GAPS,
    GRADES,
    GUIDE_SHEET,
    HEAD,
    HEAD_SHEET,
    INCREMENTS,
    LAWS_SHEET,
    METHODS,
    MOST_AMOUNTS,
    MOST_CONDITIONS,
    ROW_HEADS,
    ROWS,
    SHEETS,
    TABLES,
    Col,
    Sheet,
)
from huanfa.core.errors import NotAllowed, Reason

LAST_ROW = 5000     # as far as drop-downs reach
_HEADER = PatternFill("solid", start_color="D9E2F3")
_HINT = Font(italic=True, color="7F7F7F", size=9)
Raw = Mapping[str, Any]


class LawLine(NamedTuple):
    """A line of the sheet of law ids."""

    id: str
    title: str
    begins: str
    until: str


def write(head: Raw, chapters: Iterable[tuple[str, Raw]] = (), laws: Iterable[LawLine] = (), *, examples: bool = False) -> bytes:
    """The form, filled with the data of benchmark.toml and of its table files (name, data).

    Raises NotAllowed with everything that the form cannot hold.
    """
    rows = _Rows()
    rows.head(head)
    for name, data in chapters:
        rows.chapter(name, data)
    if rows.faults:
        raise NotAllowed(rows.faults)
    book = Workbook()
    guide = book.active
    guide.title = GUIDE_SHEET
    _guide(guide)
    _head(book.create_sheet(HEAD_SHEET), head)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        _heading(page, sheet)
        shown = example.ROWS.get(sheet.title, ()) if examples else ()
        for place, row in enumerate((*shown, *rows.by_sheet.get(sheet.title, ())), 3):
            _row(page, place, sheet, row, hint=place < 3 + len(shown))
        _choices(page, sheet)
    _laws(book.create_sheet(LAWS_SHEET), laws)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Rows:
    """The rows of each sheet, taken out of nested rule data."""

    def __init__(self) -> None:
        self.by_sheet: dict[str, list[Raw]] = {}
        self.faults: list[Reason] = []

    def add(self, sheet: Sheet, row: Raw, where: str) -> None:
        self.known(row, {col.key for col in sheet.cols}, where)
        self.by_sheet.setdefault(sheet.title, []).append({key: value for key, value in row.items() if value not in ("", None, [])})

    def known(self, row: Raw, keys: Iterable[str], where: str) -> None:
        if strange := sorted(set(row) - set(keys)):
            self.faults.append(Reason(f"{where}：表格没有地方写{'、'.join(strange)}，请直接修改规则文件"))

    def head(self, data: Raw) -> None:
        self.known(data, {*(col.key.partition(".")[0] for col in HEAD), "adjustment", "gap"}, "首页")
        for gap in data.get("gap", ()):
            self.add(GAPS, gap, "缺口")
        for rule in data.get("adjustment", ()):
            self.add(ADJUSTMENTS, rule, f"调整 {rule.get('id', '')}")

    def chapter(self, name: str, data: Raw) -> None:
        self.add(CHAPTERS, {"file": name, **{key: value for key, value in data.items() if key != "table"}}, name)
        for table in data.get("table", ()):
            if table["method"] not in METHODS.values():
                self.faults.append(Reason(f"{table['id']}：这种算法没有公式或者没有表，不能写进表格；请直接修改规则文件"))
            else:
                self.table(name, table)

    def table(self, name: str, raw: Raw) -> None:
        inner = {"columns", "factors", "dims", "targets", "rows", "overrides", "override_dims", "typos", "grades", "within"}
        plain = {key: value for key, value in raw.items() if key not in inner}
        if within := raw.get("within"):
            self.known(within, ("kind", "step"), f"{raw['id']} within")
            plain["within"] = within["step"]
        self.add(TABLES, {"chapter": name, **plain}, raw["id"])
        for column in raw.get("columns", ()):
            self.add(COLUMNS, {"table": raw["id"], **column}, raw["id"])
        for factor in raw.get("factors", ()):
            self.known(factor, ("name", "levels"), raw["id"])
            for level in factor["levels"] or [[]]:
                told = dict(zip(("level", "weight", "bounds"), level, strict=False))
                self.add(FACTORS, {"table": raw["id"], "factor": factor["name"], **told}, raw["id"])
        self.conditions(raw)
        self.grades(raw)

    def conditions(self, raw: Raw) -> None:
        dims, targets, over = raw.get("dims", ()), raw.get("targets", ()), raw.get("override_dims", ())
        if max(len(dims), len(over) + 1) > MOST_CONDITIONS or len(targets) > MOST_AMOUNTS:
            self.faults.append(Reason(f"{raw['id']}：条件或者数额的栏数超过表格所能写的"))
            return
        conditions = [("dim", {"name": one}) for one in dims] + [("over", {"name": one}) for one in over]
        for what, one in [*conditions, *(("target", one) for one in targets)]:
            self.add(ROW_HEADS, {"table": raw["id"], "what": what, **one}, raw["id"])
        printed = {(one["row"], one.get("target", 0)): one["printed"] for one in raw.get("typos", ())}
        for place, row in enumerate(raw.get("rows", ())):
            typos = {f"p{n + 1}": printed[place, n] for n in range(len(targets)) if (place, n) in printed}
            self.add(ROWS, {"table": raw["id"], **_split(row, len(dims)), **typos}, raw["id"])
        for row in raw.get("overrides", ()):
            self.add(ROWS, {"table": raw["id"], "what": "over", **_split(row, len(over) + 1)}, raw["id"])

    def grades(self, raw: Raw) -> None:
        for place, grade in enumerate(raw.get("grades", ()), 1):
            steps, named = grade.get("steps"), {}
            if steps:
                named = {"steps": f"第{place}行", **{key: value for key, value in steps.items() if key != "increments"}}
                for one in steps["increments"]:
                    self.add(INCREMENTS, {"table": raw["id"], "steps": named["steps"], **one}, raw["id"])
            self.add(GRADES, {"table": raw["id"], **{key: value for key, value in grade.items() if key != "steps"}, **named}, raw["id"])


def _split(row: list[str], conditions: int) -> Raw:
    said = {f"c{n}": word for n, word in enumerate(row[:conditions], 1)}
    return said | {f"a{n}": text for n, text in enumerate(row[conditions:], 1)}


# ── how it looks ────────────────────────────────────────────────────────────────────────────────────────────────────


def _put(page: Worksheet, row: int, place: int, value: Any, font: Font | None = None) -> None:
    cell = page.cell(row=row, column=place, value=value)
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"   # never a formula, whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if font:
        cell.font = font


def _heading(page: Worksheet, sheet: Sheet) -> None:
    for place, col in enumerate(sheet.cols, 1):
        _put(page, 1, place, col.title + ("＊" if col.needed else ""), Font(bold=True))
        page.cell(row=1, column=place).fill = _HEADER
        _put(page, 2, place, col.help or None, _HINT)
        dimension = page.column_dimensions[get_column_letter(place)]
        dimension.width = col.width
        if col.kind != "day":
            dimension.number_format = "@"
    page.freeze_panes = "B3"


def _row(page: Worksheet, place: int, sheet: Sheet, row: Raw, *, hint: bool) -> None:
    for column, col in enumerate(sheet.cols, 1):
        if col.key in row:
            _put(page, place, column, cells.show(col, row[col.key]), _HINT if hint else None)


def _choices(page: Worksheet, sheet: Sheet) -> None:
    for place, col in enumerate(sheet.cols, 1):
        letter = get_column_letter(place)
        if rule := _validation(col):
            page.add_data_validation(rule)
            rule.add(f"{letter}3:{letter}{LAST_ROW}")


def _validation(col: Col) -> DataValidation | None:
    words = list(col.choices) if col.kind == "pick" else ["是", "否"] if col.kind == "yes" else []
    if words:
        return DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True,
                              errorTitle="只能选择", error="请从列出的词中选择")
    if col.key in ("table", "chapter"):
        of = TABLES.title if col.key == "table" else CHAPTERS.title
        return DataValidation(type="list", formula1=f"'{of}'!$A$3:$A${LAST_ROW}", allow_blank=True, showErrorMessage=True,
                              errorStyle="warning", error=f"“{of}”页没有这一个")
    if col.kind == "day":
        return DataValidation(type="date", operator="greaterThan", formula1="18264", allow_blank=True, showErrorMessage=True,
                              error="请写日期，如 2022-01-01")
    return None


def _head(page: Worksheet, data: Raw) -> None:
    for place, title in enumerate(("项", "填写", "怎样写", "示例（不读取）"), 1):
        _put(page, 1, place, title, Font(bold=True))
        page.cell(row=1, column=place).fill = _HEADER
    for letter, width in (("A", 26), ("B", 50), ("C", 50), ("D", 40)):
        page.column_dimensions[letter].width = width
    for row, col in enumerate(HEAD, 2):
        outer, _, inner = col.key.partition(".")
        value = data.get(outer, {}).get(inner) if inner else data.get(outer)
        _put(page, row, 1, col.title + ("＊" if col.needed else ""), Font(bold=True))
        if value not in (None, "", []):
            _put(page, row, 2, cells.show(col, value))
        elif col.kind != "day":
            page.cell(row=row, column=2).number_format = "@"
        _put(page, row, 3, col.help or None, _HINT)
        _put(page, row, 4, example.HEAD.get(col.key), _HINT)
        if rule := _validation(col):
            page.add_data_validation(rule)
            rule.add(f"B{row}")
    page.freeze_panes = "B2"


def _guide(page: Worksheet) -> None:
    page.column_dimensions["A"].width = 110
    for row, line in enumerate(example.GUIDE, 1):
        _put(page, row, 1, line, Font(bold=True, size=13) if row == 1 else None)


def _laws(page: Worksheet, laws: Iterable[LawLine]) -> None:
    for row, line in enumerate((LawLine("代号", "法律、法规、规章", "施行", "止"), *laws), 1):
        for place, text in enumerate(line, 1):
            _put(page, row, place, text, Font(bold=True) if row == 1 else None)
    for letter, width in (("A", 32), ("B", 60), ("C", 14), ("D", 14)):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
