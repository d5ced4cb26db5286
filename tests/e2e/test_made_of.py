"""A number of a table rings what it is made of: by pointer, by key and by tap."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from pages.writing.wording import wording
from tests.e2e.lesson import move, shows

EN = wording("en")
ADDRESS = "/cross-entropy?lang=en&screen=zero&p=0.5,0.5,0&q=0.25,0.5,0.25"
PAID, SUM = "0.5000 · 1.3863 = 0.6931", "0.6931 + 0.3466 + 0 = 1.0397"


def shown(page: Page) -> Locator:
    move(page, ADDRESS)
    shows(page, "zero")
    return page.locator(".lab-table").filter(has_text=EN("cross_entropy.zero.table"))


def cell(table: Locator, quantity: str, index: int) -> Locator:
    return table.locator(f"[data-quantity={quantity}][data-index='{index}']")


def explains(table: Locator, number: Locator, formula: str, *used: Locator) -> None:
    """The number is marked, what it uses is ringed and nothing else, the formula stands below."""
    expect(number).to_contain_class("pointed")
    expect(table.locator(".pointed")).to_have_count(1)
    for one in used:
        expect(one).to_contain_class("lit")
    expect(table.locator(".lit")).to_have_count(len(used))
    expect(table.locator(".made-of")).to_contain_text(formula)


def test_by_pointer_and_by_key(page: Page) -> None:
    table = shown(page)
    paid = [cell(table, "loss", k) for k in (1, 2, 3)]
    total = table.locator("[data-quantity=loss]:not([data-index])")
    factors = cell(table, "target", 1), cell(table, "surprise", 1)
    paid[0].hover()
    explains(table, paid[0], PAID, *factors)
    total.hover()
    explains(table, total, SUM, *paid)
    page.locator("h2").first.hover()
    # One stop for Tab: the first number with a formula; arrow keys lead on.
    first = cell(table, "surprise", 1)
    expect(table.locator("[tabindex='0'][data-formula]")).to_have_count(1)
    table.locator("[tabindex='0'][data-formula]").focus()
    explains(table, first, "−ln 0.2500 = 1.3863", cell(table, "probability", 1))
    page.keyboard.press("ArrowRight")
    explains(table, paid[0], PAID, *factors)
    expect(paid[0]).to_be_focused()
    for _ in "12":  # what is 0 by agreement has no calculation and is passed over
        page.keyboard.press("ArrowDown")
    expect(total).to_be_focused()
    explains(table, total, SUM, *paid)


def test_by_tap(browser: Browser, server: str) -> None:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    table = shown(page)
    paid = cell(table, "loss", 1)
    paid.tap()
    explains(table, paid, PAID, cell(table, "target", 1), cell(table, "surprise", 1))
    context.close()
