"""Document numbers: 代字〔年份〕序号号, without 字 and 第, and none left out."""

import pytest

from huanfa.core.papers.number import DocumentNumber, format_number, gaps, parse_number


def test_a_number_is_code_year_and_serial():
    assert format_number("武", "环罚", 2026, 15) == "武环罚〔2026〕15号"
    assert format_number("", "环罚告", 2026, 1) == "环罚告〔2026〕1号"


def test_a_branch_office_puts_its_own_name_into_the_code():
    assert format_number("惠市环（龙门）", "环罚", 2021, 5) == "惠市环（龙门）罚〔2021〕5号"
    assert format_number("惠市环(龙门)", "环延（分）缴", 2021, 5) == "惠市环（龙门）延（分）缴〔2021〕5号"


@pytest.mark.parametrize("code", ["环罚字", "环罚第", "HJ", "环罚 1", ""])
def test_a_code_holds_neither_zi_nor_di_nor_latin(code):
    with pytest.raises(ValueError, match="文号"):
        format_number("武", code, 2026, 1)


@pytest.mark.parametrize(("year", "n"), [(26, 1), (2026, 0), (2026, -3)])
def test_a_year_has_four_figures_and_a_serial_starts_at_one(year, n):
    with pytest.raises(ValueError, match="文号"):
        format_number("武", "环罚", year, n)


def test_a_number_is_read_back():
    assert parse_number("武环罚〔2026〕15号") == DocumentNumber("武环罚", 2026, 15)
    assert str(parse_number("武环罚[2026]15号")) == "武环罚〔2026〕15号"


@pytest.mark.parametrize(
    "text",
    ["武环罚字〔2026〕15号", "武环罚〔2026〕第15号", "武环罚〔2026〕015号", "武环罚〔26〕15号", "武环罚〔2026〕15"],
)
def test_a_number_in_another_form_is_refused(text):
    with pytest.raises(ValueError, match="文号"):
        parse_number(text)


def test_every_number_left_out_is_named_by_series_and_year():
    numbers = ["武环罚〔2026〕1号", "武环罚〔2026〕4号", "武环罚〔2025〕2号", "武环责改〔2026〕1号"]

    assert gaps(numbers) == ("武环罚〔2025〕1号", "武环罚〔2026〕2号", "武环罚〔2026〕3号")
    assert gaps([]) == ()
