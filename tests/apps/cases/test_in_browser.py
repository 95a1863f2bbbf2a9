"""The step form in a real browser: with the script, and without any."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, sync_playwright

from huanfa.apps.cases.models import Draft
from tests.apps.builders import Bureau, a_bureau, a_case, a_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@contextmanager
def browser(path: str, server: str, bureau: Bureau, *, script: bool) -> Iterator[Page]:
    """A page in which the handler is signed in; whatever it complains of fails the test."""
    cookie = a_client(bureau["handler"]).cookies["sessionid"].value
    said: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = chromium.new_context(java_script_enabled=script, viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
        chromium.close()
    assert not said


def wide(page: Page) -> bool:
    """Whether the page is wider than the phone."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def test_the_script_saves_clicks_and_what_is_typed(chromium, live_server):
    bureau = a_bureau()
    case = a_case(bureau, at="interview")

    with browser(chromium, live_server.url, bureau, script=True) as page:
        page.goto(f"{live_server.url}/cases/{case.pk}/steps/report_investigation/")
        assert page.is_hidden("[name=kinds]") and not wide(page)
        page.check("[name=proposal][value=penalty]")
        page.check("[name=kinds][value=fine]")
        assert page.is_visible("[name=fine]")
        page.click("[data-huanfa-add]")
        page.fill("[name=evidence-2-name]", "新添的一行")
        page.wait_for_selector("[data-huanfa-draft-state]:has-text('草稿已保存')")

    assert Draft.objects.get().fields["evidence-2-name"] == ["新添的一行"]


def test_enter_in_a_box_shows_the_preview_and_takes_nothing(chromium, live_server):
    bureau = a_bureau()
    case = a_case(bureau, at="file")

    with browser(chromium, live_server.url, bureau, script=True) as page:
        page.goto(f"{live_server.url}/cases/{case.pk}/steps/interview/")
        page.press("[name=person]", "Enter")
        page.wait_for_selector("#preview")

    case.dossier.refresh_from_db()
    assert case.dossier.length == 4


def test_the_whole_form_works_without_a_script(chromium, live_server):
    bureau = a_bureau()
    case = a_case(bureau, at="file")

    with browser(chromium, live_server.url, bureau, script=False) as page:
        page.goto(f"{live_server.url}/cases/{case.pk}/")
        page.click("a.button:has-text('调查询问')")
        page.click("button:has-text('加一行')")
        typed = {
            "begun_at": "2026-11-23T09:00", "ended_at": "2026-11-23T10:00", "person": "何示例", "person_detail": "负责人",
            "questions-0-q": "问", "questions-0-a": "答", "party_opinion": "属实",
        }
        for name, text in typed.items():
            page.fill(f"[name={name}]", text)
        page.check("[name=cards_shown][value=yes]")
        page.click("[data-huanfa-main]")
        page.wait_for_url(f"{live_server.url}/cases/{case.pk}/")
        assert "已办结，制作文书1份" in page.inner_text("main")

    case.dossier.refresh_from_db()
    assert case.dossier.length == 5
