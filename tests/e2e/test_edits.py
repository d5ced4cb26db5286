"""Editing the bench's logits and target by dragging, keys, typing and clicks, in step with core."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.instrument import (
    assert_core,
    drag,
    handle,
    lane_box,
    logits_box,
    number,
    open_bench,
    press,
    root,
    settled,
    type_logits,
)


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
    press(page, "undo")
    assert assert_core(page)["logit"].tolist() == [2, 3, 4]
    press(page, "redo")
    assert assert_core(page)["logit"].tolist() == shown["logit"].tolist()


def test_drag_stops_at_the_ends(page: Page) -> None:
    open_bench(page)
    drag(page, handle(page, 1), 2000)
    assert assert_core(page)["logit"][0] == 10


KEYS = {
    "ArrowRight": 3.1,
    "ArrowUp": 3.1,
    "ArrowLeft": 2.9,
    "ArrowDown": 2.9,
    "PageUp": 4,
    "PageDown": 2,
    "Home": -10,
    "End": 10,
}


def test_keys_move_a_handle_and_keep_its_focus(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page)
    handle(page, 2).focus()
    for key, logit in KEYS.items():
        with subtests.test(key=key):
            page.keyboard.press(key)
            expect(handle(page, 2)).to_have_attribute("aria-valuenow", f"{logit:g}")
            expect(handle(page, 2)).to_be_focused()
            assert assert_core(page)["logit"].tolist() == [2, logit, 4]
        page.keyboard.press("Control+z")
        expect(handle(page, 2)).to_have_attribute("aria-valuenow", "3")
        settled(page)


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


VECTORS = {
    "1, 2, 3, 4": [1, 2, 3, 4],
    "[0.5 -1]": [0.5, -1],
    "１，２；−３": [1, 2, -3],
    "-inf, 0, 1": [-np.inf, 0, 1],
    "10000, -10000, 0": [1e4, -1e4, 0],
}


def test_typing_the_whole_vector(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page)
    for text, logits in VECTORS.items():
        with subtests.test(text=text):
            type_logits(page, text)
            expect(number(page, "probability")).to_have_count(len(logits))
            expect(handle(page, 1)).to_have_attribute("data-value", str(_js(logits[0])))
            assert assert_core(page)["logit"].tolist() == logits


def _js(x: float) -> str:
    return "-Infinity" if x == -np.inf else f"{x:g}"


BAD_VECTORS = {
    "2, three, 4": "“three” is not a number",
    "5": "1 given",
    ", ".join("1" * 11): "11 given",
    "nan, 1": "“nan” is not a number",
    "-inf, -inf": "every class is masked",
    "": "there is nothing here",
    "1e9, 0": "out of range",
}


def test_a_bad_vector_is_explained_and_nothing_is_lost(
    page: Page, subtests: pytest.Subtests
) -> None:
    for number_of_case, (text, says) in enumerate(BAD_VECTORS.items()):
        with subtests.test(text=text):
            # The same numbers each time, under names that make another link of them.
            open_bench(page, f"z=1,2,3&label=3&temperature=2&names=a,b,{number_of_case}")
            assert_bad_vector(page, text, says)


def assert_bad_vector(page: Page, text: str, says: str) -> None:
    type_logits(page, text)
    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.get_by_role("alert")).to_contain_text("Enter ")
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
    box = lane_box(page, 2)
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
