"""What no component of ours has sent is dropped: Streamlit would log a traceback for each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import WStates


@contextmanager
def crafted_values_dropped() -> Iterator[None]:
    """Within: let a component's value come in only where it is JSON, and no bare text."""
    take = WStates.set_widget_from_proto

    def take_values(states: WStates, sent: WidgetState) -> None:
        kind = sent.WhichOneof("value")
        if kind not in ("json_value", "json_trigger_value") or is_value(getattr(sent, kind)):
            take(states, sent)

    WStates.set_widget_from_proto = take_values  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        WStates.set_widget_from_proto = take  # type: ignore[method-assign]


def is_value(text: str) -> bool:
    """Tell whether a text is the JSON of anything but a text."""
    try:
        return not isinstance(json.loads(text), str)
    except (ValueError, RecursionError):  # of numbers without an end, and brackets in brackets
        return False
