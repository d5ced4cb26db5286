"""The softmax lesson as its tests open it: with all its pictures, by a link or at a state."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.visit.state import LabState
from tests.pages.reading import ROUTER, clean, opened_lesson

SCREENS = ("stages", "largest", "shift", "temperature", "sigmoid", "looks", "network")
PICTURES = len(SCREENS) - 1  # the last one has a diagram


def opened(**query: str) -> AppTest:
    """The whole lesson, or one screen of it, by a link that holds a state."""
    return opened_lesson("softmax", **{"lang": "en"} | query)


def opened_at(state: LabState, language: str = "en") -> AppTest:
    at = AppTest.from_file(ROUTER, default_timeout=30).run()
    at.session_state["visit"].state = state
    at.session_state["visit"].language = language
    clean(at.switch_page("lessons/softmax/page.py").run())
    at.session_state["visit"].turn_to("", whole=True)
    return clean(at.run())
