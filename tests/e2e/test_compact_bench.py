"""The compact bench beside a lesson's screen: fewer columns, the same numbers and handles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core import softmax, softmax_loss
from tests.e2e.conftest import context_at
from tests.e2e.instrument import drag, handle, load_bench, number, read_numbers, root, settled, slow
from tests.server import free_port, serving

FIVE = "z=1,2,3,0.5,-2.25"
TEN = "z=0,1,2,3,4,5,6,7,8,9"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the page with the compact bench alone."""
    with (
        tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log,
        serving(free_port(), Path(log.name), script=Path("tests/e2e/side/app.py")) as started,
    ):
        yield started.address


@pytest.fixture(scope="module")
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    with context_at(browser, server) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server, viewport={"width": 390, "height": 844}, locale="en-US", has_touch=True
    )
    yield context.new_page()
    context.close()


def assert_core(page: Page) -> dict[str, list[float]]:
    """Hold what is shown against core's numbers, to the last digit."""
    shown = read_numbers(page)
    result = softmax_loss(np.array(shown["logit"]), np.array(shown["target"]))
    assert set(shown) == {"logit", "probability", "target", "loss"}
    assert shown["probability"] == result.probabilities.tolist()
    assert shown["loss"] == [float(result.value)]
    return shown


def test_it_shows_cores_numbers_after_each_kind_of_edit(own_page: Page) -> None:
    load_bench(own_page, "z=2,3,4&label=2")
    expect(root(own_page)).to_have_attribute("data-compact", "")
    assert assert_core(own_page)["logit"] == [2, 3, 4]
    drag(own_page, handle(own_page, 3), -40)
    dragged = assert_core(own_page)["logit"]
    assert dragged[2] < 3
    own_page.keyboard.press("Control+z")
    expect(handle(own_page, 3)).to_have_attribute("data-value", "4")
    own_page.keyboard.press("Control+y")
    settled(own_page)
    assert assert_core(own_page)["logit"] == dragged
    own_page.keyboard.press("PageUp")
    expect(handle(own_page, 3)).to_be_focused()
    number(own_page, "target", 1).click()
    expect(number(own_page, "target", 1)).to_have_attribute("aria-checked", "true")
    box = root(own_page).get_by_role("textbox", name="Logit of class 2, as a number")
    box.fill("-inf")
    box.press("Enter")
    expect(handle(own_page, 2)).to_have_attribute("data-value", "-Infinity")
    expect(box).to_be_focused()
    shown = assert_core(own_page)
    assert shown["target"] == [1, 0, 0]
    assert shown["probability"][1] == 0


def test_an_edit_is_drawn_ahead_of_the_server(own_page: Page) -> None:
    slow(own_page)
    load_bench(own_page, "z=2,3,4&plain=1")
    assert set(read_numbers(own_page)) == {"logit", "probability"}
    handle(own_page, 1).press("PageUp")
    expect(root(own_page)).to_have_attribute("data-source", "mirror")
    expect(handle(own_page, 1)).to_have_attribute("data-value", "3")
    probability = float(number(own_page, "probability", 1).get_attribute("data-value") or "nan")
    assert probability == pytest.approx(softmax([3.0, 3.0, 4.0])[0], abs=1e-12)


def test_another_screens_columns_take_the_place_of_these(own_page: Page) -> None:
    load_bench(own_page, "z=2,3,4&plain=1")
    expect(number(own_page, "target")).to_have_count(0)
    own_page.get_by_role("checkbox", name="target").check(force=True)
    expect(number(own_page, "target")).to_have_count(3)
    expect(root(own_page)).to_have_count(1)
    handle(own_page, 1).press("PageUp")
    expect(handle(own_page, 1)).to_have_attribute("data-value", "3")
    settled(own_page)
    assert read_numbers(own_page)["probability"] == softmax([3.0, 3.0, 4.0]).tolist()


def test_pointing_explains_and_a_moved_logit_says_why(own_page: Page) -> None:
    load_bench(own_page, "z=2,3,4&label=1")
    number(own_page, "probability", 2).hover()
    expect(root(own_page).locator(".formula")).to_contain_text("20.0982.07=0.2447")
    expect(handle(own_page, 3)).to_contain_class("lit")
    own_page.mouse.move(900, 500)
    handle(own_page, 2).press("PageUp")
    expect(root(own_page).locator(".hint")).to_contain_text("So a goes from 0.2447 to 0.4683.")
    expect(root(own_page).locator(".hint")).to_contain_text("L = −ln a goes from 2.4076 to 2.7586.")


def test_ten_lanes_fit_the_side_of_a_laptop(own_page: Page) -> None:
    load_bench(own_page, TEN)
    lanes = (
        root(own_page)
        .locator(".box .lane")
        .evaluate_all("lanes => lanes.map(lane => lane.getBoundingClientRect().height)")
    )
    assert len(lanes) == 10
    assert max(lanes) <= 45


def test_on_a_phone_it_is_a_strip_of_a_third_of_the_height(phone: Page) -> None:
    load_bench(phone, FIVE)
    box = root(phone).bounding_box()
    assert box is not None
    assert box["height"] <= 844 / 3
    list_of_lanes = root(phone).locator(".box")
    assert list_of_lanes.evaluate("box => box.scrollHeight - box.clientHeight") <= 0
    reach = handle(phone, 1).locator(".reach").bounding_box()
    assert reach is not None
    assert min(reach["width"], reach["height"]) > 43.9
    small = root(phone).evaluate(
        """bench => [...bench.querySelectorAll("button, input, .box .c-target")].filter(e => {
            const { width, height } = e.getBoundingClientRect();
            return e.checkVisibility() && Math.min(width, height) < 24;
        }).map(e => e.outerHTML)"""
    )
    assert small == []
    fields = (
        root(phone)
        .locator("input")
        .evaluate_all("fields => fields.map(field => parseFloat(getComputedStyle(field).fontSize))")
    )
    assert min(fields) >= 16
    load_bench(phone, TEN)
    box = root(phone).bounding_box()
    assert box is not None
    assert box["height"] <= 844 / 3


def test_a_tapped_number_explains_itself_without_moving_the_strip(phone: Page) -> None:
    load_bench(phone, FIVE)
    expect(root(phone).locator(".explain")).to_be_hidden()
    before = root(phone).bounding_box()
    number(phone, "probability", 2).tap()
    expect(root(phone).locator(".explain")).to_be_in_viewport(ratio=1)
    assert root(phone).bounding_box() == before
    phone.keyboard.press("Escape")
    expect(root(phone).locator(".explain")).to_be_hidden()
