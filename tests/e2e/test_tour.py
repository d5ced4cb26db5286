"""The tour of the bench: by keyboard, with the learner's numbers, left and taken up again."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Browser, Page, expect

from core import softmax, softmax_jacobian, softmax_loss
from pages.writing.numerals import fixed_text, significant_text
from pages.writing.wording import wording
from tests.e2e.instrument import assert_core, handle, load_bench, open_bench, root, settled

STEPS = [
    *("logit", "exponential", "sum_exponential", "probability"),
    *("target", "loss", "gradient", "jacobian"),
]
EN, ZH = wording("en"), wording("zh")
LIT = """bench => [...new Set([...bench.querySelectorAll(".toured")].flatMap(lit =>
    [lit, ...lit.querySelectorAll("[data-quantity]")].map(e => e.dataset.quantity))
    .filter(Boolean))]"""
# Whether the words of the tour lie over a number that they speak of.
COVERED = """bench => {
    const card = bench.querySelector(".tour").getBoundingClientRect();
    const seen = [...bench.querySelectorAll(".toured")].map(e => e.getBoundingClientRect());
    return !seen.some(box => box.top >= card.bottom - 1 && box.bottom <= innerHeight);
}"""


def card(page: Page) -> str:
    return root(page).locator(".tour").inner_text()


def in_plain_numbers(logits: list[float], label: int) -> list[list[str]]:
    """What each step must say of the true class, by core."""
    z = np.array(logits)
    a = softmax(z)
    result = softmax_loss(z, np.array(label))
    slope = softmax_jacobian(a)[label, label]
    e, total = significant_text(np.exp(z[label])), significant_text(np.exp(z).sum())
    return [
        [f"{logits[label]:g}"],
        [e],
        [total],
        [e, total, fixed_text(a[label])],
        ["dog"],
        [fixed_text(result.value)],
        [fixed_text(result.grad_logits[label])],
        [fixed_text(slope)],
    ]


def test_by_keyboard_from_end_to_end(page: Page) -> None:
    open_bench(page, "z=2,3,4&label=2&names=cat,dog,owl")
    start = root(page).locator("[data-tour-do=start]")
    expect(start).to_have_text(EN("bench.tour_start"))
    start.focus()
    page.keyboard.press("Enter")
    for step, (quantity, said) in enumerate(
        zip(STEPS, in_plain_numbers([2, 3, 4], 1), strict=True), start=1
    ):
        expect(root(page).locator(".tour .count")).to_have_text(f"{step} of 8")
        assert root(page).evaluate(LIT) == [quantity]
        for number in said:
            assert number in card(page), quantity
        expect(root(page).locator(".spoken")).to_contain_text(EN(f"bench.tour_{quantity}_title"))
        assert not root(page).evaluate(COVERED)
        if step < len(STEPS):
            page.keyboard.press("ArrowRight" if step % 2 else "Enter")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("[?&]tour=7"))
    page.keyboard.press("Escape")
    expect(start).to_be_focused()
    expect(start).to_have_text(EN("bench.tour_resume", step=7, steps=8))
    expect(page).not_to_have_url(re.compile("tour="))
    assert root(page).evaluate(LIT) == []
    assert_core(page)
    page.keyboard.press("Enter")
    expect(root(page).locator(".tour .count")).to_have_text("7 of 8")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(start).to_have_text(EN("bench.tour_start"))


def test_it_follows_the_hand_and_speaks_only_at_a_step(own_page: Page) -> None:
    page = own_page
    load_bench(page, "z=2,3,4&label=2&tour=4")
    expect(page.locator("body")).to_be_focused()  # a link takes no focus
    spoken = root(page).locator(".spoken").text_content()
    handle(page, 2).focus()
    page.keyboard.press("PageUp")
    settled(page)
    assert fixed_text(softmax(np.array([2.0, 4.0, 4.0]))[1]) in card(page)
    assert root(page).locator(".spoken").text_content() == spoken
    expect(page).to_have_url(re.compile("tour=4"))


def test_it_is_taken_up_after_a_lesson(page: Page) -> None:
    open_bench(page, "z=2,3,4&tour=3")
    page.get_by_role("link", name=EN("bench.new_here")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EN("softmax.title"))
    page.get_by_role("link", name=EN("nav.bench"), exact=True).click()
    expect(root(page).locator(".tour .count")).to_have_text("3 of 8")


def test_on_a_phone_it_covers_nothing_that_it_speaks_of(browser: Browser, server: str) -> None:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True
    )
    page = context.new_page()
    load_bench(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(ZH("bench.title"))
    expect(handle(page, 1)).to_have_attribute("aria-label", ZH("bench.logit_aria", name="猫"))
    root(page).locator("[data-tour-do=start]").tap()
    for step, quantity in enumerate(STEPS, start=1):
        title = ZH(f"bench.tour_{quantity}_title")
        expect(root(page).locator(".tour strong")).to_have_text(title)
        page.wait_for_function(f"bench => !({COVERED})(bench)", arg=root(page).element_handle())
        if step < len(STEPS):
            root(page).locator("[data-tour-do=next]").tap()
    context.close()
