"""How wide a page is that should not scroll sideways."""

from __future__ import annotations

from playwright.sync_api import Page

WIDEST = """Math.max(document.scrollingElement.scrollWidth,
    document.querySelector("[data-testid=stMain]").scrollWidth)"""


def widest(page: Page) -> int:
    """Pixels that the page takes, shown or scrolled to."""
    width: int = page.evaluate(WIDEST)
    return width
