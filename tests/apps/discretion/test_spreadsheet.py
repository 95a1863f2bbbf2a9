"""The form of a benchmark, out and in: what was filled in becomes the same tables; what is wrong is told with its cell."""

import io
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from huanfa.apps.discretion import intake, toml_text
from huanfa.core import rulebook
from huanfa.core.discretion import Findings, compute, library
from huanfa.core.errors import NoRule, NotAllowed
from huanfa.core.money import fen

LAWS = list(rulebook.load("cn").laws.values())
HEAD = {
    "代号": "hubei/2021", "名称": "湖北省裁量基准", "制定机关": "湖北省生态环境厅", "版本": "2021", "施行日期": date(2022, 1, 1),
    "文本出处": "印发的文件", "文本情况": "不全", "填表人": "某某", "核对日期": "2026-01-01", "以上、以下": "以上含、以下不含",
    "查不清的要素": "按最低档",
}
TABLES = {
    "裁量表": [
        {"表号": "HB-1", "算法": "权重累加", "违法行为": "甲", "依据（照印）": "《某法》第一条\n《某法》第二条", "总和至多": "100%",
         "依据（代号）": "water_law 83 第一款 第（二）项", "法定幅度": "1000-20000"},
        {"表号": "HB-2", "算法": "按条件定幅度", "违法行为": "乙", "法定幅度": "1000-20000", "说明": "第一行\n第二行"},
        {"表号": "HB-3", "算法": "按档次定幅度", "违法行为": "丙"},
    ],
    "权重栏": [{"表号": "HB-1", "栏": "默认", "起点": "5%", "法定最高额（元）": 20000, "第几个法定幅度": "1"}],
    "权重": [
        {"表号": "HB-1", "要素": "时间", "档次": "不到三个月", "权重": "0%", "数值范围": "-3个月"},
        {"表号": "HB-1", "要素": "时间", "档次": "三个月以上", "权重": "95%", "数值范围": "3-个月"},
    ],
    "条件表头": [
        {"表号": "HB-2", "是什么": "条件", "名称": "程度"}, {"表号": "HB-2", "是什么": "罚款对象", "名称": "单位", "对谁": "单位"},
        {"表号": "HB-2", "是什么": "罚款对象", "名称": "个人", "对谁": "个人"},
    ],
    "条件表": [
        {"表号": "HB-2", "条件1": "轻", "数额1": "1000-5000", "数额2": "/"},
        {"表号": "HB-2", "条件1": "重", "数额1": "5000-20000", "数额2": "警告；可-2500", "原文印作1": "5000元以上2万元以上"},
        {"表号": "HB-2", "哪一种": "特殊情形", "条件1": "造成重大影响的", "数额1": 20000, "数额2": "1000"},
    ],
    "档次表": [
        {"表号": "HB-3", "档次": 1, "情形": "影响较小", "罚款": "1000-5000"},
        {"表号": "HB-3", "档次": 2, "情形": "影响较大\n第二次违法", "罚款": "5000-20000", "阶梯": "甲", "阶梯起点（元）": "5,000",
         "阶梯至少（元）": 5000, "阶梯至多（元）": 20000},
    ],
    "阶梯": [
        {"表号": "HB-3", "阶梯": "甲", "污染物类别": "一般", "每多一个因子加（元）": 1000, "按什么递加": "超标倍数", "每多少": "1/2",
         "加（元）": 1000, "不足一份的": "向上取整"},
    ],
}


EMPTY = intake.form("hubei/2021", LAWS)


def filled(head=HEAD, tables=TABLES, **changes):
    """The empty form of Hubei, filled in as an official would."""
    book = openpyxl.load_workbook(io.BytesIO(EMPTY))
    for row in book["首页"].iter_rows(min_row=2, max_col=2):
        if (title := row[0].value.rstrip("＊")) in head:
            row[1].value = head[title]
    for sheet, rows in {**tables, **changes}.items():
        page = book[sheet]
        titles = {}
        for cell in page[1]:
            titles.setdefault(cell.value.rstrip("＊"), cell.column)
        for row in rows:
            number = page.max_row + 1
            for title, value in row.items():
                page.cell(number, titles[title]).value = value
    return book


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(raw: bytes) -> list[str]:
    with pytest.raises(NotAllowed) as refusal:
        intake.take_in(raw, LAWS)
    return [reason.sentence for reason in refusal.value.reasons]


def plain(table):
    return replace(table, file="", line=0)


