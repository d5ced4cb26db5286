"""What no component of ours has sent is dropped: Streamlit would log a traceback for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import Serialized, WStates

_JSON = ("json_value", "json_trigger_value")


@contextmanager
def crafted_values_dropped() -> Iterator[None]:
    """Within: a component's value counts only where it is JSON, and no bare text."""
    take, read = WStates.set_widget_from_proto, WStates.__getitem__

    def take_values(states: WStates, sent: WidgetState) -> None:
        kind = sent.WhichOneof("value")
        if kind not in _JSON or is_value(getattr(sent, kind)):
            take(states, sent)

    def read_value(states: WStates, name: str) -> object:
        stored = states.states.get(name)
        if isinstance(stored, Serialized) and name in states.widget_metadata:
            kind = states.widget_metadata[name].value_type
            if kind in _JSON and stored.value.WhichOneof("value") != kind:
                raise KeyError(name)  # as of what nobody has sent
        return read(states, name)

    WStates.set_widget_from_proto = take_values  # type: ignore[method-assign, assignment]
    WStates.__getitem__ = read_value  # type: ignore[method-assign]
    try:
        yield
    finally:
        WStates.set_widget_from_proto = take  # type: ignore[method-assign]
        WStates.__getitem__ = read  # type: ignore[method-assign]


def is_value(text: str) -> bool:
    """Tell whether a text is the JSON of anything but a text."""
    try:
        return not isinstance(json.loads(text), str)
    except (ValueError, RecursionError):  # of numbers without an end, and brackets in brackets
        return False
