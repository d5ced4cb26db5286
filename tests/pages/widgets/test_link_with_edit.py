"""A message that brings a link and an edit, as after a lost connection: the edit is the newer."""

from __future__ import annotations

import pytest

from pages.visit.lessons import LESSONS
from tests.pages.reading import opened_lesson, visit_of


@pytest.mark.parametrize("lesson", [LESSONS[0], "jacobian"])
def test_the_edit_is_made_to_what_the_link_says(lesson: str) -> None:
    at = opened_lesson(lesson, screen="", z="5,6,7", temperature="2")
    at.query_params["z"] = "5,6.5,7"
    at.query_params["label"] = "3"
    at.text_input(key="logits_text").set_value("5, 6.5, 8").run()
    state = visit_of(at).state
    assert state.logits == (5, 6.5, 8)
    assert state.target == 2
    assert at.text_input(key="logits_text").value == "5, 6.5, 8"
