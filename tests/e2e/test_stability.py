"""The lesson on stability in a browser: break a form, read why, time the other, on any screen."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording
from tests.e2e.lesson import move, open_whole
from tests.e2e.widths import resize, widest


def opened(page: Page, query: str) -> None:
    move(page, f"/stability?view=whole&{query}")
    expect(page.locator("[data-film] .mark").first).to_be_attached()


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def table(page: Page, caption: str) -> Locator:
    return page.locator(".lab-table").filter(has=page.locator("caption", has_text=caption)).first


def test_break_a_form_read_why_and_share_it(page: Page) -> None:
    words = wording("en")
    opened(page, "z=2,3,4&label=2&lang=en")
    length = page.evaluate("history.length")
    page.get_by_role("radio", name=words("stability.example.half"), exact=True).click()
    page.wait_for_url("**z=12,0&lang=en&dtype=float16&view=whole&label=2")
    steps = words("stability.steps.compared", dtype="float16", number=2)
    shifted = table(page, steps).locator("td:nth-child(3)")
    undefined = shifted.and_(page.locator("[data-undefined]"))
    expect(undefined).to_have_text(words("stability.nan"))
    loss = shifted.and_(page.locator('[data-quantity="loss"]'))
    expect(loss).to_have_attribute("data-value", "12")
    infinite = shifted.and_(page.locator('[data-value="-Infinity"]'))
    expect(infinite).to_have_attribute("data-quantity", "gradient_below")
    short = words("stability.short.slope_overflow")
    expect(table(page, steps).get_by_text(short)).to_be_visible()
    expect(
        page.get_by_text(words.label("stability.result.gradient").split("**")[1])
    ).to_be_visible()
    page.get_by_role("radio", name="float64").click()
    page.wait_for_url("**dtype=float64**")
    steps = words("stability.steps.compared", dtype="float64", number=2)
    expect(table(page, steps)).to_be_visible()
    expect(table(page, steps).locator("[data-undefined]")).to_have_count(0)
    before = query_of(page)
    assert page.evaluate("history.length") == length
    page.reload()
    expect(table(page, steps)).to_be_visible()
    assert query_of(page) == before
    text = re.sub(r"[(（]NaN[)）]", "", page.locator("[data-testid=stMain]").inner_text())
    assert not re.search(r"\b(nan|undefined)\b", text, re.IGNORECASE)


def test_the_example_is_on_the_bench_and_can_be_undone(page: Page) -> None:
    words = wording("en")
    opened(page, "z=2,3,4&label=2&lang=en")
    page.get_by_role("radio", name=words("stability.example.far_apart"), exact=True).click()
    page.wait_for_url("**z=1000,0**")
    page.get_by_role("link", name=words("lesson.to_bench")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("bench.title"))
    logit = page.locator('[data-bench] [data-quantity="logit"][data-index="1"]').first
    expect(logit).to_have_attribute("data-value", "1000")
    page.get_by_role("button", name=words("bench.undo"), exact=True).click()
    expect(logit).to_have_attribute("data-value", "2")


def test_time_both_ways_in_that_moment(page: Page) -> None:
    words = wording("zh")
    move(page, "/stability?screen=cheaper&lang=zh")
    page.get_by_role("button", name=words("stability.cheaper.button")).click()
    times = table(page, words("stability.cheaper.timed")).locator('[data-quantity="microseconds"]')
    expect(times).to_have_count(2)
    for taken in times.all():
        assert 0 < float(taken.get_attribute("data-value") or 0) < 1e6


def test_nothing_scrolls_sideways_and_nothing_is_cut(page: Page, subtests: pytest.Subtests) -> None:
    for language in ("en", "zh"):
        page.set_viewport_size({"width": 390, "height": 800})
        open_whole(page, "stability", f"z=-1000,-1000&dtype=float16&lang={language}")
        expect(page.locator("[data-film] .mark").first).to_be_attached()
        tie = wording(language)("stability.example.tie")
        expect(page.get_by_role("radio", name=tie)).to_be_visible()
        for width in (390, 1280):
            with subtests.test(language=language, width=width):
                resize(page, width)
                assert_whole(page, width)


def assert_whole(page: Page, width: int) -> None:
    """Hold the page to its width, and the heads of its rows to theirs."""
    assert widest(page) <= width
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".lab-table th:first-child")]
            .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth)
            .map(e => e.textContent)"""
    )
    assert cut == []
