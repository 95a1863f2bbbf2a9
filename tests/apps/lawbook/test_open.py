"""The rules can be read on any day, searched, reckoned with, and laid beside a case."""

import re
from datetime import date

import pytest
from django.urls import reverse

from huanfa.core import rulebook
from tests.apps.builders import PACK, a_bureau, a_case, a_client, an_officer, stop_the_clock

pytestmark = pytest.mark.django_db
BOOK = rulebook.load(PACK)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    stop_the_clock(monkeypatch)


@pytest.fixture
def bureau():
    return a_bureau()


@pytest.fixture
def client(bureau):
    return a_client(bureau["handler"])


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", [
    "rules", "rules_laws", "rules_offences", "rules_terms", "rules_settings", "rules_calendar", "rules_papers", "rules_procedures",
])
def test_every_part_of_the_rules_opens(client, name):
    shown(client.get(reverse(name)))


def test_every_offence_every_term_and_every_paper_has_its_page(client):
    for one in BOOK.offences:
        assert BOOK.offence(one).name in shown(client.get(reverse("rules_offence", args=[one])))
    for one in BOOK.terms:
        shown(client.get(reverse("rules_term", args=[one])))
    for one in BOOK.templates:
        assert one.title in shown(client.get(reverse("rules_paper", args=[one.id])))


def test_what_no_text_says_is_asked_of_the_bureau(client):
    page = shown(client.get(reverse("rules")))

    assert BOOK.gaps
    assert all(gap.ask in page for gap in BOOK.gaps)


def test_conduct_before_the_code_is_judged_by_the_old_law_and_after_it_by_the_code(client):
    address = reverse("rules_offence", args=["oil_or_acid_discharged"])

    before, after = shown(client.get(address, {"on": "2026-08-14"})), shown(client.get(address, {"on": "2026-08-15"}))

    for page in (before, after):    # both texts stand side by side in either case
        assert "《中华人民共和国水污染防治法》第八十五条" in page and "《中华人民共和国生态环境法典》第一千一百三十六条" in page
    assert re.search(r"2018-01-01至2026-08-14的行为 *<span[^>]*>.*?适用于 2026-08-14", before, re.S)
    assert re.search(r"2026-08-15起的行为 *<span[^>]*>.*?适用于 2026-08-15", after, re.S)


def test_conduct_of_a_day_no_text_covers_is_said_to_have_none(client):
    page = shown(client.get(reverse("rules_offence", args=["oil_or_acid_discharged"]), {"on": "1999-01-01"}))

    assert "这一天没有对应的条文" in page


@pytest.mark.parametrize("q", ["油类", "xstpfylsyjy", "水 酸", "1136", "第一千一百三十六条"])
def test_an_offence_is_found_by_name_keyword_initials_and_article(client, q):
    assert "向水体排放油类、酸液、碱液" in shown(client.get(reverse("rules_offences"), {"q": q}))


def test_a_search_without_result_offers_the_whole_list(client):
    assert "没有找到案由" in shown(client.get(reverse("rules_offences"), {"q": "查无此事"}))


def test_a_repealed_law_is_in_force_on_a_day_before_its_end_only(client):
    old = BOOK.laws["water_law"]

    then = shown(client.get(reverse("rules_laws"), {"q": old.title, "on": str(old.until)}))
    now = shown(client.get(reverse("rules_laws"), {"q": old.title}))

    assert "施行中" in then and "已失效" not in then
    assert "已失效" in now and BOOK.laws["code"].title in now


def test_the_national_day_holiday_does_not_count_in_five_working_days(client):
    page = shown(client.get(reverse("rules_term", args=["defence"]), {"start": "2026-09-29"}))

    assert "<b>2026-10-12</b>" in page    # 30 September, 8 and 9 October, the make-up Saturday of the 10th, then Monday
    assert "法定节假日" in page


def test_excluded_time_moves_the_end_day_by_day(client):
    address = reverse("rules_term", args=["decide_within"])

    plain = shown(client.get(address, {"start": "2026-03-02"}))
    paused = shown(client.get(address, {"start": "2026-03-02", "from_1": "2026-03-10", "until_1": "2026-03-20"}))

    assert "<b>2026-06-01</b>" in plain    # 31 May is a Sunday
    assert "<b>2026-06-10</b>" in paused
    assert "扣除：第1次停止计算" in paused


def test_an_end_in_a_year_without_holiday_notice_is_provisional(client):
    assert "暂定" in shown(client.get(reverse("rules_term", args=["defence"]), {"start": "2026-12-30"}))


