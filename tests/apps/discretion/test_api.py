"""The calculator as JSON: what docs/api.md says is what it does; every refusal is a sentence; nothing is kept."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from huanfa.core.discretion import compute, library
from huanfa.core.discretion.request import answer, read_request

pytestmark = pytest.mark.django_db
DOC = (Path(__file__).resolve().parents[3] / "docs/api.md").read_text(encoding="utf-8")
ADDRESS = reverse("api_fine")
ASKED = {
    "benchmark": "guangdong/2022", "table": "GD-3.2a", "on": "2026-06-01",
    "findings": {"levels": {"排污情况": "排放A类大气污染物"}},
}


def post(client, data, **headers):
    body = data if isinstance(data, (str, bytes)) else json.dumps(data, ensure_ascii=False)
    return client.post(ADDRESS, body, content_type=headers.pop("content_type", "application/json"), **headers)


def refused(response, status: int) -> list[dict]:
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/json"
    reasons = response.json()["reasons"]
    assert reasons and all(set(one) == {"sentence", "article", "field"} and one["sentence"] for one in reasons)
    return reasons


def test_the_example_of_the_documentation_gives_the_answer_printed_there(client):
    sent = re.search(r"curl .*? -d '(.+?)'\n", DOC, re.S).group(1)
    printed = json.loads(re.search(r"回答.*?```json\n(.+?)```", DOC, re.S).group(1))

    given = post(client, sent).json()

    assert {key: given[key] for key in printed if key != "lines"} == {key: printed[key] for key in printed if key != "lines"}
    assert given["lines"][0] == printed["lines"][0]


def test_the_refusal_of_the_documentation_is_what_is_said(client):
    printed = json.loads(re.search(r"## 拒绝.*?```json\n(.+?)```", DOC, re.S).group(1))

    reasons = refused(post(client, {**ASKED, "table": "GD-1.1", "findings": {}}), 400)

    assert reasons == printed["reasons"]


def test_the_answer_is_that_of_the_shared_reader(client):
    asked = read_request(ASKED)

    given = post(client, ASKED).json()

    expected = answer(compute(library.load(asked.benchmark), asked.table, asked.findings, on=asked.on))
    assert {key: given[key] for key in expected} == expected
    assert "不是行政处罚决定" in given["note"]


def test_it_needs_no_account_and_no_token_and_keeps_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = post(Client(enforce_csrf_checks=True), ASKED)

    assert response.status_code == 200
    assert not response.cookies


def test_every_benchmark_table_and_question_can_be_read(client):
    described = client.get(ADDRESS).json()

    assert {one["id"] for one in described["benchmarks"]} == set(library.ids())
    assert post(client, described["example"]).status_code == 200
    one = next(one for one in described["benchmarks"] if one["id"] == "guangdong/2022")
    tables = client.get(one["address"]).json()["tables"]
    assert len(tables) == one["tables_count"]
    asked = client.get(next(table["address"] for table in tables if table["id"] == "GD-3.2a")).json()["asks"]
    assert {"key": "levels", "label": "排污许可分类管理类别", "choices": ["简化管理", "重点管理"], "help": ""} in asked


@pytest.mark.parametrize("wrong", [
    " ", "[]", "null", "{", '"x"', "{}", '{"benchmark": 1}', b"\xff", "1e999", "[" * 5000,
    {**ASKED, "on": "gestern"}, {**ASKED, "findings": []}, {**ASKED, "findings": {"quantity": 1.5}}, {**ASKED, "more": 1},
    {**ASKED, "findings": {"levels": {"排污情况": "没有这一档"}}}, {**ASKED, "findings": {"levels": {"没有这一要素": "x"}}},
    {**ASKED, "on": "2021-12-31"}, {**ASKED, "statute": {"low": 5, "high": 1}}, {**ASKED, "offence": "nothing_like_this"},
])
def test_what_cannot_be_read_or_computed_is_refused_with_sentences(client, wrong):
    refused(post(client, wrong), 400)


def test_all_reasons_come_at_once(client):
    reasons = refused(post(client, {**ASKED, "findings": {"levels": {"排污情况": "甲", "排放口所在区域": "乙"}}}), 400)

    assert {one["field"] for one in reasons} == {"排污情况", "排放口所在区域"}


@pytest.mark.parametrize(("changed", "field"), [({"benchmark": "nobody/2022"}, "benchmark"), ({"table": "GD-99"}, "table")])
def test_a_benchmark_or_table_that_is_not_there_is_not_found(client, changed, field):
    assert refused(post(client, {**ASKED, **changed}), 404)[0]["field"] == field


@pytest.mark.parametrize("address", ["/api/fine/nobody/2022/", "/api/fine/guangdong/2022/GD-99/"])
def test_an_address_that_names_nothing_is_not_found(client, address):
    refused(client.get(address), 404)


@pytest.mark.parametrize("address", [ADDRESS, "/api/fine/guangdong/2022/", "/api/fine/guangdong/2022/GD-3.2a/"])
def test_other_methods_are_refused(client, address):
    response = client.delete(address)

    refused(response, 405)
    assert "GET" in response["Allow"]


def test_more_than_the_limit_is_refused_unread(client):
    refused(post(client, {**ASKED, "padding": "x" * 64 * 1024}), 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_only_json_is_taken(client, kind):
    refused(post(client, json.dumps(ASKED), content_type=kind), 415)
