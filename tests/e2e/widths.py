"""How wide a page is that should not scroll sideways."""

from __future__ import annotations

from playwright.sync_api import Page

WIDEST = """Math.max(document.scrollingElement.scrollWidth,
    document.querySelector("[data-testid=stMain]").scrollWidth)"""

# Pictures are drawn anew a little later: each is as wide as its column, and nothing moves on.
LAID_OUT = """width => innerWidth === width
    && !("changing" in document.documentElement.dataset)
    && [...document.querySelectorAll(".js-plotly-plot")].every(plot => Math.abs(
        (plot.querySelector(".main-svg")?.getBoundingClientRect().width ?? plot.clientWidth)
            - plot.closest("[data-testid=stPlotlyChart]").clientWidth) <= 1)
    && document.getAnimations().every(({ playState }) => playState !== "running")"""


def widest(page: Page) -> int:
    """Pixels that the page takes, shown or scrolled to."""
    width: int = page.evaluate(WIDEST)
    return width


def resize(page: Page, width: int) -> None:
    """Give a page that stands another width, and wait until all of it is laid out anew."""
    height = (page.viewport_size or {"height": 800})["height"]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(LAID_OUT, arg=width)
