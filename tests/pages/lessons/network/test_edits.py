"""Edits on the drawing: each number is reached, what is none is left, and each has a way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.lessons.network.descent import descend
from pages.lessons.network.edits import FIELD, TARGET
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
            for kind in ("weight", "bias", "input", "choose", "target")
            for index in (None, "", "3", "0,4", "3,0", "-1,0", "0,0,0", 0, [0, 0], {})
            if index != 0 or kind in ("weight", "choose")
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


def test_a_share_of_the_target_is_set_and_the_others_make_room() -> None:
    def target_after(*patches: dict[str, Any]) -> int | tuple[float, ...]:
        return visit_of(taken(*patches)).state.target

    def share(k: int, value: float, **more: Any) -> dict[str, Any]:
        return {"kind": "target", "index": str(k), "value": value} | more

    undo, redo = {"kind": "undo"}, {"kind": "redo"}
    assert target_after(share(1, 0.2)) == pytest.approx((0.8, 0.2, 0))
    assert target_after(share(1, 0.2), share(2, 0.5)) == pytest.approx((0.4, 0.1, 0.5))
    assert target_after({"kind": "target", "index": "1", "text": "0,25"}) == (0.75, 0.25, 0)
    assert target_after(share(1, 0.2), share(2, 1)) == 2, "all of it on one class is a label"
    assert target_after(share(0, 0)) == (0, 0.5, 0.5)
    # Each place of a drag starts from where the drag began; one step leads back.
    drag = [share(1, 0.2), share(1, 1, gesture=1), share(1, 0.5, gesture=1)]
    assert target_after(*drag) == (0.5, 0.5, 0)
    assert target_after(share(0, 0.2), share(0, 1, gesture=1), share(0, 0.6, gesture=1)) == (
        pytest.approx((0.6, 0.2, 0.2))
    )
    assert target_after(*drag, undo) == pytest.approx((0.8, 0.2, 0))
    assert target_after(*drag, undo, undo, undo) == 0
    assert target_after(*drag, undo, redo) == (0.5, 0.5, 0)
    # An edit of the layer is another step back, and leaves the target alone.
    assert target_after(share(1, 1), {"kind": "bias", "index": "0", "value": 3}, undo) == 1


def test_a_new_target_leaves_where_the_steps_led() -> None:
    led = descend(LabState(), replace(START, steps=5))
    share = {"kind": "target", "index": "2", "value": 1}
    changed = layer_after({"steps": 5}, share)
    assert changed.weights == tuple(map(tuple, led.weights.tolist()))
    assert changed.steps == 0
    at = taken({"steps": 5}, share, {"kind": "undo"})
    assert (visit_of(at).choices.layer.steps, visit_of(at).state.target) == (5, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_out_of_range_is_refused_in_words(language: str) -> None:
    for text, reason in (("cat", "not_a_number"), ("1.5", "range"), ("-0.1", "range")):
        current = visit_of(taken({"kind": "target", "index": "1", "text": text}))
        refused = current.refused[FIELD]
        assert (refused.field, refused.reason) == (TARGET, reason)
        assert (
            wording(language).refusal(refused).startswith(wording(language).field_name(TARGET, {}))
        )
        assert current.state.target == 0


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
