"""The calculator that anybody may use: found by word or article, every line shown, nothing guessed, nothing kept."""

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from huanfa.apps.discretion import queries, whatif
from huanfa.apps.discretion.forms import FindingsForm
from huanfa.core.discretion import Findings, compute, library
from huanfa.core.discretion.benchmark import GradeTable, factors_of
from huanfa.core.errors import NotAllowed
from huanfa.core.money import figures
from tests.apps.builders import a_bureau, a_client

pytestmark = pytest.mark.django_db
GUANGDONG = library.load("guangdong/2022")
JIANGMEN = library.load("jiangmen/2020")
PERMIT = "GD-3.2a"      # start 7 %, six factors, × 1,000,000元
WITHOUT_A_PERMIT = {"calculate": "1", "on": "2026-06-01", "f0": "1", "f1": "2", "f2": "0", "f3": "0", "f4": "1", "f5": "0"}


def address(benchmark: str, table: str) -> str:
    return reverse("calculator_table", args=[*benchmark.split("/"), table])


def shown(response, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_is_not_signed_in_sees_every_benchmark_and_how_it_stands(client):
    page = shown(client.get(reverse("calculator"), {"on": "2026-06-01"}))

    for one in library.ids():
        assert library.load(one).title in page
    for word in ("可用", "可用，文本不全", "已过有效期", "没有裁量表", "施行日期未查到", "没有计算方法"):
        assert word in page


def test_a_benchmark_is_named_usable_only_on_a_day_it_covers():
    within, after = (queries.state(GUANGDONG, date(*day)) for day in ((2026, 12, 31), (2027, 1, 1)))

    assert within.usable and not after.usable
    assert "2026-12-31" in after.why


@pytest.mark.parametrize("q", ["未依法取得排污许可证 大气", "第九十九条", "99", "3.2", "大气排放时期敏感度"])
def test_a_table_is_found_by_conduct_article_number_and_factor(client, q):
    page = shown(client.get(reverse("calculator"), {"on": "2026-06-01", "q": q}))

    assert f'href="{address("guangdong/2022", PERMIT)}?on=2026-06-01"' in page


def test_the_tables_stand_by_chapter_and_a_page_at_a_time(client):
    to = reverse("calculator_tables", args=["guangdong", "2022"])

    first, last = shown(client.get(to)), shown(client.get(to, {"page": "99"}))

    assert "<h2>建设项目</h2>" in first and "第 1 页，共 8 页，281 张表" in first
    assert "<h2>其他</h2>" in last and "第 8 页" in last


def test_what_no_text_says_is_told_on_the_page_of_an_empty_benchmark(client):
    page = shown(client.get(reverse("calculator_tables", args=["hubei", "2021"])))

    for gap in library.load("hubei/2021").gaps:
        assert gap.ask in page


def test_a_name_in_daily_use_finds_the_table_by_the_offence(client):
    page = shown(client.get(reverse("calculator"), {"on": "2026-06-01", "q": "未批先建"}))

    assert f'href="{address("guangdong/2022", "GD-1.1")}?on=2026-06-01"' in page


@pytest.mark.parametrize("to", ["/calculator/nobody/2022/", "/calculator/guangdong/2022/GD-99/", "/calculator/guangdong/2022/..%2f/"])
def test_what_is_not_there_is_not_found(client, to):
    assert client.get(to).status_code == 404


# ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_address_gives_the_amount_in_figures_and_in_words_with_every_line(client):
    page = shown(client.get(address("guangdong/2022", PERMIT), WITHOUT_A_PERMIT))

    assert "<b>570,000元</b>" in page       # 7 + 15 + 25 + 0 + 0 + 10 + 0 = 57 % of a million
    assert "人民币伍拾柒万元整" in page
    assert "7%＋15%＋25%＋0%＋0%＋10%＋0% ＝ 57%" in re.sub(r"\s*＋", "＋", page)
    assert "《中华人民共和国大气污染防治法》第九十九条第一项" in page


def test_the_running_total_ends_at_the_amount():
    form = FindingsForm(GUANGDONG, GUANGDONG.table(PERMIT), QueryDict("f0=1&f1=2&f4=1"))
    assert form.is_valid()
    result = compute(GUANGDONG, PERMIT, form.findings(), on=date(2026, 6, 1))

    totals = [one.total for one in whatif.lines(result) if one.total]

    assert totals[-1] == f"{figures(result.amount)}元"


def test_a_result_says_whose_benchmark_it_is_and_that_it_decides_nothing(client):
    page = shown(client.get(address("guangdong/2022", PERMIT), WITHOUT_A_PERMIT))

    assert "不是处罚决定" in page
    assert "广东省生态环境厅《广东省生态环境行政处罚自由裁量权规定》（有效期 2022-01-01至2026-12-31）" in page


def test_what_is_not_established_counts_lowest_and_is_named(client):
    page = shown(client.get(address("guangdong/2022", PERMIT), {**WITHOUT_A_PERMIT, "f4": ""}))

    assert "<b>470,000元</b>" in page
    assert "未能认定，按最低档：" in page and "<li>大气污染物收集处理情况</li>" in page


def test_every_other_level_shows_what_it_would_really_give(client):
    table = GUANGDONG.table(PERMIT)
    form = FindingsForm(GUANGDONG, table, QueryDict("f0=1&f1=2&f2=0&f3=0&f4=1&f5=0"))
    assert form.is_valid()
    result = compute(GUANGDONG, PERMIT, form.findings(), on=date(2026, 6, 1))

    others = dict(whatif.others(GUANGDONG, table, form.findings(), result, on=date(2026, 6, 1), statute=None))

    assert {name: len(rows) for name, rows in others.items()} == {one.name: len(one.levels) for one in table.factors}
    for name, rows in others.items():
        assert sum(one.now for one in rows) == 1
        for one in rows:
            levels = {**form.findings().levels, name: one.name}
            assert one.amount == compute(GUANGDONG, PERMIT, Findings(levels=levels), on=date(2026, 6, 1)).amount


def test_a_measured_value_finds_its_level_and_one_that_contradicts_the_level_is_told(client):
    to = address("guangdong/2022", PERMIT)

    measured = shown(client.get(to, {**WITHOUT_A_PERMIT, "f5": "", "m5": "3"}))
    wrong = shown(client.get(to, {**WITHOUT_A_PERMIT, "f5": "0", "m5": "3"}), 400)

    assert "<b>630,000元</b>" in measured
    assert "这一数值属于“3次”，与所选的“1次”不同" in wrong


def test_what_is_missing_stands_beside_its_field(client):
    page = shown(client.get(address("guangdong/2022", "GD-1.1"), {"calculate": "1", "on": "2026-06-01"}))

    assert "还不能计算" in page and 'id="id_quantity_error"' in page
    assert "须先查明并填写建设项目总投资额" in page


def test_an_adjustment_without_a_reason_is_refused_beside_it(client):
    place = next(n for n, one in enumerate(GUANGDONG.adjustments) if one.kind == "apology")

    page = shown(client.get(address("guangdong/2022", PERMIT), {**WITHOUT_A_PERMIT, f"a{place}": "on", f"a{place}_value": "30%"}))

    assert f'id="id_a{place}_reason_error"' in page


def test_a_benchmark_that_was_not_in_force_gives_no_figure(client):
    page = shown(client.get(address("guangdong/2022", PERMIT), {**WITHOUT_A_PERMIT, "on": "2021-06-01"}))

    assert "不能用于2021-06-01的行为" in page and "570,000" not in page


def test_conduct_after_the_code_is_warned_of_the_repealed_law(client):
    to = address("guangdong/2022", PERMIT)

    before, after = (shown(client.get(to, {**WITHOUT_A_PERMIT, "on": day})) for day in ("2026-08-14", "2026-08-15"))

    assert "表所依据的法律已经失效" not in before
    assert "表所依据的法律已经失效" in after


def test_the_highest_grade_met_counts_and_the_figure_inside_it_must_be_chosen(client):
    to = address("jiangmen/2020", "JM-2-6")
    asked = {"calculate": "1", "on": "2022-06-01", "circumstances": ["0"]}

    without, chosen = shown(client.get(to, asked)), shown(client.get(to, {**asked, "chosen": "120,000"}))

    assert "请在幅度内选定数额" in without
    assert "<b>120,000元</b>" in chosen and "这一档的幅度：100,000元至150,000元" in chosen


@pytest.mark.parametrize("query", [
    {"f0": "99"}, {"f0": "x"}, {"quantity": "-1"}, {"daily_ordered_on": "2026-01-01"}, {"on": "3000-01-01"}, {"m3": "许多月"},
    {"quantity": "9" * 40}, {"quantity": "NaN"}, {"quantity": "1", "a1": "on", "a1_value": "1/0", "a1_reason": "x"},
])
def test_what_cannot_be_read_is_told_and_never_breaks(client, query):
    shown(client.get(address("guangdong/2022", "GD-1.1"), {"calculate": "1", "on": "2026-06-01", **query}), 400)


# ── every table ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("benchmark_id", library.ids())
def test_every_table_has_its_form_with_the_words_of_the_table(benchmark_id):
    benchmark = library.load(benchmark_id)

    for table in benchmark.tables.values():
        form = FindingsForm(benchmark, table)
        for asked, factor in zip(form.factors, factors_of(table), strict=False):
            page = str(asked.choice)
            assert asked.choice.label == factor.name
            assert all(str(level).split("<")[0] in page for level in list(factor.levels)[:1])
        if isinstance(table, GradeTable):
            assert len(form.fields["circumstances"].choices) == len({word for one in table.grades for word in one.any_of})


def test_findings_kept_before_fill_the_form_with_the_same_answers():
    exhibits = [(1, "监测报告"), (2, "询问笔录")]
    table = GUANGDONG.table(PERMIT)
    answers = QueryDict("f0=1&e0=1&e0=2&f1=2&w2=没有监测&a1=on&a1_value=30%25&a1_reason=已道歉")
    first = FindingsForm(GUANGDONG, table, answers, exhibits=exhibits)
    assert first.is_valid(), first.errors

    again = FindingsForm(GUANGDONG, table, initial=first.findings(), exhibits=exhibits)

    assert first.findings().evidence == {table.factors[0].name: (1, 2)}
    assert first.findings().unestablished == {table.factors[2].name: "没有监测"}
    sent = QueryDict(mutable=True)
    for name, value in again.initial.items():
        if name in again.fields and value not in ("", None, False):
            sent.setlist(name, [str(one) for one in value] if isinstance(value, (list, tuple)) else ["on" if value is True else str(value)])
    second = FindingsForm(GUANGDONG, table, sent, exhibits=exhibits)
    assert second.is_valid() and second.findings() == first.findings()


def test_every_reason_finds_its_field():
    table = JIANGMEN.table("JM-2-6")
    form = FindingsForm(JIANGMEN, table, QueryDict(""))
    assert form.is_valid()

    with pytest.raises(NotAllowed) as refusal:
        compute(JIANGMEN, table.id, form.findings(), on=date(2022, 6, 1))
    form.refuse(refusal.value)

    assert set(form.errors) == {"circumstances"}


# ── the way in ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sign_in_page_and_the_officers_navigation_lead_here(client):
    to = f'href="{reverse("calculator")}"'

    assert to in shown(client.get(reverse("sign_in")))
    assert to in shown(a_client(a_bureau()["handler"]).get(reverse("calculator")))


def test_no_page_of_the_calculator_carries_script_or_style_of_its_own(client):
    for to in (reverse("calculator"), f"{address('guangdong/2022', PERMIT)}?calculate=1&on=2026-06-01"):
        page = shown(client.get(to))
        assert not re.search(r"<style|style=|<script(?! type=\"module\" src)|\son\w+=", page)
