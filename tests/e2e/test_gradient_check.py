"""The lab on checking a gradient in a browser: find a slip, and leave with a link to it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from pages.writing.wording import LANGUAGES, wording
from tests.e2e.lesson import move, open_whole, turn
from tests.e2e.widths import resize, widest


def test_choose_differences_and_find_a_slip(page: Page) -> None:
    words = wording("zh")
    move(page, "/gradient-check?z=2,3,4&label=2&lang=zh")
    length = page.evaluate("history.length")
    picture = page.locator("[data-film]")
    left = picture.locator(".region")
    expect(left.nth(1)).to_have_text(words("gradient_check.regime.rounding"))

    page.locator(".stRadio").get_by_text(words("gradient_check.method.complex"), exact=True).click()
    page.wait_for_url("**method=complex**")
    expect(left.first).to_have_text(words("gradient_check.regime.flat"))
    page.locator(".stRadio").get_by_text(
        words("gradient_check.precision.float32"), exact=True
    ).click()
    page.wait_for_url("**precision=float32**")
    page.locator(".stRadio").get_by_text(words("gradient_check.method.central"), exact=True).click()
    expect(left.first).to_have_text(words("gradient_check.regime.vanishes"))

    turn(page, "slips")
    slip = words("gradient_check.slip.missing_temperature")
    page.get_by_label(words("gradient_check.choose_slip")).click()
    page.keyboard.type("1/T")  # the list holds no more than it shows, until it is searched
    first = page.get_by_role("option").first
    expect(first).to_have_text(slip)
    first.click()
    page.wait_for_url("**slip=missing_temperature**")
    off = page.locator('td[data-quantity="off"]')
    for k in range(3):
        expect(off.nth(k)).to_have_attribute("data-value", "0")
    page.get_by_role("button", name=words("gradient_check.way_out.temperature")).click()
    page.wait_for_url("**temperature=2**")
    expect(off.first).not_to_have_attribute("data-value", "0")
    caught = words.label("gradient_check.slips.caught").split("**")[1]
    expect(page.get_by_text(caught).first).to_be_visible()

    assert page.evaluate("history.length") == length
    page.reload()
    expect(off.first).not_to_have_attribute("data-value", "0")
    turn(page, "sweep")
    expect(left.first).to_have_text(words("gradient_check.regime.vanishes"))


WIDE = (
    "z=1,2,3,4,5,6,7,8,9,10&slip=missing_batch_mean&percent=-99.9",
    "z=8,-2,0&label=2&loss=mean_squared_error&temperature=0.2&slip=missing_delta",
)


def test_nothing_is_cut_and_no_page_scrolls_sideways(page: Page, subtests: pytest.Subtests) -> None:
    for language, query in product(LANGUAGES, WIDE):
        page.set_viewport_size({"width": 390, "height": 800})
        open_whole(page, "gradient_check", f"lang={language}&{query}")
        expect(page.locator("[data-film] .region").first).to_be_visible()
        expect(page.locator(".lab-table")).to_have_count(5)
        for width in (390, 1280):
            with subtests.test(language=language, query=query, width=width):
                resize(page, width)
                assert_whole(page, width)


def assert_whole(page: Page, width: int) -> None:
    """Hold the page to its width, and what is on it to its own boxes."""
    assert widest(page) <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".katex-display, .lab-table")]
            .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))"""
    )
    assert cut == []
    # Words in the picture stay inside it.
    outside = page.locator("[data-film]").evaluate(
        """film => {
            const frame = film.getBoundingClientRect();
            return [...film.querySelectorAll("svg text")]
                .map(e => [e.textContent, e.getBoundingClientRect()])
                .filter(([, r]) => r.left < frame.left - 1 || r.right > frame.right + 1)
                .map(([text]) => text);
        }"""
    )
    assert outside == []
    assert not re.search(r"\bnan\b", page.inner_text("body"), re.IGNORECASE)
