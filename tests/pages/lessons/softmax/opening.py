"""The softmax lesson as its tests open it: with all its pictures, by a link or at a state."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.visit.state import LabState
from tests.pages.reading import ROUTER, clean, opened_lesson

SCREENS = ("stages", "largest", "shift", "temperature", "sigmoid", "looks", "network")
PICTURES = [f"{name}-picture" for name in SCREENS[:-1]]  # the last one is a diagram


def opened(**query: str) -> AppTest:
    """The lesson with all its pictures, reached from the bench by a link that holds a state."""
    return with_pictures(opened_lesson("softmax", **{"lang": "en"} | query))


def with_pictures(at: AppTest) -> AppTest:
    """Draw the page as it is when the reader is near every picture."""
    at.session_state["pictures_near"] = PICTURES
    return clean(at.run())


def opened_at(state: LabState, language: str = "en") -> AppTest:
    at = AppTest.from_file(ROUTER, default_timeout=30).run()
    at.session_state["visit"].state = state
    at.session_state["visit"].language = language
    return with_pictures(clean(at.switch_page("lessons/softmax/page.py").run()))
