"""A lesson as a browser test sees it: its screens, the row that turns them, its pictures."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording

EN = wording("en")
DRAWN = ".main-svg, .bar"


def screens_of(lesson: str) -> list[str]:
    """The names of a lesson's screens, in their order."""
    return list(EN.group(f"{lesson}.screen"))


def at_rest(page: Page) -> None:
    """Wait until no script runs on the server."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def screen(page: Page, name: str) -> Locator:
    return page.locator(f"[data-screen={name}]")


def shows(page: Page, name: str) -> None:
    """Wait until a screen stands, alone and with all that is on it."""
    expect(screen(page, name)).to_be_visible()
    expect(page.locator("[data-screen]")).to_have_count(1)
    at_rest(page)


def row(page: Page, name: str) -> Locator:
    """A button of the row below a screen, in English: back, next, whole or screens."""
    return page.locator(".turning").get_by_role("button", name=EN(f"turning.{name}"))


def open_whole(page: Page, lesson: str, query: str) -> None:
    """Open all screens of a lesson on one page."""
    page.goto(f"/{lesson.replace('_', '-')}?{query}&view=whole")
    expect(page.locator("[data-screen]")).to_have_count(len(screens_of(lesson)))
    expect(page.locator(".turning")).to_be_attached()
    at_rest(page)


def pictures(page: Page) -> Locator:
    return page.locator(".stPlotlyChart, .lab-bars")


def all_drawn(page: Page) -> None:
    """Wait until every picture of the page is drawn."""
    for picture in pictures(page).all():
        expect(picture.locator(DRAWN).first).to_be_attached()
