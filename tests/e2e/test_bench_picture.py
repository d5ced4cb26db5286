"""The bench's picture: large, still under a drag, whole on a phone; bars that are their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from core import LOSSES
from tests.e2e.instrument import Shown, drag, handle, number, open_bench, read, root

# Where everything stands that numbers could push.
PLACES = """bench => [...bench.querySelectorAll(
    ".cell, .track, .bars, td, th, .result, .check, .explain")].map(e => {
        const { x, y, width } = e.getBoundingClientRect();
        return [e.getAttribute("class") ?? e.localName, x, y, width];
    })"""
EIGHT = "z=1,2,3,4,5,-1,0,2"


@pytest.fixture
def laptop(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 800}, locale="en-US"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, locale="en-US", has_touch=True
    )
    yield context.new_page()
    context.close()


def width(node: Locator) -> float:
    box = node.bounding_box()
    assert box is not None
    return box["width"]


def middle(node: Locator) -> float:
    box = node.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def test_the_picture_is_large_and_on_the_first_screen(laptop: Page) -> None:
    open_bench(laptop)
    lane = root(laptop).locator(".box .lane").nth(2)
    assert width(lane.locator(".c-prob .bar")) >= 48  # 0.6652
    assert width(lane.locator(".track")) / 20 >= 12  # a logit's unit
    buttons, field = lane.locator(".step"), lane.locator(".number")
    assert [middle(button) for button in buttons.all()] == pytest.approx([middle(field)] * 2, abs=1)
    for node in (root(laptop).locator(".result.q-loss"), root(laptop).locator("thead")):
        expect(node).to_be_in_viewport(ratio=1)


def test_nothing_moves_aside_under_a_drag(laptop: Page, subtests: pytest.Subtests) -> None:
    for loss, temperature in product(("cross_entropy", "mean_squared_error"), (0.05, 1.0)):
        with subtests.test(loss=loss, temperature=temperature):
            open_bench(laptop, f"z=2,3,4&loss={loss}&temperature={temperature}")
            assert_still(laptop)


def assert_still(laptop: Page) -> None:
    """Drag the second handle far to both sides; nothing that numbers could push may move."""
    box = handle(laptop, 2).locator(".knob").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    laptop.mouse.move(x, y)
    laptop.mouse.down()
    places = root(laptop).evaluate(PLACES)
    for by in (-400, -100, -60, -30, 10, 30, 60, 400):
        laptop.mouse.move(x + by, y)
        read_while_held = handle(laptop, 2).get_attribute("data-value")
        assert root(laptop).evaluate(PLACES) == places, f"at {read_while_held}"
    laptop.mouse.up()


def test_numbers_of_any_length_stay_in_their_columns(laptop: Page) -> None:
    open_bench(laptop)
    places = root(laptop).evaluate(PLACES)
    for query in (
        "z=-700.123456,3,4&label=1",
        "z=1000000,-1000000,4&label=2",
        "z=20,0,-20&label=3",
    ):
        open_bench(laptop, query)
        assert root(laptop).evaluate(PLACES) == places, query
        beyond = root(laptop).evaluate(
            """bench => [...bench.querySelectorAll(".cell .value, td.value, .result .value")]
                .filter(e => e.getBoundingClientRect().x < e.parentElement.getBoundingClientRect().x
                    || e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
        )
        assert beyond == [], query


def test_the_terms_of_the_loss_end_where_the_loss_does(
    page: Page, subtests: pytest.Subtests
) -> None:
    for loss, target in product(LOSSES, ("label=2", "target=0.2,0.5,0.3")):
        with subtests.test(loss=loss, target=target):
            open_bench(page, f"z=1,-1,0.5&{target}&loss={loss}&temperature=0.7")
            assert_terms(page, loss)


def assert_terms(page: Page, loss: str) -> None:
    """Hold the end of the terms, laid end to end, against the mark of the loss."""
    mark = float((root(page).locator(".sum").get_attribute("x1") or "nan").rstrip("%"))
    ends = (
        root(page)
        .locator(".terms rect")
        .evaluate_all(
            "rects => rects.map(r => ['x', 'width'].map(name => parseFloat(r.getAttribute(name))))"
        )
    )
    assert len(ends) == 3
    zero = 100 / 6 if loss == "kl_divergence" else 0
    signed = sum(w if x >= zero - 1e-9 else -w for x, w in ends)
    assert zero + signed == pytest.approx(mark, abs=1e-6)
    assert any(w > 0 for _, w in ends)


def assert_story(page: Page, before: Shown, index: int) -> None:
    """Hold the sentences about class `index` against the numbers before and now."""
    now = read(page)
    e, a = now["exponential"], now["probability"]
    hint = root(page).locator(".hint")
    own, others = e[index - 1], e.sum() - e[index - 1]
    expect(hint).to_contain_text(f"is now {own:.4g}, that of all others together {others:.4g}.")
    was = before["probability"]
    expect(hint).to_contain_text(f"a goes from {was[index - 1]:.4f} to {a[index - 1]:.4f}.")
    expect(hint).to_contain_text(f"its a goes from {was[0]:.4f} to {a[0]:.4f}")
    expect(hint).to_contain_text(f"goes from {before['loss'][0]:.4f} to {now['loss'][0]:.4f}.")


def test_a_drag_says_why_a_and_the_loss_move(page: Page) -> None:
    open_bench(page, "z=2,3,4&label=1")
    before = read(page)
    drag(page, handle(page, 2), 20)
    assert_story(page, before, 2)
    expect(root(page).locator(".formula math")).to_have_count(2)


def test_on_a_phone_the_others_stay_in_sight_of_a_held_handle(
    phone: Page, subtests: pytest.Subtests
) -> None:
    open_bench(phone, EIGHT)
    for held in (1, 6):
        with subtests.test(held=held):
            assert_others_in_sight(phone, held)


def assert_others_in_sight(phone: Page, held: int) -> None:
    """Hold a handle aside; the others, the loss and the handle itself must be seen."""
    handle(phone, held).evaluate("e => e.scrollIntoView({ block: 'center' })")
    box = handle(phone, held).locator(".knob").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    phone.mouse.move(x, y)
    phone.mouse.down()
    phone.mouse.move(x + 20, y, steps=4)
    summary = root(phone).locator(".summary")
    expect(summary).to_be_in_viewport(ratio=1)
    expect(summary.locator("b")).to_have_count(8)
    expect(root(phone).locator(".formula .q-loss").last).to_be_in_viewport(ratio=1)
    on_top = handle(phone, held).evaluate(
        """(grip, [x, y]) => grip.contains(grip.getRootNode().elementFromPoint(x, y))""",
        [x + 20, y],
    )
    assert on_top, "the panel covers the handle"
    phone.mouse.up()


def test_formulas_wrap_on_a_phone(phone: Page, subtests: pytest.Subtests) -> None:
    for loss in LOSSES:
        open_bench(phone, f"z=1,2,-3,0,1&target=0.1,0.2,0.3,0.25,0.15&loss={loss}&temperature=0.7")
        for quantity in ("logit", "gradient_probability", "gradient", "loss"):
            with subtests.test(loss=loss, quantity=quantity):
                number(phone, quantity).first.focus()
                cut = root(phone).locator(".explain").evaluate("e => e.scrollWidth - e.clientWidth")
                assert cut <= 0