@pytest.mark.parametrize(("benchmark_id", "count"), [("guangdong/2022", 281), ("jiangmen/2020", 172), ("jiangxi/old", 3)])
def test_a_benchmark_written_into_the_form_comes_back_the_same(benchmark_id, count):
    before = library.load(benchmark_id)

    after = intake.take_in(intake.export(benchmark_id, LAWS), LAWS).benchmark

    assert len(after.tables) == count
    assert list(after.tables) == list(before.tables)
    assert [one for one in before.tables if plain(before.tables[one]) != plain(after.tables[one])] == []
    told = [replace(one, tables={}, refs=(), by_article={}) for one in (before, after)]
    assert told[0] == told[1]


def test_wordings_typos_notes_and_adjustments_survive():
    after = intake.take_in(intake.export("guangdong/2022", LAWS), LAWS).benchmark

    assert sum(len(getattr(table, "typos", ())) for table in after.tables.values()) == 11
    assert sum(bool(table.note) for table in after.tables.values()) == 27
    assert "仅pH值超标（2<pH<5或10<pH<11）" in after.table("GD-2.7a").factors[4].levels
    assert after.adjustments == library.load("guangdong/2022").adjustments


def test_a_citys_benchmark_is_judged_with_the_one_it_builds_on():
    after = intake.take_in(intake.export("dongguan/2022", LAWS), LAWS)

    assert list(after.files) == ["benchmark.toml"]
    assert len(after.benchmark.tables) == 281


def test_what_has_no_formula_is_not_put_into_the_form():
    with pytest.raises(NotAllowed, match="HN-13：这种算法没有公式"):
        intake.export("hunan/2021")
    with pytest.raises(NoRule):
        intake.export("../../cn")


def test_the_slot_of_hubei_is_filled_and_computes(tmp_path):
    taken = intake.take_in(saved(filled()), LAWS)
    (tmp_path / "hubei/benchmarks/2021").mkdir(parents=True)
    slot = library.ROOT / "hubei/benchmarks/2021/benchmark.toml"
    (tmp_path / "hubei/benchmarks/2021/benchmark.toml").write_bytes(slot.read_bytes())

    intake.keep(taken, tmp_path)

    hubei = library.load("hubei/2021", tmp_path)
    assert hubei.tables["HB-1"].basis == ("《某法》第一条", "《某法》第二条")
    assert hubei.tables["HB-2"].typos == ((1, 0, "5000元以上2万元以上"),)
    assert hubei.tables["HB-2"].note == "第一行\n第二行"
    assert compute(hubei, "HB-1", Findings(levels={"时间": "三个月以上"}), on=date(2024, 1, 1)).amount == fen(20000)
    assert compute(hubei, "HB-2", Findings(column="单位", override="造成重大影响的"), on=date(2024, 1, 1)).amount == fen(20000)
    assert {one.id for one in hubei.gaps} == {"tables", "rules", "newer"}


def test_a_version_that_is_there_is_not_written_over(tmp_path):
    taken = intake.take_in(saved(filled()), LAWS)
    target = intake.keep(taken, tmp_path)
    before = (target / "tables.toml").read_bytes()

    with pytest.raises(NotAllowed, match="旧版不改"):
        intake.keep(taken, tmp_path)
    intake.keep(taken, tmp_path, replace=True)

    assert (target / "tables.toml").read_bytes() == before
    assert sorted(one.name for one in target.parent.iterdir()) == ["2021"]


def test_the_worked_example_is_marked_and_not_read():
    blank = openpyxl.load_workbook(io.BytesIO(intake.form("hubei/2021", LAWS)))
    shown = [row[0].value for sheet in blank.sheetnames[2:-1] for row in blank[sheet].iter_rows(min_row=3)]

    taken = intake.take_in(intake.form("hubei/2021", LAWS), LAWS)

    assert {"示例-权重", "示例-条件", "示例-档次"} <= set(shown)
    assert taken.benchmark.tables == {}
    assert [one.id for one in taken.benchmark.gaps] == ["tables", "rules", "newer"]
    assert not any("示例" in text for text in taken.files.values())


def test_the_worked_example_is_itself_a_table_without_a_fault():
    book = openpyxl.load_workbook(io.BytesIO(saved(filled(tables={}))))
    for sheet in book.sheetnames[2:-1]:
        for row in book[sheet].iter_rows(min_row=3):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("示例-", "sample-")

    taken = intake.take_in(saved(book), LAWS)

    assert set(taken.benchmark.tables) == {"sample-权重", "sample-条件", "sample-档次"}


def test_a_percentage_typed_as_a_number_is_read_as_shown():
    book = filled()
    page = book["权重"]
    page.cell(page.max_row, 4).value = 0.95
    page.cell(page.max_row, 4).number_format = "0%"

    assert intake.take_in(saved(book), LAWS).benchmark.tables["HB-1"].factors[0].levels["三个月以上"].points == 95


