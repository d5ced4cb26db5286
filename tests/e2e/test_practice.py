"""Exercises in a browser: what is typed and tapped, what is read out, what comes back."""

from __future__ import annotations

import json
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pages.practice.number_questions import number_question
from pages.visit.practice import KINDS
from pages.writing.wording import LANGUAGES, wording
from tests.e2e.axe import THEMES, faults
from tests.e2e.lesson import at_rest, in_scheme, move
from tests.e2e.widths import widest

STORED = "JSON.parse(localStorage.getItem('softmax-lab-practice'))"


def opened(page: Page, query: str) -> None:
    move(page, f"/practice?{query}")
    shows(page)


def loaded(page: Page, query: str) -> None:
    """Open an exercise as a new visitor, who brings what the browser's store holds."""
    page.goto(f"/practice?{query}")
    shows(page)


def shows(page: Page) -> None:
    expect(verdict(page)).to_have_attribute("role", "status")
    at_rest(page)


def verdict(page: Page) -> Locator:
    return page.locator(".st-key-verdict")


def answer(page: Page) -> Locator:
    return page.locator(".st-key-answer input")


def checked(page: Page, text: str, finding: str) -> None:
    """Type an answer, press Enter, and wait for what is said of it."""
    answer(page).fill(text)
    answer(page).press("Enter")
    expect(verdict(page)).to_have_attribute("data-verdict", finding)


def numbers(variant: int, slip: str | None = None) -> str:
    question = number_question(variant)
    return ", ".join(f"{x:.4f}" for x in (question.slips[slip] if slip else question.right))


def test_a_slip_is_named_kept_in_the_browser_and_comes_back(page: Page) -> None:
    slip = "probability_not_logit_gradient"
    # A variant after which the next one knows nothing of the slip, and a later one does.
    variant = next(
        v
        for v in count(1)
        if slip in number_question(v).slips
        and slip not in number_question(v + 1).slips
        and any(slip in number_question(v + k).slips for k in range(2, 9))
    )
    again = next(v for v in count(variant + 2) if slip in number_question(v).slips)
    loaded(page, f"lang=en&variant={variant}")
    checked(page, numbers(variant, slip), "wrong")
    expect(verdict(page)).to_contain_text(wording("en")(f"practice.slip.{slip}.name"))
    row = page.locator(f".practice-progress [data-name={slip}]")
    expect(row).to_have_attribute("data-right", "0")
    expect(page.locator(".practice-progress [data-name=numbers]")).to_contain_text("0 of 1")
    page.reload()
    expect(row).to_have_attribute("data-count", "1")
    assert page.evaluate(STORED)["slips"] == {slip: [0]}
    at_rest(page)
    page.locator(".st-key-another button").click()
    page.wait_for_url(f"**variant={again}&**")
    checked(page, numbers(again), "right")
    expect(row).to_have_attribute("data-right", "1")
    page.locator(".practice-progress button").click()
    expect(row).to_have_count(0)
    kept = page.evaluate(STORED)
    assert (kept["kinds"], kept["slips"]) == ({}, {})
    page.reload()
    expect(page.locator(".practice-progress")).to_contain_text(
        wording("en")("practice.progress.none")
    )


@pytest.mark.parametrize("stored", ["", "{", "[]", '{"kinds":{"numbers":"x"},"slips":{},"ids":[]}'])
def test_what_is_not_ours_in_the_browsers_store_does_no_harm(page: Page, stored: str) -> None:
    opened(page, "lang=en&variant=7")
    page.evaluate(f"localStorage.setItem('softmax-lab-practice', {json.dumps(stored)})")
    loaded(page, "lang=en&variant=8")
    checked(page, numbers(8), "right")
    expect(page.locator(".practice-progress [data-name=numbers]")).to_have_attribute(
        "data-right", "1"
    )


def test_a_line_is_tapped_on_a_phone_read_while_it_is_written_and_judged(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 800}, has_touch=True, locale="en-US"
    )
    page = context.new_page()
    opened(page, "lang=zh&kind=derive&derivation=upstream_gradient")

    def tap(*signs: str) -> None:
        for sign in signs:
            page.locator(".answer-keys").get_by_text(sign, exact=True).tap()

    tap("aᵢ", "·", "(", "gᵢ", "−", "Σₖ", "gₖ", "·", "aₖ")
    answer(page).press("End")
    tap(")")
    expect(answer(page)).to_have_value("a_i*(g_i-sum(g_k*a_k, k))")
    expect(answer(page)).to_be_focused()
    expect(page.locator(".st-key-reading .katex-display")).to_be_visible()
    page.locator(".st-key-check button").tap()
    expect(verdict(page)).to_have_attribute("data-verdict", "right")
    expect(verdict(page)).to_contain_text(wording("zh")("practice.derive.done"))
    expect(verdict(page)).to_be_in_viewport()
    expect(answer(page)).to_have_value("")
    context.close()


def test_what_cannot_be_read_has_the_caret_at_its_fault(page: Page) -> None:
    opened(page, "lang=en&kind=derive&derivation=softmax_jacobian")
    checked(page, "a_i*(delta_ij - b_j)", "unreadable")
    expect(page.locator(".lab-fault mark")).to_have_text("b_j")
    expect(answer(page)).to_be_focused()
    assert answer(page).evaluate("field => field.selectionStart") == len("a_i*(delta_ij - ")
    page.keyboard.press("Delete")
    page.keyboard.press("a")
    expect(answer(page)).to_have_value("a_i*(delta_ij - a_j)")
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_attribute("data-verdict", "right")


def test_a_line_is_chosen_by_keys_alone(page: Page) -> None:
    opened(page, "lang=en&kind=slip&variant=3")
    page.locator(".st-key-answer input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    at_rest(page)
    page.locator(".st-key-check button").focus()
    page.keyboard.press("Enter")
    expect(verdict(page)).to_have_attribute("data-verdict", "wrong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_and_axe_finds_nothing(page: Page, language: str) -> None:
    for kind, theme in zip(KINDS, THEMES * 2, strict=True):
        in_scheme(page, theme)
        page.set_viewport_size({"width": 320, "height": 800})
        opened(page, f"lang={language}&kind={kind}&variant=2")
        page.locator(".st-key-hint button").click()
        expect(page.locator(".st-key-says-hints p").first).to_be_visible()
        assert widest(page) <= 320, kind
        assert not faults(page), (kind, theme)
        page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".st-key-practice summary").last.click()
    expect(page.locator(".st-key-set_kinds")).to_be_visible()
    at_rest(page)
    # Streamlit's own words, in the reader's language.
    more = wording(language)("browser.streamlit.increment")
    expect(page.get_by_role("button", name=more)).to_have_count(3)
    page.set_viewport_size({"width": 320, "height": 800})
    assert widest(page) <= 320
    assert not faults(page)
