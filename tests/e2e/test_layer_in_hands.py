"""The drawn layer in one's hands: dragged, stepped, typed, and a step seen on its way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pages.writing.wording import wording
from tests.e2e.drawn_layer import READ, TOLERANCE, assert_core, grip, opened, settled
from tests.e2e.instrument import slow
from tests.e2e.lesson import in_scheme

EN = wording("en")


def test_a_dragged_weight_runs_through_in_the_next_frame(own_page: Page) -> None:
    slow(own_page)
    layer = opened(own_page, "lang=en&label=2")
    before = layer.evaluate(READ)
    box = grip(own_page, "weight", "1,2").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    own_page.mouse.move(x, y)
    own_page.mouse.down()
    frames = []
    for step in range(1, 6):
        own_page.mouse.move(x + 12 * step, y)
        own_page.evaluate("() => new Promise(requestAnimationFrame)")
        frames.append(layer.evaluate(READ))
    own_page.mouse.up()
    weights = [frame["weight"][5] for frame in frames]
    assert weights == sorted(set(weights)), "each move is drawn"
    assert frames[-1]["source"] == "mirror"
    for frame in frames:
        assert frame["loss"] != before["loss"]
        assert_core(frame, TOLERANCE)
    settled(own_page)
    after = layer.evaluate(READ)
    assert_core(after, 0)
    assert after["weight"][5] == weights[-1] > before["weight"][5] + 1
    expect(own_page.locator(".lab-layer .typed-number")).to_be_hidden()
    own_page.locator(".lab-layer [data-do=undo]").click()  # a drag is one step
    expect(own_page.locator(".lab-layer [data-do=undo]")).to_be_disabled()
    settled(own_page)
    assert layer.evaluate(READ) == before


def test_a_share_of_the_target_is_dragged_stepped_and_typed(own_page: Page) -> None:
    slow(own_page)
    layer = opened(own_page, "lang=en&target=0.5,0.3,0.2")
    share = grip(own_page, "target", "0")
    box = share.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    own_page.mouse.move(x, y)
    own_page.mouse.down()
    for to in (500, 100):  # beyond the end, and back
        own_page.mouse.move(x + to, y, steps=4)
        own_page.evaluate("() => new Promise(requestAnimationFrame)")
    held = layer.evaluate(READ)
    own_page.mouse.up()
    assert held["source"] == "mirror"
    assert held["target"] == pytest.approx([0.75, 0.15, 0.1], abs=1e-12)
    assert_core(held, TOLERANCE)
    settled(own_page)
    after = layer.evaluate(READ)
    assert after["target"] == [0.75, 0.15, 0.1]
    assert_core(after, 0)
    name = wording("en")("network.edit.target", name="y₄")
    expect(own_page.get_by_role("slider", name=name)).to_be_focused()
    own_page.keyboard.press("PageUp")
    own_page.wait_for_url("**label=1**")
    own_page.keyboard.press("Enter")
    field = layer.get_by_role("textbox")
    expect(layer.locator(".symbol")).to_have_text("y₄ =")
    field.fill("0.5")
    own_page.keyboard.press("Enter")
    own_page.wait_for_url("**target=0.5,0.25,0.25**")
    expect(share).to_have_attribute("aria-valuemax", "1")
    own_page.keyboard.press("Control+z")
    own_page.wait_for_url("**label=1**")


def test_keys_and_the_typed_field(page: Page) -> None:
    words = wording("zh")
    layer = opened(page, "lang=zh&b=0,0,0")
    bias = page.get_by_role("slider", name=words("network.edit.bias", name="b₅"))
    bias.focus()
    for key in ("ArrowRight", "ArrowUp", "PageUp", "ArrowDown"):
        page.keyboard.press(key)
    page.wait_for_url("**b=0,1.1,0**")
    expect(bias).to_be_focused()
    expect(bias).to_have_attribute("aria-valuetext", "1.1")
    page.keyboard.press("Enter")
    field = layer.get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    expect(layer.get_by_role("alert")).to_contain_text(words("refused.layer_number.accepted"))
    field.fill("−0.25")
    page.keyboard.press("Enter")
    page.wait_for_url("**b=0,-0.25,0**")
    expect(field).to_be_hidden()
    expect(bias).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(bias).to_be_focused()
    page.keyboard.press("Control+z")
    page.wait_for_url("**b=0,1.1,0**")
    settled(page)
    assert_core(layer.evaluate(READ), 0)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_step_is_seen_on_its_way_and_marked(page: Page, motion: Any) -> None:
    page.emulate_media(reduced_motion=motion)
    layer = opened(page, "lang=en&o=1,0,-1")
    seen = """layer => {
        window.seen = new Set();
        const text = layer.querySelector("[data-quantity=loss]");
        new MutationObserver(() => window.seen.add(text.textContent)).observe(
            text, {childList: true, characterData: true, subtree: true});
    }"""
    layer.evaluate(seen)
    start = layer.evaluate(READ)
    page.get_by_role("button", name=EN("network.steps.take_1")).click()
    page.wait_for_url("**steps=1**")
    settled(page)
    after = layer.evaluate(READ)
    assert_core(after, 0)
    expect(layer.locator("[data-quantity=loss]")).to_have_text(f"L = {after['loss'][0]:.4f}")
    wanted = [
        f"Δ {now - before:+.4f}".replace("-", "−") if now != before else ""
        for before, now in zip(start["weight"], after["weight"], strict=True)
    ]
    marks = layer.locator("[data-edit=weight] .moved")
    expect(marks).to_have_text(wanted)
    assert wanted[1::3] == [""] * 3, "an input of 0 moves no weight"
    expect(layer.locator("[data-quantity=grad_weight]").first).to_be_hidden()
    shown = page.evaluate("() => window.seen.size")
    # It begins at the loss before the step; how many frames follow is the machine's affair.
    assert shown >= 2 if motion == "no-preference" else shown == 1
    layer.locator("svg").click(position={"x": 5, "y": 5})
    expect(layer.locator("[data-quantity=grad_weight]").first).to_be_visible()


def test_a_finger_steps_what_it_has_tapped_and_a_phone_does_not_scroll(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    layer = opened(page, "lang=zh")
    sizes: list[float] = page.locator(".lab-layer [data-edit]").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).flatMap(b => [b.width, b.height])"
    )
    assert min(sizes) >= 24
    grip(page, "input", "1").dispatch_event("click", {"pointerType": "touch"})
    more = layer.locator("[data-step=more]")
    box = more.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    more.click()
    page.wait_for_url("**o=1,0.6,-1**")
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_drawing_is_on_the_handout(page: Page) -> None:
    in_scheme(page, "dark")
    layer = opened(page, "lang=en&view=whole&steps=2")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 1000})
    expect(layer.locator("svg")).to_be_visible()
    expect(layer.locator("circle").first).to_have_css("fill", "rgb(255, 255, 255)")
    for control in (".stButton", ".layer-foot", ".stSelectbox"):
        expect(page.locator(control).first).to_be_hidden()
