"""Keeps a page's address a link to what it shows, without adding to the browser's history."""

from __future__ import annotations

from pages.browser.assets import component
from pages.visit.late_texts import answer_ends
from pages.visit.session import visit

_component = component("address")


def keep_address(page: str) -> None:
    """Write the visit's link into the address bar of the page `/page`: the last of its run."""
    _component(key="address", data={"page": page, "query": last_link()}, height=1)


def last_link() -> str:
    """Return the link for the address bar, for the last component of a run."""
    answer_ends()
    return visit().give_link()
