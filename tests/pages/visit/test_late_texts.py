"""A browser sends every field with each message: an old text must not undo what came after it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.visit import late_texts
from tests.pages.reading import clean, opened_lesson, visit_of


def test_a_text_from_before_our_answer_undoes_nothing() -> None:
    at = opened_lesson("training", lang="en", trained="1")
    clean(at.text_input(key="sample_text").set_value(" 7 ").run())
    clean(at.button(key="sample_next").click().run())
    assert visit_of(at).choices.plan.sample == 8
    at.text_input(key="sample_text").set_value(" 7 ")
    clean(at.button(key="raced_more").click().run())
    assert visit_of(at).choices.plan.raced == 200
    assert visit_of(at).choices.plan.sample == 8
    assert at.text_input(key="sample_text").value == "8"
    # A text that never stood there is the learner's, whatever comes with it.
    at.text_input(key="sample_text").set_value("9")
    clean(at.button(key="raced_again").click().run())
    assert visit_of(at).choices.plan.sample == 9


def test_several_answers_in_a_row() -> None:
    at = opened_lesson("training", lang="en", trained="1")
    for _ in range(3):
        clean(at.button(key="sample_next").click().run())
    at.text_input(key="sample_text").set_value("51")
    clean(at.button(key="sample_next").click().run())
    assert visit_of(at).choices.plan.sample == 54
    assert at.text_input(key="sample_text").value == "54"


def test_what_is_typed_back_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened_lesson("training", lang="en", trained="1")
    for typed in ("7", "50", "7"):
        clean(at.text_input(key="sample_text").set_value(typed).run())
        assert visit_of(at).choices.plan.sample == int(typed)
    clean(at.button(key="sample_next").click().run())
    monkeypatch.setattr(late_texts, "LATE", 0.0)  # as if the learner had taken their time
    clean(at.text_input(key="sample_text").set_value("7").run())
    assert visit_of(at).choices.plan.sample == 7


def counter() -> None:
    """A page of its own: a number as text, and two buttons that move it."""
    import streamlit as st  # noqa: PLC0415 (the page's script is this function alone)

    from pages.widgets.vector_field import text_field  # noqa: PLC0415

    def move(by: int) -> None:
        st.session_state.value += by

    st.session_state.setdefault("value", 2)
    text_field(
        "value",
        "value",
        lambda: st.session_state.value,
        lambda text: move(int(text) - st.session_state.value),
        str,
    )
    st.button("up", key="up", on_click=move, args=(1,))
    st.button("down", key="down", on_click=move, args=(-1,))


def test_back_to_where_it_was_and_on_again() -> None:
    at = AppTest.from_function(counter).run()
    clean(at.button(key="up").click().run())
    for late, key, value in (("2", "down", 2), ("3", "up", 3), ("2", "up", 4), ("3", "down", 3)):
        at.text_input(key="value_text").set_value(late)
        clean(at.button(key=key).click().run())
        assert at.session_state["value"] == value
        assert at.text_input(key="value_text").value == str(value)


def test_what_comes_with_a_turned_screen_was_not_typed_just_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late_texts, "LATE", 0.0)  # as on a server that is far behind
    at = AppTest.from_function(counter).run()
    clean(at.button(key="up").click().run())
    at.session_state["turning"] = {"turn": "shift"}
    clean(at.text_input(key="value_text").set_value("2").run())
    assert at.session_state["value"] == 3
    del at.session_state["turning"]
    clean(at.text_input(key="value_text").set_value("2").run())
    assert at.session_state["value"] == 2
