"""huanfa fine, huanfa benchmark and what huanfa rules check says of benchmarks: answers, faults as sentences, exit codes."""

import io
import json
import os
import shutil
import subprocess
import sys

import openpyxl
import pytest

from huanfa.__main__ import main
from huanfa.core.discretion import Computation, library, no_fine
from huanfa.core.discretion.request import BIGGEST

LEVELS = {
    "超标因子数目": "2个", "排污情况": "排放A类水污染物（除有毒有害水污染物）", "排放口所在区域": "一般区域",
    "废水日排放量": "50吨以上200吨以下", "超标情况": "仅pH值超标（2<pH<5或10<pH<11）", "近二年同类违法行为情况（含本次）": "1次",
}
ASKED = {"table": "GD-2.7a", "on": "2024-05-01", "findings": {"levels": LEVELS}}


@pytest.fixture
def asked(tmp_path):
    """Write a request to a file and return its name."""
    def write(data) -> str:
        path = tmp_path / "findings.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode())
        return str(path)
    return write


def told(capsys, *words: str) -> tuple[int, dict]:
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def said(capsys, *words: str) -> tuple[int, list[str]]:
    code = main(list(words))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return code, (captured.err if code == 2 else captured.out).splitlines()


# ── fine ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_fine_is_told_in_figures_and_words_with_every_line_and_its_source(capsys, asked):
    code, lines = said(capsys, "fine", "guangdong/2022", "--findings", asked(ASKED))

    start, *_ = [line for line in lines if "裁量起点" in line]
    assert code == 0
    assert "罚款 220,000元（贰拾贰万元整）" in lines
    assert "法定幅度 100,000元至1,000,000元" in lines
    assert start == "  裁量起点  7%  〔裁量表2.7〕"
    assert all("〔" in line for line in lines if line.startswith("  "))
    assert not any(line.startswith("注意") for line in lines)


def test_as_json_the_lines_add_up_to_the_amount(capsys, asked):
    code, answer = told(capsys, "fine", "guangdong/2022", "--findings", asked(ASKED))

    computation = Computation.from_data(answer)
    assert (code, answer["amount"], answer["in_words"]) == (0, 22_000_000, "贰拾贰万元整")
    assert computation.total() == computation.amount
    assert {rule["file"].split("/")[0] for rule in answer["rules"]} == {"guangdong"}


def test_what_was_not_established_is_a_warning(capsys, asked):
    code, lines = said(capsys, "fine", "guangdong/2022", "--findings", asked({**ASKED, "findings": {}}))

    assert code == 0
    assert "罚款 100,000元（壹拾万元整）" in lines
    assert any(line.startswith("注意：没有认定的要素按最低档计算：超标因子数目") for line in lines)
    assert any(line.startswith("注意：法定幅度：低于法定下限") for line in lines)


def test_findings_come_from_standard_input_with_table_and_day_as_words():
    words = [sys.executable, "-m", "huanfa", "fine", "guangdong/2022", "GD-2.7a", "--on", "2024-05-01", "--findings", "-", "--json"]
    ran = subprocess.run(words, input=json.dumps({"findings": {"levels": LEVELS}}).encode(), capture_output=True)

    assert ran.returncode == 0
    assert json.loads(ran.stdout)["amount"] == 22_000_000


def test_the_statutory_range_comes_from_the_rule_book_or_from_the_file(capsys, asked):
    low = {"low": 25_000_000, "high": 30_000_000, "article": "示例法第一条"}

    given = told(capsys, "fine", "guangdong/2022", "--findings", asked({**ASKED, "statute": low}))[1]
    looked_up = told(capsys, "fine", "guangdong/2022", "--findings", asked({**ASKED, "offence": "over_standard_water"}))[1]
    later = told(
        capsys, "fine", "guangdong/2022", "--findings", asked({**ASKED, "offence": "over_standard_water", "regime": "2026-08-15"})
    )[1]

    assert (given["amount"], given["lines"][-1]["source"]) == (25_000_000, "示例法第一条")
    assert (looked_up["legal_low"], looked_up["legal_high"]) == (10_000_000, 100_000_000)
    assert later["legal_high"] == 100_000_000


