"""Rows of cells → plain rule data: the head and the table files. Every fault at once, each with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huanfa.apps.discretion.spreadsheet.cells import take
from huanfa.apps.discretion.spreadsheet.columns import (
    ADJUSTMENTS,
    CHAPTERS,
    COLUMNS,
    EXAMPLE,
    FACTORS,
    GAPS,
    GRADES,
    HEAD,
    HEAD_SHEET,
    INCREMENTS,
    METHODS,
    MOST_AMOUNTS,
    MOST_CONDITIONS,
    ROW_HEADS,
    ROWS,
    SHEETS,
    TABLES,
    Sheet,
)
from huanfa.apps.discretion.spreadsheet.opening import Rows, rows_of
from huanfa.core.errors import NotAllowed, Reason

MOST_FAULTS = 200
UNNAMED = "tables"      # the file of tables that are in no chapter
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_OF_METHOD = {
    "weight_sum": (COLUMNS, FACTORS), "condition_rows_to_range": (ROW_HEADS, ROWS), "grade_to_range": (GRADES,),
}
_WORDS = {method: word for word, method in METHODS.items()}
Raw = dict[str, Any]


class Row(Raw):
    """The data of one row, with the place of its first cell."""

    def __init__(self, place: str):
        super().__init__()
        self.place = place


@dataclass(frozen=True)
class Form:
    """A filled form as plain rule data: benchmark.toml, the table files by name, and the cell each table stands in."""

    head: Raw
    chapters: Mapping[str, Raw]
    cells: Mapping[str, str] = field(default_factory=dict)


def read(raw: bytes) -> Form:
    """Read a filled form. Raises NotAllowed with every fault; whether it is a benchmark is judged by core."""
    reader = _Reader(rows_of(raw, (HEAD_SHEET, *(sheet.title for sheet in SHEETS))))
    form = reader.form()
    if reader.faults:
        more = len(reader.faults) - MOST_FAULTS
        rest = [Reason(f"另有{more}处，改好上面的再查")] if more > 0 else []
        raise NotAllowed([*reader.faults[:MOST_FAULTS], *rest])
    return form


class _Reader:
    def __init__(self, rows: Rows):
        self.rows = rows
        self.faults: list[Reason] = []

    def wrong(self, place: str, sentence: str) -> None:
        self.faults.append(Reason(f"{place}：{sentence}"))

    def form(self) -> Form:
        head = self.head()
        gaps, adjustments, chapters = self.sheet(GAPS), self.sheet(ADJUSTMENTS), self.sheet(CHAPTERS)
        if gaps:
            head["gap"] = gaps
        if adjustments:
            head["adjustment"] = adjustments
        tables = self.tables()
        files = self.files(head, chapters, tables)
        status = head.get("status")
        if tables and status == "empty":
            self.wrong(f"“{HEAD_SHEET}”", "已经填了裁量表，文本情况不能是“没有文本”")
        if not tables and status == "complete" and not head.get("extends"):
            self.wrong(f"“{HEAD_SHEET}”", "没有一张裁量表，文本情况不能是“完整”")
        return Form(head, files, {table["id"]: table.place for table in tables if "id" in table})

    def head(self) -> Raw:
        data: Raw = {}
        found = [(number, cells) for number, cells in self.rows.get(HEAD_SHEET, ()) if number > 1]
        by_number = dict(found)
        for number, col in enumerate(HEAD, 2):
            cells = by_number.get(number)
            title = str(cells[0].value or "").strip().rstrip("＊") if cells else ""
            if title != col.title:
                self.wrong(f"“{HEAD_SHEET}”A{number}", f"这一行应为“{col.title}”，请不要增减、调换行")
                continue
            cell = cells[1] if cells and len(cells) > 1 else None
            value = self.value(col, cell) if cell else None
            if value is None:
                if col.needed:
                    self.wrong(f"“{HEAD_SHEET}”B{number}", f"没有填写“{col.title}”")
                continue
            outer, _, inner = col.key.partition(".")
            if inner:
                data.setdefault(outer, {})[inner] = value
            else:
                data[outer] = value
        for number, cells in found:
            if number > len(HEAD) + 1 and any(cell.value is not None for cell in cells[:2]):
                self.wrong(cells[0].place, "多出来的行，请删去")
        return data

    def sheet(self, sheet: Sheet) -> list[Row]:
        """The rows of a sheet as data; those of the example are passed over."""
        rows = self.rows.get(sheet.title, [])
        titles = {number: [str(cell.value or "").strip().rstrip("＊") for cell in cells] for number, cells in rows if number == 1}
        wanted = [col.title for col in sheet.cols]
        if titles.get(1, [])[: len(wanted)] != wanted:
            self.wrong(f"“{sheet.title}”第1行", f"栏目应为：{'、'.join(wanted)}。请不要增减、调换")
            return []
        out = []
        for number, cells in rows:
            first = cells[0].value
            if number < 3 or (isinstance(first, str) and first.strip().startswith(EXAMPLE)):
                continue
            data = Row(cells[0].place)
            for col, cell in zip(sheet.cols, cells, strict=False):
                value = self.value(col, cell)
                if value is not None:
                    data[col.key] = value
                elif col.needed and cell.value in (None, ""):
                    self.wrong(cell.place, f"没有填写“{col.title}”")
            for cell in cells[len(sheet.cols):]:
                if cell.value is not None:
                    self.wrong(cell.place, "写在了栏目之外")
            data.place = cells[0].place
            out.append(data)
        return out

    def value(self, col: Any, cell: Any) -> Any:
        try:
            return take(col, cell)
        except ValueError as error:
            self.wrong(cell.place, f"{col.title.strip('（）')}：{error}")
            return None

    # ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def tables(self) -> list[Row]:
        found = self.sheet(TABLES)
        by_id: dict[str, Row] = {}
        for table in found:
            if table.get("id") in by_id:
                self.wrong(table.place, f"表号 {table['id']} 重复")
            elif "id" in table:
                by_id[table["id"]] = table
        parts = {sheet.title: self.by_table(sheet, by_id) for sheet in (COLUMNS, FACTORS, ROW_HEADS, ROWS, GRADES, INCREMENTS)}
        for name, table in by_id.items():
            if step := table.pop("within", None):
                table["within"] = {"kind": "midpoint_coefficient", "step": step}
            for sheet in _OF_METHOD.get(table.get("method", ""), ()):
                if not parts[sheet.title].get(name):
                    self.wrong(table.place, f"表 {name} 的内容没有填写：“{sheet.title}”页没有它的行")
            rows = {title: found.get(name, []) for title, found in parts.items()}
            if table.get("method") == "weight_sum":
                self.weights(table, rows[COLUMNS.title], rows[FACTORS.title])
            elif table.get("method") == "condition_rows_to_range":
                self.conditions(table, rows[ROW_HEADS.title], rows[ROWS.title])
            elif table.get("method") == "grade_to_range":
                self.grades(table, rows[GRADES.title], rows[INCREMENTS.title])
        return found

    def by_table(self, sheet: Sheet, tables: Mapping[str, Row]) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = {}
        for row in self.sheet(sheet):
            name, place = row.pop("table", None), row.place
            if name is None:
                continue
            method = tables.get(name, {}).get("method")
            if name not in tables:
                self.wrong(place, f"“{TABLES.title}”页没有表 {name}")
            elif method and sheet not in (*_OF_METHOD[method], *((INCREMENTS,) if method == "grade_to_range" else ())):
                self.wrong(place, f"表 {name} 的算法是“{_WORDS[method]}”，不填这一页")
            else:
                out.setdefault(name, []).append(row)
        return out

    def weights(self, table: Row, columns: list[Row], levels: list[Row]) -> None:
        factors: dict[str, list[list[str]]] = {}
        for row in levels:
            of = factors.setdefault(row.get("factor", ""), [])
            if "level" in row and "weight" in row:
                of.append([row["level"], row["weight"], *([row["bounds"]] if "bounds" in row else [])])
            elif {"level", "weight", "bounds"} & set(row):
                self.wrong(row.place, "档次和权重要么都写，要么都不写")
        table["columns"] = columns
        table["factors"] = [{"name": name, "levels": rows} for name, rows in factors.items()]

    def conditions(self, table: Row, heads: list[Row], rows: list[Row]) -> None:
        named: dict[str, list[Row]] = {"dim": [], "target": [], "over": []}
        for head in heads:
            named.get(head.pop("what", ""), []).append(head)
        for what in ("dim", "over"):
            for head in named[what]:
                if set(head) - {"name"}:
                    self.wrong(head.place, "条件只写名称")
        dims, over = ([head.get("name", "") for head in named[what]] for what in ("dim", "over"))
        targets = len(named["target"])
        if heads and not (dims and targets):
            self.wrong(table.place, f"表 {table['id']} 在“{ROW_HEADS.title}”页至少要有一个条件、一个罚款对象")
        if max(len(dims), len(over) + 1) > MOST_CONDITIONS or targets > MOST_AMOUNTS:
            self.wrong(table.place, f"最多{MOST_CONDITIONS}个条件（特殊情形的含情形一栏）、{MOST_AMOUNTS}个罚款对象")
            return
        plain, special, typos = [], [], []
        for row in rows:
            over_row = row.get("what") == "over"
            wanted = len(over) + 1 if over_row else len(dims)
            cells = self.cells(row, wanted, targets)
            typed = {n: row[f"p{n + 1}"] for n in range(MOST_AMOUNTS) if f"p{n + 1}" in row}
            if over_row:
                special.append(cells)
                if typed:
                    self.wrong(row.place, "特殊情形的印刷错误请写在说明里")
                continue
            typos += [{"row": len(plain), "target": n, "printed": text} for n, text in typed.items()]
            plain.append(cells)
        table |= {"dims": dims, "targets": named["target"], "rows": plain}
        for key, value in (("overrides", special), ("override_dims", over), ("typos", typos)):
            if value:
                table[key] = value

    def cells(self, row: Row, conditions: int, amounts: int) -> list[str]:
        place = row.place
        extra = [f"条件{n}" for n in range(conditions + 1, MOST_CONDITIONS + 1) if f"c{n}" in row]
        extra += [f"{word}{n}" for n in range(amounts + 1, MOST_AMOUNTS + 1) for word, key in (("数额", "a"), ("原文印作", "p"))
                  if f"{key}{n}" in row]
        if extra:
            self.wrong(place, f"多写了{'、'.join(extra)}，“{ROW_HEADS.title}”页没有列出")
        if missing := [f"数额{n}" for n in range(1, amounts + 1) if f"a{n}" not in row]:
            self.wrong(place, f"没有填写{'、'.join(missing)}；不罚的写 /")
        return [row.get(f"c{n}", "") for n in range(1, conditions + 1)] + [row.get(f"a{n}", "") for n in range(1, amounts + 1)]

    def grades(self, table: Row, grades: list[Row], increments: list[Row]) -> None:
        by_steps: dict[str, list[Row]] = {}
        places: dict[str, str] = {}
        for one in increments:
            name = one.pop("steps", "")
            by_steps.setdefault(name, []).append(one)
            places.setdefault(name, one.place)
        for grade in grades:
            name, place = grade.pop("steps", None), grade.place
            steps = {key: grade.pop(key) for key in ("base", "low", "high", "unclear") if key in grade}
            if name is None:
                if steps:
                    self.wrong(place, "写了阶梯的数额，没有写“阶梯”的名称")
                continue
            if missing := [word for key, word in (("base", "起点"), ("low", "至少"), ("high", "至多")) if key not in steps]:
                self.wrong(place, f"阶梯没有填写{'、'.join(missing)}")
            if name not in by_steps:
                self.wrong(place, f"“{INCREMENTS.title}”页没有这张表的“{name}”")
            grade["steps"] = {**steps, "increments": by_steps.pop(name, [])}
        for name in by_steps:
            self.wrong(places[name], f"“{GRADES.title}”页没有一档写明阶梯“{name}”（一个名称只能用在一档）")
        table["grades"] = grades

    def files(self, head: Raw, chapters: list[Row], tables: list[Row]) -> dict[str, Raw]:
        """The table files by name, each with its head; what a chapter leaves blank is that of the front page."""
        general = {key: head[key] for key in ("issuer", "version", "read_by", "reviewed_on") if key in head}
        out: dict[str, Raw] = {}
        for chapter in chapters:
            name, place = chapter.pop("file", None), chapter.place
            if name is None:
                continue
            if not NAME.fullmatch(name) or name == "benchmark":
                self.wrong(place, "文件名只用小写字母、数字、连字符，不能是 benchmark")
            if name in out:
                self.wrong(place, f"文件名 {name} 重复")
            out[name] = {"title": chapter.pop("title", ""), **general, **chapter, "table": []}
        for table in tables:
            name = table.pop("chapter", None)
            if name is None:
                out.setdefault(UNNAMED, {"title": f"{head.get('title', '')}：裁量表", **general, "table": []})
            elif name not in out:
                self.wrong(table.place, f"“{CHAPTERS.title}”页没有文件名 {name}")
            if (name or UNNAMED) in out:
                out[name or UNNAMED]["table"].append(table)
        return {name: file for name, file in out.items() if file["table"]}
