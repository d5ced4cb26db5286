"""Switching the language leaves no word of the other one behind, and nothing broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.writing.wording import wording
from tests.e2e.lesson import move

CHOICES = ", ".join(
    f"[data-testid={name}]" for name in ("stSelectbox", "stMultiSelect", "stRadio", "stButtonGroup")
)
READ = "all => all.map(e => e.innerText + '|' + (e.querySelector('input')?.value ?? ''))"
QUERY = "z=2,3,4&label=2&names=a,,&loss=focal&trained=5&view=whole"
LOOKS, PAUSE = 150, 100  # ms between two looks


def choices(page: Page, title: str) -> list[str]:
    """What stands in each widget that offers choices, in its field too, when the page has come."""
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    found: list[str] = page.locator(CHOICES).evaluate_all(READ)
    return found


def comes_to(page: Page, title: str, wanted: Callable[[], list[str]]) -> None:
    """Wait until the widgets hold what is wanted, which may itself still be coming."""
    for _ in range(LOOKS):
        if choices(page, title) == wanted():
            return
        page.wait_for_timeout(PAUSE)
    assert choices(page, title) == wanted()


@pytest.mark.parametrize("lesson", ["jacobian", "any_loss", "gradient_check", "training"])
def test_there_and_back(page: Page, lesson: str) -> None:
    address = f"/{lesson.replace('_', '-')}?{QUERY}"
    english, chinese = (wording(language)(f"{lesson}.title") for language in ("en", "zh"))
    move(page, f"{address}&lang=en")
    before = choices(page, english)
    fresh = page.context.new_page()
    fresh.goto(f"{address}&lang=zh")
    page.get_by_role("button", name="中文").click()
    comes_to(page, chinese, lambda: choices(fresh, chinese))
    page.get_by_role("button", name="English").click()
    comes_to(page, english, lambda: before)
