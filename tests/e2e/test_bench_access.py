"""The bench for those who do not see it, or have no mouse: names, focus, and what is spoken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.instrument import drag, handle, number, open_bench, press, root, settled
from tests.e2e.lesson import move
from tests.e2e.widths import resize


def field(page: Page, name: str) -> Locator:
    return root(page).get_by_role("textbox", name=name)


@pytest.mark.parametrize("query", ["", "z=1,2,3&target=0.1,0.2,0.7"])
def test_every_number_that_can_be_focused_has_a_role_and_a_name(page: Page, query: str) -> None:
    open_bench(page, query)
    numbers = root(page).locator("[data-quantity][tabindex]")
    tree = numbers.evaluate_all(
        """all => all.map(e => [e.getAttribute("role") ?? e.localName,
            e.getAttribute("aria-label") ?? "", e.dataset.quantity])"""
    )
    for role, name, quantity in tree:
        assert role in ("img", "slider", "radio", "td"), quantity
        assert name, quantity
    loss = number(page, "loss")
    assert loss.get_attribute("aria-label") == f"loss: {loss.text_content()}"
    assert {"loss", "entropy", "kl", "sum_exponential"} <= {quantity for *_, quantity in tree}


def test_arrow_keys_reach_the_sums(page: Page) -> None:
    open_bench(page)
    number(page, "exponential", 3).focus()
    page.keyboard.press("ArrowDown")
    expect(number(page, "sum_exponential")).to_be_focused()
    expect(root(page).locator(".formula")).to_have_attribute("data-explains", "sum_exponential")
    page.keyboard.press("ArrowRight")
    expect(number(page, "sum_probability")).to_be_focused()


def test_the_labels_are_one_choice(page: Page) -> None:
    open_bench(page)
    group = root(page).get_by_role("radiogroup", name="Label")
    owned = (group.get_attribute("aria-owns") or "").split()
    radios = root(page).get_by_role("radio", name="the label")
    assert owned == radios.evaluate_all("all => all.map(e => e.id)")
    assert len(owned) == 3


def test_the_kind_of_target_answers_to_arrows(page: Page) -> None:
    open_bench(page)
    hard, soft = (root(page).get_by_role("radio", name=name) for name in ("one label", "soft"))
    hard.focus()
    page.keyboard.press("ArrowRight")
    expect(soft).to_be_focused()
    expect(soft).to_have_attribute("aria-checked", "true")
    expect(hard).to_have_attribute("tabindex", "-1")
    page.keyboard.press("ArrowLeft")
    expect(hard).to_have_attribute("aria-checked", "true")


def test_a_refusal_describes_its_field(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page, "z=1,2,3&target=0.1,0.2,0.7")
    for name, text in (
        ("Logit of class 2, as a number", "much"),
        ("The whole target", "0.5, 0.6"),
    ):
        with subtests.test(name=name):
            box = field(page, name)
            box.fill(text)
            box.press("Enter")
            expect(box).to_have_attribute("aria-invalid", "true")
            described = root(page).locator(f"#{box.get_attribute('aria-describedby')}")
            expect(described).to_be_visible()
            expect(described).to_have_role("alert")


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_enter_and_escape_keep_the_focus_in_a_field(page: Page, key: str) -> None:
    open_bench(page, "z=2,3,4")
    box = field(page, "Name of class 1")
    box.fill("cat")
    box.press(key)
    expect(box).to_have_value("cat" if key == "Enter" else "")
    expect(box).to_be_focused()
    if key == "Enter":
        expect(handle(page, 1)).to_have_attribute("aria-label", "Logit of cat")
    number_box = field(page, "Logit of class 2, as a number")
    number_box.fill("1,5")
    number_box.press(key)
    expect(number_box).to_have_value("1.5" if key == "Enter" else "3")
    expect(number_box).to_be_focused()
    # And what is typed from there on is taken as well.
    number_box.fill("0.25")
    number_box.press("Enter")
    expect(handle(page, 2)).to_have_attribute("data-value", "0.25")


def test_the_focus_stays_where_its_button_goes(page: Page) -> None:
    open_bench(page, "z=1,2,3,4,5,6,7,8,9")
    press(page, "add")
    expect(handle(page, 10)).to_be_focused()
    open_bench(page, "z=1,2,3")
    root(page).get_by_role("button", name="Remove class 2").press("Enter")
    expect(handle(page, 3)).to_have_count(0)
    expect(handle(page, 2)).to_be_focused()


# Keeps all that the live regions have said.
LISTEN = """bench => {
    window.spoken = [];
    for (const region of bench.querySelectorAll("[role=status], [aria-live]")) {
        new MutationObserver(() => window.spoken.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
    }
}"""


def test_the_loss_is_spoken_once_at_rest(page: Page) -> None:
    open_bench(page)
    expect(root(page).locator("[role=status], [aria-live]")).to_have_count(1)
    root(page).evaluate(LISTEN)
    drag(page, handle(page, 1), 60, steps=30)
    spoken = root(page).get_by_role("status")
    expect(spoken).not_to_be_empty()
    handle(page, 1).press("PageUp")
    settled(page)
    expect(spoken).to_have_text(f"loss: {number(page, 'loss').text_content()}")
    assert len(page.evaluate("window.spoken")) == 2


def test_fields_suit_a_phones_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_bench(page, "z=1,2,3&target=0.1,0.2,0.7")
    fields = root(page).locator("input:not([readonly])")
    for size, capitals, keyboard in fields.evaluate_all(
        """all => all.map(e => [parseFloat(getComputedStyle(e).fontSize), e.autocapitalize,
            e.inputMode])"""
    ):
        assert size >= 16
        assert capitals == "none"
        assert keyboard in ("", "text")  # with a minus sign


def test_a_logit_is_stepped_by_buttons(page: Page) -> None:
    # In line with the track, below it, and on a phone; the compact bench at the side.
    widths = {"/softmax?lang=en&z=2,3,4": (1440,), "/?lang=en&z=2,3,4": (1100, 1024, 1280, 390)}
    for link, each in widths.items():
        page.set_viewport_size({"width": 1440, "height": 900})
        move(page, link)
        more = root(page).get_by_role("button", name="Logit of class 2 higher by 0.1")
        less = root(page).get_by_role("button", name="Logit of class 2 lower by 0.1")
        for width in each:
            resize(page, width)
            for button in (more, less):
                expect(button).to_be_visible()
                box = button.bounding_box()
                assert box is not None
                assert min(box["width"], box["height"]) >= 24
        more.click()
        more.click()
        expect(handle(page, 2)).to_have_attribute("data-value", "3.2")
        less.click()
        expect(handle(page, 2)).to_have_attribute("data-value", "3.1")
