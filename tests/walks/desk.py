"""A bureau's desks in a real browser: each officer at a window of their own, filling in forms as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from huanfa.apps.cases import queries
from huanfa.apps.cases.models import Case
from huanfa.core.money import yuan
from huanfa.core.procedure.definition import Ask
from tests.apps.builders import PASSWORD, Bureau, something


class Desks:
    """The windows of a bureau's officers on one server; they open when first used."""

    def __init__(self, browser: Browser, address: str, bureau: Bureau, width: int = 1366, height: int = 768):
        self.browser, self.address, self.bureau = browser, address, bureau
        self.size = {"width": width, "height": height}
        self.windows: dict[str, Page] = {}
        self.complaints: list[str] = []
        for officer in bureau.officers.values():
            officer.user.set_password(PASSWORD)
            officer.user.save()

    def window(self, slot: str) -> Page:
        """The window of whoever sits in `slot`, signed in through the sign-in page."""
        username = self.bureau[slot].user.username
        if username not in self.windows:
            page = self.browser.new_context(viewport=self.size, locale="zh-CN").new_page()
            page.on("pageerror", lambda error: self.complaints.append(str(error)))
            page.on("console", lambda message: self._heard(message.type, message.text))
            page.goto(f"{self.address}/sign-in/")
            page.get_by_label("用户名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.get_by_role("heading", name="我的工作").wait_for()
            self.windows[username] = page
        return self.windows[username]

    def _heard(self, kind: str, text: str) -> None:
        # The browser itself reports every 4xx as an error; those are what the tests provoke.
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def take(self, case: Case, step_id: str, on: date, **values: Any) -> None:
        """Fill in a step's form, hand it in, and let the others sign in their own windows."""
        step = queries.procedure(case, on).step(step_id)
        first = self.window(step.signs[0])
        self.fill(first, case, step_id, on, **values)
        first.locator("[data-huanfa-main]").click()
        self._arrived(first, case)
        for slot in step.signs[1:]:
            self.sign(case, step_id, slot, on)

    def fill(self, page: Page, case: Case, step_id: str, on: date, **values: Any) -> None:
        """Open a step's form and fill in every box that applies, without handing it in."""
        step = queries.procedure(case, on).step(step_id)
        page.goto(f"{self.address}/cases/{case.pk}/steps/{step_id}/")
        page.locator("[name=on]").fill(on.isoformat())
        given = dict(values)
        for ask in step.asks:
            if not ask.applies(given):
                continue
            if ask.id not in given and (not ask.optional or ask.id == "checked"):
                given[ask.id] = something(ask, on, self.bureau)
            if ask.id in given:
                put(page, ask, given[ask.id])

    def sign(self, case: Case, step_id: str, slot: str, on: date) -> None:
        """Agree to a step that waits."""
        page = self.window(slot)
        page.goto(f"{self.address}/cases/{case.pk}/sign/{step_id}/")
        page.get_by_label("同意", exact=True).check()
        page.locator("[name=on]").fill(on.isoformat())
        page.get_by_role("button", name="签署").click()
        self._arrived(page, case)

    def _arrived(self, page: Page, case: Case) -> None:
        """The browser is back on the case; if not, say what the page complains of."""
        page.wait_for_load_state()
        if page.url != f"{self.address}/cases/{case.pk}/":
            raise AssertionError(f"{page.url}: {page.locator('.wrong, .form-errors, [role=alert]').all_inner_texts()}")


def put(page: Page, ask: Ask, value: Any) -> None:
    """Put a value into the box or boxes of one ask."""
    if ask.type == "rows":
        rows: list[Mapping[str, str]] = value
        for number, row in enumerate(rows):
            if number and not page.locator(f"[name='{ask.id}-{number}-{ask.columns[0][0]}']").count():
                page.locator(f"[data-huanfa-rows='{ask.id}'] [data-huanfa-add]").click()
            for key, text in row.items():
                page.locator(f"[name='{ask.id}-{number}-{key}']").fill(text)
        for box in page.locator(f"[name^='{ask.id}-']").all():  # rows the page suggested, whose gaps are the officer's to fill
            if not box.input_value():
                box.fill("示例")
        return
    boxes = page.locator(f"[name='{ask.id}']")
    if ask.type == "bool":
        boxes.and_(page.locator(f"[value='{'yes' if value else 'no'}']")).check()
    elif ask.type in ("checks", "officers", "penalties"):
        wanted = {str(one) for one in value}
        for box in boxes.all():
            box.set_checked(box.get_attribute("value") in wanted)
    elif ask.type in ("choice", "regime", "officer", "tier") and _is_select(boxes):
        boxes.select_option(str(value))
    elif ask.type in ("choice", "regime"):
        boxes.and_(page.locator(f"[value='{value}']")).check()
    elif ask.type == "money":
        boxes.fill(str(yuan(value)))
    else:
        boxes.fill(str(value))


def _is_select(boxes: Locator) -> bool:
    return bool(boxes.first.evaluate("box => box.tagName") == "SELECT")
