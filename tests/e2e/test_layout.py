"""How the bench stands on a page: on phones, in the dark, and for those who do not see it."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.instrument import assert_core, handle, number, open_bench, root
from tests.e2e.lesson import Scheme, in_scheme, move
from tests.e2e.widths import widest

TEN = ",".join(str(k) for k in range(10))


NUMBERS = ["", f"z={TEN}", "z=1,2,3&target=0.1,0.2,0.7", "z=10000,-10000,0.123456789&lang=zh"]


def test_a_phone_does_not_scroll_sideways(phone: Page, subtests: pytest.Subtests) -> None:
    page = phone
    page.set_viewport_size({"width": 390, "height": 800})
    open_bench(page)
    for query, width in product(NUMBERS, (390, 360)):
        with subtests.test(query=query, width=width):
            page.set_viewport_size({"width": width, "height": 800})
            if query and width == 390:
                open_bench(page, query)
            assert widest(page) <= width
            assert_core(page)
            box = handle(page, 1).locator(".reach").bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 40


def test_an_entry_of_a_dense_jacobian_is_read_by_a_tap(phone: Page) -> None:
    page = phone
    page.set_viewport_size({"width": 360, "height": 800})
    open_bench(page, f"z={TEN}")
    root(page).locator('[data-row="9"][data-col="10"]').tap()
    expect(root(page).locator(".formula")).to_contain_text("case i ≠ j")


@pytest.mark.parametrize(
    ("scheme", "colour"), [("light", "rgb(0, 114, 178)"), ("dark", "rgb(108, 189, 240)")]
)
def test_colours_follow_the_theme(page: Page, scheme: Scheme, colour: str) -> None:
    in_scheme(page, scheme)
    open_bench(page)
    expect(number(page, "probability", 1)).to_have_css("color", colour)


def test_a_page_that_stands_follows_the_theme(page: Page) -> None:
    """By itself, as when the system's evening comes; the server gives the colours of tables."""
    move(page, "/softmax?screen=stages")
    for scheme, colour in (("dark", "rgb(108, 189, 240)"), ("light", "rgb(0, 114, 178)")):
        in_scheme(page, scheme)
        cell = page.locator(".lab-table [data-quantity=probability]").first
        expect(cell).to_have_css("color", colour)


def test_every_control_has_a_name(page: Page) -> None:
    open_bench(page, "z=1,2,3&target=0.1,0.2,0.7")
    nameless = root(page).evaluate(
        """bench => [...bench.querySelectorAll("button, input, [role=slider], [role=radio], td")]
            .filter(e => !e.hidden && !e.ariaLabel && !e.textContent.trim())
            .filter(e => e.getAttribute("role") !== null || e.localName !== "td" || e.dataset.row)
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_tab_reaches_the_handles_and_each_grid_once(page: Page) -> None:
    open_bench(page)
    stops = root(page).evaluate(
        """bench => [...bench.querySelectorAll("[data-quantity]")]
            .filter(e => e.tabIndex === 0).map(e => e.dataset.quantity)"""
    )
    assert stops.count("logit") == 3
    assert stops.count("jacobian") == 1
    assert stops.count("exponential") + stops.count("probability") + stops.count("gradient") == 1
