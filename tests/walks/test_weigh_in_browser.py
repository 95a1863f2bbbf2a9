"""A fine weighed through the pages in a real browser: worksheet, departure, approval, old law or new, and what is printed."""

from datetime import date
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.evidence.actions import add_exhibit
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.apps.papers.models import Paper
from tests.apps.builders import NOON, Bureau, a_bureau, a_party
from tests.apps.cases.a_water_case import (
    PICK,
    REASON,
    REPORTED,
    REVIEW,
    a_water_case,
    days,
    length,
    not_for_free,
    weigh_by_table,
)
from tests.walks.desk import Desks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEPARTED = 12_000_000
WHY = "当事人已投入三百万元改造治理设施，按基准处罚明显过重。"
PAGES = ("", "worksheet/", "no-fine/", "departure/")


def with_exhibits(case, bureau: Bureau) -> None:
    """Two exhibits: the monitoring report and the permit."""
    for name, proves in (("监测报告", "化学需氧量、氨氮超标"), ("排污许可证", "废水日排放量80吨")):
        add_exhibit(
            case.pk, f"{name}.txt", [name.encode()], name=name, taken_on=date(2026, 8, 14), provider="示例监测站", proves=proves,
            by=bureau["handler"], now=NOON,
        )


def prove(page: Page, place: int, exhibit: str) -> None:
    """Open the fold under a factor and tick an exhibit."""
    page.locator(f"details:has([name='t-e{place}'])").locator("summary").click()
    page.locator(f"details:has([name='t-e{place}'])").get_by_label(exhibit).check()


def text_of(paper: Paper, page: Page, address: str) -> str:
    """The words of a paper's PDF, as downloaded by whoever sits at the page."""
    answer = page.request.get(f"{address}/papers/{paper.pk}/pdf/")
    assert answer.ok, answer.status
    return "".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages).replace("\n", "").replace(" ", "")