def test_a_period_in_hours_runs_through_holidays(client):
    term = next(one for one in BOOK.terms.values() if one.unit == "hours")

    page = shown(client.get(reverse("rules_term", args=[term.id]), {"start": "2026-10-01T09:30"}))

    assert "2026-10-02 09:30" in page


@pytest.mark.parametrize("wrong", [
    {"start": ""}, {"start": "明天"}, {"start": "9999-12-31"}, {"start": "2026-03-02", "until_1": "2026-03-01"},
    {"start": "2026-03-02", "from_1": "2026-03-10", "until_1": "2026-03-10"}, {"start": "2026-03-02", "extend": "-1"},
])
def test_a_day_that_cannot_be_read_is_told_beside_its_field(client, wrong):
    response = client.get(reverse("rules_term", args=["decide_within"]), wrong)

    assert response.status_code == 400
    assert "尚未提交，请先改正" in response.content.decode()


def test_a_local_rule_stands_beside_the_national_one_it_replaces(client):
    page = shown(client.get(reverse("rules_settings")))

    assert page.index("每一件案件") < page.index("法律列举的情形")
    assert "200,000元" in page


def test_a_threshold_past_its_end_no_longer_counts(client):
    assert "当日不适用" in shown(client.get(reverse("rules_settings"), {"on": "2026-01-01"}))


def test_the_year_shows_holidays_and_make_up_days_by_word(client):
    page = shown(client.get(reverse("rules_year", args=[2025])))

    assert f"全年 {BOOK.calendar.workdays_in(2025)} 个工作日" in page
    assert page.count("<small>班</small>") == sum(len(one.makeup) for one in BOOK.calendar.years if one.year == 2025)
    assert "国庆节" in page


def test_a_year_without_notice_is_not_guessed(client):
    response = client.get(reverse("rules_year", args=[2027]))

    assert response.status_code == 404
    assert "2027年节假日安排尚未载入" in response.content.decode()


def test_the_procedure_says_in_chinese_what_each_step_needs(client):
    page = shown(client.get(reverse("procedure", args=["ordinary"])))

    for step in BOOK.procedure("ordinary", date(2026, 11, 24)).steps.values():
        assert f'id="step-{step.id}"' in page and step.gist in page
    assert "四项立案条件齐备" in page
    assert 'href="#step-decide"' in page


def test_a_day_before_the_procedure_is_said_to_have_no_version(client):
    assert "这一天没有生效的版本" in shown(client.get(reverse("procedure", args=["ordinary"]), {"on": "2001-01-01"}))


def test_the_drawing_shows_where_a_case_stands(bureau, client):
    case = a_case(bureau, at="serve_notice")

    page = shown(client.get(reverse("procedure", args=["ordinary"]), {"case": case.pk}))

    assert 'aria-label="送达告知书，已办"' in page
    assert 'aria-label="作出行政处罚决定，轮到"' in page
    assert "当前阶段：告知听取意见" in page


@pytest.mark.parametrize("case", ["x", "999999", "9" * 30])
def test_a_case_that_is_not_there_is_not_found(client, case):
    assert client.get(reverse("procedure", args=["ordinary"]), {"case": case}).status_code == 404


def test_a_case_of_another_body_is_not_found(bureau):
    case = a_case(bureau)
    other = a_bureau("武昌区分局", "/42/4201/420106/")

    response = a_client(other["handler"]).get(reverse("procedure", args=["ordinary"]), {"case": case.pk})

    assert response.status_code == 404


@pytest.mark.parametrize("name, args", [
    ("rules_offence", "nothing"), ("rules_term", "nothing"), ("rules_paper", "nothing"), ("procedure", "nothing"),
])
def test_an_unknown_id_is_not_found(client, name, args):
    assert client.get(reverse(name, args=[args])).status_code == 404


@pytest.mark.parametrize("name", ["rules_laws_file", "rules_offences_file", "rules_terms_file"])
def test_each_list_leaves_as_a_file_for_spreadsheets(client, name):
    response = client.get(reverse(name))

    assert response["Content-Type"].startswith("text/csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.count(b"\n") > 25


def test_whoever_is_not_signed_in_sees_nothing(bureau, client):
    client.logout()

    assert client.get(reverse("rules")).status_code == 302


def test_every_officer_may_read_the_rules(bureau):
    newcomer = an_officer(bureau.org, "新人")

    shown(a_client(newcomer).get(reverse("rules")))
