"""Links and addresses: restored exactly, kept in step, and never a trap for the Back button."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlparse

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from pages.writing.wording import wording
from tests.e2e.instrument import (
    assert_core,
    handle,
    load_bench,
    number,
    open_bench,
    read,
    root,
    settled,
    type_logits,
)
from tests.e2e.lesson import leave, move

EN, ZH = wording("en"), wording("zh")


def _query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_the_contracts_example(page: Page) -> None:
    load_bench(page, "z=2,3,4&label=2&loss=cross_entropy&temperature=1&names=cat,dog,owl&lang=zh")
    shown = assert_core(page)
    assert shown["target"].tolist() == [0, 1, 0]
    expect(handle(page, 3)).to_have_attribute("aria-label", "owl的 logit")
    expect(page.get_by_role("heading", level=1)).to_have_text(ZH("bench.title"))


SENT: list[tuple[str, list[float], list[float], str, float]] = [
    ("z=2,3,4&target=0.1,0.2,0.7", [2, 3, 4], [0.1, 0.2, 0.7], "cross_entropy", 1),
    ("z=-inf,0,1&label=3", [-np.inf, 0, 1], [0, 0, 1], "cross_entropy", 1),
    ("z=0.1,0.2&loss=focal&temperature=0.37", [0.1, 0.2], [1, 0], "focal", 0.37),
    ("z=1,2&z=7,8,9", [1, 2], [1, 0], "cross_entropy", 1),
]


def test_a_link_restores_what_its_sender_saw(page: Page, subtests: pytest.Subtests) -> None:
    for query, logits, target, loss, temperature in SENT:
        with subtests.test(query=query):
            open_bench(page, query)
            shown = assert_core(page, loss, temperature)
            assert shown["logit"].tolist() == logits
            assert shown["target"].tolist() == target


def test_a_reload_restores_everything(page: Page) -> None:
    open_bench(page, "z=1,2,3&label=3&loss=focal&temperature=2&names=a,b,c&lang=zh")
    handle(page, 2).focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**z=1,1.7,3**")
    before = assert_core(page, "focal", 2)
    page.reload()
    after = assert_core(page, "focal", 2)
    for quantity, values in before.numbers.items():
        assert np.array_equal(values, after[quantity]), quantity
    expect(handle(page, 1)).to_have_attribute("aria-label", "a的 logit")


def test_key_presses_add_no_history_and_back_leaves(own_page: Page) -> None:
    own_page.goto("/health")
    load_bench(own_page)
    length = own_page.evaluate("history.length")
    handle(own_page, 1).focus()
    for _ in range(20):
        own_page.keyboard.press("ArrowRight")
    own_page.wait_for_url("**z=4,3,4**")
    assert own_page.evaluate("history.length") == length
    own_page.go_back()
    own_page.wait_for_url("**/health")


def test_state_and_language_survive_another_page_and_the_way_back(page: Page) -> None:
    open_bench(page, "z=1,2,3&lang=zh")
    type_logits(page, "4, 5, 6, 7")
    expect(handle(page, 4)).to_have_attribute("data-value", "7")
    page.get_by_role("link", name=ZH("nav.softmax")).click()
    page.wait_for_url("**/softmax?z=4,5,6,7**lang=zh**")
    page.get_by_role("link", name=ZH("nav.bench"), exact=True).first.click()
    expect(handle(page, 4)).to_have_attribute("data-value", "7")
    page.wait_for_url("**/?z=4,5,6,7**lang=zh**")
    page.go_back()
    page.wait_for_url("**/softmax?z=4,5,6,7**")
    page.go_back()
    expect(handle(page, 4)).to_have_attribute("data-value", "7")
    assert_core(page)


def test_edits_made_on_a_lesson_come_along(page: Page) -> None:
    move(page, "/softmax?z=1,2,3")
    type_logits(page, "3, 2, 1")
    page.wait_for_url("**/softmax?z=3,2,1**")
    page.get_by_role("link", name=EN("nav.bench"), exact=True).first.click()
    expect(handle(page, 1)).to_have_attribute("data-value", "3")
    assert assert_core(page)["logit"].tolist() == [3, 2, 1]


def test_another_link_taken_in_the_same_tab_is_read(page: Page) -> None:
    open_bench(page, "z=1,2,3")
    page.evaluate(
        """() => { history.pushState({}, "", "/?z=9,8&label=2");
                   dispatchEvent(new PopStateEvent("popstate")); }"""
    )
    expect(handle(page, 1)).to_have_attribute("data-value", "9")
    assert assert_core(page)["target"].tolist() == [0, 1]


def test_the_language_switch_keeps_the_state_and_the_handles(page: Page) -> None:
    open_bench(page, "z=1,2,3&label=2&names=cat,,")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ZH("bench.title"))
    settled(page)
    expect(root(page).locator("[data-do=undo]")).to_have_text(ZH("bench.undo"))
    expect(handle(page, 1)).to_have_attribute("aria-label", "cat的 logit")
    page.wait_for_url("**lang=zh**")
    handle(page, 1).focus()
    page.keyboard.press("ArrowRight")
    expect(handle(page, 1)).to_have_attribute("data-value", "1.1")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EN("bench.title"))
    assert assert_core(page)["logit"].tolist() == [1.1, 2, 3]


def test_a_chinese_browser_is_spoken_to_in_chinese(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="zh-CN")
    page = context.new_page()
    load_bench(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(ZH("bench.title"))
    context.close()


BAD = [
    ("z", "z=" + ",".join(["1"] * 10_000), {}),
    ("z", "z=nan,1,2&label=2", {"label": 2}),
    ("z", "z=one,two&temperature=2", {"temperature": 2}),
    ("z", "z=-inf,-inf", {}),
    ("z", "z=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", {}),
    ("loss", "z=1,2,3&loss=hinge", {"z": [1, 2, 3]}),
    ("label", "z=1,2,3&label=4", {"z": [1, 2, 3]}),
    ("label", "z=1,2,3&label=1.5", {"z": [1, 2, 3]}),
    ("label", "z=1,2,3&label=1&target=0,0,1", {"z": [1, 2, 3], "target": [0, 0, 1]}),
    ("target", "z=1,2,3&target=0.5,0.6,0", {"z": [1, 2, 3]}),
    ("temperature", "z=1,2,3&temperature=0", {"z": [1, 2, 3]}),
    ("names", "z=1,2,3&names=a,b", {"z": [1, 2, 3]}),
    ("names", "z=1,2,3&names=a,b," + "x" * 501, {"z": [1, 2, 3]}),
    ("lang", "z=1,2,3&lang=fr", {"z": [1, 2, 3]}),
]


def test_a_bad_link_is_explained_and_the_rest_kept(page: Page, subtests: pytest.Subtests) -> None:
    for parameter, query, kept in BAD:
        with subtests.test(query=query[:60]):
            open_bench(page, query)
            assert_explained(page, parameter, kept)
            leave(page)  # the next link may lead to the same numbers


def assert_explained(page: Page, parameter: str, kept: dict[str, object]) -> None:
    alert = page.get_by_role("alert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text(f"The {parameter} in the link was not used.")
    assert page.get_by_test_id("stException").count() == 0
    assert page.locator("img[src=x]").count() == 0
    shown = assert_core(page, temperature=kept.get("temperature", 1))  # type: ignore[arg-type]
    assert shown["logit"].tolist() == kept.get("z", [2, 3, 4])
    label = kept.get("label", 1)
    assert shown["target"].tolist() == kept.get("target", np.eye(3)[label - 1].tolist())


def test_copy_link_gives_the_address(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_bench(page, "z=1,2,3&label=3")
    handle(page, 1).focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    root(page).locator("[data-do=copy]").click()
    expect(root(page).locator(".status")).to_have_text(EN("bench.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert _query(page)["z"] == ["1.1,2,3"]


def test_copy_link_without_a_clipboard_shows_it(own_page: Page) -> None:
    own_page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    load_bench(own_page, "z=1,2,3")
    root(own_page).locator("[data-do=copy]").click()
    expect(root(own_page).locator("input.link")).to_have_value(own_page.url)


def test_names_with_commas_and_percent_signs_come_back(page: Page) -> None:
    names = ["50% off, now", "a%2Cb", "猫 & 狗=?#"]
    escaped = ",".join(n.replace("%", "%25").replace(",", "%2C") for n in names)
    open_bench(page, f"z=1,2,3&names={quote(escaped)}")
    for index, name in enumerate(names, start=1):
        expect(handle(page, index)).to_have_attribute("aria-label", f"Logit of {name}")
    page.wait_for_url("**lang=en**")
    page.reload()
    for index, name in enumerate(names, start=1):
        expect(handle(page, index)).to_have_attribute("aria-label", f"Logit of {name}")


def test_two_visitors_do_not_share_a_state(browser: Browser, server: str) -> None:
    contexts = [browser.new_context(base_url=server, locale="en-US") for _ in range(2)]
    first, second = (context.new_page() for context in contexts)
    load_bench(first)
    load_bench(second)
    type_logits(first, "7, 8")
    expect(number(first, "probability")).to_have_count(2)
    assert read(second)["logit"].tolist() == [2, 3, 4]
    for context in contexts:
        context.close()
