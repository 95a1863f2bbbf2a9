"""Anybody reckons a fine without signing in: the answer follows the choices, and stands in the address."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser):
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def test_a_firm_finds_its_table_and_sees_the_fine_move_with_each_finding(live_server, page):
    page.goto(f"{live_server.url}/calculator/")
    page.locator("[name=on]").fill("2024-05-01")
    page.locator("main [name=q]").fill("超过水污染物排放标准")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.get_by_role("link", name="超过水污染物排放标准").first.click()
    so_far = page.locator("[data-huanfa-so-far]")

    page.locator("[name='f4'][value='2']").check()
    expect(so_far).to_have_text("120,000元")
    page.locator("[name='f3'][value='1']").check()
    expect(so_far).to_have_text("150,000元")

    expect(page.locator("#proof tfoot")).to_contain_text("150,000元")
    expect(page.locator("#proof")).to_contain_text("换一种认定会怎样")
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    expect(so_far).to_have_text("150,000元")
    assert page.complaints == []


def test_of_a_day_outside_the_benchmark_the_page_refuses_and_says_why(live_server, page):
    page.goto(f"{live_server.url}/calculator/guangdong/2022/GD-2.7a/?on=2020-01-01&calculate=1")

    expect(page.locator("#result")).to_contain_text("不能计算")
    expect(page.get_by_role("main")).to_contain_text("2022")
    assert page.complaints == []