@pytest.mark.parametrize(("sheet", "title", "value", "told"), [
    ("权重", "权重", "=1/2", "不能写公式"),
    ("权重", "权重", "很多", "不是百分比"),
    ("权重", "权重", "1e999999999", "不是百分比"),
    ("权重", "权重", "1/0", "不是百分比"),
    ("权重", "档次", None, "档次和权重要么都写"),
    ("权重", "档次", 2.1, "文本格式"),
    ("权重", "档次", datetime(2026, 1, 3), "当作了日期"),
    ("权重", "档次", "字" * 5000, "内容过长"),
    ("权重", "要素", "两\n行", "不要换行"),
    ("权重", "要素", True, "TRUE"),
    ("权重", "要素", "#REF!", "错误值"),
    ("权重", "数值范围", "三个月", "“裁量表”A"),
    ("权重", "表号", "HB-9", "没有表 HB-9"),
    ("权重", "表号", "HB-2", "不填这一页"),
    ("权重栏", "法定最高额（元）", "二万", "应为整数"),
    ("权重栏", "法定最高额（元）", 20000.5, "应为整数"),
    ("权重栏", "第几个法定幅度", 0, "从1起"),
    ("权重栏", "第几个法定幅度", 9, "（表 HB-1）"),
    ("条件表", "数额1", "2万元", "不合写法"),
    ("条件表", "数额1", None, "没有填写数额1"),
    ("条件表", "数额1", datetime(2026, 1, 3), "当作了日期"),
    ("条件表", "数额3", "100", "多写了数额3"),
    ("条件表", "条件3", "又一个", "多写了条件3"),
    ("条件表", "哪一种", "别的", "只能是普通、特殊情形"),
    ("条件表头", "名称", None, "没有填写“名称”"),
    ("裁量表", "表号", "HB-1", "重复"),
    ("裁量表", "章", "9-none", "没有文件名 9-none"),
    ("裁量表", "算法", "掷骰子", "只能是"),
    ("裁量表", "依据（代号）", "水法第八条", "应写成 water_law 83"),
    ("裁量表", "依据（代号）", "moon_law 8", "没有 moon_law"),
    ("裁量表", "法定幅度", "20000-1000", "下限高于上限"),
    ("裁量表", "页码之外", None, ""),
    ("档次表", "阶梯起点（元）", None, "没有填写起点"),
    ("档次表", "阶梯", "乙", "没有这张表的“乙”"),
    ("阶梯", "每多少", "许多", "应为数字"),
    ("阶梯", "每多少", 0, "须大于零"),
])
def test_a_wrong_cell_is_told_with_its_sheet_and_place(sheet, title, value, told):
    book = filled()
    page = book[sheet]
    column = next((cell.column for cell in page[1] if (cell.value or "").rstrip("＊") == title), None)
    if column is None:
        page.cell(page.max_row, 45).value = "写在外面"
        told = "写在了栏目之外"
    else:
        page.cell(page.max_row, column).value = value

    faults = refused(saved(book))

    assert any(told in one for one in faults), faults
    assert all(one.startswith("“") or one.startswith("tables.toml") for one in faults)
    assert len(faults) <= 4


def test_every_fault_is_told_at_once():
    tables = {
        **TABLES, "权重": [{**row, "权重": "=A1"} for row in TABLES["权重"]], "缺口": [{"代号": "x"}],
        "调整": [{"代号": "a", "种类": "从重", "依据": "第一条", "至多": "120倍"}],
    }

    faults = refused(saved(filled(head={**HEAD, "施行日期": "去年", "代号": "=1+1", "以上、以下": "随便"}, tables=tables)))

    for told in ("“首页”B7", "“首页”B2", "“首页”B16", "“权重”D", "“缺口”B", "“缺口”C", "“缺口”D", "“调整”E"):
        assert any(one.startswith(told) for one in faults), (told, faults)


@pytest.mark.parametrize(("head", "told"), [
    ({"代号": "../2021"}, "代号"), ({"代号": "hubei"}, "代号"), ({"代号": "hubei/../x"}, "代号"), ({"代号": "湖北/2021"}, "代号"),
    ({"文本情况": "没有文本"}, "文本情况"), ({"有效期至": "2020-01-01"}, "until 早于 from"),
    ({"以哪个基准的表为基础": "atlantis/2000"}, "没有裁量基准 atlantis/2000"), ({"以哪个基准的表为基础": "../x"}, "没有裁量基准"),
    ({"往前算几个月": "24"}, "lookback"),
])
def test_a_front_page_that_does_not_hold_together_is_refused(head, told):
    assert any(told in one for one in refused(saved(filled(head={**HEAD, **head}))))


