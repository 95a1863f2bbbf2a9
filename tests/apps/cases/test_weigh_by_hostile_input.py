"""What nobody could have typed on the pages of a case's discretion: refused in a sentence, with nothing half written."""

import pytest

from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger.models import Entry
from huanfa.apps.papers.models import Paper
from tests.apps.builders import a_bureau, a_case, a_client
from tests.apps.cases.a_water_case import FINE, REPORTED, a_water_case, filled, length, weigh_by_table

pytestmark = pytest.mark.django_db

LONG = "长" * 10_000
STRANGE = "😀\u202e<script>alert(1)</script>'\"；DROP TABLE"


def state():
    """Everything that could have been written."""
    return Entry.objects.count(), Paper.objects.count(), Worksheet.objects.count()


@pytest.fixture
def water():
    bureau = a_bureau()
    case = a_water_case(bureau)
    return case, a_client(bureau["handler"]), f"/cases/{case.pk}/discretion/"


WORKSHEETS = [
    ({"table": "guangdong/2022|GD-9.99"}, "裁量表在本案没有"),
    ({"table": "guangdong/2022|GD-2.8a"}, "裁量表在本案没有"),
    ({"table": "jiangmen/2020|GD-2.7a"}, "裁量表在本案没有"),
    ({"table": "../../etc/passwd|x"}, "裁量表在本案没有"),
    ({"table": STRANGE}, "裁量表在本案没有"),
    ({"table": LONG}, "裁量表在本案没有"),
    ({"regime": "yesterday"}, "适用的法律在本案没有"),
    ({"regime": ""}, "适用的法律在本案没有"),
    ({"tier": "grave"}, "罚款档次在本案没有"),
    ({"amount": "-1"}, "大于或等于"),
    ({"amount": "0"}, "须大于零"),
    ({"amount": "NaN"}, "输入一个数"),
    ({"amount": "Infinity"}, "输入一个数"),
    ({"amount": "120000.005", "departure_reason": "理由"}, "小数"),
    ({"amount": "9" * 40, "departure_reason": "理由"}, "位"),
    ({"amount": "9999999999999", "departure_reason": "理由"}, "高于法定上限"),
    ({"amount": "十七万"}, "输入一个数"),
    ({"departure_reason": LONG}, "2000"),
    ({"mitigation": LONG}, "200"),
    ({"issuer_approval": "自己批准自己"}, "页面上没有“issuer_approval”这一项"),
    ({"likeness_reason": LONG}, "2000"),
    ({"t-f0": "99"}, "99"),
    ({"t-f0": "-1"}, "-1"),
    ({"t-f0": "0.5"}, "0.5"),
    ({"t-f0": STRANGE}, "不在可用的选项中"),
    ({"t-m0": LONG, "t-f0": ""}, "20"),
    ({"t-e0": "7"}, "7"),
    ({"t-e0": "-1"}, "-1"),
    ({"t-f77": "0"}, "页面上没有“t-f77”这一项"),
    ({"harm": "free of charge"}, "页面上没有“harm”这一项"),
    ({"factor_harm": "七项因素只在没有裁量表时填写"}, "页面上没有“factor_harm”这一项"),
    ({"on": "2026-02-30"}, "日期"),
    ({"on": "2036-02-28"}, "在今天之后"),
    ({"on": "0001-01-01"}, "没有生效的版本"),
    ({"on": "2026-08-01"}, "早于2026-08-15"),
    ({"on": ""}, "必填"),
    ({"amount": "120000", "departure_reason": STRANGE}, "没有的字"),
    ({"expected": "abc"}, "整数"),
    ({"expected": "-5"}, "没有保存"),
    ({"expected": ""}, "没有保存"),
    ({"expected": "9" * 60}, "没有保存"),
]