def test_a_fine_is_weighed_departed_from_approved_reviewed_decided_and_printed(live_server, browser):
    bureau = a_bureau()
    case = a_water_case(bureau, party=a_party(bureau.org, "示例水务有限公司"))
    with_exhibits(case, bureau)
    desks = Desks(browser, live_server.url, bureau)
    page, address = desks.window("handler"), f"{live_server.url}/cases/{case.pk}/discretion/"

    # The list, held against the facts a second time.
    page.goto(address)
    page.get_by_role("link", name="重新核对").click()
    page.locator("[name=on]").fill(REPORTED.isoformat())
    page.get_by_label("不适用清单").check()
    page.locator("[name=reason]").fill("化学需氧量超标0.8倍，不属于轻微超标。")
    page.locator("[data-huanfa-main]").click()
    expect(page.get_by_text("清单核对已记入案卷")).to_be_visible()

    # The worksheet: each level moves the sum beside it, each finding has its evidence.
    page.get_by_role("link", name="填写裁量计算表").click()
    expect(page.get_by_role("heading", name="GD-2.7a").first).to_be_visible()
    page.locator("[name=on]").fill(REPORTED.isoformat())
    answer = page.locator("[data-huanfa-answer]")
    page.locator("[name='t-f5'][value='0']").check()
    expect(answer.locator(".answer")).to_have_text("100,000元")
    for name, value, sum_ in (
        ("t-f0", "1", "100,000元"), ("t-f1", "0", "100,000元"), ("t-f2", "0", "100,000元"), ("t-f3", "1", "120,000元"),
        ("t-f4", "2", "170,000元"),
    ):
        page.locator(f"[name='{name}'][value='{value}']").check()
        expect(answer.locator(".answer")).to_have_text(sum_)
    prove(page, 4, "监测报告")
    prove(page, 3, "排污许可证")

    # A departure without a reason is refused where the reason belongs; with one it is filed.
    page.locator("[name=amount]").fill("120000")
    page.locator("[data-huanfa-main]").click()
    expect(page.get_by_role("alert")).to_contain_text("须写明调整适用的理由")
    expect(page.locator("[name='t-f4'][value='2']")).to_be_checked()
    page.locator("[name=departure_reason]").fill(WHY)
    page.locator("[data-huanfa-main]").click()
    expect(page.get_by_text("裁量计算表已存入案卷")).to_be_visible()
    expect(page.get_by_text("尚未批准")).to_be_visible()
    row = Worksheet.objects.get()
    assert (row.computed, row.amount, row.departs) == (17_000_000, DEPARTED, True)
    assert row.data["findings"]["evidence"] == {"超标情况": [1], "废水日排放量": [2]}

    # The principal head approves.
    head = desks.window("head")
    head.goto(address)
    head.get_by_role("link", name="批准调整适用").click()
    expect(head.get_by_text(WHY).first).to_be_visible()
    head.locator("[name=on]").fill(REPORTED.isoformat())
    head.locator("[name=reason]").fill("同意按治理投入调整。")
    head.locator("[data-huanfa-main]").click()
    expect(head.get_by_text("调整适用已批准")).to_be_visible()

    # The report starts with what was weighed; examination, notice, the party's say.
    page.goto(f"{live_server.url}/cases/{case.pk}/steps/report_investigation/")
    expect(page.locator("[name=fine]")).to_have_value("120000")
    report = {"proposal": "penalty", "kinds": ["fine"], "fine": DEPARTED, "regime": "conduct", "regime_reason": REASON}
    desks.take(case, "report_investigation", REPORTED, leader_wants_panel=False, **report)
    desks.take(case, "examine", days(1), result="pass")
    desks.take(case, "approve_notice", days(2))
    desks.take(case, "serve_notice", days(3), service_mode="direct")
    desks.take(case, "waive_defence", days(6), hearing_too=False)

    # The reviewer reads both texts side by side, chooses, and says why.
    reviewer = desks.window("legal_reviewer")
    reviewer.goto(address)
    expect(reviewer.locator(".regime")).to_have_count(2)
    expect(reviewer.get_by_text("各项合起来")).to_be_visible()
    desks.fill(reviewer, case, "legal_review", days(7), opinion_kind="agree")
    reviewer.locator("[data-huanfa-main]").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("须记明适用哪一个")
    desks.take(case, "legal_review", days(7), opinion_kind="agree", **REVIEW)
    desks.take(case, "decide", days(8), kinds=["fine"], fine=DEPARTED)

    case.refresh_from_db()
    assert (case.outcome, case.fine) == ("penalty", DEPARTED)
    assert entries_of(case.pk)[row.seq - 1].values == row.data
    assert verify(case.dossier) == case.dossier.head
    decision = text_of(Paper.objects.get(dossier=case.pk, template="penalty_decision"), page, live_server.url)
    annex = text_of(Paper.objects.get(dossier=case.pk, template="discretion_sheet"), page, live_server.url)
    assert "壹拾贰万元整" in decision and "120,000元" in decision
    for line in row.data["computation"]["lines"]:
        assert line["sum"].replace(" ", "") in decision and line["sum"].replace(" ", "") in annex, line
        assert line["label"] in decision and line["label"] in annex, line
    assert WHY in annex and "证据1监测报告" in annex and "证据2排污许可证" in annex
    assert desks.complaints == []


# ── on a phone, by keyboard, without a script ───────────────────────────────────────────────────────────────────────


