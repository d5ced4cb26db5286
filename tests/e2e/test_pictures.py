"""Pictures are drawn when the reader comes near them, and where they were laid out."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def places(page: Page) -> Locator:
    return page.locator("[class*=st-key-place-]")


def drawn(place: Locator) -> Locator:
    return place.locator(".js-plotly-plot .main-svg").first


def test_each_picture_is_there_when_the_reader_comes_to_it(page: Page) -> None:
    page.goto("/softmax?lang=en")
    expect(page.locator(".st-key-stages-picture .main-svg").first).to_be_visible()
    expect(places(page)).to_have_count(5)
    for place in [*places(page).all(), places(page).nth(1)]:
        height = place.bounding_box()
        place.scroll_into_view_if_needed()
        expect(drawn(place)).to_be_visible()
        now = place.bounding_box()
        assert height is not None
        assert now is not None
        assert now["height"] == height["height"]


def test_a_far_picture_costs_nothing(page: Page) -> None:
    page.goto("/softmax?lang=en")
    expect(page.locator(".st-key-stages-picture .main-svg").first).to_be_visible()
    last = places(page).last
    last.scroll_into_view_if_needed()
    expect(drawn(last)).to_be_visible()
    expect(places(page).first.locator(".js-plotly-plot")).to_have_count(0)


def test_a_picture_follows_the_numbers_after_it_was_away(page: Page) -> None:
    page.goto("/softmax?lang=en")
    expect(page.locator(".st-key-stages-picture .main-svg").first).to_be_visible()
    temperature = places(page).nth(2)
    temperature.scroll_into_view_if_needed()
    expect(drawn(temperature)).to_be_visible()
    figure = temperature.get_by_role("figure")
    before = figure.get_attribute("aria-label")
    field = page.locator(".st-key-logits_text input")
    field.fill("9, 1, 1")
    field.press("Enter")
    expect(figure).not_to_have_attribute("aria-label", before or "")


def test_what_is_being_typed_stays_when_a_picture_is_drawn(page: Page) -> None:
    page.goto("/softmax?lang=en")
    expect(page.locator(".st-key-stages-picture .main-svg").first).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    field = page.locator(".st-key-logits_text input")
    field.fill("5, 6, 7")  # and not yet entered
    last = places(page).last
    last.scroll_into_view_if_needed()
    expect(drawn(last)).to_be_visible()
    expect(field).to_have_value("5, 6, 7")
