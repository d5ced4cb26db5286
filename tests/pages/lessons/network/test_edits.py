"""Edits on the drawing: each number is reached, what is none is left, and each has a way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.lessons.network.descent import descend
from pages.lessons.network.edits import FIELD
from pages.visit.layer import BIAS, Layer
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, visit_of

START = Layer()


def _taking() -> None:
    import streamlit as st  # noqa: PLC0415 (a script of its own)

    from pages.lessons.network.controls import change_layer  # noqa: PLC0415
    from pages.lessons.network.edits import take_patch  # noqa: PLC0415
    from pages.visit.layer import with_steps  # noqa: PLC0415
    from pages.visit.session import visit  # noqa: PLC0415

    visit()
    for patch in st.session_state.patches:
        if "steps" in patch:
            change_layer("steps", lambda layer: with_steps(layer, patch["steps"]))  # noqa: B023
        else:
            take_patch(patch)


def taken(*patches: dict[str, Any]) -> AppTest:
    at = AppTest.from_function(_taking, default_timeout=120)
    at.session_state["patches"] = patches
    return clean(at.run())


def layer_after(*patches: dict[str, Any]) -> Layer:
    return visit_of(taken(*patches)).choices.layer


def test_each_number_is_changed_by_its_place() -> None:
    for k in range(3):
        for d in range(3):
            changed = layer_after({"kind": "weight", "index": f"{k},{d}", "value": 7.25})
            rows = [list(row) for row in START.weights]
            rows[k][d] = 7.25
            assert changed == replace(START, weights=tuple(map(tuple, rows)))
    assert layer_after({"kind": "bias", "index": "2", "value": -1}).bias == (1, 0.5, -1)
    assert layer_after({"kind": "input", "index": "0", "value": 0}).inputs == (0, 0.5, -1)
    assert layer_after({"kind": "choose", "index": "1,3"}).edge == (1, BIAS)
    assert layer_after({"kind": "weight", "index": "0,0", "text": "−0,5"}).weights[0][0] == -0.5


def test_what_is_no_edit_is_left_alone() -> None:
    strange: list[dict[str, Any]] = [
        {},
        {"kind": "loss", "index": "0,0", "value": 1},
        {"kind": ["weight"], "index": "0,0", "value": 1},
        {"kind": "undo"},
        {"kind": "redo"},
        *(
            {"kind": kind, "index": index, "value": 1.0}
            for kind in ("weight", "bias", "input", "choose")
            for index in (None, "", "3", "0,4", "3,0", "-1,0", "0,0,0", 0, [0, 0], {})
            if (kind, index) != ("bias", 0) and (kind, index) != ("input", 0)
        ),
        *(
            {"kind": "weight", "index": "0,0", "value": value}
            for value in (None, True, "1", 1e7, -1e301, [1], {})
        ),
        {"kind": "weight", "index": "0,0", "text": 5},
    ]
    assert layer_after(*strange) == START


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_wrong_is_refused_in_words(language: str) -> None:
    for text, reason in (("cat", "not_a_number"), ("", "not_a_number"), ("2e6", "range")):
        current = visit_of(taken({"kind": "bias", "index": "0", "text": text}))
        refused = current.refused[FIELD]
        assert (refused.field, refused.reason) == (FIELD, reason)
        words = wording(language)
        assert words.refusal(refused).startswith(words.field_name(FIELD, {}))
        assert current.choices.layer == START


def test_an_edit_after_steps_begins_where_they_led() -> None:
    led = descend(LabState(), replace(START, steps=5))
    changed = layer_after({"steps": 5}, {"kind": "input", "index": "1", "value": 3})
    assert changed.weights == tuple(map(tuple, led.weights.tolist()))
    assert changed.bias == tuple(led.bias.tolist())
    assert (changed.inputs, changed.steps) == ((1, 3, -1), 0)


def test_a_drag_is_one_way_back_and_choosing_is_none() -> None:
    def drag(value: float, gesture: int) -> dict[str, Any]:
        return {"kind": "weight", "index": "0,0", "value": value, "gesture": gesture}

    undo, redo = {"kind": "undo"}, {"kind": "redo"}
    dragged = [drag(2, 1), drag(3, 1), {"kind": "choose", "index": "2,1"}, drag(4, 1), drag(5, 2)]
    first = [layer_after(*dragged, *[undo] * n).weights[0][0] for n in range(4)]
    assert first == [5, 4, 1, 1]
    assert layer_after(*dragged, undo).edge == (2, 1)
    assert layer_after(*dragged, undo, undo, redo).weights[0][0] == 4
    assert layer_after(*dragged, undo, {"steps": 3}, redo).steps == 3
    assert layer_after({"steps": 3}, undo) == START
