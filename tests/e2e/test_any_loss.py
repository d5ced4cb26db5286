"""The lesson on any loss in a browser: g is edited, a loss typed and mended, the path walked."""

from __future__ import annotations

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from core import softmax, softmax_vjp
from pages.writing.wording import LANGUAGES, wording
from tests.e2e.lesson import move, open_whole, shows
from tests.e2e.widths import WIDEST

EN = wording("en")


def opened(page: Page, name: str, query: str = "lang=en") -> None:
    """Open one screen."""
    move(page, f"/any-loss?screen={name}&{query}")
    shows(page, name)


def table(page: Page, caption: str) -> Locator:
    return page.locator(".lab-table").filter(has=page.get_by_text(caption, exact=True))


def gradient(page: Page, caption: str, index: int) -> Locator:
    return table(page, caption).locator(
        f'[data-quantity^="gradient"][data-index="{index}"]', has_not_text="–"
    )


def fill(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_g_is_edited_and_its_constant_part_is_lost(page: Page) -> None:
    open_whole(page, "any_loss", "lang=en")
    caption = EN("any_loss.rule.picture")
    length = page.evaluate("history.length")
    fill(page, EN("any_loss.rule.field"), "1, 0, -2")
    page.wait_for_url("**g=1,0,-2**")
    expected = softmax_vjp(softmax([2.0, 3.0, 4.0]), [1.0, 0.0, -2.0])
    for k, value in enumerate(expected, 1):
        expect(gradient(page, caption, k)).to_have_attribute("data-value", repr(float(value)))
    page.get_by_role("slider", name=EN("any_loss.rule.added")).press("ArrowRight")
    page.wait_for_url("**added=0.5**")
    shown = gradient(page, caption, 1).get_attribute("data-value")
    assert float(shown or "nan") == pytest.approx(float(expected[0]))
    page.get_by_role("button", name=EN("any_loss.rule.same")).click()
    page.wait_for_url("**g=1,1,1**")
    said = EN.label("any_loss.rule.constant").split("{")[0]
    expect(page.get_by_text(said)).to_be_visible()
    assert page.evaluate("history.length") == length
    before = query_of(page)
    page.reload()
    expect(page.get_by_label(EN("any_loss.rule.field"))).to_have_value("1, 1, 1")
    assert query_of(page) == before


def test_what_a_chinese_keyboard_types_is_mended_by_one_click(page: Page) -> None:
    words = wording("zh")
    opened(page, "own", "lang=zh")
    fill(page, words("any_loss.own.field"), "ｓｕｍ（（a_k－y_k）^2，k）／n")
    expect(page.locator(".lab-fault mark")).to_have_text("ｓｕｍ")
    expect(table(page, words("any_loss.own.table"))).to_have_count(0)
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_role("button", name=words("any_loss.own.take")).click()
    expect(page.get_by_label(words("any_loss.own.field"))).to_have_value("sum((a_k-y_k)**2,k)/n")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".st-key-lines-formula .katex-html").first).to_be_visible()
    same = table(page, words("any_loss.own.table")).locator('[data-quantity="residual"]')
    expect(same).to_have_count(3)
    assert all(float(r.get_attribute("data-value") or "nan") < 1e-9 for r in same.all())
    page.wait_for_url("**formula=sum**")


def test_a_click_at_once_after_typing_loses_nothing(page: Page) -> None:
    """The click's message still names the example that was shown: that is no choice of it."""
    open_whole(page, "any_loss", "lang=en")
    app = page.get_by_test_id("stApp")
    app.evaluate(
        """app => new MutationObserver((_, observer) => {
            if (app.dataset.testScriptState !== "running") return
            observer.disconnect()
            document.querySelector(".st-key-squared_answer input").click()
        }).observe(app, {attributeFilter: ["data-test-script-state"]})"""
    )
    fill(page, EN("any_loss.own.field"), "1 - a_1*a_2")
    expect(page.locator(".st-key-squared_answer input").first).to_be_checked()
    page.wait_for_url("**formula=1**")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_label(EN("any_loss.own.field"))).to_have_value("1 - a_1*a_2")


def test_what_is_typed_wrong_is_kept_through_a_reload(page: Page) -> None:
    opened(page, "own")
    hostile = "sum(a_k*<img src=x onerror=alert(1)>, k)"
    fill(page, EN("any_loss.own.field"), hostile)
    expect(page.locator(".lab-fault mark")).to_have_text("<")
    page.wait_for_url("**formula=**img**")
    page.reload()
    expect(page.get_by_label(EN("any_loss.own.field"))).to_have_value(hostile)
    expect(page.locator(".lab-fault mark")).to_have_text("<")
    expect(page.locator(".lab-fault img")).to_have_count(0)


def test_the_way_to_the_right_answer_is_walked(page: Page) -> None:
    words = wording("en")
    opened(page, "squared", "lang=en&z=8,-2,0&label=2")
    slider = page.get_by_role("slider", name=words("any_loss.squared.slider", z="z₂"))
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**z=8,-1.5,0**")
    expect(slider).to_be_focused()
    answers = page.locator(".st-key-squared_answer")
    answers.get_by_role("radio").first.check(force=True)
    expect(page.get_by_role("alert")).to_contain_text("a − y")
    caption = words("any_loss.squared.answer_table")
    expect(table(page, caption).locator('[data-quantity="answer"]')).to_have_count(3)


WIDE = (
    f"z=1{',0' * 9}&loss=focal&formula=sum%28a_k%2A%2A2%2Ak&names={'x' * 60}{',y' * 9}",
    f"loss=mean_squared_error&formula={'-sum%28y_k%2Alog%28a_k%29%2C%20k%29' * 9}",
)


def test_nothing_scrolls_sideways(page: Page, subtests: pytest.Subtests) -> None:
    for language, query in product(LANGUAGES, WIDE):
        with subtests.test(language=language, query=query[:9]):
            open_whole(page, "any_loss", f"lang={language}&{query}")
            assert_whole(page)


def assert_whole(page: Page) -> None:
    """Hold the whole lesson to two widths."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"width => {WIDEST} <= width", arg=width)
        # A line of a derivation scrolls by itself where it must; no formula of the text is to.
        page.wait_for_function(
            """() => [...document.querySelectorAll(".katex-display")]
                .filter(e => !e.closest("[class*=st-key-lines-]"))
                .every(e => e.querySelector(".katex-html").scrollWidth <= e.clientWidth + 1)"""
        )
