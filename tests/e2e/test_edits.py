"""Editing the bench: by dragging, keys, typing, clicks and widgets, always in step with core."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import LOSSES
from pages.blocks.presets import PRESETS
from pages.blocks.wording import wording
from tests.e2e.instrument import (
    assert_core,
    choose,
    drag,
    entry,
    handle,
    logits_box,
    number,
    open_bench,
    read,
    root,
    settled,
    type_logits,
)

WORDS = wording("en")


def _button(page: Page, kind: str) -> None:
    root(page).locator(f"[data-do={kind}]").click()
    settled(page)


def test_first_load_shows_the_defaults(page: Page) -> None:
    open_bench(page)
    shown = assert_core(page)
    assert shown["logit"].tolist() == [2, 3, 4]
    assert shown["target"].tolist() == [1, 0, 0]


def test_drag_moves_everything_and_is_one_undo_step(page: Page) -> None:
    open_bench(page)
    drag(page, handle(page, 2), -60)
    shown = assert_core(page)
    assert shown["logit"][1] < 3
    assert shown["logit"][[0, 2]].tolist() == [2, 4]
    expect(logits_box(page)).to_have_value(f"2, {shown['logit'][1]:g}, 4")
    _button(page, "undo")
    assert assert_core(page)["logit"].tolist() == [2, 3, 4]
    _button(page, "redo")
    assert assert_core(page)["logit"].tolist() == shown["logit"].tolist()


def test_drag_stops_at_the_ends(page: Page) -> None:
    open_bench(page)
    drag(page, handle(page, 1), 2000)
    assert assert_core(page)["logit"][0] == 10


@pytest.mark.parametrize(
    ("key", "logit"),
    [
        ("ArrowRight", 3.1),
        ("ArrowUp", 3.1),
        ("ArrowLeft", 2.9),
        ("ArrowDown", 2.9),
        ("PageUp", 4),
        ("PageDown", 2),
        ("Home", -10),
        ("End", 10),
    ],
)
def test_keys_move_a_handle_and_keep_its_focus(page: Page, key: str, logit: float) -> None:
    open_bench(page)
    handle(page, 2).focus()
    page.keyboard.press(key)
    expect(handle(page, 2)).to_have_attribute("aria-valuenow", f"{logit:g}")
    expect(handle(page, 2)).to_be_focused()
    assert assert_core(page)["logit"].tolist() == [2, logit, 4]


def test_every_one_of_twenty_quick_presses_arrives(page: Page) -> None:
    open_bench(page)
    handle(page, 1).focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(handle(page, 1)).to_have_attribute("data-value", "4")
    expect(handle(page, 1)).to_be_focused()
    assert_core(page)


def test_the_range_widens_for_a_logit_outside_it(page: Page) -> None:
    open_bench(page, "z=1000,0,-20")
    for name, value in (("aria-valuemin", "-20"), ("aria-valuemax", "1000")):
        expect(handle(page, 2)).to_have_attribute(name, value)
    assert_core(page)


@pytest.mark.parametrize(
    ("text", "logits"),
    [
        ("1, 2, 3, 4", [1, 2, 3, 4]),
        ("[0.5 -1]", [0.5, -1]),
        ("１，２；−３", [1, 2, -3]),
        ("-inf, 0, 1", [-np.inf, 0, 1]),
        ("10000, -10000, 0", [1e4, -1e4, 0]),
    ],
    ids=["longer", "shorter", "full width", "masked", "huge"],
)
def test_typing_the_whole_vector(page: Page, text: str, logits: list[float]) -> None:
    open_bench(page)
    type_logits(page, text)
    expect(number(page, "probability")).to_have_count(len(logits))
    expect(handle(page, 1)).to_have_attribute("data-value", str(_js(logits[0])))
    assert assert_core(page)["logit"].tolist() == logits


def _js(x: float) -> str:
    return "-Infinity" if x == -np.inf else f"{x:g}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2, three, 4", "“three” is not a number"),
        ("5", "1 given"),
        (", ".join("1" * 11), "11 given"),
        ("nan, 1", "“nan” is not a number"),
        ("-inf, -inf", "every class is masked"),
        ("", "nothing given"),
        ("1e9, 0", "out of range"),
    ],
)
def test_a_bad_vector_is_explained_and_nothing_is_lost(page: Page, text: str, says: str) -> None:
    open_bench(page, "z=1,2,3&label=3&temperature=2")
    type_logits(page, text)
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.get_by_role("alert")).to_contain_text("ccepted" if "masked" not in says else "must")
    expect(logits_box(page)).to_have_value(text)
    assert assert_core(page, temperature=2)["logit"].tolist() == [1, 2, 3]
    handle(page, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(handle(page, 1)).to_have_attribute("data-value", "1.1")
    expect(page.get_by_role("alert")).to_have_count(0)
    type_logits(page, "3, 2, 1")
    expect(handle(page, 1)).to_have_attribute("data-value", "3")
    assert assert_core(page, temperature=2)["logit"].tolist() == [3, 2, 1]


def test_typing_one_logit_in_its_lane(page: Page) -> None:
    open_bench(page)
    box = root(page).get_by_role("textbox", name="Logit of class 2, as a number")
    box.fill("-0.25")
    box.press("Enter")
    expect(handle(page, 2)).to_have_attribute("data-value", "-0.25")
    box.fill("-inf")
    box.press("Enter")
    expect(handle(page, 2)).to_have_attribute("data-value", "-Infinity")
    expect(handle(page, 2)).to_have_attribute("aria-valuetext", "−∞ (masked)")
    assert assert_core(page)["probability"][1] == 0
    box.fill("much")
    box.press("Enter")
    expect(root(page).get_by_role("alert")).to_contain_text("“much” is not a number")
    expect(box).to_have_value("much")
    assert assert_core(page)["logit"][1] == -np.inf


def test_label_by_click_and_by_key(page: Page) -> None:
    open_bench(page)
    number(page, "target", 3).click()
    expect(number(page, "target", 3)).to_have_attribute("data-value", "1")
    assert assert_core(page)["target"].tolist() == [0, 0, 1]
    page.keyboard.press("ArrowUp")
    expect(number(page, "target", 2)).to_have_attribute("data-value", "1")
    expect(number(page, "target", 2)).to_be_focused()
    assert assert_core(page)["target"].tolist() == [0, 1, 0]


def test_a_soft_target_stays_a_distribution(page: Page) -> None:
    open_bench(page, "z=1,2,3&label=2")
    root(page).get_by_role("radio", name="soft").click()
    share = number(page, "target", 2)
    expect(share).to_have_attribute("role", "slider")
    share.focus()
    for key in ("PageDown", "PageDown", "ArrowLeft"):
        page.keyboard.press(key)
        settled(page)
    shown = assert_core(page)
    assert shown["target"].tolist() == pytest.approx([0.105, 0.79, 0.105], abs=1e-12)
    drag(page, number(page, "target", 1), 20)
    shown = assert_core(page)
    assert shown["target"][0] > 0.105
    assert shown["target"].sum() == pytest.approx(1, abs=1e-12)
    box = root(page).get_by_role("textbox", name="The whole target")
    box.fill("0.1, 0.2, 0.7")
    box.press("Enter")
    expect(number(page, "target", 3)).to_have_attribute("data-value", "0.7")
    assert assert_core(page)["target"].tolist() == [0.1, 0.2, 0.7]
    box.fill("0.5, 0.6, 0")
    box.press("Enter")
    expect(root(page).get_by_role("alert")).to_contain_text("sum to 1.1")
    assert assert_core(page)["target"].tolist() == [0.1, 0.2, 0.7]
    root(page).get_by_role("radio", name="one label").click()
    expect(number(page, "target", 3)).to_have_attribute("role", "radio")
    assert assert_core(page)["target"].tolist() == [0, 0, 1]


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss(page: Page, loss: str) -> None:
    open_bench(page, "z=1,2,3,0,1&label=4&temperature=0.7")
    if loss != "cross_entropy":
        choose(page, "Loss", WORDS(f"loss.{loss}"))
        page.wait_for_url(f"**loss={loss}**")
    assert_core(page, loss, 0.7)


def test_temperature(page: Page) -> None:
    open_bench(page)
    box = page.get_by_role("spinbutton", name="Temperature T")
    box.fill("0.5")
    box.press("Enter")
    page.wait_for_url("**temperature=0.5**")
    assert_core(page, temperature=0.5)
    handle(page, 1).focus()
    page.keyboard.press("Control+z")
    expect(box).to_have_value("1")
    assert_core(page)


@pytest.mark.parametrize("name", PRESETS)
def test_every_example(page: Page, name: str) -> None:
    open_bench(page, "z=5,6")
    choose(page, "Example", WORDS(f"preset.{name}"))
    preset = PRESETS[name]
    expect(number(page, "probability")).to_have_count(preset.classes)
    expect(handle(page, 1)).to_have_attribute("data-value", _js_exact(preset.logits[0]))
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
    _button(page, "add")
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
    _button(page, "reset")
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


@pytest.mark.parametrize("name", HOSTILE, ids=["html", "latex", "markdown", "rtl", "long"])
def test_a_hostile_name_is_plain_text(page: Page, name: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_bench(page)
    box = root(page).get_by_role("textbox", name="Name of class 1")
    box.fill(name)
    box.press("Enter")
    expect(handle(page, 1)).to_have_attribute("aria-label", f"Logit of {name}")
    expect(box).to_have_value(name)
    assert page.locator("img[src=x]").count() == 0
    assert not dialogs
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name=WORDS("nav.softmax")).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(WORDS("bench.title"))
    page.wait_for_url("**/softmax?**names=**")
    assert page.locator("img[src=x]").count() == 0
    assert not dialogs


def test_pointing_lights_up_what_a_number_is_made_of(page: Page) -> None:
    open_bench(page)
    entry(page, 1, 3).hover()
    lit = root(page).locator(".lit")
    expect(lit).to_have_count(2)
    expect(number(page, "probability", 1)).to_contain_class("lit")
    expect(number(page, "probability", 3)).to_contain_class("lit")
    number(page, "gradient", 2).hover()
    for k in (1, 2, 3):
        expect(entry(page, k, 2)).to_contain_class("lit")
        expect(number(page, "gradient_probability", k)).to_contain_class("lit")


def test_arrow_keys_walk_through_the_numbers(page: Page) -> None:
    open_bench(page)
    entry(page, 1, 1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(entry(page, 2, 2)).to_be_focused()
    expect(root(page).locator(".formula")).to_contain_text("case i = j")
    assert read(page)["logit"].tolist() == [2, 3, 4]


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("z=2,3,4&label=2", "agree"),
        ("z=1,2,3&target=0.2,0.3,0.5&loss=focal&temperature=0.3", "agree"),
        ("z=10000,-10000,0&label=2", "too_small"),
        ("z=-inf,0,1&label=2", "agree"),
        ("z=-inf,0,1&label=1", "infinite"),
        ("z=60,0,0&label=1", "too_small"),
    ],
)
def test_the_check_line(page: Page, query: str, verdict: str) -> None:
    open_bench(page, query)
    check = root(page).locator(".check")
    expect(check).to_have_attribute("data-verdict", verdict)
    if verdict == "agree":
        assert float(check.get_attribute("data-residual") or "nan") < 1e-4
    assert_core(page, *_loss_and_temperature(query))


def _loss_and_temperature(query: str) -> tuple[str, float]:
    return ("focal", 0.3) if "focal" in query else ("cross_entropy", 1.0)
