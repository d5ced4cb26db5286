"""The bench's settings: loss, temperature, examples, and classes with their names."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import LOSSES
from pages.visit.presets import PRESETS
from pages.writing.wording import wording
from tests.e2e.instrument import (
    assert_core,
    choose,
    handle,
    number,
    open_bench,
    press,
    root,
    settled,
)
from tests.e2e.lesson import at_rest

WORDS = wording("en")


def test_every_loss(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page, "z=1,2,3,0,1&label=4&temperature=0.7")
    for loss in LOSSES:
        with subtests.test(loss=loss):
            if loss != "cross_entropy":
                choose(page, "Loss", WORDS(f"loss.{loss}"))
                page.wait_for_url(f"**loss={loss}**")
            assert_core(page, loss, 0.7)


def test_temperature(page: Page) -> None:
    open_bench(page)
    box = page.get_by_role("textbox", name="Temperature T")
    box.fill("0.5")
    box.press("Enter")
    page.wait_for_url("**temperature=0.5**")
    assert_core(page, temperature=0.5)
    handle(page, 1).focus()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("1")
    assert_core(page)


def test_every_example(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page, "z=5,6")
    for name, preset in PRESETS.items():
        with subtests.test(name=name):
            choose(page, "Example", WORDS(f"preset.{name}"))
            loss = WORDS(f"loss.{preset.loss}")  # in which alone two examples may differ
            expect(page.locator(".st-key-loss").get_by_role("combobox")).to_have_value(loss)
            expect(number(page, "probability")).to_have_count(preset.classes)
            for index, logit in enumerate(preset.logits, start=1):
                expect(handle(page, index)).to_have_attribute("data-value", _js_exact(logit))
            shown = assert_core(page, preset.loss, preset.temperature)
            assert shown["logit"].tolist() == list(preset.logits)
            assert shown["target"].tolist() == preset.distribution.tolist()


def _js_exact(x: float) -> str:
    return "-Infinity" if x == -np.inf else repr(float(x)).removesuffix(".0")


def test_an_example_can_be_loaded_again_after_an_edit(page: Page) -> None:
    open_bench(page)
    tie = WORDS("preset.tie")
    choose(page, "Example", tie)
    expect(handle(page, 1)).to_have_attribute("data-value", "2")
    expect(handle(page, 3)).to_have_attribute("data-value", "-1")
    handle(page, 3).focus()
    page.keyboard.press("PageUp")
    expect(handle(page, 3)).to_have_attribute("data-value", "0")
    expect(handle(page, 3)).to_be_focused()
    settled(page)
    choose(page, "Example", tie)
    expect(handle(page, 3)).to_have_attribute("data-value", "-1")


def test_add_remove_and_rename(page: Page) -> None:
    open_bench(page, "z=1,2,3&label=3&names=cat,dog,owl")
    press(page, "add")
    assert assert_core(page)["logit"].tolist() == [1, 2, 3, 0]
    root(page).get_by_role("button", name="Remove dog").click()
    expect(handle(page, 4)).to_have_count(0)
    shown = assert_core(page)
    assert shown["logit"].tolist() == [1, 3, 0]
    assert shown["target"].tolist() == [0, 1, 0]
    name = root(page).get_by_role("textbox", name="Name of class 1")
    name.fill("lion, the")
    name.press("Enter")
    page.wait_for_url("**names=lion%252C%20the,owl,**")
    expect(handle(page, 1)).to_have_attribute("aria-label", "Logit of lion, the")
    press(page, "reset")
    assert assert_core(page)["logit"].tolist() == [2, 3, 4]


def test_between_two_and_ten_classes(page: Page) -> None:
    open_bench(page, "z=1,2")
    expect(root(page).locator(".remove").first).to_be_disabled()
    for count in range(3, 11):
        root(page).locator("[data-do=add]").click()
        expect(number(page, "probability")).to_have_count(count)
    expect(root(page).locator("[data-do=add]")).to_be_disabled()
    assert_core(page)


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    r"$\frac{a}{b}$",
    "**bold** :red[x] :smile:",
    "שלום \u202eevil",
    "x" * 500,
]


def test_a_hostile_name_is_plain_text(own_page: Page, subtests: pytest.Subtests) -> None:
    dialogs: list[str] = []
    own_page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_bench(own_page)
    for name in HOSTILE:
        with subtests.test(name=name[:40]):
            assert_plain_text(own_page, name)
            assert not dialogs


def assert_plain_text(page: Page, name: str) -> None:
    """Give a class a name, and see it on the bench and on a lesson; come back."""
    box = root(page).get_by_role("textbox", name="Name of class 1")
    box.fill(name)
    box.press("Enter")
    expect(handle(page, 1)).to_have_attribute("aria-label", f"Logit of {name}")
    expect(box).to_have_value(name)
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name=WORDS("nav.softmax")).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(WORDS("bench.title"))
    page.wait_for_url("**/softmax?**names=**")
    at_rest(page)
    assert page.locator("img[src=x]").count() == 0
    page.get_by_role("link", name=WORDS("nav.bench")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS("bench.title"))
    settled(page)
