"""A lesson as a browser test sees it: its screens, the row that turns them, its pictures."""

from __future__ import annotations

from itertools import count
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording

EN = wording("en")
Scheme: TypeAlias = Literal["light", "dark"]
DRAWN = ".main-svg, .bar"

# Nothing is laid out or fades any more, and our side has seen it (browser/assets/changes.js).
STANDS = """() => document.querySelector("[data-test-script-state=notRunning]")
    && !document.querySelector("[data-stale=true]")
    && !("changing" in document.documentElement.dataset)
    && document.getAnimations().every(({ playState }) => playState !== "running")"""

_taken = count(1)


def screens_of(lesson: str) -> list[str]:
    """The names of a lesson's screens, in their order."""
    return list(EN.group(f"{lesson}.screen"))


def at_rest(page: Page) -> None:
    """Wait until no script runs on the server."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def stands(page: Page) -> None:
    """Wait until nothing of the page is run, laid out or moving."""
    page.wait_for_function(STANDS)


def move(page: Page, link: str) -> None:
    """Take a link in the tab of an open page, as Back and Forward do; in an empty one, load it.

    A link that says no language is read in the one that the tests' browser asks for.
    """
    path, _, query = link.partition("?")
    if "lang=" not in query:
        query = f"{query}&lang=en".lstrip("&")
    if page.url == "about:blank":
        page.goto(f"{path}?{query}")
        return
    stands(page)
    # An empty parameter says nothing: the last part of the new page writes the address without
    # it. Of a repeated parameter the first counts: the link is news, even if the page has given it
    # out or read it before. A pointer's press has the page write what it still has to.
    page.evaluate(
        """link => {
            dispatchEvent(new PointerEvent("pointerdown"));
            history.replaceState(history.state, "", link);
            dispatchEvent(new PopStateEvent("popstate"));
        }""",
        f"{path}?&{query}&{query.partition('=')[0]}={next(_taken)}",
    )
    page.wait_for_function(
        """path => {
            dispatchEvent(new PointerEvent("pointerdown"));
            return location.pathname === path && !location.search.startsWith("?&");
        }""",
        arg=path,
    )
    stands(page)


def leave(page: Page) -> None:
    """Leave a page for the exercises: nothing is left of what stood.

    The next link leads to another page then, which writes its address even where no number changes.
    """
    if urlsplit(page.url).path != "/practice":
        move(page, "/practice")


def in_scheme(page: Page, scheme: Scheme) -> None:
    """Have the reader's system ask for a light or a dark page, and the open page answer."""
    page.emulate_media(color_scheme=scheme)
    if page.url != "about:blank":
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)


def screen(page: Page, name: str) -> Locator:
    return page.locator(f"[data-screen={name}]")


def shows(page: Page, name: str) -> None:
    """Wait until a screen stands, alone and with all that is on it."""
    expect(screen(page, name)).to_be_visible()
    expect(page.locator("[data-screen]")).to_have_count(1)
    at_rest(page)


def turn(page: Page, name: str) -> None:
    """Turn to a screen by the lesson's list of them."""
    page.locator(f".screens-list a[data-to={name}]").click()
    shows(page, name)


def row(page: Page, name: str) -> Locator:
    """A button of the row below a screen, in English: back, next, whole or screens."""
    return page.locator(".turning").get_by_role("button", name=EN(f"turning.{name}"))


def open_whole(page: Page, lesson: str, query: str) -> None:
    """Open all screens of a lesson on one page."""
    move(page, whole(lesson, query))
    shows_whole(page, lesson)


def whole(lesson: str, query: str) -> str:
    """The link of all screens of a lesson on one page."""
    return f"/{lesson.replace('_', '-')}?{query}&view=whole"


def shows_whole(page: Page, lesson: str) -> None:
    """Wait until all screens of a lesson stand."""
    expect(page.locator("[data-screen]")).to_have_count(len(screens_of(lesson)))
    expect(page.locator(".turning")).to_be_attached()
    at_rest(page)


def pictures(page: Page) -> Locator:
    return page.locator(".stPlotlyChart, .lab-bars")


def all_drawn(page: Page) -> None:
    """Wait until every picture of the page is drawn."""
    for picture in pictures(page).all():
        expect(picture.locator(DRAWN).first).to_be_attached()
