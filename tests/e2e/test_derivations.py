"""Derivations in a browser: KaTeX sets every line, steps walk, an entry is chosen by a click."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from derivations import changes
from pages.derivation.lines import FAMILY, WRITERS, document
from pages.writing.wording import LANGUAGES, wording
from tests.e2e.lesson import Scheme, at_rest, in_scheme, move, open_whole, shows
from tests.e2e.widths import widest
from tests.pages.derived import PLACES

STATE = "z=2,3,4&label=2"


def open_screen(page: Page, lesson: str, name: str, query: str = STATE) -> None:
    move(page, f"/{lesson.replace('_', '-')}?{query}&screen={name}")
    shows(page, name)


def open_matrix(page: Page, query: str = STATE) -> None:
    move(page, f"/jacobian?{query}")
    shows(page, "matrix")


def lines(page: Page, derivation: str) -> Locator:
    """The displayed formulas of a derivation with its lines, and not its conclusion."""
    shown = page.locator(f".st-key-lines-{derivation} [data-testid=stMarkdown]").first
    return shown.locator(".katex-display")


@pytest.mark.parametrize(
    ("query", "width"),
    [(f"{STATE}&lang=en", 1280), ("z=14,-13,0&label=1&lang=zh", 360)],
    ids=["plain", "powers of ten on a phone"],
)
@pytest.mark.parametrize("name", PLACES)
def test_katex_sets_every_line_and_a_phone_holds_it(
    page: Page, name: str, query: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_whole(page, name, f"{query}&numbers=yes")
    for derivation in PLACES[name]:
        expect(lines(page, derivation)).to_have_count(len(FAMILY[derivation].lines))
    assert page.locator(".katex-error").count() == 0
    # What KaTeX cannot read, Streamlit shows as its source.
    shown = page.get_by_test_id("stMain").inner_text()
    assert not re.search(r"\\(?:frac|sum|textcolor|partial|displaystyle)", shown)
    assert widest(page) <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_step_forward_and_back(page: Page, scheme: Scheme) -> None:
    """By key and by click; what a step changes stands in boxes, in both of its lines."""
    in_scheme(page, scheme)
    open_screen(page, "jacobian", "softmax_jacobian")
    on = page.locator(".st-key-on-step-softmax_jacobian button")
    back = page.locator(".st-key-back-step-softmax_jacobian button")
    expect(back).to_be_disabled()
    shown = FAMILY["softmax_jacobian"].lines
    for step in range(2, 14):
        page.keyboard.press("n")
        expect(page.locator("[data-screen]").get_by_text(f"Step {step} of 13")).to_be_visible()
        found = changes(shown[step - 1], shown[step])
        boxes = sum(len(one.before) + len(one.after) for one in found)
        expect(lines(page, "softmax_jacobian").locator(".fbox")).to_have_count(boxes)
        assert page.locator(".katex-error").count() == 0
    expect(page).to_have_url(re.compile("[?&]step=13"))
    expect(on).to_contain_text("Start again")
    expect(page.locator(".st-key-witnesses-softmax_jacobian tbody tr")).to_have_count(9)
    # The last line is the result, which the screen's question asks for.
    veiled = page.locator(".st-key-veiled-softmax_jacobian .st-key-lines-softmax_jacobian")
    expect(veiled).to_have_count(1)
    page.keyboard.press("p")
    expect(page.locator("[data-screen]").get_by_text("Step 12 of 13")).to_be_visible()
    expect(lines(page, "softmax_jacobian")).to_have_count(2)
    expect(veiled).to_have_count(0)
    back.click()
    expect(page.locator("[data-screen]").get_by_text("Step 11 of 13")).to_be_visible()
    on.click()
    expect(page.locator("[data-screen]").get_by_text("Step 12 of 13")).to_be_visible()
    # A letter that is typed is a letter: "-inf" has an n.
    page.locator(".st-key-logits_text input").press("n")
    page.locator("input.number").first.press("n")
    expect(page.locator("[data-screen]").get_by_text("Step 12 of 13")).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]step=12"))
    page.reload()
    expect(page.locator("[data-screen]").get_by_text("Step 12 of 13")).to_be_visible()


def test_all_steps_at_once_and_one_by_one(page: Page) -> None:
    open_screen(page, "cross_entropy", "cross_entropy_gradient")
    mode = page.locator(".st-key-mode-cross_entropy_gradient button")
    shown = lines(page, "cross_entropy_gradient")
    whole = len(FAMILY["cross_entropy_gradient"].lines)
    veiled = page.locator(".st-key-veiled-cross_entropy_gradient")
    expect(shown).to_have_count(2)
    expect(page).not_to_have_url(re.compile("walk="))
    mode.last.click()
    expect(shown).to_have_count(whole)
    expect(page).to_have_url(re.compile("[?&]walk=all"))
    # The result is not given away before there is a guess.
    expect(veiled).to_have_count(1)
    page.reload()
    expect(shown).to_have_count(whole)
    expect(veiled.locator(".st-key-lines-cross_entropy_gradient")).to_have_count(1)
    expect(veiled.locator(".st-key-witnesses-cross_entropy_gradient")).to_have_count(1)
    page.locator(".st-key-guess [role=radiogroup] label").first.click()
    expect(veiled).to_have_count(0)
    expect(shown).to_have_count(whole)
    open_screen(page, "jacobian", "softmax_jacobian", f"{STATE}&walk=all")
    expect(lines(page, "softmax_jacobian")).to_have_count(len(FAMILY["softmax_jacobian"].lines))
    page.locator(".st-key-mode-softmax_jacobian button").first.click()
    expect(lines(page, "softmax_jacobian")).to_have_count(2)
    expect(page).not_to_have_url(re.compile("walk="))


def test_a_click_or_a_key_on_the_matrix_chooses_the_entry(page: Page) -> None:
    open_matrix(page)
    cells = page.locator('.lab-matrix [data-quantity="jacobian"]')
    cells.nth(8).click()
    expect(page.get_by_text("a class and its own logit")).to_be_visible()
    expect(page).to_have_url(re.compile(r"i=3&j=3"))
    expect(cells.nth(8)).to_have_class(re.compile(r"\bentry\b"))
    expect(cells.nth(8)).to_have_css("border-top-style", "solid", pseudo="after")
    cells.nth(8).focus()
    for key in ("ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(r"i=2&j=3"))
    expect(cells.nth(5)).to_be_focused()


def test_the_address_is_a_link_to_the_entry(page: Page) -> None:
    open_matrix(page, f"{STATE}&i=3&j=1")
    looked_at = page.locator(".lab-matrix [aria-current=true]")
    expect(looked_at).to_have_attribute("data-index", "7")
    page.reload()
    expect(looked_at).to_have_attribute("data-index", "7")


@pytest.mark.parametrize("language", LANGUAGES)
def test_downloads(page: Page, language: str) -> None:
    open_screen(page, "network", "batch_mean_gradient", f"{STATE}&lang={language}")
    words = wording(language)
    page.locator(".st-key-download-batch_mean_gradient button").first.click()
    for kind in WRITERS:
        with page.expect_download() as started:
            page.get_by_role("button", name=words(f"derivation_ui.{kind}"), exact=True).click()
        path: Path = started.value.path()
        assert path.read_text("utf-8") == document("batch_mean_gradient", kind, language)


def test_what_was_chosen_survives_other_pages(page: Page) -> None:
    open_screen(page, "stability", "logsumexp_gradient")
    page.locator(".st-key-on-step-logsumexp_gradient button").click()
    expect(page.locator("[data-screen]").get_by_text("Step 2 of 5")).to_be_visible()
    page.get_by_role("link", name="Through a layer").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Through a layer")
    at_rest(page)
    page.get_by_role("link", name="Log-softmax").first.click()
    expect(page.locator("[data-screen]").get_by_text("Step 2 of 5")).to_be_visible()
