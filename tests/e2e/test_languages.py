"""Switching the language leaves no word of the other one behind, and nothing broken."""

from __future__ import annotations

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


@pytest.mark.parametrize("lesson", ["jacobian", "any_loss", "gradient_check", "training"])
def test_there_and_back(page: Page, lesson: str) -> None:
    address = f"/{lesson.replace('_', '-')}?{QUERY}"
    fresh = page.context.new_page()
    move(page, f"{address}&lang=en")
    wanted: dict[str, list[str]] = {}  # what a fresh page shows, read once a language
    for name, language in (("中文", "zh"), ("English", "en"), ("中文", "zh")):
        title = wording(language)(f"{lesson}.title")
        known = language in wanted
        if not known:
            fresh.goto(f"{address}&lang={language}")
        page.get_by_role("button", name=name).click()
        for _ in range(LOOKS):
            if not known:
                wanted[language] = choices(fresh, title)
            if choices(page, title) == wanted[language]:
                break
            page.wait_for_timeout(PAUSE)
        assert choices(page, title) == wanted[language]
