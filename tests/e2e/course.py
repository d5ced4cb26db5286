"""The course of a training as a browser test sees it: its film, and what one moves it by."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import Wording, wording
from tests.e2e.lesson import at_rest, move

FRAMES = """async count => {
    while (count--) await new Promise(done => requestAnimationFrame(done));
}"""


def opened(page: Page, query: str, language: str = "en") -> tuple[Locator, Wording]:
    """Open the lesson; return its film and its words."""
    move(page, f"/training?lang={language}&{query}")
    film = page.locator("[data-film]")
    expect(film).to_have_attribute("data-stop", re.compile(r"\d+"))
    at_rest(page)
    return film, wording(language)


def scrubber(film: Locator) -> Locator:
    return film.locator("input[type=range]")
