"""A lesson for those who do not see it, or have no mouse: focus, names, and what is spoken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording
from tests.e2e.axe import at_rest
from tests.e2e.lesson import move

EN = wording("en")
WALK = "/stability?lang=en&screen=logsumexp_gradient&z=2,3,4"
PHONE = {"width": 390, "height": 844}
FOCUS = "document.activeElement"


def opened(page: Page, link: str) -> None:
    move(page, link)
    at_rest(page)


def pressed(page: Page, button: Locator) -> None:
    button.focus()
    page.keyboard.press("Enter")


def test_the_focus_survives_a_walk(page: Page) -> None:
    opened(page, f"{WALK}&step=4")
    on = page.locator(".st-key-on-step-logsumexp_gradient button")
    back = page.locator(".st-key-back-step-logsumexp_gradient button")
    pressed(page, on)
    expect(on).to_have_text(EN("derivation_ui.again"))  # another button, at the same place
    expect(on).to_be_focused()
    page.keyboard.press("Enter")
    expect(back).to_be_disabled()
    expect(on).to_be_focused()
    page.keyboard.press("Enter")
    expect(back).to_be_enabled()
    pressed(page, back)
    expect(back).to_be_disabled()
    expect(on).to_be_focused()


def test_the_focus_survives_a_language_and_a_start_anew(page: Page) -> None:
    opened(page, "/network?lang=en&screen=steps")
    for here, there in (("en", "zh"), ("zh", "en")):
        pressed(page, page.locator(f".st-key-language_{there} button"))
        expect(page.locator(f".st-key-language_{here} button")).to_be_focused()
        at_rest(page)
    pressed(page, page.locator(".st-key-take_10 button"))
    start = page.locator(".st-key-back_to_start button")
    expect(start).to_be_enabled()
    pressed(page, start)
    expect(start).to_be_disabled()
    expect(page.locator(".st-key-take_1 button")).to_be_focused()


# Opens a fold; in how many of the next ten frames it grows. Colours that fade are no motion.
OPENED = """async summary => {
    const fold = summary.closest("details");
    let growing = 0;
    summary.click();
    for (let frame = 0; frame < 10; frame++) {
        await new Promise(requestAnimationFrame);
        const running = fold.getAnimations().filter(one => one.playState === "running");
        if (running.some(one => !(one instanceof CSSTransition))) growing++;
    }
    return growing;
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_fold_opens_at_once_for_who_asks_for_less_motion(page: Page, motion: Any) -> None:
    page.emulate_media(reduced_motion=motion)
    opened(page, "/softmax?lang=en&screen=stages")
    fold = page.locator("[data-screen] details").first
    growing = fold.locator("summary").first.evaluate(OPENED)
    assert growing == 0 if motion == "reduce" else growing > 0
    expect(fold).to_have_attribute("open", "")
    at_rest(page)
    assert fold.evaluate("fold => fold.scrollHeight <= fold.clientHeight")  # nothing is cut
    fold.locator("summary").first.click()
    expect(fold).not_to_have_attribute("open", "")


def test_a_menu_is_entered_and_left_by_key(page: Page) -> None:
    opened(page, WALK)
    menu = page.locator(".st-key-download-logsumexp_gradient button").first
    pressed(page, menu)
    first = page.locator(".st-key-latex-logsumexp_gradient button")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_the_step_is_spoken_once_at_rest(own_page: Page) -> None:
    opened(own_page, WALK)
    spoken = own_page.locator("body > [role=status]")
    expect(spoken).to_have_count(1)
    expect(spoken).to_be_empty()
    on = own_page.locator(".st-key-on-step-logsumexp_gradient button")
    pressed(own_page, on)
    expect(spoken).to_have_text(EN("derivation_ui.step", number=2, total=5))


def test_what_scrolls_is_a_stop_for_tab_only_while_it_scrolls(page: Page) -> None:
    opened(page, "/jacobian?lang=en&z=1,2,3,4,5&screen=laws")
    page.set_viewport_size({"width": 320, "height": 800})
    table = page.locator(".lab-table").first
    expect(table).to_have_attribute("tabindex", "0")
    expect(table).to_have_role("region")
    name = table.locator("caption").text_content()
    assert name
    expect(table).to_have_attribute("aria-label", name)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(table).not_to_have_attribute("tabindex", "0")


# Every word that a control is named by, or holds: what is left of Streamlit's own English.
NAMES = """() => [...document.querySelectorAll("[aria-label], [placeholder]")]
    .filter(e => e.getAttribute("aria-hidden") !== "true")
    .flatMap(e => [e.getAttribute("aria-label"), e.getAttribute("placeholder")])
    .filter(Boolean)"""


def test_streamlits_words_follow_the_language(page: Page) -> None:
    opened(page, "/gradient-check?lang=zh&target=0.2,0.3,0.5&z=2,3,4")
    names = page.evaluate(NAMES)
    assert wording("zh")("browser.streamlit.open") in names
    english = [name for name in names if not re.search(r"[一-鿿]", name)]
    assert not english, english


def test_a_closed_menu_is_no_stop_for_tab(page: Page) -> None:
    page.set_viewport_size(PHONE)
    opened(page, "/jacobian?lang=en")
    links = page.get_by_test_id("stSidebar").locator("a")
    expect(links.first).to_be_hidden()
    pressed(
        page,
        page.get_by_test_id("stExpandSidebarButton")
        .locator("button")
        .or_(page.locator("button[data-testid=stExpandSidebarButton]"))
        .first,
    )
    expect(links.first).to_be_visible()
    pressed(page, page.get_by_test_id("stSidebarCollapseButton").locator("button"))
    expect(links.first).to_be_hidden()
    page.wait_for_function(f"() => {FOCUS} !== document.body")


def test_fields_suit_a_phones_keyboard(page: Page) -> None:
    page.set_viewport_size(PHONE)
    opened(page, "/any-loss?lang=en&screen=own")
    field = page.locator("[data-screen] input[type=text], [data-screen] textarea").first
    field.focus()
    expect(field).to_have_attribute("autocapitalize", "none")
    expect(field).to_have_attribute("inputmode", "text")
    sizes = page.locator("input:visible, textarea:visible").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16


@pytest.mark.parametrize("height", [360, 512])
def test_nothing_covers_what_has_the_focus(page: Page, height: int) -> None:
    page.set_viewport_size({"width": 640, "height": height})
    opened(page, "/softmax?lang=en&screen=temperature&z=2,3,4")
    page.get_by_test_id("stMain").focus()
    stops = 0
    while stops < 40:
        page.keyboard.press("Tab")
        seen = page.evaluate(COVERED)
        if seen is None:
            break
        assert seen == "", seen
        stops += 1
    assert stops > 10


# Where the middle of what has the focus is another element's: which. None: the page is over.
COVERED = """() => {
  const deepest = (root, find) => {
    let node = find(root);
    while (node?.shadowRoot && find(node.shadowRoot)) node = find(node.shadowRoot);
    return node;
  };
  const focus = deepest(document, (root) => root.activeElement);
  if (!focus || focus === document.body) return null;
  const { x, y, width, height } = focus.getBoundingClientRect();
  const top = deepest(document, (root) => root.elementFromPoint(x + width / 2, y + height / 2));
  const boxes = [focus, focus.parentElement, focus.closest("label")].filter(Boolean);
  const near = top && (top.contains(focus) || boxes.some((box) => box.contains(top)));
  return near ? "" : `${focus.outerHTML.slice(0, 99)} below ${top?.className}`;
}"""
