"""A case walked to the archive through the pages in a real browser, with a send-back, a suspension, an extension and a hearing."""

from datetime import date

import pytest
from django.test.utils import override_settings
from playwright.sync_api import expect

from huanfa.apps.cases.models import Case
from huanfa.apps.ledger.queries import verify
from huanfa.apps.papers.models import Paper
from huanfa.core.discretion import Findings
from tests.apps.builders import a_bureau, a_case, a_party
from tests.apps.cases.a_water_case import LEVELS, not_for_free, weigh_by_table
from tests.walks.desk import Desks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FINE = 25_000_000
GRAVER = {"超标因子数目": "3个以上", "废水日排放量": "200吨以上", "超标情况": "仅pH值超标（2<pH<5或10<pH<11）"}   # 25 % of a million


def on(month: int, day: int) -> date:
    return date(2026, month, day)


@override_settings(SESSION_COOKIE_SECURE=False)
def test_a_case_goes_from_the_lead_to_the_archive_through_the_pages(live_server, browser):
    bureau = a_bureau()
    firm = a_party(bureau.org, "江岸示例金属制品有限公司")
    desks = Desks(browser, live_server.url, bureau)

    # The lead, with party and offence found through the page's own search.
    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/new/")
    page.locator("[name=party_q]").fill("金属制品")
    page.get_by_role("button", name="查找").first.click()
    page.get_by_label("江岸示例金属制品有限公司").check()
    page.locator("[name=offence]").select_option("over_standard_water")
    for name, value in (("found_on", "2026-05-11"), ("conduct_from", "2026-05-11"), ("conduct_until", "2026-05-11"), ("on", "2026-05-11")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=source][value=site], select[name=source]").first.evaluate(
        "box => { if (box.tagName === 'SELECT') box.value = 'site'; else box.checked = true; }"
    )
    page.locator("[name=source_detail]").fill("日常检查时采样，监测结果超标")
    page.locator("[name=harm][value=no]").check()
    page.locator("[name=place]").fill("江汉区示例路8号厂区总排口")
    page.locator("[name=summary]").fill("总排口化学需氧量超过排放标准")
    page.locator("[data-huanfa-main]").click()
    expect(page.get_by_role("heading", name="江岸示例金属制品有限公司").first).to_be_visible()
    case = Case.objects.get(party=firm)

    not_for_free(case, bureau, on(5, 12))
    desks.take(case, "file", on(5, 12))
    desks.take(case, "inspect_site", on(5, 13))
    desks.take(case, "interview", on(5, 14))
    desks.take(case, "suspend", on(5, 15))
    page.goto(f"{live_server.url}/cases/{case.pk}/")
    expect(page.get_by_text("案件已中止调查").first).to_be_visible()
    desks.take(case, "resume", on(5, 25))
    desks.take(case, "extend_decision", on(5, 26))

    report = {"proposal": "penalty", "kinds": ["fine"], "fine": FINE, "leader_wants_panel": False}
    not_for_free(case, bureau, on(5, 27))
    weigh_by_table(case, bureau, on(5, 27), findings=Findings(levels={**LEVELS, **GRAVER}))
    desks.take(case, "report_investigation", on(5, 27), **report)
    desks.take(case, "examine", on(5, 28), result="return", opinion="生产台账未取得，退回补充")
    page.goto(f"{live_server.url}/cases/{case.pk}/steps/examine/")
    expect(page.get_by_text("现在还轮不到这一步")).to_be_visible()
    desks.take(case, "collect_evidence", on(5, 29), changes_facts=False)
    desks.take(case, "order_correction", on(5, 29), service_mode="direct", correct_by="2026-06-30")
    desks.take(case, "report_investigation", on(6, 1), **report)
    desks.take(case, "examine", on(6, 2), result="pass")
    desks.take(case, "approve_notice", on(6, 3))
    desks.take(case, "serve_notice", on(6, 4), service_mode="direct")

    desks.take(case, "request_hearing", on(6, 5))
    desks.take(
        case, "notify_hearing", on(6, 8), hearing_on="2026-06-23", service_mode="direct",
        chair=bureau["hearing_chair"].pk, clerk=bureau["archivist"].pk,
    )
    desks.take(case, "hold_hearing", on(6, 23), attendance="held", new_evidence=False)
    desks.take(case, "report_hearing", on(6, 24), result="keep")

    # Without the review the page says why not, and nothing is kept.
    page = desks.window("handler")
    desks.fill(page, case, "decide", on(6, 25), kinds=["fine"], fine=FINE)
    page.locator("[data-huanfa-main]").click()
    expect(page.get_by_text("尚未通过法制审核").first).to_be_visible()
    case.refresh_from_db()
    assert case.outcome == ""

    desks.take(case, "legal_review", on(6, 25), opinion_kind="agree")
    desks.take(case, "decide", on(6, 26), kinds=["fine"], fine=FINE)
    desks.take(case, "serve_decision", on(6, 29), service_mode="direct")
    desks.take(case, "publish", on(6, 30))
    desks.take(case, "record_payment", on(7, 3), amount=FINE)
    desks.take(case, "recheck_correction", on(7, 6), corrected=True)
    desks.take(case, "close", on(7, 7), ground="performed")
    desks.take(case, "archive", on(7, 8), pages=96)

    case.refresh_from_db()
    assert (case.ended, case.fine, case.paid) == ("archived", FINE, FINE)
    assert verify(case.dossier) == case.dossier.head
    decision = Paper.objects.get(dossier=case.pk, template="penalty_decision")
    assert "人民币贰拾伍万元整" in decision.content
    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/{case.pk}/")
    expect(page.get_by_text("归档").first).to_be_visible()
    assert desks.complaints == []


def test_an_officer_on_a_phone_fills_in_a_record_without_sideways_scrolling(live_server, browser):
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    desks = Desks(browser, live_server.url, bureau, width=390, height=844)

    desks.take(case, "inspect_site", date(2026, 9, 8))
    page = desks.window("handler")
    for address in ("/", "/cases/", f"/cases/{case.pk}/", f"/cases/{case.pk}/steps/interview/"):
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address

    assert desks.complaints == []


def test_a_draft_survives_a_closed_browser(live_server, browser):
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    desks = Desks(browser, live_server.url, bureau)
    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/{case.pk}/steps/inspect_site/")
    page.locator("[name=violation]").fill("喷漆房未开启废气处理设施")
    page.get_by_text("草稿已保存").wait_for()
    page.context.close()
    desks.windows.clear()

    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/{case.pk}/steps/inspect_site/")

    expect(page.locator("[name=violation]")).to_have_value("喷漆房未开启废气处理设施")
