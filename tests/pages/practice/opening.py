"""The page of exercises as its tests open it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.practice.attempts import Attempt
from tests.pages.reading import clean, opened_page


def opened(**query: str) -> AppTest:
    """The exercise of a link."""
    return opened_page("practice/page.py", **{"lang": "en"} | query)


def check(at: AppTest, text: str) -> Attempt:
    """Type an answer and have it checked."""
    at.text_input(key="answer").set_value(text)
    return press(at, "check")


def press(at: AppTest, key: str) -> Attempt:
    clean(at.button(key=key).click().run())
    return attempt(at)


def attempt(at: AppTest) -> Attempt:
    attempts: dict[object, Attempt] = at.session_state["practice_attempts"]
    return attempts[at.session_state["practice_exercise"]]


def records(at: AppTest) -> list[dict[str, object]]:
    """What the browser is told to count, without the numbers by which it knows them."""
    if "practice_records" not in at.session_state:
        return []
    told = at.session_state["practice_records"]
    return [{name: value for name, value in one.items() if name != "id"} for one in told]