def test_a_table_says_what_it_asks_and_hands_out_a_request_to_fill_in(capsys, asked):
    code, answer = told(capsys, "fine", "guangdong/2022", "GD-2.7a", "--ask")
    blank = {**answer["request"], "on": "2024-05-01"}
    blank["findings"]["levels"] |= LEVELS

    assert code == 0
    assert [one["label"] for one in answer["asks"] if one["key"] == "levels"] == list(LEVELS)
    assert told(capsys, "fine", "guangdong/2022", "--findings", asked(blank))[1]["amount"] == 22_000_000
    assert any("severe（从重）" in line for line in said(capsys, "fine", "jiangmen/2020", "JM-2-6", "--ask")[1])


@pytest.mark.parametrize("benchmark_id", library.ids())
def test_every_table_can_be_asked_and_its_blank_request_is_read(capsys, asked, benchmark_id):
    benchmark = library.load(benchmark_id)
    own = [one.id for one in benchmark.tables.values() if one.file.startswith(f"{benchmark.body}/")]
    for table in own[::7]:
        blank = told(capsys, "fine", benchmark_id, table, "--ask")[1]["request"]
        if "statute" in blank:
            blank["statute"] = {"low": 100, "high": 200}
        code, lines = said(capsys, "fine", benchmark_id, "--findings", asked({**blank, "on": "2022-06-01"}))
        assert code in (0, 2)
        assert not any("不认识" in line or "应为" in line for line in lines), lines


def test_tables_are_found_by_words_article_and_number(capsys):
    def ids(words):
        return [one["id"] for one in told(capsys, "fine", "guangdong/2022", "--list", words)[1]["tables"]]

    assert "GD-2.7a" in ids("83 超标因子数目")
    assert ids("gd-2.7a") == ["GD-2.7a"]
    assert ids("没有这样的词") == []
    assert len(told(capsys, "fine", "guangdong/2022", "--list")[1]["tables"]) == 281


@pytest.mark.parametrize(("data", "sentence"), [
    (b"{", "不是合法的 JSON：第1行"), (b"\xff\xfe", "不是 UTF-8 编码"), (b"[" * 90_000, "嵌套太深"), (b"7" * 9_000, "数字太长"),
    (b"NaN", "NaN"), (b'{"on": "2024-05-01", "on": "2026-01-01"}', "写了两次：on"), (b" " * (BIGGEST + 9), "内容过长"),
    (b'{"table": "\\ud800"}', "不是 UTF-8 编码"), (b"[]", "应为一个对象"),
    ({}, "缺少“table”"), ({**ASKED, "table": "GD-0"}, "没有裁量表 GD-0"), ({**ASKED, "table": 7}, "“table”应为文字"),
    ({**ASKED, "on": "5月1日"}, "“on”应为日期"), ({**ASKED, "on": "2020-05-01"}, "有效期为2022-01-01"),
    ({**ASKED, "on": 20240501}, "“on”应为日期"), ({**ASKED, "what": 1}, "不认识“what”"),
    ({**ASKED, "benchmark": "jiangmen/2020"}, "两处写的 benchmark 不同"),
    ({**ASKED, "findings": []}, "应为一个对象"), ({**ASKED, "findings": {"levels": {"超标因子数目": "九个"}}}, "超标因子数目"),
    ({**ASKED, "findings": {"quantity": 1.5}}, "应为整数"), ({**ASKED, "findings": {"quantity": True}}, "应为整数"),
    ({**ASKED, "statute": {"low": 5, "high": 3}}, "low 高于 high"), ({**ASKED, "statute": {"low": -5, "high": 3}}, "low 应为整数"),
    ({**ASKED, "statute": {"low": 5}}, "high 应为整数"), ({**ASKED, "statute": [1, 2]}, "法定幅度应为对象"),
    ({**ASKED, "statute": {"low": 1, "high": 2, "party": "dog"}}, "party 只能是"),
    ({**ASKED, "statute": {"low": 1, "high": 2, "units": 0}}, "units 应为"),
    ({**ASKED, "statute": {"low": 1, "high": 2}, "offence": "over_standard_water"}, "只能写一个"),
    ({**ASKED, "regime": "2018-01-01"}, "须写 offence"), ({**ASKED, "offence": "littering"}, "没有案由 littering"),
    ({**ASKED, "offence": "over_standard_water", "regime": "1999-01-01"}, "没有自1999-01-01起的条文"),
    ({**ASKED, "offence": "over_standard_water", "tier": "worst"}, "没有“worst”这一档"),
])
def test_what_cannot_be_read_is_a_sentence(capsys, asked, data, sentence):
    code, lines = said(capsys, "fine", "guangdong/2022", "--findings", asked(data))

    assert code == 2
    assert any(sentence in line for line in lines), lines


