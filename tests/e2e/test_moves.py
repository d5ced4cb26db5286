"""From page to page: wherever a reader was on the page before, the next one begins at its top."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.visit.lessons import LESSONS
from pages.writing.wording import LANGUAGES, wording
from tests.e2e.instrument import assert_core, logits_box, root, settled
from tests.e2e.lesson import move, row, screen, screens_of

WORDS = wording("en")
MAIN = "[data-testid=stMain]"
AT = f"document.querySelector('{MAIN}').scrollTop"
# Streamlit and the browser draw on for a while; two frames without a change are no proof of rest,
# but whoever moves the page later must do so against the reader's eyes.
AT_REST = f"""() => new Promise(done => {{
    const main = document.querySelector('{MAIN}');
    let height = 0, still = 0;
    const look = () => {{
        const rests = document.querySelector('[data-test-script-state=notRunning]');
        still = rests && main.scrollHeight === height ? still + 1 : 0;
        height = main.scrollHeight;
        still < 10 ? requestAnimationFrame(look) : done(main.scrollTop);
    }};
    look();
}})"""


def shows(page: Page, name: str) -> None:
    """Wait until the page of a name stands."""
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(WORDS(f"{name}.title"))
    page.wait_for_url(f"**/{'' if name == 'bench' else name.replace('_', '-')}?*")


def to_the_bottom(page: Page) -> None:
    page.evaluate(AT_REST)
    page.evaluate(f"document.querySelector('{MAIN}').scrollTo(0, 1e6)")
    page.wait_for_function(f"{AT} > 0")


def link_in_sidebar(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stSidebarNavLink").filter(has_text=WORDS(f"nav.{name}")).first


def next_page(page: Page, name: str) -> Locator:
    label = WORDS("lesson.next", title=WORDS(f"nav.{name}"))
    return page.get_by_test_id("stPageLink-NavLink").filter(has_text=label)


def to_screen(page: Page, lesson: str, name: str) -> None:
    """Turn to a screen by the lesson's contents in the sidebar."""
    contents = page.get_by_role("list", name=WORDS("turning.contents"))
    contents.get_by_role("link", name=WORDS(f"{lesson}.screen.{name}")).click()
    expect(screen(page, name)).to_be_visible()


def test_the_next_lesson_begins_at_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})  # in which each last screen is too long
    move(page, "/softmax?lang=en")
    shows(page, "softmax")
    kept = {}
    for before, name in pairwise(LESSONS):
        to_screen(page, before, screens_of(before)[-1])
        to_the_bottom(page)
        # The link below the last screen, and the row's own way on, take turns.
        (next_page(page, name) if len(kept) % 2 else row(page, "next_lesson")).click()
        shows(page, name)
        kept[name] = page.evaluate(AT_REST)
    assert set(kept.values()) == {0}, kept


def test_the_next_screen_begins_at_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    move(page, "/cross-entropy?lang=en")
    shows(page, "cross_entropy")
    kept = {}
    for name in screens_of("cross_entropy")[1:]:
        to_the_bottom(page)
        row(page, "next").click()
        expect(screen(page, name)).to_be_visible()
        kept[name] = page.evaluate(AT_REST)
    assert set(kept.values()) == {0}, kept


def test_a_page_chosen_in_the_sidebar_begins_at_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 600})  # in which the bench, too, is too long
    move(page, "/stability?lang=en")
    shows(page, "stability")
    kept = {}
    for name in ("jacobian", "network", "bench", "training"):
        to_the_bottom(page)
        link_in_sidebar(page, name).click()
        shows(page, name)
        if name == "bench":
            expect(root(page)).to_be_visible()
        kept[name] = page.evaluate(AT_REST)
    assert set(kept.values()) == {0}, kept


def test_a_text_too_long_to_be_sent_is_refused_in_words(page: Page) -> None:
    move(page, "/?z=1,2,3&lang=en")
    settled(page)
    field = logits_box(page)
    field.fill("")
    page.keyboard.insert_text("1, " * 400_000)
    field.press("Enter")
    expect(page.get_by_text("characters are too many")).to_be_visible()
    assert_core(page)


# What the page that is left still sends: a choice beside a lesson, of a screen, of the row that
# turns screens, of the sidebar.
WALK = "log_softmax_gradient"
LEFT = (
    ("stability", "steps", "radio", "float16"),
    ("stability", WALK, "button", WORDS("derivation_ui.next") + " Shortcut N"),
    ("stability", "growing", "button", f"{WORDS('turning.next')} ›"),
    ("bench", "", "button", "中文"),
)
TITLE = re.compile("|".join(re.escape(wording(lang)("training.title")) for lang in LANGUAGES))


def stays(page: Page) -> None:
    """Wait for /training, and see that it is still there once everything is at rest."""
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(TITLE)
    page.evaluate(AT_REST)
    expect(title).to_have_text(TITLE)


@pytest.mark.parametrize(
    ("name", "at", "role", "label"), LEFT, ids=["a choice", "a step", "a turn", "the language"]
)
def test_a_choice_that_comes_late_does_not_hold_the_page(
    page: Page, name: str, at: str, role: Literal["radio", "button"], label: str
) -> None:
    move(page, "/training?lang=en")
    shows(page, "training")
    link_in_sidebar(page, name).click()
    shows(page, name)
    if at:
        to_screen(page, name, at)
    choice = page.get_by_role(role, name=label, exact=True).first
    choice.wait_for()
    choice.evaluate(
        """(choice) => new Promise((done) => {
            addEventListener("popstate", () => done(choice.click()), { once: true });
            history.back();
        })"""
    )
    stays(page)
    move(page, f"/{'' if name == 'bench' else name}?lang=en{f'&screen={at}' if at else ''}")
    shows(page, name)
    choice.wait_for()
    link = link_in_sidebar(page, "training").element_handle()
    choice.evaluate("(choice, link) => { link.click(); choice.click(); }", link)
    stays(page)


def test_of_two_links_the_one_clicked_last_is_followed(page: Page) -> None:
    move(page, "/training?lang=en")
    shows(page, "training")
    away, home = (link_in_sidebar(page, n).element_handle() for n in ("softmax", "training"))
    page.evaluate("links => links.forEach((link) => link.click())", [away, home])
    stays(page)
    page.wait_for_url("**/training?*")
