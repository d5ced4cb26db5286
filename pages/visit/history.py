"""The ways back from edits, and on again from what was undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

State = TypeVar("State")
MOST_UNDO_STEPS = 200


@dataclass
class History(Generic[State]):
    """What stood before each edit, and what was undone; the newest last."""

    past: list[State] = field(default_factory=list)
    future: list[State] = field(default_factory=list)
    gesture: object | None = None  # the drag that the newest way back belongs to

    def start_of(self, gesture: object | None, now: State) -> State:
        """Return what a change starts from: each of a drag from where the drag began."""
        going_on = gesture is not None and gesture == self.gesture and self.past
        return self.past[-1] if going_on else now

    def note(self, before: State, gesture: object | None) -> None:
        """Note an edit by what stood before it; all edits of one gesture are one way back."""
        if gesture is None or gesture != self.gesture:
            self.past = [*self.past[1 - MOST_UNDO_STEPS :], before]
        self.future = []
        self.gesture = gesture

    def undone(self, now: State) -> State | None:
        """Return what stood before the last edit; None where there is none."""
        return self._step(self.past, self.future, now)

    def redone(self, now: State) -> State | None:
        """Return what stood before the last undo; None where there is none."""
        return self._step(self.future, self.past, now)

    def replace_each(self, change: Callable[[State], State]) -> None:
        """Put what `change` returns in the place of each state."""
        self.past = [change(state) for state in self.past]
        self.future = [change(state) for state in self.future]

    def _step(self, source: list[State], sink: list[State], now: State) -> State | None:
        if not source:
            return None
        sink.append(now)
        self.gesture = None
        return source.pop()
