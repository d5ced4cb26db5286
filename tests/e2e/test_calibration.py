"""The lesson on calibration in a browser: judge a model, mend it, ask it for what it never saw."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording
from tests.e2e.lesson import move
from tests.e2e.widths import widest

# A table behind "As a table" may scroll in its own box; its first column is whole there, too.
CUT = """() => [...document.querySelectorAll(".katex-display, .lab-table, .lab-table th")]
    .filter(e => e.tagName == "TH" || !e.closest('[class*="st-key-open-"][class*="-table"]'))
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 60))"""
# All pictures are there, each as wide as its column.
DRAWN = """count => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    const fits = plot => Math.abs(
        plot.querySelector(".main-svg")?.getBoundingClientRect().width
            - plot.closest("[data-testid=stPlotlyChart]").clientWidth) <= 1;
    return plots.length === count && plots.every(fits);
}"""
OUTSIDE = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll("text")]
        .map(e => [e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.left < frame.left - 1 || r.right > frame.right + 1
            || r.top < frame.top - 1 || r.bottom > frame.bottom + 1)
        .map(([text]) => text);
})"""


def opened(page: Page, query: str) -> None:
    move(page, f"/calibration?view=whole&{query}")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_attached()


def table(page: Page, caption: str) -> Locator:
    return page.locator(".lab-table").filter(has=page.locator("caption", has_text=caption)).last


def bold(text: str) -> str:
    return text.split("**")[1]


def test_what_a_99_is_worth(page: Page) -> None:
    words = wording("zh")
    opened(page, "z=1,2,3&lang=zh")
    length = page.evaluate("history.length")
    under = bold(words.label("calibration.verdict.under"))
    expect(page.get_by_text(under).first).to_be_visible()

    page.get_by_role("radio", name=words("calibration.model.raw"), exact=True).click()
    page.wait_for_url("**model=raw**")
    over = bold(words.label("calibration.verdict.over"))
    expect(page.get_by_text(over).first).to_be_visible()
    worth = page.locator(".st-key-worth-film [data-film]")
    wrong, expected = (
        float(worth.locator(f'[data-quantity="{name}"]').get_attribute("data-value") or "")
        for name in ("wrong", "expected_wrong")
    )
    assert wrong > 10
    assert expected < 1
    page.get_by_role("radio", name="30", exact=True).click()
    page.wait_for_url("**bins=30**")

    before = parse_qs(urlsplit(page.url).query)
    page.reload()
    expect(page.get_by_text(over).first).to_be_visible()
    assert parse_qs(urlsplit(page.url).query) == before

    both = table(page, words("calibration.temperature.table", n=596))
    accuracy = both.locator('[data-quantity="accuracy"]')
    same = accuracy.first.get_attribute("data-value") or ""
    expect(accuracy.nth(1)).to_have_attribute("data-value", same)
    label = words.label("calibration.bench.button").split("{")[0]
    button = page.get_by_role("button", name=re.compile(label))
    button.click()
    page.wait_for_url("**temperature=**")
    expect(button).to_be_disabled()
    assert page.evaluate("history.length") == length

    link = page.get_by_role("link", name=words("lesson.to_bench"))
    link.scroll_into_view_if_needed()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    link.click()
    logit = page.locator('[data-bench] [data-quantity="logit"][data-index="3"]').first
    expect(logit).to_have_attribute("data-value", "3")
    field = page.get_by_role("textbox", name=words("controls.temperature"))
    expect(field).not_to_have_value("1")
    page.get_by_role("button", name=words("bench.undo"), exact=True).click()
    expect(field).to_have_value("1")


def test_train_a_model_and_judge_it(page: Page) -> None:
    words = wording("en")
    move(page, "/calibration?model=own&data=digits&lang=en")
    expect(page.get_by_text(words("calibration.own.untrained"))).to_be_visible()
    page.get_by_role("link", name=words("calibration.own.train")).click()
    expect(page.get_by_role("heading", name=words("training.title"))).to_be_visible()
    page.get_by_role("button", name=words("training.button.trained", steps=200)).click()
    page.wait_for_url("**trained=200**")
    page.get_by_role("link", name=words("nav.calibration")).first.click()
    expect(page.get_by_text(words("calibration.about.own"))).to_be_visible()
    page.locator(".st-key-fold-reliability-summary summary").click()
    summary = table(page, words("calibration.summary.table"))
    ece = float(summary.locator('[data-quantity="ece"]').get_attribute("data-value") or "")
    assert ece == pytest.approx(0.1146, abs=0.005), "the same training as the ready model's"


def test_a_link_trains_in_sight_until_it_is_stopped(own_page: Page) -> None:
    words = wording("en")
    own_page.set_viewport_size({"width": 390, "height": 844})
    own_page.goto("/calibration?model=own&data=digits&trained=20000&lang=en")
    expect(own_page.get_by_test_id("stProgress")).to_be_visible()
    expect(own_page.get_by_role("heading", name=words("calibration.title"))).to_be_visible()
    assert widest(own_page) <= 390
    own_page.get_by_role("button", name=words("training.button.stop"), exact=True).click()
    expect(own_page.get_by_text(words("calibration.about.own"))).to_be_visible()
    expect(own_page.get_by_test_id("stProgress")).to_have_count(0)
    own_page.wait_for_url(re.compile(r"trained=(?!20000)\d"))


@pytest.mark.parametrize(("language", "model", "pictures"), [("en", "spiral", 2), ("zh", "raw", 3)])
def test_nothing_is_cut_and_no_page_scrolls_sideways(
    page: Page, language: str, model: str, pictures: int
) -> None:
    page.set_viewport_size({"width": 1280, "height": 12_000})  # all pictures are near
    opened(page, f"model={model}&lang={language}&z=1,2,3")
    expect(page.get_by_role("heading", name=wording(language)("lesson.take_away"))).to_be_attached()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 12_000})
        page.wait_for_function(DRAWN, arg=pictures)
        assert widest(page) <= width
        assert page.evaluate(CUT) == []
        assert page.evaluate(OUTSIDE) == []
    assert not re.search(r"\bnan\b", page.inner_text("body"), re.IGNORECASE)
