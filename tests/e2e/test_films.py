"""Held, not released, a film's slider shows in the next frame what core says, and asks nobody."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.writing.numerals import fixed_text
from tests.e2e.conftest import fresh_page
from tests.e2e.films import CASES, Case, Z
from tests.e2e.lesson import at_rest, move
from tests.e2e.messages import messages

# The numbers that the film shows one frame after now: its stop, and what its marks stand for.
NEXT_FRAME = """root => new Promise(done => {
    const number = ({ dataset: { quantity, index, value } }) =>
        [quantity, Number(index ?? 0), Number(value)];
    const read = () => [...root.querySelectorAll("[data-quantity]")].map(number);
    requestAnimationFrame(() => requestAnimationFrame(() =>
        done([Number(root.dataset.stop), read()])));
})"""


def film(page: Page) -> Locator:
    return page.locator("[data-film]")


def slider(page: Page) -> Locator:
    return film(page).locator("input[type=range]")


def link(case: Case, language: str) -> str:
    return f"{case.link}&z={','.join(map(str, Z))}&lang={language}"


def opened(page: Page, case: Case, language: str) -> None:
    move(page, link(case, language))
    expect(slider(page)).to_be_visible()
    at_rest(page)


def assert_core(page: Page, case: Case) -> float:
    """Hold every mark to core's number at the film's stop; return the stop."""
    stop, marks = film(page).evaluate(NEXT_FRAME)
    expected = case.oracle(stop)
    shown = {(quantity, index): value for quantity, index, value in marks}
    assert shown.keys() == expected.keys()
    for mark, value in expected.items():
        near = pytest.approx(value, rel=case.tolerance, abs=case.tolerance, nan_ok=True)
        assert shown[mark] == near, mark
    return float(stop)


def heard(page: Page, case: Case, stop: float) -> None:
    """Wait until the server has heard of the stop: it is in the address then.

    Keys that come slowly tell it of stops in between, too.
    """
    # Two classes are pulled apart by the second one's logit.
    told = Z[0] - stop if case.name == "two classes" else stop
    page.wait_for_url(lambda url: f"{told:.12g}" in numbers_of(url, case.parameter))
    at_rest(page)


def numbers_of(url: str, parameter: str) -> set[str]:
    """The numbers of a parameter of a link."""
    (text,) = parse_qs(urlsplit(url).query).get(parameter, [""])
    return {f"{float(x):.12g}" for x in text.split(",") if x}


def test_in_the_hand_it_shows_core_at_every_stop_and_keeps_where_it_rests(
    page: Page, server: str, subtests: pytest.Subtests
) -> None:
    resting: list[tuple[Case, str, float]] = []
    for case in CASES:
        with subtests.test(case=case.name):
            opened(page, case, "zh")
            with messages(page) as sent:
                held_by_a_pointer(page, case, sent)
            resting.append((case, *stepped_by_keys(page, case)))
    with fresh_page(page.context, server) as visitor:
        for case, own_link, stop in resting:
            with subtests.test(case=case.name, link=own_link):
                move(visitor, own_link)
                expect(slider(visitor)).to_be_visible()
                assert assert_core(visitor, case) == stop


def held_by_a_pointer(page: Page, case: Case, sent: list[object]) -> None:
    first = assert_core(page, case)
    slider(page).scroll_into_view_if_needed()
    box = slider(page).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    stops = []
    for share in (0.1, 0.35, 0.6, 0.85):
        page.mouse.move(box["x"] + share * box["width"], y)
        stops.append(assert_core(page, case))
    assert len(set(stops)) == len(stops)
    assert stops == sorted(stops)
    assert not sent
    assert stops[-1] != first
    page.mouse.up()
    heard(page, case, stops[-1])
    assert sent
    assert assert_core(page, case) == stops[-1]


def stepped_by_keys(page: Page, case: Case) -> tuple[str, float]:
    """Return the link of the stop at which it rests, and the stop."""
    slider(page).focus()
    stops = [assert_core(page, case)]
    for key in ("Home", "ArrowRight", "ArrowRight", "Home", "ArrowRight"):
        page.keyboard.press(key)
        stops.append(assert_core(page, case))
        said = slider(page).get_attribute("aria-valuetext") or ""
        assert said
        assert "nan" not in said.lower()
    assert stops[1] < stops[2] < stops[3]
    assert stops[1] == stops[4] < stops[5]
    expect(slider(page)).to_be_focused()
    expect(slider(page)).to_have_accessible_name(film(page).locator("label").inner_text())
    heard(page, case, stops[-1])
    return urlsplit(page.url)._replace(scheme="", netloc="").geturl(), stops[-1]


def test_the_legend_reads_the_marks_and_not_the_curves(page: Page) -> None:
    """A curve and its mark share a name; the curve's places are not the stops."""
    (case,) = (case for case in CASES if case.name == "two losses")
    opened(page, case, "en")
    slider(page).focus()
    for key in ("ArrowRight", "PageDown"):
        page.keyboard.press(key)
        assert_core(page, case)
        for entry in film(page).locator(".legend li").all():
            name, number = entry.locator("span").all_inner_texts()
            mark = film(page).locator("[data-quantity]").filter(has_text=name)
            assert number == fixed_text(float(mark.get_attribute("data-value") or "nan"))


def test_a_finger_that_scrolls_the_page_moves_nothing(phone: Page) -> None:
    page, case = phone, CASES[1]
    opened(page, case, "en")
    stop = assert_core(page, case)
    picture = film(page).locator("svg").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    x, y = box["x"] + 0.85 * box["width"], box["y"] + 0.7 * box["height"]
    scrolled = page.get_by_test_id("stMain").evaluate_handle("main => [main, main.scrollTop]")
    touch = page.context.new_cdp_session(page)
    for kind, by in [("touchStart", 0), *(("touchMove", -15 * k) for k in range(1, 12))]:
        points = [{"x": x, "y": y + by}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("([main, top]) => main.scrollTop > top", arg=scrolled)
    assert assert_core(page, case) == stop
    assert "temperature=" not in page.url
