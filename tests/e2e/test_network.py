"""The network lesson in a browser: edit, choose an edge, step, diverge, come back, pass it on."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import layer_loss
from pages.writing.wording import wording
from tests.e2e.lesson import move, open_whole
from tests.e2e.widths import resize, widest

EN = wording("en")


def opened(page: Page, query: str = "lang=en") -> None:
    move(page, f"/network?{query}")
    expect(page.locator(".lab-layer svg")).to_be_visible()
    if "screen=steps" in query or "view=whole" in query:
        expect(page.locator(".js-plotly-plot .scatterlayer").first).to_be_visible()


def drawn(page: Page, quantity: str) -> Locator:
    return page.locator(f'.lab-layer [data-quantity="{quantity}"]')


def values(page: Page, quantity: str) -> list[float]:
    found: list[str] = drawn(page, quantity).evaluate_all("all => all.map(e => e.dataset.value)")
    return [float(value) for value in found]


def test_an_edit_runs_through_to_every_gradient(page: Page) -> None:
    opened(page, "lang=en&label=2")
    length = page.evaluate("history.length")
    page.get_by_text(EN("network.graph.fields")).click()
    field = page.get_by_label(EN("network.field.inputs", symbols="o₁, o₂, o₃"))
    field.fill("0, 2, 1")
    field.press("Enter")
    page.wait_for_url("**o=0,2,1**")
    expect(drawn(page, "score").first).to_have_attribute("data-value", "-1.5")
    w = np.array(values(page, "weight")).reshape(3, 3)
    b, o = values(page, "bias"), [values(page, "input")]
    result = layer_loss(w, b, o, [1])
    assert values(page, "grad_weight") == pytest.approx(result.grad_weights.ravel(), abs=1e-15)
    assert values(page, "grad_input") == pytest.approx(result.grad_inputs.ravel(), abs=1e-15)
    assert values(page, "loss") == pytest.approx([result.value])
    assert page.evaluate("history.length") == length


def test_an_edge_is_chosen_by_a_click_and_by_keyboard(page: Page) -> None:
    opened(page, "lang=en&screen=chain")
    page.locator('.lab-layer g[data-edge="1,2"]').click()
    page.wait_for_url("**weight=5,3**")
    expect(page.locator(".lab-layer .chosen")).to_have_count(1)
    chain = page.locator(".lab-table", has_text=EN("network.chain.table"))
    expect(chain).to_contain_text("∂L/∂w₅₃")
    button = page.get_by_role("radio", name=EN("network.chain.bias"), exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**weight=5,b**")
    expect(chain).to_contain_text("∂L/∂b₅")
    page.locator('.lab-layer g[data-edge="1,2"]').click()  # the same edge again
    page.wait_for_url("**weight=5,3**")


def test_steps_diverge_in_words_and_go_back(page: Page) -> None:
    words = wording("zh")
    opened(page, "lang=zh&screen=steps&l2=0.1")
    before = values(page, "weight")
    page.get_by_role("button", name=words("network.steps.take_1")).click()
    page.wait_for_url("**steps=1**")
    one_step = values(page, "weight")
    assert one_step != before
    size = page.get_by_label(words("network.steps.size"))
    size.fill("1000000")
    size.press("Enter")
    page.wait_for_url("**eta=1000000**")
    ten = page.get_by_role("button", name=words("network.steps.take_10"))
    for _ in range(3):
        steps = page.locator(".lab-layer svg").evaluate("e => e.outerHTML")
        ten.click()
        expect(page.locator(".lab-layer svg")).not_to_have_js_property("outerHTML", steps)
    expect(ten).to_be_disabled()
    said = words.label("network.course.overflow").split("**")[1]
    expect(page.get_by_text(said)).to_be_visible()
    assert np.isfinite(values(page, "weight")).all()
    assert "NaN" not in page.locator("[data-testid=stMain]").inner_text()
    page.get_by_role("button", name=words("network.steps.back")).click()
    expect(drawn(page, "weight").first).to_have_attribute("data-value", "1")
    assert values(page, "weight") == before
    size.fill("0.5")
    size.press("Enter")
    page.wait_for_url(re.compile("network[?](?!.*eta=)"))
    page.get_by_role("button", name=words("network.steps.take_1")).click()
    page.wait_for_url("**steps=1**")
    expect(drawn(page, "weight").first).to_have_attribute("data-value", repr(one_step[0]))
    assert values(page, "weight") == one_step


def test_a_link_is_what_its_sender_saw(own_page: Page) -> None:
    opened(own_page, "lang=en&label=3&o=1,2,0&steps=7&eta=0.25&l2=0.2&weight=6,b")
    own_page.wait_for_url("**z=2,3,4&**")  # the address has been written
    seen, scores = own_page.locator(".lab-layer").inner_html(), values(own_page, "score")
    query = parse_qs(urlsplit(own_page.url).query)
    own_page.reload()
    expect(own_page.locator(".lab-layer svg")).to_be_visible()
    assert own_page.locator(".lab-layer").inner_html() == seen
    assert parse_qs(urlsplit(own_page.url).query) == query
    own_page.get_by_role("button", name=EN("network.bench.give")).click()
    own_page.wait_for_url(re.compile(r"network[?](?!z=2,3,4&)z="))
    own_page.get_by_role("link", name=EN("nav.bench")).first.click()
    expect(own_page.locator("[data-bench] [data-quantity=logit]").first).to_be_visible()
    handles = own_page.locator("[data-bench] [data-quantity=logit]")
    shown: list[str] = handles.evaluate_all("all => all.map(e => e.dataset.value)")
    assert [float(value) for value in shown] == scores


# Edges are drawn through: nothing opaque lies over them, and no number but a long one's end.
CROSSED = """svg => {
    const edges = [...svg.querySelectorAll("polyline:not(.touch)")].flatMap(line => {
        const length = line.getTotalLength(), to = line.getScreenCTM();
        return Array.from({length: 101}, (_, k) =>
            line.getPointAtLength(length * k / 100).matrixTransform(to));
    });
    const hit = box => edges.some(p => p.x > box.left + 4 && p.x < box.right - 4
        && p.y > box.top + 4 && p.y < box.bottom - 4);
    const opaque = [...svg.querySelectorAll("rect.label")]
        .filter(r => getComputedStyle(r).fill !== "rgba(0, 0, 0, 0)");
    return [...svg.querySelectorAll("text")].filter(t => hit(t.getBoundingClientRect()))
        .concat(opaque).map(e => e.outerHTML);
}"""
TEN = "&z=1,2,3,4,5,6,7,8,9,10&o=-12345.678,0.001,1e-7&eta=30&steps=90&l2=0.1"


WHOLE = [("en", 390, ""), ("zh", 390, TEN), ("en", 1280, TEN), ("zh", 1280, "")]


def test_nothing_is_cut_and_nothing_scrolls_sideways(page: Page, subtests: pytest.Subtests) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    for language, width, query in WHOLE:
        with subtests.test(language=language, width=width, query=query):
            open_whole(page, "network", f"lang={language}{query}")
            expect(page.locator(".lab-layer svg")).to_be_visible()
            expect(page.locator(".js-plotly-plot .scatterlayer").first).to_be_visible()
            resize(page, width)
            assert_whole(page, width)


def assert_whole(page: Page, width: int) -> None:
    """Hold the whole lesson to its width, and its picture and formulas to theirs."""
    assert widest(page) <= width
    outside = page.locator(".lab-layer svg").evaluate(
        """svg => [...svg.querySelectorAll("text")].filter(t => {
            const a = t.getBoundingClientRect(), b = svg.getBoundingClientRect();
            return a.left < b.left - 1 || a.right > b.right + 1 || a.bottom > b.bottom + 1;
        }).map(t => t.textContent)"""
    )
    assert outside == []
    assert page.locator(".lab-layer svg").evaluate(CROSSED) == []
    # Letters of the picture are readable where it is smallest.
    height = drawn(page, "weight").first.bounding_box()
    assert height is not None
    assert height["height"] >= 11
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".katex-display")]
            .filter(e => !e.closest("[class*=st-key-lines-]"))
            .filter(e => e.querySelector(".katex-html").scrollWidth > e.clientWidth + 1).length"""
    )
    assert cut == 0
