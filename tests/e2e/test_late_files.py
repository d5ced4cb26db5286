"""On a slow line a component's file comes after a second run: what the component draws stands.

Streamlit calls it for each run then, and has the first call leave after the last one has drawn.
"""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from pages.writing.wording import wording
from tests.e2e.conftest import context_at, fresh_page
from tests.e2e.lesson import at_rest

ZH = wording("zh")
FILES = "**/-/lab/*/*.js"


def test_parts_whose_files_come_late(browser: Browser, server: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # What the browser's memory has is not asked for again: a context of its own has nothing.
    with context_at(browser, server) as context, fresh_page(context, server) as page:
        page.route(FILES, hold)
        page.goto("/softmax?lang=en&screen=temperature")
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_role("button", name="English")).to_be_visible()
        at_rest(page)
        page.clock.install()
        assert held
        for route in held:
            route.continue_()
        page.unroute(FILES)
        on = page.locator(".turning").get_by_role("button", name=ZH("turning.next"))
        expect(on).to_be_visible()
        page.clock.run_for(10_000)  # a bench that left may come back for a while
        for control in ("[data-bench] [role=slider]", "[data-film] input[type=range]"):
            address = page.url
            page.locator(control).first.press("ArrowLeft")
            page.wait_for_function("address => location.href !== address", arg=address)
        on.click()
        page.wait_for_url("**screen=sigmoid**")