@pytest.mark.parametrize(("changed", "sentence"), WORKSHEETS, ids=[str(one)[:50] for one, _ in WORKSHEETS])
def test_a_worksheet_that_nobody_could_have_typed_is_refused_in_a_sentence(water, changed, sentence):
    case, client, address = water
    before = state()

    response = client.post(f"{address}worksheet/", filled(case, **changed))

    page = response.content.decode()
    assert 400 <= response.status_code < 500 and sentence in page
    assert state() == before and "<script>alert" not in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"i0_1_0_1": "-0.5"}, "大于或等于"), ({"i0_1_0_1": "1e99"}, "位"), ({"i0_1_0_1": "NaN"}, "输入一个数"),
        ({"i0_1_0_1": "0.123456789"}, "小数"), ({"i0_0": "perhaps"}, "不在可用的选项中"), ({"i9_0": "yes"}, "页面上没有“i9_0”这一项"),
        ({"concluded": "always"}, "不在可用的选项中"), ({"concluded": ""}, "请选择清单是否适用"), ({"reason": LONG}, "2000"),
        ({"reason": "  "}, "须写明理由"), ({"on": "2036-01-01"}, "在今天之后"), ({"expected": ""}, "没有保存"),
    ],
)
def test_a_check_that_nobody_could_have_typed_is_refused_in_a_sentence(water, changed, sentence):
    case, client, address = water
    typed = {"on": str(REPORTED), "expected": length(case), "concluded": "not", "reason": "超标0.8倍。", "i0_0": "yes"}
    before = state()

    response = client.post(f"{address}no-fine/", {**typed, **changed})

    assert 400 <= response.status_code < 500 and sentence in response.content.decode()
    assert state() == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": LONG}, "1000"), ({"reason": ""}, "请写明批准的意见"), ({"worksheet": "1"}, "页面上没有“worksheet”这一项"),
        ({"on": "2036-01-01"}, "在今天之后"), ({"on": "2026-08-20"}, "早于填表日期"), ({"expected": "1"}, "没有保存"),
        ({"on": "x"}, "日期"),
    ],
)
def test_an_approval_that_nobody_could_have_typed_is_refused_in_a_sentence(changed, sentence):
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau, amount=12_000_000, departure_reason="示例理由")
    typed = {"on": str(REPORTED), "expected": length(case), "reason": "同意。"}
    before = state()

    response = a_client(bureau["head"]).post(f"/cases/{case.pk}/discretion/departure/", {**typed, **changed})

    assert 400 <= response.status_code < 500 and sentence in response.content.decode()
    assert state() == before


@pytest.mark.parametrize("name", ["worksheet/", "no-fine/", "departure/"])
def test_an_empty_form_is_refused_and_other_methods_are_not_known(water, name):
    _, client, address = water
    before = state()

    assert client.post(f"{address}{name}", {}).status_code == 400
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"{address}{name}").status_code == 405, method
    assert client.post(address, {}).status_code == 405
    assert state() == before


def test_an_address_with_a_choice_the_case_does_not_have_opens_with_one_it_has(water):
    _, client, address = water

    for query in ("?regime=x&tier=y&table=z", f"?table={LONG[:500]}", "?regime=decision&table=guangdong/2022|GD-2.7a", "?on=x"):
        response = client.get(f"{address}worksheet/{query}")
        assert response.status_code == 200 and "裁量计算表" in response.content.decode(), query


def test_what_is_typed_is_shown_and_kept_as_it_is_and_never_run(water):
    case, client, address = water
    words = STRANGE.removeprefix("😀\u202e")   # no paper can be printed with these

    response = client.post(f"{address}worksheet/", filled(case, amount="120000", departure_reason=words))

    assert response.status_code == 303
    assert Worksheet.objects.get().data["departure_reason"] == words
    page = client.get(address).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_an_amount_is_read_as_people_write_it(water):
    case, client, address = water

    assert client.post(f"{address}worksheet/", filled(case, amount="170，000.00 元")).status_code == 303
    assert Worksheet.objects.get().amount == FINE


def test_a_case_that_is_not_there_is_not_found():
    bureau = a_bureau()
    client = a_client(bureau["handler"])

    for name in ("", "worksheet/", "no-fine/", "departure/"):
        assert client.get(f"/cases/999999/discretion/{name}").status_code == 404


def test_the_seven_factors_are_kept_within_bounds():
    bureau = a_bureau()
    case = a_case(bureau, at="order_correction")
    typed = {
        "on": "2026-09-15", "expected": length(case), "do": "file", "regime": "conduct", "tier": "", "table": "none", "amount": "5000",
        **{f"factor_{key}": "已查明" for key in ("harm", "fault", "manner", "duration", "object", "repeated")}, "factor_correction": LONG,
    }
    before = state()

    response = a_client(bureau["handler"]).post(f"/cases/{case.pk}/discretion/worksheet/", typed)

    assert response.status_code == 400 and "1000" in response.content.decode() and state() == before
