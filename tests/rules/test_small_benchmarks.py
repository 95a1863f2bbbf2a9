"""The small benchmarks and the no-fine lists: read, counted, cited from known laws, and honest about what is missing.

The files are read as plain TOML: what the engine makes of them is tested with the engine.
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import huanfa

RULES = Path(huanfa.__file__).parent / "rules"
BENCHMARKS = (
    *("cn/2019", "hubei/2021", "hunan/2021", "henan/2021", "shaoxing/undated", "jiangxi/old", "qingyuan/2021"),
    *("dongguan/2022", "dongguan/revised", "huizhou/2023", "jiangmen/2022"),
)
LISTS = {"cn/2019": 2, "guangdong/2022": 20, "jiangmen/2022": 40}
DATED = {"cn/2019", "henan/2021", "dongguan/2022"}

HEAD = {
    *("id", "title", "number", "issuer", "version", "from", "until", "extends", "source", "status", "read_by"),
    *("reviewed_on", "gist", "assumption", "interval", "interval_article", "unknown_factor"),
    *("unknown_factor_article", "cap_article", "rounding", "rounding_article", "lookback", "adjustment", "gap"),
}
ADJUSTMENT = {
    *("id", "kind", "article", "gist", "at_most", "of", "grounds", "unclear", "to_max_after_discussion", "low"),
    *("high", "rates", "cut_at_most", "conditions", "excluded", "step"),
}
FILE = {"title", "issuer", "version", "read_by", "reviewed_on", "gist", "assumption", "table"}
TABLE = {
    *("id", "offence", "section", "page", "basis", "articles", "statutory", "method", "note", "complete"),
    *("missing", "columns", "factors", "grades", "of", "within", "general", "start_rule", "summary_ceiling"),
    *("summary_ceiling_article", "formula_unsourced", "combiner"),
}
LIST = {
    *("id", "title", "number", "issuer", "version", "from", "until", "source", "read_by", "reviewed_on"),
    *("gist", "assumption", "excluded_places", "first_time", "item"),
}
ITEM = {"no", "category", "offence", "offences", "violated", "result", "conditions"}
CONDITION = {
    "first": {"months", "year"},
    "any": {"any"},
    "measure": {"what", "unit", "under", "at_most", "at_least"},
    "corrected": set(),
    "slight": set(),
    "fact": set(),
}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def head(benchmark: str) -> dict[str, Any]:
    body, version = benchmark.split("/")
    return read(RULES / body / "benchmarks" / version / "benchmark.toml")


def tables(benchmark: str) -> dict[str, dict[str, Any]]:
    body, version = benchmark.split("/")
    paths = sorted((RULES / body / "benchmarks" / version).glob("*.toml"))
    found = [table for path in paths if path.name != "benchmark.toml" for table in read(path)["table"]]
    assert len({table["id"] for table in found}) == len(found)
    return {table["id"]: table for table in found}


def no_fine(name: str) -> dict[str, Any]:
    body, version = name.split("/")
    return read(RULES / body / "no_fine" / f"{version}.toml")


def every_condition(conditions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in conditions:
        yield one
        for group in one.get("any", ()):
            yield from every_condition(group)


LAWS = {law["id"] for law in read(RULES / "cn" / "laws.toml")["law"]}
OFFENCES = {one["id"] for path in (RULES / "cn" / "violations").glob("*.toml") for one in read(path)["offence"]}
NO_FINE = {name: no_fine(name) for name in LISTS}
ITEMS = [(name, item) for name in LISTS for item in NO_FINE[name]["item"]]
item_by_item = pytest.mark.parametrize(("name", "item"), ITEMS, ids=[f"{name}-{item['no']}" for name, item in ITEMS])
one_by_one = pytest.mark.parametrize("benchmark", BENCHMARKS)


@one_by_one
def test_a_benchmark_uses_only_the_words_of_the_schema(benchmark):
    data = head(benchmark)

    assert data["id"] == benchmark
    assert set(data) <= HEAD
    assert all(set(one) <= ADJUSTMENT for one in data.get("adjustment", ()))
    body, version = benchmark.split("/")
    for path in (RULES / body / "benchmarks" / version).glob("*.toml"):
        if path.name != "benchmark.toml":
            assert set(read(path)) <= FILE
    assert all(set(table) <= TABLE for table in tables(benchmark).values())


@one_by_one
def test_what_is_missing_is_asked_for_in_three_sentences(benchmark):
    data = head(benchmark)

    assert data["status"] in ("partial", "empty")
    assert data["gap"]
    assert len({gap["id"] for gap in data["gap"]}) == len(data["gap"])
    assert all(set(gap) == {"id", "what", "why", "ask"} and all(gap.values()) for gap in data["gap"])
    assert all(gap["ask"].startswith("请") for gap in data["gap"])


@one_by_one
def test_a_table_without_its_levels_says_what_is_missing(benchmark):
    for table in tables(benchmark).values():
        assert table.get("complete", True) is not bool(table.get("missing")), table["id"]
        if not table.get("factors", True):
            assert table["complete"] is False, table["id"]


@one_by_one
def test_every_table_cites_laws_of_the_table_of_laws(benchmark):
    cited = {article["law"] for table in tables(benchmark).values() for article in table["articles"]}

    assert cited - LAWS == set()


@one_by_one
def test_a_day_that_no_text_states_is_left_out(benchmark):
    data = head(benchmark)

    assert ("from" in data) == (benchmark in DATED)


def test_the_body_of_each_benchmark_has_its_pack_where_it_is_not_made_elsewhere():
    for body in ("hunan", "henan", "shaoxing", "jiangxi", "qingyuan", "dongguan", "huizhou"):
        pack = read(RULES / body / "pack.toml")

        assert pack["id"] == body
        assert pack["extends"] == ("cn" if body in ("hunan", "henan", "shaoxing", "jiangxi") else "guangdong")


def test_the_national_annex_has_six_tables_of_levels_and_no_formula():
    found = tables("cn/2019")

    assert list(found) == ["CN42-1", "CN42-2", "CN42-3", "CN42-4", "CN42-5", "CN42-common"]
    assert {table["combiner"] for table in found.values()} == {"two_dimensional_function"}
    factors = [factor for table in found.values() for factor in table["factors"]]
    assert {level[1] for factor in factors for level in factor["levels"]} == set("12345")


def test_hunan_knows_its_bases_but_not_its_levels():
    found = tables("hunan/2021")

    assert all(table["complete"] is False for table in found.values())
    assert found["HN-1"]["columns"] == [{"name": "默认", "rate": "5%", "of": "建设项目总投资额"}]
    assert [column["max"] for column in found["HN-2"]["columns"]] == [1_000_000, 2_000_000]
    assert found["HN-8-1"]["columns"][0]["of_floor"] == 200_000
    assert found["HN-13"]["summary_ceiling"] == {"person": 200, "unit": 3000}
    assert found["HN-13"]["summary_ceiling_article"] == "行政处罚法第五十一条"


def test_hunan_adds_or_takes_a_fifth_of_the_maximum_and_mitigates_by_half_of_the_minimum():
    found = {one["id"]: (one["at_most"], one["of"]) for one in head("hunan/2021")["adjustment"]}

    assert found == {"severe": ("1/5", "max"), "lenient": ("1/5", "max"), "mitigated": ("1/2", "min")}


def test_shaoxing_has_percentages_that_fill_the_whole_but_no_formula():
    (table,) = tables("shaoxing/undated").values()
    highest = [max(Fraction(level[1].rstrip("%")) for level in factor["levels"]) for factor in table["factors"]]

    assert sum(highest) == 100
    assert table["formula_unsourced"] is True


def test_the_grades_of_jiangxi_cover_the_statutory_range_from_end_to_end():
    for table in tables("jiangxi/old").values():
        ends = [tuple(map(int, grade["fine"].split("-"))) for grade in table["grades"]]

        assert [low for low, _ in ends[1:]] == [high for _, high in ends[:-1]]
        assert table["statutory"] == [f"{ends[0][0]}-{ends[-1][1]}"]


def test_the_cities_of_guangdong_refine_its_tables():
    for city in ("dongguan/2022", "dongguan/revised", "huizhou/2023", "jiangmen/2022"):
        assert head(city)["extends"] == "guangdong/2022"


def test_dongguan_first_capped_the_cut_of_an_apology_and_then_did_not():
    (first,), (revised,) = head("dongguan/2022")["adjustment"], head("dongguan/revised")["adjustment"]

    assert [rate for _, rate in first["rates"]] == ["3/10", "2/5", "1/2"]
    assert first["cut_at_most"] == 200_000
    assert (revised["low"], revised["high"]) == ("1/2", "1/2")
    assert "cut_at_most" not in revised


def test_hubei_is_an_empty_slot_that_says_how_to_fill_it():
    data = head("hubei/2021")

    assert data["status"] == "empty"
    assert tables("hubei/2021") == {}
    assert any("huanfa benchmark form" in gap["ask"] and "huanfa benchmark import" in gap["ask"] for gap in data["gap"])


@pytest.mark.parametrize(("name", "count"), LISTS.items())
def test_a_no_fine_list_has_all_its_items(name, count):
    data = NO_FINE[name]

    assert data["id"] == name
    assert set(data) <= LIST
    assert [item["no"] for item in data["item"]] == list(range(1, count + 1))


def test_the_no_fine_lists_run_as_long_as_they_say():
    spans = {name: (data["from"], data.get("until")) for name, data in NO_FINE.items()}

    assert spans == {
        "cn/2019": (date(2019, 5, 21), None),
        "guangdong/2022": (date(2022, 1, 1), date(2026, 12, 31)),
        "jiangmen/2022": (date(2022, 2, 1), date(2025, 1, 31)),
    }


@item_by_item
def test_an_item_names_known_offences_and_laws(name, item):
    assert set(item) == ITEM
    assert set(item["offences"]) - OFFENCES == set()
    assert {article["law"] for article in item["violated"]} - LAWS == set()
    assert item["result"] in ("must", "may")


@item_by_item
def test_the_conditions_of_an_item_are_well_formed(name, item):
    assert item["conditions"]
    for one in every_condition(item["conditions"]):
        assert one["kind"] in CONDITION, one
        assert set(one) - {"kind", "text"} <= CONDITION[one["kind"]], one
        assert one["text"]
        if one["kind"] == "first":
            assert one.get("year") is True or one["months"] in (0, 12, 24)
            assert not {"year", "months"} <= set(one)
        if one["kind"] == "any":
            assert len(one["any"]) > 1
            assert all(one["any"])
        if one["kind"] == "measure":
            limits = [one[key] for key in ("under", "at_most", "at_least") if key in one]
            assert limits
            assert all(Fraction(limit) > 0 for limit in limits)


def test_only_the_items_that_say_may_leave_it_open():
    may = {name: [item["no"] for item in NO_FINE[name]["item"] if item["result"] == "may"] for name in LISTS}

    assert may == {"cn/2019": [1, 2], "guangdong/2022": [7, 9], "jiangmen/2022": [10, 12]}


@pytest.mark.parametrize(("name", "no"), [("guangdong/2022", 6), ("jiangmen/2022", 9)])
def test_a_slight_exceedance_in_water_is_one_of_three_alternatives(name, no):
    item = NO_FINE[name]["item"][no - 1]
    (choice,) = [one for one in item["conditions"] if one["kind"] == "any"]

    keys = ("what", "under", "at_least", "at_most")
    limits = [{key: one[key] for key in keys if key in one} for _, one in choice["any"]]

    assert limits == [
        {"what": "超标倍数", "under": "0.1"},
        {"what": "pH值", "at_least": "5", "at_most": "10"},
        {"what": "色度超标倍数", "under": "1"},
    ]
