"""The bench as a Streamlit component: numbers go out, proposed edits come in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.blocks.assets import loader
from pages.blocks.bench.numbers import bench_numbers
from pages.blocks.bench.patches import changed, field_of, patches_of
from pages.blocks.messages import message_of
from pages.blocks.numerals import numbers_text
from pages.blocks.session import Visit, visit

_KEY = "bench"
_component = st.components.v2.component("softmax_bench", js=loader("bench.js"))


def bench() -> None:
    """Show the bench for the current visit; edits made on it are applied before the next run.

    The data goes as one JSON text: of a dict's entries Streamlit would ask each whether it is a
    data frame, and import pandas to do so.
    """
    data = json.dumps(_data(visit()), allow_nan=False)
    st.session_state.bench_answered = _taken()
    _component(key=_KEY, data={"json": data}, on_edit_change=_take_edit)


def _data(current: Visit) -> dict[str, object]:
    state, words = current.state, current.words
    soft = isinstance(state.target, tuple)
    return {
        **bench_numbers(state),
        "names": list(state.names),
        "soft": soft,
        "target_text": numbers_text(state.target, ", ") if isinstance(state.target, tuple) else "",
        "loss_id": state.loss,
        "can_undo": bool(current.past),
        "can_redo": bool(current.future),
        "refused": {name: words.refusal(r) for name, r in current.refused.items()},
        "readings": {name: r.readings for name, r in current.refused.items() if r.readings},
        "lang": current.language,
        "page": "",
        "query": current.give_link(),
        "ack": _taken() or None,
    }


def edit_comes() -> bool:
    """Tell whether the browser's message that is being taken brings a new edit of the bench."""
    answered: int = st.session_state.get("bench_answered", 0)
    return _sequence(message_of(_KEY, "edit")) > answered


def _sequence(message: object) -> int:
    """Return the number of an edit, 0 where there is none."""
    sequence = message.get("sequence") if isinstance(message, Mapping) else None
    return sequence if isinstance(sequence, int) else 0


def _taken() -> int:
    """Return the number of the last edit that was taken."""
    taken: int = st.session_state.get("bench_ack", 0)
    return taken


def _take_edit() -> None:
    message = message_of(_KEY, "edit")
    if _sequence(message) <= _taken():
        return  # sent again because the answer was late
    st.session_state.bench_ack = _sequence(message)
    current = visit()
    for patch in patches_of(message):
        match patch.get("kind"):
            case "undo":
                current.undo()
            case "redo":
                current.redo()
            case _:
                current.edit(field_of(patch), partial(changed, patch=patch), patch.get("gesture"))
