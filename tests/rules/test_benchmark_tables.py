"""The fine tables of Guangdong 2022 and Jiangmen 2020: all there, every amount readable, weights and bounds as a table must be."""

import re
import tomllib
from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import huanfa

RULES = Path(huanfa.__file__).parent / "rules"
NUMBER = r"\d+(?:\.\d+)?"
AMOUNT = re.compile(rf"/|警告|(?:警告；)?可?(?:-{NUMBER}|{NUMBER}-|{NUMBER}(?:-{NUMBER})?)(?:倍|%)?")
BOUNDS = re.compile(r"=(?P<exact>\d+)(?P<unit1>\D+)|(?P<low>\d+)?-(?P<high>\d+)?(?P<unit2>\D+)")


def tables_of(folder: str) -> list[dict]:
    found = []
    for path in sorted((RULES / folder).glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8")).get("table", [])
    return found


GUANGDONG = tables_of("guangdong/benchmarks/2022")
JIANGMEN = tables_of("jiangmen/benchmarks/2020")
LAWS = {law["id"]: law["from"] for law in tomllib.loads((RULES / "cn" / "laws.toml").read_text(encoding="utf-8"))["law"]}
WEIGHTS = [table for table in GUANGDONG if table["method"] == "weight_sum"]
CONDITIONS = [table for table in GUANGDONG if table["method"] == "condition_rows_to_range"]


def named(table: dict) -> str:
    return table["id"]


def share(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def ends(text: str) -> tuple[Fraction, Fraction]:
    plain = re.sub(r"^警告；|可|倍$|%$", "", text)
    low, dash, high = plain.partition("-")
    return Fraction(low or 0), Fraction(high or low) if dash else Fraction(low)


def total(table: dict, column: dict, which) -> Fraction:
    return share(column["start"]) + sum(which(share(level[1]) for level in factor["levels"]) for factor in table["factors"])


def amounts_of(table: dict) -> list[str]:
    found = list(table["statutory"])
    width = len(table.get("targets", ()))
    for row in (*table.get("rows", ()), *table.get("overrides", ())):
        found += row[-width:]
    for grade in table.get("grades", ()):
        found += [grade["fine"], *([grade["person"]] if "person" in grade else [])]
    return found


def test_every_table_of_both_annexes_is_there():
    assert Counter(table["method"] for table in GUANGDONG) == {"weight_sum": 45, "condition_rows_to_range": 236}
    assert Counter(table["method"] for table in JIANGMEN) == {"grade_to_range": 172}
    assert sum(len(table["rows"]) + len(table.get("overrides", ())) for table in CONDITIONS) == 1497
    assert sum(len(factor["levels"]) for table in WEIGHTS for factor in table["factors"]) == 775
    assert sum(len(table["grades"]) for table in JIANGMEN) == 677


def test_no_id_is_used_twice():
    assert [name for name, times in Counter(map(named, GUANGDONG + JIANGMEN)).items() if times > 1] == []


def test_each_table_stands_in_the_file_of_its_chapter():
    for folder, prefix in (("guangdong/benchmarks/2022", "GD-"), ("jiangmen/benchmarks/2020", "JM-")):
        for path in sorted((RULES / folder).glob("[0-9]*.toml")):
            chapter = str(int(path.name.partition("-")[0]))
            for table in tomllib.loads(path.read_text(encoding="utf-8"))["table"]:
                assert re.match(rf"{prefix}{chapter}[.-]", table["id"]), (path.name, table["id"])


@pytest.mark.parametrize("table", GUANGDONG + JIANGMEN, ids=named)
def test_every_amount_can_be_read(table):
    for text in amounts_of(table):
        assert AMOUNT.fullmatch(text), text
        if text not in ("/", "警告"):
            low, high = ends(text)
            assert low <= high, text
        if text.endswith(("倍", "%")) and text not in table["statutory"]:
            assert table.get("of") or any("of" in target for target in table["targets"])


@pytest.mark.parametrize("table", GUANGDONG + JIANGMEN, ids=named)
def test_a_table_names_what_it_stands_on(table):
    begins = date(2022, 1, 1) if table in GUANGDONG else date(2020, 3, 1)

    assert table["offence"] and table["basis"] and table["statutory"]
    for article in table["articles"]:
        assert LAWS[article["law"]] <= begins, "条号是另一个版本的"
        assert article["article"].isdigit()
        assert re.fullmatch(r"第[一二三四五六七八九十]+款", article.get("paragraph", "第一款"))
        assert re.fullmatch(r"第（[一二三四五六七八九十]+）项", article.get("item", "第（一）项"))


@pytest.mark.parametrize("table", CONDITIONS, ids=named)
def test_a_row_has_a_cell_for_each_condition_and_an_amount_for_each_target(table):
    width = len(table["targets"])
    for row in table["rows"]:
        assert len(row) == len(table["dims"]) + width
    for row in table.get("overrides", ()):
        assert len(row) == len(table.get("override_dims", ())) + 1 + width
    assert set(table.get("override_dims", ())) <= set(table["dims"])

    conditions = [tuple(row[:-width]) for row in table["rows"]]
    assert len(set(conditions)) == len(conditions)
    for typo in table.get("typos", ()):
        assert typo["printed"] and typo["row"] < len(table["rows"]) and typo["target"] < width


@pytest.mark.parametrize("table", WEIGHTS, ids=named)
def test_a_worse_level_never_weighs_less(table):
    for factor in table["factors"]:
        weights = [share(level[1]) for level in factor["levels"]]
        assert weights == sorted(weights), factor["name"]
        assert len({level[0] for level in factor["levels"]}) == len(weights)


@pytest.mark.parametrize("table", WEIGHTS, ids=named)
def test_measured_levels_follow_each_other_without_a_gap(table):
    for factor in table["factors"]:
        bounds = [level[2] for level in factor["levels"] if len(level) > 2]
        assert len(bounds) in (0, len(factor["levels"])), factor["name"]
        found = [BOUNDS.fullmatch(text) for text in bounds]
        assert len({one["unit1"] or one["unit2"] for one in found}) <= 1, factor["name"]
        for before, after in pairwise(found):
            reached = int(before["exact"]) + 1 if before["exact"] else int(before["high"])
            assert reached == int(after["exact"] or after["low"]), factor["name"]
        assert not found or not found[-1]["high"]


@pytest.mark.parametrize("table", WEIGHTS, ids=named)
def test_the_worst_case_of_every_column_reaches_the_maximum(table):
    assert table["cap"] == "100%"
    for column in table["columns"]:
        assert total(table, column, max) >= 1
        assert 0 < total(table, column, min) < 1


@pytest.mark.parametrize("table", WEIGHTS, ids=named)
def test_a_column_names_its_base_and_the_printed_range_with_the_same_top(table):
    for column in table["columns"]:
        kinds = [key for key in ("max", "rate", "times") if key in column]
        assert len(kinds) == 1
        assert kinds == ["max"] or column["of"]
        top = {"max": str(column.get("max")), "rate": column.get("rate", ""), "times": f"{column.get('times')}倍"}[kinds[0]]
        assert table["statutory"][column["statutory"]].endswith(top)


def test_one_table_alone_starts_below_the_statutory_minimum_and_says_so():
    below = []
    for table in WEIGHTS:
        for column in table["columns"]:
            low, high = ends(table["statutory"][column["statutory"]])
            if max(total(table, column, min), share(table.get("floor", "0%"))) * high < low:
                below.append(table)

    assert [table["id"] for table in below] == ["GD-2.7a"]
    assert "低于法定下限" in below[0]["note"]


@pytest.mark.parametrize("table", JIANGMEN, ids=named)
def test_a_heavier_grade_is_never_fined_less(table):
    numbers = [grade["grade"] for grade in table["grades"]]
    assert numbers == sorted(numbers) and numbers[0] == 1
    for key in ("fine", "person"):
        fines = [grade[key] for grade in table["grades"] if grade.get(key, "/") not in ("/", "警告")]
        for unit in ("", "倍", "%"):
            same = [ends(text) for text in fines if re.sub(r"[^倍%]", "", text) == unit]
            assert same == sorted(same), key
    assert all(grade["any_of"] for grade in table["grades"])
    assert all(grade.get("gist") for grade in table["grades"] if grade["fine"] == "/" and "person" not in grade)


def test_seven_grades_rise_by_steps():
    steps = [grade["steps"] for table in JIANGMEN for grade in table["grades"] if "steps" in grade]

    assert len(steps) == 7
    for one in steps:
        assert one["low"] <= one["base"] <= one["high"] and one["unclear"]
        for increment in one["increments"]:
            assert Fraction(increment["size"]) > 0 and increment["rounding"] in ("half_up", "ceil")
            assert increment["add"] > 0 and increment["extra"] > 0


def test_fines_for_persons_that_a_standard_prints_beside_the_units_are_kept():
    assert sum("person" in grade for table in JIANGMEN for grade in table["grades"]) == 79
