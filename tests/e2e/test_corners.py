"""What a learner rarely does, but does: corners where an edit meets another."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.instrument import (
    assert_core,
    choose,
    handle,
    lane_box,
    logits_box,
    number,
    open_bench,
    read,
    root,
    settled,
    type_logits,
)

LONG_CHINESE = "猫" * 500


def test_a_name_is_no_template(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page)
    for name in ("$& $$ $' $`", "{number} {name}"):
        with subtests.test(name=name):
            box = root(page).get_by_role("textbox", name="Name of class 1")
            box.fill(name)
            box.press("Enter")
            expect(box).to_have_value(name)
            expect(handle(page, 1)).to_have_attribute("aria-label", f"Logit of {name}")


def test_ten_long_chinese_names_survive_a_reload(page: Page) -> None:
    names = ",".join([quote(LONG_CHINESE)] * 10)
    open_bench(page, f"z=1,2,3,4,5,6,7,8,9,10&names={names}")
    expect(handle(page, 10)).to_have_attribute("aria-label", f"Logit of {LONG_CHINESE}")
    page.reload()
    settled(page)
    expect(handle(page, 10)).to_have_attribute("aria-label", f"Logit of {LONG_CHINESE}")


def test_a_bad_links_message_goes_with_the_next_edit_on_the_bench(page: Page) -> None:
    open_bench(page, "z=1,2,3&label=9")
    message = page.get_by_test_id("stAlert").filter(has_text="label")
    expect(message).to_be_visible()
    handle(page, 1).press("ArrowRight")
    expect(handle(page, 1)).to_have_attribute("data-value", "1.1")
    expect(message).to_have_count(0)
    assert_core(page)


def test_numbers_follow_a_drag_that_is_still_held(page: Page) -> None:
    open_bench(page)
    box = handle(page, 1).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=8)
    expect(number(page, "logit", 1)).not_to_have_attribute("data-value", "2")
    held = assert_core(page)
    assert held["logit"][0] > 2
    page.mouse.move(x, y, steps=8)
    page.mouse.up()
    expect(number(page, "logit", 1)).to_have_attribute("data-value", "2")
    assert_core(page)


def test_twenty_quick_presses_on_a_share_all_arrive(page: Page) -> None:
    open_bench(page, "z=1,2,3&target=0.2,0.3,0.5")
    number(page, "target", 1).focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(number(page, "target", 1)).to_have_attribute("data-value", "0.4")
    expect(number(page, "target", 1)).to_be_focused()
    assert_core(page)


def test_undo_and_redo_by_keys(page: Page) -> None:
    open_bench(page)
    handle(page, 2).press("PageUp")
    expect(handle(page, 2)).to_have_attribute("data-value", "4")
    page.keyboard.press("Control+z")
    expect(handle(page, 2)).to_have_attribute("data-value", "3")
    page.keyboard.press("Control+Shift+Z")
    expect(handle(page, 2)).to_have_attribute("data-value", "4")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    settled(page)
    expect(handle(page, 2)).to_have_attribute("data-value", "4")
    expect(handle(page, 2)).to_be_focused()
    assert_core(page)


def test_what_can_be_read_in_two_ways_is_one_click_away(page: Page) -> None:
    open_bench(page)
    box = lane_box(page, 2)
    box.fill("1,000")
    box.press("Enter")
    alert = root(page).get_by_role("alert")
    expect(alert).to_contain_text("1,000")
    expect(alert.get_by_role("button")).to_have_text(["1", "1000"])
    alert.get_by_role("button", name="1000").click()
    expect(handle(page, 2)).to_have_attribute("data-value", "1000")
    expect(box).to_have_value("1000")
    expect(alert).to_have_count(0)
    # A comma before decimals, where one number is asked for.
    temperature = page.get_by_role("textbox", name="Temperature T")
    temperature.fill("0,5")
    temperature.press("Enter")
    page.wait_for_url("**temperature=0.5**")
    settled(page)
    # A list in two ways, beside the field of the whole vector.
    type_logits(page, "1,000; 2,000")
    page.get_by_role("button", name="1000, 2000", exact=True).click()
    expect(number(page, "probability")).to_have_count(2)
    expect(page.get_by_text("There are 2 classes now; there were 3 before.")).to_be_visible()
    assert read(page)["logit"].tolist() == [1000, 2000]


def refuse_in_lane_2(page: Page) -> None:
    box = lane_box(page, 2)
    box.fill("much")
    box.press("Enter")
    expect(root(page).get_by_role("alert")).to_contain_text("much")


def test_a_refusal_goes_with_the_class_it_stood_beside(page: Page) -> None:
    open_bench(page)
    refuse_in_lane_2(page)
    root(page).get_by_role("button", name="Remove dog").click()
    expect(number(page, "logit")).to_have_count(2)
    expect(root(page).get_by_role("alert")).to_have_count(0)
    expect(lane_box(page, 2)).to_have_value("4")


def test_a_lanes_refused_text_gives_way_to_a_new_vector(page: Page) -> None:
    open_bench(page)
    refuse_in_lane_2(page)
    type_logits(page, "5, 6, 7")
    expect(handle(page, 2)).to_have_attribute("data-value", "6")
    expect(lane_box(page, 2)).to_have_value("6")
    expect(root(page).get_by_role("alert")).to_have_count(0)


def test_a_lanes_refused_text_gives_way_to_an_example(page: Page) -> None:
    open_bench(page)
    refuse_in_lane_2(page)
    choose(page, "Example", "A tie between two classes")
    expect(handle(page, 2)).to_have_attribute("data-value", "2")
    expect(lane_box(page, 2)).to_have_value("2")
    expect(root(page).get_by_role("alert")).to_have_count(0)


def test_a_refused_vector_gives_way_to_the_handles(page: Page) -> None:
    open_bench(page)
    type_logits(page, "cat")
    expect(page.get_by_test_id("stAlert")).to_contain_text("cat")
    handle(page, 1).press("ArrowRight")
    expect(handle(page, 1)).to_have_attribute("data-value", "2.1")
    expect(logits_box(page)).to_have_value("2.1, 3, 4")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_escape_takes_back_what_is_being_typed(page: Page) -> None:
    open_bench(page)
    box = lane_box(page, 2)
    box.fill("77")
    box.press("Escape")
    settled(page)
    expect(box).to_have_value("3")
    assert assert_core(page)["logit"].tolist() == [2, 3, 4]


def test_a_target_at_the_edge_of_its_tolerance_is_no_crash(page: Page) -> None:
    target = (
        "0.0719484526932,0.016479673648156,0.0602087326867179,0.03879696909259,0.076668736478,"
        "0.0612817647,0.036752518690713,0.000216996907059,0.0245,0.6131471549035641"
    )
    open_bench(page, f"z=1,1,1,1,1,1,1,1,1,1&target={target}")
    assert page.get_by_test_id("stException").count() == 0
    assert_core(page)  # taken or refused, the page and core draw the line at the same place


def test_the_divergence_is_finite_where_a_probability_underflows(page: Page) -> None:
    open_bench(page, "z=1000,0&label=2&loss=kl_divergence")
    assert assert_core(page, "kl_divergence")["kl"].tolist() == [1000]


def test_large_exponentials_read_as_numbers(page: Page) -> None:
    open_bench(page, "z=10,12,9.5,-8")
    for index, text in enumerate(["22026", "162755", "13360", "3.35·10⁻⁴"], start=1):
        expect(number(page, "exponential", index)).to_have_text(text)


def test_an_emptied_temperature_keeps_its_value(page: Page) -> None:
    open_bench(page, "z=1,2,3&temperature=2")
    box = page.get_by_role("textbox", name="Temperature T")
    box.fill("")
    box.press("Enter")
    message = page.get_by_role("alert").filter(has_text="Temperature")
    expect(message).to_be_visible()
    assert_core(page, temperature=2)
    # With the next edit the field shows again what counts.
    handle(page, 1).press("ArrowRight")
    expect(box).to_have_value("2")
    expect(message).to_have_count(0)


def test_a_share_dragged_out_and_back_keeps_the_proportions(page: Page) -> None:
    open_bench(page, "z=1,2,3&target=0.2,0.3,0.5")
    box = number(page, "target", 1).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 200, y, steps=5)
    page.mouse.move(x, y, steps=5)
    page.mouse.up()
    assert assert_core(page)["target"].tolist() == pytest.approx([0.2, 0.3, 0.5], abs=1e-12)


def test_the_focus_stays_in_the_toolbar_when_there_is_nothing_left_to_undo(own_page: Page) -> None:
    open_bench(own_page)
    handle(own_page, 1).focus()
    own_page.keyboard.press("ArrowRight")
    settled(own_page)
    root(own_page).locator("[data-do=undo]").focus()
    own_page.keyboard.press("Enter")
    expect(root(own_page).locator("[data-do=undo]")).to_be_disabled()
    expect(root(own_page).locator("[data-do=reset]")).to_be_focused()
