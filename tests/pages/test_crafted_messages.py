"""A browser may send anything: what is no edit changes nothing, and leaves no traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from pages.browser.serving.crafted import crafted_values_dropped
from pages.visit.matrix_entry import MatrixEntry
from tests.pages.reading import clean, opened_lesson, visit_of

ANSWERING = ["bench", "jacobian", "network", "training"]  # pages with all that sends messages
NO_PLACES = (-5, 10**9, 0.0, True, "0", None, [], {})
VALUES: list[Any] = [
    *("x", "1,", "-1,0", "9,9", "0,0,0", "0.5,1", "²,1", "", 10**9, -5, 1e9, True, None, [], {}),
    *([1e9, -5], [[]], {"sequence": "x"}, {"sequence": 10**30, "patches": 7}),
    {"sequence": 10**30 + 1, "patches": [1, {}, {"kind": []}, {"kind": "logit", "index": -1}]},
    *(
        {"sequence": 10**30 + 2 + k, "patches": [{"kind": kind, "value": value}]}
        for k, (kind, value) in enumerate(product(("stop", "sample"), NO_PLACES))
    ),
]
NAMES = ("edit", "turn", "edge", "entry")


# The whole of what a component sends, in place of an object by names.
SHAPES = ("1", "[]", "{}", "null", '"x"', " ", "{", "nan", "9" * 5000, "[" * 100_000)
# Of the kinds of other widgets, in place of JSON.
KINDS: list[dict[str, Any]] = [
    {"int_value": 3},
    {"bytes_value": b"\xff"},
    {"string_value": "{"},
    {"string_value": "[" * 100_000},
    {"trigger_value": True},
    {},
]


@pytest.fixture(autouse=True)
def as_served() -> Iterator[None]:
    """What reaches a page passes what the server drops."""
    with crafted_values_dropped():
        yield


def components_of(at: AppTest) -> list[str]:
    return [element.proto.id for element in at.get("bidi_component")]  # type: ignore[attr-defined]


def events_of(at: AppTest) -> list[str]:
    return [_make_trigger_id(name, "events") for name in components_of(at)]


def deliver(at: AppTest, *sent: WidgetState) -> None:
    at._run(WidgetStates(widgets=[*at._tree.get_widget_states().widgets, *sent]))
    clean(at)


def send(at: AppTest, value: Any, shape: str | None = None) -> None:
    """Send a value from each component of a page, as its browser would."""
    said = shape or json.dumps(dict.fromkeys(NAMES, value))
    event = shape or json.dumps([{"event": name, "value": value} for name in NAMES])
    own, events = components_of(at), events_of(at)
    deliver(
        at,
        *(WidgetState(id=name, json_value=said) for name in own),
        *(WidgetState(id=name, json_trigger_value=event) for name in events),
    )


@pytest.mark.parametrize("page", ANSWERING)
def test_what_is_no_edit_is_ignored(page: str, caplog: pytest.LogCaptureFixture) -> None:
    at = opened_lesson(page, lang="en", z="2,3,4", data="spiral", points="10", trained="1")
    clean(at.run())
    before = visit_of(at).state, visit_of(at).choices
    for value in VALUES:
        send(at, value)
        assert (visit_of(at).state, visit_of(at).choices) == before, value
    for shape in SHAPES:
        send(at, None, shape)
        assert (visit_of(at).state, visit_of(at).choices) == before, shape
    for kind in KINDS:
        names = (*components_of(at), *events_of(at))
        deliver(at, *(WidgetState(id=name, **kind) for name in names))
        assert (visit_of(at).state, visit_of(at).choices) == before, kind
    assert not [record for record in caplog.records if record.exc_info], caplog.text[-2000:]


@pytest.mark.parametrize("page", ANSWERING)
def test_a_text_field_that_brings_no_text_is_ignored(page: str) -> None:
    at = opened_lesson(page, lang="en")
    before = visit_of(at).state, visit_of(at).choices
    for wrong in ({"int_value": 3}, {}):
        fields = {field.id for field in at.text_input}
        assert fields
        others = [own for own in at._tree.get_widget_states().widgets if own.id not in fields]
        crafted = [WidgetState(id=field, **wrong) for field in fields]
        at._run(WidgetStates(widgets=[*others, *crafted]))
        assert (visit_of(clean(at)).state, visit_of(at).choices) == before, wrong


def test_the_same_messages_done_right_are_edits() -> None:
    """Or the test above would pass where nothing arrives."""
    at = opened_lesson("jacobian", lang="en", z="2,3,4")
    send(clean(at.run()), 7)
    assert visit_of(at).choices.entry == MatrixEntry(2, 1)
    at = opened_lesson("network", lang="en", z="2,3,4")
    send(at, {"sequence": 1, "patches": [{"kind": "choose", "index": "2,1"}]})
    assert visit_of(at).choices.layer.edge == (2, 1)
    at = opened_lesson("training", lang="en", points="10", trained="1")
    send(clean(at.run()), {"sequence": 1, "patches": [{"kind": "sample", "value": 7}]})
    assert visit_of(at).choices.plan.sample == 8
    send(at, {"sequence": 2, "patches": [{"kind": "stop", "value": 0}]})
    assert visit_of(at).choices.plan.at == 0
    send(at, "1,1")
    plan = visit_of(at).choices.plan
    assert (plan.weight_class, plan.weight_input) == (2, 2)
    at = opened_lesson("bench", lang="en", z="2,3,4")
    send(at, {"sequence": 1, "patches": [{"kind": "logit", "index": 0, "value": 7}]})
    assert visit_of(at).state.logits == (7, 3, 4)
