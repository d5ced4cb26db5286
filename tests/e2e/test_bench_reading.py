"""Reading the bench: what a number is made of, walking through them, the line that checks them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.instrument import assert_core, entry, number, open_bench, read, root


def test_pointing_lights_up_what_a_number_is_made_of(page: Page) -> None:
    open_bench(page)
    entry(page, 1, 3).hover()
    lit = root(page).locator(".lit")
    expect(lit).to_have_count(2)
    expect(number(page, "probability", 1)).to_contain_class("lit")
    expect(number(page, "probability", 3)).to_contain_class("lit")
    number(page, "gradient", 2).hover()
    for k in (1, 2, 3):
        expect(entry(page, k, 2)).to_contain_class("lit")
        expect(number(page, "gradient_probability", k)).to_contain_class("lit")


def test_arrow_keys_walk_through_the_numbers(page: Page) -> None:
    open_bench(page)
    entry(page, 1, 1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(entry(page, 2, 2)).to_be_focused()
    expect(root(page).locator(".formula")).to_contain_text("case i = j")
    assert read(page)["logit"].tolist() == [2, 3, 4]


VERDICTS = {
    "z=2,3,4&label=2": "agree",
    "z=1,2,3&target=0.2,0.3,0.5&loss=focal&temperature=0.3": "agree",
    "z=10000,-10000,0&label=2": "too_small",
    "z=-inf,0,1&label=2": "agree",
    "z=-inf,0,1&label=1": "infinite",
    "z=60,0,0&label=1": "too_small",
}


def test_the_check_line(page: Page, subtests: pytest.Subtests) -> None:
    check = root(page).locator(".check")
    for query, verdict in VERDICTS.items():
        with subtests.test(query=query):
            open_bench(page, query)
            expect(check).to_have_attribute("data-verdict", verdict)
            if verdict == "agree":
                assert float(check.get_attribute("data-residual") or "nan") < 1e-4
            assert_core(page, *_loss_and_temperature(query))


def _loss_and_temperature(query: str) -> tuple[str, float]:
    return ("focal", 0.3) if "focal" in query else ("cross_entropy", 1.0)