def test_each_fault_has_a_line_of_its_own_and_the_json_names_its_field(capsys, asked):
    name = asked({"table": 7, "on": "x", "what": 1, "findings": {"chosen": "many"}})

    code, lines = said(capsys, "fine", "guangdong/2022", "--findings", name)
    answer = told(capsys, "fine", "guangdong/2022", "--findings", name)[1]

    assert (code, len(lines)) == (2, 4)
    assert {one["field"] for one in answer["reasons"]} == {"what", "table", "on", "chosen"}


@pytest.mark.parametrize(("words", "sentence"), [
    (("atlantis/2000", "--list"), "没有裁量基准 atlantis/2000"), (("../cn", "--list"), "没有裁量基准"), (("guangdong/2022",), "--findings"),
    (("guangdong/2022", "--ask"), "请写明裁量表"), (("guangdong/2022", "GD-0", "--ask"), "--list 查找"),
    (("guangdong/2022", "GD-2.7a", "--findings", "nowhere.json"), "没有这个文件"),
    (("guangdong/2022", "GD-2.7a", "--findings", "."), "是文件夹"),
    (("guangdong/2022", "GD-2.7a", "--findings", "nul\0"), "读不了文件"),
    (("guangdong/2022", "GD-2.7a", "--findings", "-", "--on", "May"), "不是日期：May"),
])
def test_wrong_usage_is_a_sentence(capsys, words, sentence):
    code, lines = said(capsys, "fine", *words)

    assert (code, len(lines)) == (2, 1)
    assert sentence in lines[0]


def test_two_different_days_are_not_chosen_between(capsys, asked):
    assert said(capsys, "fine", "guangdong/2022", "--findings", asked(ASKED), "--on", "2025-01-01") == (
        2, ["日期不一致：--on 为 2025-01-01，文件中为 2024-05-01"],
    )


def test_a_benchmark_without_a_date_does_not_compute(capsys, asked):
    code, lines = said(capsys, "fine", "huizhou/2023", "--findings", asked(ASKED))

    assert code == 2
    assert "没有查到施行日期" in lines[0]


# ── benchmark ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_benchmark_is_listed_with_how_complete_it_is(capsys):
    code, answer = told(capsys, "benchmark", "list")
    by_id = {one["id"]: one for one in answer["benchmarks"]}

    assert code == 0
    assert list(by_id) == library.ids()
    assert (by_id["guangdong/2022"]["tables"], by_id["guangdong/2022"]["status"]) == (281, "complete")
    assert (by_id["hubei/2021"]["tables"], by_id["hubei/2021"]["status"], by_id["hubei/2021"]["from"]) == (0, "empty", None)
    assert by_id["dongguan/2022"]["tables"] == 0
    assert any(line.startswith("jiangmen/2020  《江门市") and "172 张表" in line for line in said(capsys, "benchmark", "list")[1])


def test_the_report_holds_each_table_against_the_printed_range_and_both_texts(capsys):
    code, answer = told(capsys, "benchmark", "report", "guangdong/2022")
    (one,) = answer["benchmarks"]
    rows = {row["table"]: row for row in one["extents"]}

    assert code == 0
    assert rows["GD-2.7a"]["extent"] == "70,000元至1,000,000元"
    assert [text["from"] for text in rows["GD-2.7a"]["regimes"]] == ["2018-01-01", "2026-08-15"]
    assert "最低70,000元低于法定下限100,000元，计算时提高至下限" in rows["GD-2.7a"]["remarks"]
    assert any("2026-08-15" in remark and "上限" in remark for remark in rows["GD-2.34"]["remarks"])
    assert one["tables"] == len(rows) + len(one["without_extent"])
    assert said(capsys, "benchmark", "report", "guangdong/1999")[0] == 2
    assert said(capsys, "benchmark", "report")[0] == 0


def test_the_form_goes_out_and_a_benchmark_comes_back(capsys, tmp_path):
    form, full, rules = tmp_path / "form.xlsx", tmp_path / "full.xlsx", tmp_path / "rules"
    rules.mkdir()

    assert said(capsys, "benchmark", "form", "hubei/2021", "--out", str(form))[0] == 0
    assert said(capsys, "benchmark", "export", "jiangmen/2020", "--out", str(full))[0] == 0
    checked = told(capsys, "benchmark", "import", str(full), "--into", str(rules), "--check")
    assert list(rules.iterdir()) == []
    code, lines = said(capsys, "benchmark", "import", str(full), "--into", str(rules))

    assert openpyxl.load_workbook(io.BytesIO(form.read_bytes())).sheetnames[:2] == ["说明", "首页"]
    assert (checked[0], checked[1]["tables"], checked[1]["written"]) == (0, 172, None)
    assert code == 0 and any("pack.toml" in line for line in lines)
    assert list(library.load("jiangmen/2020", rules).tables) == list(library.load("jiangmen/2020").tables)
    assert said(capsys, "benchmark", "import", str(full), "--into", str(rules))[0] == 2
    assert said(capsys, "benchmark", "import", str(full), "--into", str(rules), "--replace")[0] == 0


