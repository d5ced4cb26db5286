"""A visit: undo and redo, what was refused, and when the address counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.visit.history import MOST_UNDO_STEPS
from pages.visit.links import encode
from pages.visit.session import Visit
from pages.visit.state import LabState, with_label, with_logit
from pages.writing.refusal import Refused
from pages.writing.wording import language_of
from tests.pages.reading import listed

START = LabState()


def moved(current: Visit, value: float, gesture: int | None = None) -> bool:
    return current.edit("logit-0", lambda s: with_logit(s, 0, value), gesture)


def link(state: LabState, language: str = "en") -> dict[str, list[str]]:
    return listed(encode(state, language))


def test_undo_and_redo_walk_through_the_edits() -> None:
    current = Visit()
    for value in (5, 6, 7):
        moved(current, value)
    seen = []
    for step in (current.undo, current.undo, current.redo, current.undo, current.undo):
        step()
        seen.append(current.state.logits[0])
    assert seen == [6, 5, 6, 5, 2]
    current.undo()
    assert current.state == START, "an undo with nothing to undo"
    for _ in range(4):
        current.redo()
    assert current.state.logits[0] == 7


def test_an_edit_ends_what_could_be_redone() -> None:
    current = Visit()
    moved(current, 5)
    current.undo()
    moved(current, 6)
    current.redo()
    assert current.state.logits[0] == 6


def test_a_reset_can_be_undone() -> None:
    current = Visit()
    moved(current, 5)
    current.edit("reset", lambda _: LabState())
    assert current.state == START
    current.undo()
    assert current.state.logits[0] == 5


def test_one_drag_is_one_step() -> None:
    current = Visit()
    for value in (3, 4, 5, 6):
        moved(current, value, gesture=1)
    assert current.state.logits[0] == 6
    current.undo()
    assert current.state == START
    current.redo()
    assert current.state.logits[0] == 6


def test_two_drags_are_two_steps() -> None:
    current = Visit()
    for value, gesture in ((3, 1), (4, 1), (5, 2), (6, 2)):
        moved(current, value, gesture)
    current.undo()
    assert current.state.logits[0] == 4


def test_key_presses_are_steps_of_their_own() -> None:
    current = Visit()
    for value in (2.1, 2.2, 2.3):
        moved(current, value)
    current.undo()
    assert current.state.logits[0] == 2.2


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    current = Visit()
    moved(current, 5)
    current.undo()
    assert moved(current, START.logits[0])
    assert current.history.past == []
    current.redo()
    assert current.state.logits[0] == 5


@given(values=st.lists(st.integers(-9, 9), max_size=12), undone=st.integers(0, 12))
def test_undo_then_redo_is_where_it_was(values: list[int], undone: int) -> None:
    current = Visit()
    for value in values:
        moved(current, value)
    end = current.state
    steps = min(undone, len(current.history.past))
    for _ in range(steps):
        current.undo()
    for _ in range(steps):
        current.redo()
    assert current.state == end


def test_the_steps_kept_have_an_end() -> None:
    current = Visit()
    for n in range(MOST_UNDO_STEPS + 50):
        moved(current, n)
    assert len(current.history.past) == MOST_UNDO_STEPS


def test_a_refusal_stays_beside_its_field_until_something_changes() -> None:
    current = Visit()
    assert not current.edit("label", lambda s: with_label(s, 9))
    assert current.refused["label"].reason == "range"
    assert current.state == START
    assert current.history.past == []
    current.edit("temperature", lambda s: s)
    assert "label" in current.refused, "an edit that changes nothing took the message away"
    moved(current, 5)
    assert current.refused == {}, "the message speaks of numbers that are others now"


def test_undo_clears_refusals() -> None:
    current = Visit()
    moved(current, 5)
    current.edit("label", lambda s: with_label(s, 9))
    current.undo()
    assert current.refused == {}


def test_only_refusals_are_caught() -> None:
    def broken(_state: LabState) -> LabState:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Visit().edit("logit-0", broken)


def test_a_link_is_read_when_the_visit_begins() -> None:
    current = Visit()
    shared = LabState((1.0, 2.0), 1, "focal", 2.0, ("a", "b"))
    current.read_address(link(shared, "zh"))
    assert (current.state, current.language) == (shared, "zh")
    assert current.history.past == [], "opening a link is no edit to undo"


def test_a_link_is_not_read_again_over_newer_edits() -> None:
    current = Visit()
    query = link(replace(START, temperature=2.0))
    current.read_address(query)
    moved(current, 9)
    current.read_address(query)
    assert current.state.logits[0] == 9


def test_another_link_is_read_and_can_be_undone() -> None:
    current = Visit()
    current.read_address(link(replace(START, temperature=2.0)))
    moved(current, 9)
    current.read_address(link(replace(START, temperature=3.0)))
    assert current.state == replace(START, temperature=3.0)
    current.undo()
    assert current.state == replace(START, temperature=2.0, logits=(9.0, 3.0, 4.0))


def test_another_link_leaves_nothing_to_redo() -> None:
    current = Visit()
    moved(current, 5)
    current.undo()
    current.read_address(link(replace(START, temperature=3.0)))
    current.redo()
    assert current.state == replace(START, temperature=3.0), "redo left the link's state"


def test_a_drag_after_a_link_is_a_step_of_its_own() -> None:
    current = Visit()
    moved(current, 5, gesture=1)
    current.read_address(link(replace(START, temperature=3.0)))
    moved(current, 6, gesture=1)
    current.undo()
    assert current.state == replace(START, temperature=3.0)


def test_an_empty_address_says_nothing() -> None:
    current = Visit()
    shared = replace(START, temperature=2.0)
    current.read_address(link(shared, "zh"))
    moved(current, 9)
    current.read_address({})
    assert current.state.logits[0] == 9
    assert (current.state.temperature, current.language) == (2.0, "zh")


def test_a_bad_link_is_remembered_until_the_next_edit() -> None:
    current = Visit()
    current.read_address({"z": ["cat"], "label": ["2"]})
    assert [parameter for parameter, _ in current.link_refusals] == ["z"]
    assert isinstance(current.link_refusals[0][1], Refused)
    assert current.state == with_label(START, 1)
    moved(current, 5)
    assert current.link_refusals == []


def test_an_unknown_language_keeps_the_one_in_use() -> None:
    current = Visit(language="zh")
    current.read_address({"lang": ["fr"]})
    assert current.language == "zh"
    assert [parameter for parameter, _ in current.link_refusals] == ["lang"]


def test_its_own_links_are_not_news() -> None:
    """Streamlit sends the address bar's query, which is ours, with runs that are newer than it."""
    current = Visit()
    current.read_address(link(replace(START, temperature=2.0)))
    moved(current, 8)
    given = listed(current.give_link())
    moved(current, 9)
    current.read_address(given)
    assert current.state.logits[0] == 9


def test_its_link_brings_it_back() -> None:
    current = Visit(language="zh")
    moved(current, 0.1 + 0.2)
    other = Visit()
    other.read_address(listed(current.link))
    assert (other.state, other.language) == (current.state, "zh")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-TW", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("de-DE", "en"), ("", "en"), ("zhx", "en")],
)
def test_a_newcomers_language_is_the_browsers(locale: str, language: str) -> None:
    assert language_of(locale) == language
