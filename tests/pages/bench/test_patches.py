"""What the browser sends is checked before it is used, whatever it is."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.bench.patches import changed, field_of, with_corners, with_tour
from pages.visit.choices import Choices
from pages.visit.corners import Corners
from pages.visit.edits import patches_of
from pages.visit.session import Visit
from pages.visit.state import LabState
from pages.visit.tour import Tour
from pages.writing.refusal import Refused
from pages.writing.wording import wording
from tests.pages.strategies import json_values, states
from tests.pages.whole import assert_whole

KINDS = ["logit", "logit_text", "label", "share", "target_text", "soft", "hard", "name", "add"]
KINDS += ["remove", "reset", "undo", "redo"]
START = LabState(names=("cat", "dog", "owl"))

patches = st.fixed_dictionaries(
    {"kind": st.sampled_from(KINDS) | json_values},
    optional={
        "index": st.integers(0, 9) | json_values,
        "value": st.floats(-20, 20) | json_values,
        "text": st.sampled_from(["5", "-inf", "1 0 0", "cat"]) | json_values,
        "gesture": json_values,
        "extra": json_values,
    },
)

GOOD: list[tuple[dict[str, Any], LabState]] = [
    ({"kind": "logit", "index": 0, "value": 5}, LabState((5, 3, 4), names=START.names)),
    ({"kind": "logit_text", "index": 2, "text": "−１"}, LabState((2, 3, -1), names=START.names)),
    ({"kind": "label", "index": 2}, LabState(target=2, names=START.names)),
    (
        {"kind": "share", "index": 1, "value": 0.25},
        LabState(target=(0.75, 0.25, 0.0), names=START.names),
    ),
    (
        {"kind": "target_text", "text": "0.5 0 0.5"},
        LabState(target=(0.5, 0, 0.5), names=START.names),
    ),
    ({"kind": "name", "index": 1, "text": "<b>"}, LabState(names=("cat", "<b>", "owl"))),
    ({"kind": "add"}, LabState((2, 3, 4, 0), names=("cat", "dog", "owl", ""))),
    ({"kind": "remove", "index": 0}, LabState((3, 4), names=("dog", "owl"))),
]
BAD: list[Any] = [
    {},
    {"kind": None},
    {"kind": []},
    {"kind": {}},
    {"kind": "explode"},
    {"kind": "logit"},
    {"kind": "logit", "index": 0},
    {"kind": "logit", "index": 3, "value": 1},
    {"kind": "logit", "index": -1, "value": 1},
    {"kind": "logit", "index": 0.0, "value": 1},
    {"kind": "logit", "index": True, "value": 1},
    {"kind": "logit", "index": 10**400, "value": 1},
    {"kind": "logit", "index": "0", "value": 1},
    {"kind": "logit", "index": 0, "value": "1"},
    {"kind": "logit", "index": 0, "value": None},
    {"kind": "logit", "index": 0, "value": True},
    {"kind": "logit", "index": 0, "value": float("nan")},
    {"kind": "logit", "index": 0, "value": float("inf")},
    {"kind": "logit", "index": 0, "value": 10**400},
    {"kind": "logit", "index": 0, "value": 2e6},
    {"kind": "logit_text", "index": 0, "text": 5},
    {"kind": "logit_text", "index": 0, "text": "cat"},
    {"kind": "logit_text", "index": 0, "text": "1, 2"},
    {"kind": "label", "index": 3},
    {"kind": "share", "index": 0, "value": 1.5},
    {"kind": "share", "index": 0, "value": -0.1},
    {"kind": "target_text", "text": "1, 1, 1"},
    {"kind": "target_text"},
    {"kind": "name", "index": 0, "text": ["cat"]},
    {"kind": "name", "index": 0, "text": "n" * 501},
    {"kind": "remove"},
    {"kind": "remove", "index": 7},
    {"kind": "reset"},  # the visit's to do
]


@pytest.mark.parametrize(("patch", "state"), GOOD, ids=[patch["kind"] for patch, _ in GOOD])
def test_what_the_bench_sends(patch: dict[str, Any], state: LabState) -> None:
    assert changed(START, patch) == state


def test_refused_and_said_so(subtests: pytest.Subtests) -> None:
    for patch in BAD:
        with subtests.test(patch=patch):
            current = Visit(START)
            assert not current.edit(field_of(patch), partial(changed, patch=patch))
            assert current.state == START
            for refused in current.refused.values():
                assert wording("en").refusal(refused)
                assert wording("zh").refusal(refused)


@given(state=states(), patch=patches)
def test_any_patch_is_taken_or_refused(state: LabState, patch: dict[str, Any]) -> None:
    assert isinstance(field_of(patch), str)
    current = Visit(state)
    current.edit(field_of(patch), partial(changed, patch=patch))
    for refused in current.refused.values():
        assert isinstance(refused, Refused)
        assert wording("en").refusal(refused)
        assert current.state == state
    assert_whole(current.state, patch)
    hash(current.state)


@given(message=json_values | st.fixed_dictionaries({"patches": st.lists(patches) | json_values}))
def test_any_message_is_read(message: object) -> None:
    for patch in patches_of(message):
        field_of(patch)


def test_a_patch_as_json_brings_it() -> None:
    message = json.loads('{"sequence": 1, "patches": [{"kind": "logit", "index": 0, "value": 7}]}')
    (patch,) = patches_of(message)
    assert changed(START, patch).logits[0] == 7


@pytest.mark.parametrize(
    "patch",
    [
        *({"corners": value} for value in ([0, 1], [0, 1, 1], [0, 1, 3], [0, 1, -1], ["0", 1, 2])),
        *({"corners": value} for value in ([0.0, 1, 2], [True, 1, 2], "012", None, 5)),
    ],
)
def test_corners_that_are_none(patch: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        with_corners(patch, 3, Choices())


@pytest.mark.parametrize(
    "patch",
    [
        {"step": 0, "running": True},
        {"step": 9, "running": True},
        {"step": True, "running": True},
        {"step": 2.0, "running": True},
        {"step": 2, "running": 1},
        {},
    ],
)
def test_steps_of_the_tour_that_are_none(patch: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        with_tour(patch, Choices())


def test_corners_and_the_tour_as_the_bench_sends_them() -> None:
    assert with_corners({"corners": [4, 0, 2]}, 5, Choices()).corners == Corners((4, 0, 2))
    assert with_tour({"step": 8, "running": False}, Choices()).tour == Tour(8)