def test_the_pages_of_discretion_fit_a_phone(live_server, browser):
    bureau = a_bureau()
    case = a_water_case(bureau)
    with_exhibits(case, bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau, amount=DEPARTED, departure_reason=WHY)
    desks = Desks(browser, live_server.url, bureau, width=390, height=844)
    page, address = desks.window("handler"), f"{live_server.url}/cases/{case.pk}/discretion/"

    for name in PAGES:
        page.goto(f"{address}{name}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    page.goto(f"{address}worksheet/")
    page.locator("[name='t-f4'][value='5']").check()
    expect(page.locator("[data-huanfa-answer] .answer")).to_have_text("350,000元")
    page.locator("[data-huanfa-answer] .more summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    assert desks.complaints == []


def test_every_control_has_a_name_and_every_page_one_heading(live_server, browser):
    bureau = a_bureau()
    case = a_water_case(bureau)
    with_exhibits(case, bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau, amount=DEPARTED, departure_reason=WHY)
    desks = Desks(browser, live_server.url, bureau)

    for slot, name in (*(("handler", name) for name in PAGES), ("head", "departure/")):
        page = desks.window(slot)
        page.goto(f"{live_server.url}/cases/{case.pk}/discretion/{name}")
        assert page.evaluate(NAMELESS) == [], name
        assert page.locator("h1").count() == 1, name
        assert page.evaluate(TWICE) == [], name
        assert page.locator("html").get_attribute("lang") == "zh-CN"

    assert desks.complaints == []


# Boxes, buttons and links that nothing names; sets of choices without a legend.
NAMELESS = """
() => ['input:not([type=hidden])', 'select', 'textarea', 'button', 'a', 'fieldset', 'table']
  .flatMap((one) => [...document.querySelectorAll(`main ${one}`)])
  .filter((e) => {
    if (e.closest('[hidden]')) return false;
    if (e.matches('fieldset')) return !e.querySelector(':scope > legend')?.textContent.trim();
    if (e.matches('table')) return !e.querySelector('th[scope]');
    if (e.matches('button, a')) return !e.textContent.trim() && !e.ariaLabel;
    return !(e.ariaLabel || [...(e.labels ?? [])].some((label) => label.textContent.trim()));
  })
  .map((e) => e.outerHTML.slice(0, 120))
"""
# Ids that stand on the page more than once.
TWICE = "[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, place, all) => all.indexOf(id) !== place)"


def test_a_worksheet_is_filled_in_and_filed_by_the_keyboard_alone(live_server, browser):
    bureau = a_bureau()
    case = a_water_case(bureau)
    desks = Desks(browser, live_server.url, bureau)
    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/{case.pk}/discretion/worksheet/")
    page.locator("[name=on]").fill(REPORTED.isoformat())

    reached = []
    page.locator("[name=on]").focus()
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.tagName")
        if name in ("t-f3", "t-f4") and name not in reached:
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowDown")
        reached.append(name)
        if page.evaluate("document.activeElement.matches('[data-huanfa-main]')"):
            break
    before = length(case)
    page.keyboard.press("Enter")
    expect(page.get_by_text("裁量计算表已存入案卷")).to_be_visible()

    assert {"t-f0", "t-f5", "amount", "departure_reason", "do"} <= set(reached)
    row = Worksheet.objects.get()
    assert length(case) == before + 1
    assert row.levels == {"废水日排放量": "50吨以上200吨以下", "超标情况": "仅pH值超标（pH≤2或pH≥11）"}
    assert desks.complaints == []


def test_the_worksheet_works_without_a_script(live_server, browser, chromium):
    bureau = a_bureau()
    case = a_water_case(bureau)
    signed_in = Desks(browser, live_server.url, bureau).window("handler")
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in.context.storage_state(), locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/cases/{case.pk}/discretion/worksheet/")

    page.locator("[name=table][value=none]").check()
    page.get_by_role("button", name="换用所选的法律和裁量表").click()
    expect(page.get_by_label("当事人的主观过错程度")).to_be_visible()
    page.go_back()
    page.locator(f"form[method=get] [name=table][value='{PICK['table']}']").check()
    page.get_by_role("button", name="换用所选的法律和裁量表").click()
    page.locator("[name=on]").fill(REPORTED.isoformat())
    page.locator("[name='t-f4'][value='5']").check()
    page.get_by_role("button", name="计算", exact=True).last.click()
    expect(page.locator("[data-huanfa-answer] .answer")).to_have_text("300,000元")
    page.get_by_role("button", name="存入案卷").click()
    expect(page.get_by_text("裁量计算表已存入案卷")).to_be_visible()

    assert Worksheet.objects.get().amount == 30_000_000


def test_the_sum_says_what_is_still_wrong_while_it_is_filled_in(live_server, browser):
    bureau = a_bureau()
    case = a_water_case(bureau)
    desks = Desks(browser, live_server.url, bureau)
    page = desks.window("handler")
    page.goto(f"{live_server.url}/cases/{case.pk}/discretion/worksheet/")

    page.locator("[name=amount]").fill("十二万")
    page.locator("[name=amount]").press("Tab")

    expect(page.locator("[data-huanfa-answer]")).to_contain_text("拟罚款数额（元）：输入一个数")
    assert desks.complaints == []