def test_weights_that_cannot_reach_the_cap_are_told_with_the_table():
    tables = {**TABLES, "权重": [{**row, "权重": "1%"} for row in TABLES["权重"]]}

    assert [one for one in refused(saved(filled(tables=tables))) if "达不到100%" in one and one.startswith("“裁量表”A")]


def test_merged_cells_are_told_with_their_range():
    book = filled()
    book["权重"].merge_cells("B9:C12")

    assert refused(saved(book)) == ["“权重”B9:C12：不要合并单元格"]


def test_columns_and_sheets_stay_where_they_are():
    book = filled()
    book["权重"].insert_cols(2)
    del book["阶梯"]

    assert refused(saved(book)) == ["没有“阶梯”这一页；请用 huanfa benchmark form 生成的表格填写"]
    book = filled()
    book["权重"].insert_cols(2)
    assert any(one.startswith("“权重”第1行：栏目应为") for one in refused(saved(book)))
    book = filled()
    book["首页"].insert_rows(4)
    assert any(one.startswith("“首页”A4") for one in refused(saved(book)))


def test_a_formula_over_an_array_is_a_formula():
    book = filled()
    book["权重"]["D7"] = ArrayFormula("D7:D8", "=SUM(A1:A2)")

    assert any("不能写公式" in one for one in refused(saved(book)))


def rezipped(raw: bytes, **parts: bytes) -> bytes:
    """The same file with some parts put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def test_files_made_in_bad_faith_are_refused_before_they_are_unpacked():
    good = intake.form("hubei/2021")
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        sheet = archive.read("xl/worksheets/sheet6.xml")
        types, relations = archive.read("[Content_Types].xml"), archive.read("xl/_rels/workbook.xml.rels")
    wide = sheet.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    linked = sheet.replace(b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>')
    hidden = {"xl/sheet.png": sheet, "xl/_rels/workbook.xml.rels": relations.replace(b"/xl/worksheets/sheet6.xml", b"/xl/sheet.png")}
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/strings.png" ContentType="' + kind + b'"/></Types>'
    strings = {"strings.png": b"<sst/>", "[Content_Types].xml": types.replace(b"</Types>", override)}
    deep = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')

    for raw, told in [
        (b"", "不是 xlsx"), (b"PK\x03\x04 and then nothing", "不是 xlsx"), (b"x" * 9_000_000, "文件过大"),
        (rezipped(good, **{"xl/vbaProject.bin": b"macro"}), "宏"),
        (rezipped(good, **{"xl/media/zero.bin": b"\0" * 70_000_000}), "解开后过大"),
        (rezipped(good, **{f"xl/media/{n}": b"" for n in range(300)}), "解开后过大"),
        (rezipped(good, **{"xl/sharedStrings.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><sst/>"}), "不合写法"),
        (rezipped(good, **{"xl/worksheets/sheet6.xml": b"<c>" * 500_000}), "单元格太多"),
        (rezipped(good, **{"xl/workbook.xml": b"<not a workbook"}), "不是完好的 xlsx"),
        (rezipped(good, **{"xl/worksheets/sheet6.xml": b"<worksheet><sheetData><row"}), "不是完好的 xlsx"),
        (rezipped(good, **{"xl/worksheets/sheet6.xml": wide}), "合并"),
        (rezipped(good, **hidden), "不是完好的 xlsx"), (rezipped(good, **strings), "不是完好的 xlsx"),
    ]:
        assert any(told in one for one in refused(raw)), told
    assert intake.take_in(rezipped(good, **{"xl/worksheets/sheet6.xml": linked})).benchmark.id == "hubei/2021"
    assert intake.take_in(rezipped(good, **{"xl/worksheets/sheet6.xml": deep})).benchmark.id == "hubei/2021"


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
SCALARS = st.one_of(TEXT, st.integers(-10**12, 10**12), st.booleans(), st.dates())
VALUES = st.recursive(SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)), max_leaves=8)


@given(st.dictionaries(TEXT.filter(lambda key: key != "table"), VALUES, max_size=4), st.lists(st.dictionaries(TEXT, VALUES), max_size=3))
@settings(max_examples=150)
def test_rule_text_says_what_the_data_says(head, tables):
    data = {**head, **({"table": tables} if tables else {})}

    assert tomllib.loads(toml_text.document(data, "一行\n两行")) == data


def test_the_form_needs_no_django():
    words = "import sys, huanfa.__main__; assert not {name for name in sys.modules if name.split('.')[0] == 'django'}"

    assert subprocess.run([sys.executable, "-c", words], capture_output=True).returncode == 0
