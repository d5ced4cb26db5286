"""The drawn layer in one's hands: dragged, stepped, typed, drawn ahead by a mirror that is core."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import layer_loss
from pages.lessons.network.descent import Descent, descend
from pages.lessons.network.graph_figure import graph_svg
from pages.visit.layer import Layer
from pages.visit.state import LabState
from pages.writing.wording import wording
from tests.e2e.instrument import slow
from tests.e2e.lesson import at_rest

EN = wording("en")
TOLERANCE = 1e-12  # relative to max(1, |value|)
QUANTITIES = ("weight", "bias", "input", "target", "score", "probability", "loss")
GRADIENTS = ("grad_score", "grad_weight", "grad_input")


def opened(page: Page, query: str = "lang=en") -> Locator:
    page.goto(f"/network?{query}")
    layer = page.locator(".lab-layer")
    expect(layer.locator("svg")).to_be_visible()
    at_rest(page)
    return layer


def grip(page: Page, kind: str, place: str) -> Locator:
    return page.locator(f'[data-edit="{kind}"][data-place="{place}"]')


def settled(page: Page) -> None:
    at_rest(page)
    layer = page.locator(".lab-layer")
    expect(layer).to_have_attribute("data-busy", "false")
    expect(layer).to_have_attribute("data-source", "server")


# All numbers of the drawing at one moment, and whose they are.
READ = """layer => {
    const found = {source: layer.dataset.source};
    for (const e of layer.querySelectorAll("[data-quantity]"))
        (found[e.dataset.quantity] ??= []).push(Number(e.dataset.value));
    return found;
}"""


def assert_core(shown: dict[str, Any], tolerance: float) -> None:
    """Hold what is drawn against core at the weights, biases, inputs and target that are drawn."""
    n = len(shown["bias"])
    w, b, o = np.array(shown["weight"]).reshape(n, -1), np.array(shown["bias"]), shown["input"]
    result = layer_loss(w, b, np.array([o]), np.array([shown["target"]]))
    wanted = {
        "score": w @ o + b,
        "probability": result.probabilities,
        "loss": result.value,
        "grad_score": result.grad_scores,
        "grad_weight": result.grad_weights,
        "grad_input": result.grad_inputs,
    }
    for name, exact in wanted.items():
        close = pytest.approx(np.ravel(exact).tolist(), rel=tolerance, abs=tolerance)
        assert shown[name] == close, name


def numbers_of(descent: Descent) -> dict[str, Any]:
    return {
        "weight": descent.weights.tolist(),
        "bias": descent.bias.tolist(),
        "input": descent.inputs[0].tolist(),
        "target": descent.targets[0].tolist(),
    }


# Runs layer_mirror.js and drawn_numbers.js themselves, as the page has loaded them: the drawing of
# one layer with the numbers of another written into it.
REDRAW = """async cases => {
    const loaded = performance.getEntriesByType("resource");
    const load = file => import(loaded.find(e => e.name.endsWith(file)).name);
    const { forward } = await load("/layer_mirror.js"), { draw } = await load("/drawn_numbers.js");
    const parse = svg => new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
    return cases.map(([from, to, numbers]) => {
        const drawn = parse(from), wanted = parse(to), all = forward(numbers);
        draw(drawn, all);
        const parts = svg => [...svg.querySelectorAll("*")].map(e => [
            e.textContent, ...[...e.attributes].map(a => `${a.name}=${a.value}`)
                .filter(a => !/^(data-value|aria-value(now|min|max))=/.test(a)).sort()].join(" "));
        const theirs = parts(wanted);
        return [all, parts(drawn).filter((part, k) => part !== theirs[k]).concat(
            parts(drawn).length === theirs.length ? [] : ["another drawing"])];
    });
}"""


def random_descents(count: int) -> list[Descent]:
    """Random layers of two to ten classes, small and large, with labels and soft targets."""
    rng = np.random.default_rng(5)
    found = []
    for turn in range(count):
        n, size = 2 + turn % 9, 10.0 ** rng.integers(-2, 4)
        shares = rng.random(n) * (rng.random(n) < 0.8) + 1e-3
        target = tuple((shares / shares.sum()).tolist()) if turn % 2 else int(rng.integers(n))
        layer = Layer(
            inputs=tuple(rng.normal(size=3).tolist()),
            weights=tuple(map(tuple, (size * rng.normal(size=(n, 3))).tolist())),
            bias=tuple(((size * rng.normal(size=n)).round(3) + 0.0).tolist()),
            steps=turn % 3,
        )
        found.append(descend(LabState((0.0,) * n, target, names=("",) * n), layer))
    return found


def test_the_mirror_is_core_and_draws_as_the_server_does(page: Page) -> None:
    opened(page)
    descents = random_descents(90)

    def drawn(descent: Descent) -> str:
        return graph_svg(descent, (0, 0), EN, "light", editable=True)

    cases = [
        [drawn(zeros_of(descent)), drawn(descent), numbers_of(descent)] for descent in descents
    ]
    for (shown, differing), descent in zip(page.evaluate(REDRAW, cases), descents, strict=True):
        flat = {name: np.ravel(shown[name]).tolist() for name in (*QUANTITIES, *GRADIENTS)}
        assert_core(flat, TOLERANCE)
        told = [part for part in differing if "aria-label=A layer" not in part]
        assert told == [], descent


def zeros_of(descent: Descent) -> Descent:
    """Return a layer of the same size with other numbers."""
    zeros = {name: 0 * getattr(descent, name) for name in ("weights", "bias", "inputs")}
    return replace(descent, **zeros)


def test_a_dragged_weight_runs_through_in_the_next_frame(page: Page) -> None:
    slow(page)
    layer = opened(page, "lang=en&label=2")
    before = layer.evaluate(READ)
    box = grip(page, "weight", "1,2").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    frames = []
    for step in range(1, 6):
        page.mouse.move(x + 12 * step, y)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        frames.append(layer.evaluate(READ))
    page.mouse.up()
    weights = [frame["weight"][5] for frame in frames]
    assert weights == sorted(set(weights)), "each move is drawn"
    assert frames[-1]["source"] == "mirror"
    for frame in frames:
        assert frame["loss"] != before["loss"]
        assert_core(frame, TOLERANCE)
    settled(page)
    after = layer.evaluate(READ)
    assert_core(after, 0)
    assert after["weight"][5] == weights[-1] > before["weight"][5] + 1
    expect(page.locator(".lab-layer .typed-number")).to_be_hidden()
    page.locator(".lab-layer [data-do=undo]").click()  # a drag is one step
    expect(page.locator(".lab-layer [data-do=undo]")).to_be_disabled()
    settled(page)
    assert layer.evaluate(READ) == before


@pytest.mark.parametrize("language", ["en", "zh"])
def test_keys_and_the_typed_field(page: Page, language: str) -> None:
    words = wording(language)
    layer = opened(page, f"lang={language}&b=0,0,0")
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
    assert shown > 2 if motion == "no-preference" else shown == 1
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
    page.emulate_media(color_scheme="dark")
    layer = opened(page, "lang=en&view=whole&steps=2")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 1000})
    expect(layer.locator("svg")).to_be_visible()
    expect(layer.locator("circle").first).to_have_css("fill", "rgb(255, 255, 255)")
    for control in (".stButton", ".layer-foot", ".stSelectbox"):
        expect(page.locator(control).first).to_be_hidden()
