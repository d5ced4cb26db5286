"""The lesson on cross-entropy in a browser: the address follows, and a phone shows it whole."""

from __future__ import annotations

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.visit.distribution import with_share
from pages.writing.wording import wording
from tests.e2e.instrument import slow
from tests.e2e.lesson import move, open_whole, shows, turn
from tests.e2e.widths import resize, widest

EN = wording("en")
TEN = ",".join(["0.1"] * 10)
WIDE = f"p={TEN}_{TEN}&q=0.91{',0.01' * 9}_0,1{',0' * 8}"


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_address_follows_every_edit_and_a_reload_restores_it(page: Page) -> None:
    move(page, "/cross-entropy?lang=en&screen=pair")
    length = page.evaluate("history.length")
    share = page.get_by_role("slider", name="Q₁").first
    share.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**q=0.21,**")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**q=0.22,**")
    expect(share).to_be_focused()
    page.get_by_role("button", name=EN("cross_entropy.pair.swap")).click()
    page.wait_for_url("**p=0.22,**")
    field = page.get_by_label(EN("cross_entropy.pair.q"))
    field.fill("0.1 0.2 0.3 0.4")
    field.press("Enter")
    page.wait_for_url("**q=0.1,0.2,0.3,0.4_**")
    turn(page, "batch")
    page.get_by_text("3", exact=True).last.click()
    page.wait_for_url("**q=0.1,0.2,0.3,0.4_*_0.25,0.25,0.25,0.25**")
    before = query_of(page)
    assert page.evaluate("history.length") == length
    page.reload()
    expect(field).to_have_value("0.1, 0.2, 0.3, 0.4")
    assert query_of(page) == before


def test_a_share_is_dragged_ahead_of_the_server_and_the_others_make_room(own_page: Page) -> None:
    slow(own_page)
    move(own_page, "/cross-entropy?lang=zh&p=0.5,0.3,0.2_0,1,0&q=0.2,0.5,0.3_0.1,0.8,0.1")
    shows(own_page, "pair")
    bars = own_page.locator(".lab-shares")
    share = own_page.get_by_role("slider", name="P₁")
    box = share.locator(".share-track").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    own_page.mouse.move(x, y)
    own_page.mouse.down()
    for to in (2, 0.25):  # beyond the end, and back
        own_page.mouse.move(x + to * box["width"], y, steps=4)
        own_page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(bars).to_have_attribute("data-source", "mirror")
    read = "all => all.map(e => Number(e.dataset.value))"
    ahead = bars.locator("[data-quantity=target]").evaluate_all(read)
    own_page.mouse.up()
    assert ahead == pytest.approx(with_share((0.5, 0.3, 0.2), 0, 0.75), abs=1e-12)
    own_page.wait_for_url("**p=0.75,0.15,0.1_**")
    expect(bars).to_have_attribute("data-source", "server")
    assert bars.locator("[data-quantity=target]").evaluate_all(read) == [0.75, 0.15, 0.1]
    assert bars.locator("[data-quantity=probability]").evaluate_all(read) == [0.2, 0.5, 0.3]


def test_a_phone_does_not_scroll_sideways(page: Page, subtests: pytest.Subtests) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for language, pair in product(("en", "zh"), ("", WIDE)):
        open_whole(page, "cross_entropy", f"lang={language}&{pair}")
        for width in (360, 390):
            with subtests.test(language=language, pair=pair[:9], width=width):
                resize(page, width)
                assert_whole(page, width)


def assert_whole(page: Page, width: int) -> None:
    """Hold the page to its width, and the formulas of its text to theirs."""
    assert widest(page) <= width
    # A line of a derivation scrolls by itself where it must; no formula of the text is to.
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".katex-display")]
            .filter(e => !e.closest("[class*=st-key-lines-]"))
            .filter(e => e.querySelector(".katex-html").scrollWidth > e.clientWidth + 1).length"""
    )
    assert cut == 0