def test_faults_of_a_form_are_listed_and_nothing_is_written(capsys, tmp_path):
    form = tmp_path / "form.xlsx"
    main(["benchmark", "form", "--out", str(form)])
    capsys.readouterr()

    code, lines = said(capsys, "benchmark", "import", str(form), "--into", str(tmp_path))

    assert code == 1
    assert "“首页”B2：没有填写“代号”" in lines
    assert lines[-1].endswith("处错误，没有写入")
    assert [one.name for one in tmp_path.iterdir()] == ["form.xlsx"]


@pytest.mark.parametrize("words", [
    ("export", "hunan/2021", "--out", "x.xlsx"), ("export", "atlantis/2000", "--out", "x.xlsx"), ("form", "x", "--out", "x.xlsx"),
    ("form", "--out", "nowhere/x.xlsx"), ("import", "nowhere.xlsx", "--into", "."), ("import", "nowhere.xlsx", "--into", "nowhere"),
])
def test_wrong_words_for_a_form_are_sentences(capsys, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)

    code, lines = said(capsys, "benchmark", *words)

    assert code == 2 and lines
    assert list(tmp_path.iterdir()) == []


# ── rules check ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_check_tells_of_every_benchmark_and_list(capsys):
    code, answer = told(capsys, "rules", "check")

    assert code == 0
    assert [one["id"] for one in answer["benchmarks"]] == library.ids()
    assert [one["id"] for one in answer["no_fine"]] == no_fine.ids()
    assert sum(one["over"] for one in answer["benchmarks"]) == 0
    assert {"tables", "rules", "newer"} <= {gap["id"] for gap in answer["gaps"] if gap["pack"] == "hubei/2021"}


def test_of_one_pack_only_the_benchmarks_above_it_are_checked(capsys):
    assert {one["id"].split("/")[0] for one in told(capsys, "rules", "check", "wuhan")[1]["benchmarks"]} <= {"cn", "hubei", "wuhan"}


def test_planted_faults_in_benchmarks_and_lists_are_found_with_file_and_line(tmp_path, monkeypatch, capsys):
    root = tmp_path / "rules"
    shutil.copytree(library.ROOT, root)
    planted = {
        "guangdong/benchmarks/2022/2-water.toml": ('["2个", "2%", "=2个"]', '["2个", "-2%", "=2个"]'),
        "guangdong/benchmarks/2022/3-air.toml": ('law = "air_law"', 'law = "moon_law"'),
        "jiangmen/benchmarks/2020/02-water.toml": ('fine = "20000-50000"', 'fine = "50000-20000"'),
        "guangdong/no_fine/2022.toml": ('offences   = ["', 'offences   = ["no_such_offence", "'),
        "jiangmen/benchmarks/2022/benchmark.toml": ('kind    = "coefficient"', 'kind    = "magic"'),
    }
    for name, (before, after) in planted.items():
        text = (root / name).read_text(encoding="utf-8")
        assert before in text, name
        (root / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    examine, load = library.examine, no_fine.load
    monkeypatch.setattr(library, "examine", lambda one: examine(one, root))
    monkeypatch.setattr(no_fine, "load", lambda one: load(one, root))
    monkeypatch.setattr(no_fine, "ROOT", root)

    code, answer = told(capsys, "rules", "check")

    found = {fault["file"]: fault for fault in answer["faults"]}
    assert code == 1
    assert set(found) == set(planted)
    assert all(fault["line"] > 1 for fault in answer["faults"])
    for name, word in zip(planted, ("负的权重", "moon_law", "下限高于上限", "no_such_offence", "kind 只能是"), strict=True):
        assert word in found[name]["sentence"]


def test_a_reader_who_has_seen_enough_ends_it_quietly():
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([sys.executable, "-m", "huanfa", "benchmark", "list"], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)

    assert (ran.returncode, ran.stderr) == (0, b"")
