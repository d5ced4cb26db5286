"""The ways back from the edits of the layer and from its steps: the bench's undo knows neither."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from pages.visit.layer import Layer

MOST_UNDO_STEPS = 200


@dataclass
class LayerHistory:
    """The layers before the edits that were made, and those that were undone."""

    past: list[Layer] = field(default_factory=list)
    future: list[Layer] = field(default_factory=list)
    gesture: object | None = None  # the drag that the newest way back belongs to

    def note(self, before: Layer, now: Layer, gesture: object | None) -> None:
        """Note an edit; which weight is chosen is none."""
        if replace(before, chosen=now.chosen) == now:
            return
        if gesture is None or gesture != self.gesture:
            self.past = [*self.past[1 - MOST_UNDO_STEPS :], before]
        self.future = []
        self.gesture = gesture

    def undone(self, now: Layer) -> Layer:
        """Return the layer before the last edit."""
        return self._step(self.past, self.future, now)

    def redone(self, now: Layer) -> Layer:
        """Return the layer before the last undo."""
        return self._step(self.future, self.past, now)

    def _step(self, source: list[Layer], sink: list[Layer], now: Layer) -> Layer:
        if not source:
            return now
        sink.append(now)
        self.gesture = None
        return replace(source.pop(), chosen=now.chosen)


def layer_history() -> LayerHistory:
    """Return the learner's."""
    history: LayerHistory = st.session_state.setdefault("layer_history", LayerHistory())
    return history
