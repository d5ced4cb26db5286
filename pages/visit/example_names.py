"""The names of the three classes that a visit opens with, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

from pages.visit.state import LabState
from pages.writing.wording import Wording


def example_names(words: Wording) -> tuple[str, ...]:
    """Return the names of the three classes that everyone meets first."""
    return words("example_name.first"), words("example_name.second"), words("example_name.third")


def renamed(state: LabState, before: Wording, after: Wording) -> LabState:
    """Return the state with the example's names in another language; the learner's own stay."""
    other = dict(zip(example_names(before), example_names(after), strict=True))
    return replace(state, names=tuple(other.get(name, name) for name in state.names))
