"""Edits as the bench in the browser proposes them: small records, checked before they are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from pages.visit import state as lab
from pages.visit.choices import Choices
from pages.visit.corners import checked_corners
from pages.visit.edits import Patch, number_of, text_of
from pages.visit.state import MAX_CLASSES, LabState
from pages.visit.tour import checked_tour
from pages.writing.numerals import as_typed, parse_number, parse_numbers
from pages.writing.refusal import Refused


def field_of(patch: Patch) -> str:
    """Name the field in the browser beside which a refusal of this patch is shown."""
    kind = patch.get("kind")
    if not isinstance(kind, str) or kind not in _CHANGES:
        return "bench"
    place = {"logit_text": "logit", "target_text": "target"}.get(kind, kind)
    index = patch.get("index")
    return f"{place}-{index}" if index in range(MAX_CLASSES) else place


def changed(state: LabState, patch: Patch) -> LabState:
    """Return the state after one patch, or raise Refused."""
    try:
        change = _CHANGES[patch["kind"]]
    except (KeyError, TypeError):
        raise Refused("bench", "malformed") from None
    try:
        return change(state, patch)
    except Refused as refused:
        text = patch.get("text")
        raise (as_typed(refused, text) if isinstance(text, str) else refused) from None


def with_corners(patch: Patch, classes: int, choices: Choices) -> Choices:
    """Return the choices with other corners of the triangle, or raise Refused."""
    places = patch.get("corners")
    if not isinstance(places, list):
        raise Refused("bench", "malformed")
    return replace(choices, corners=checked_corners(places, classes, str(places)))


def with_tour(patch: Patch, choices: Choices) -> Choices:
    """Return the choices with another place on the tour, or raise Refused."""
    return replace(choices, tour=checked_tour(patch.get("step"), patch.get("running")))


def _index(state: LabState, patch: Patch) -> int:
    index = patch.get("index")
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < state.classes:
        raise Refused("bench", "malformed")
    return index


def _logit_text(state: LabState, patch: Patch) -> LabState:
    value = parse_number(text_of(patch), "logit")
    return lab.with_logit(state, _index(state, patch), value)


def _target_text(state: LabState, patch: Patch) -> LabState:
    values = parse_numbers(text_of(patch), "target")
    return replace(state, target=lab.checked_target(values, state.classes))


_CHANGES: Mapping[str, Callable[[LabState, Patch], LabState]] = {
    "logit": lambda s, p: lab.with_logit(s, _index(s, p), number_of(p)),
    "logit_text": _logit_text,
    "label": lambda s, p: lab.with_label(s, _index(s, p)),
    "share": lambda s, p: lab.with_target_entry(s, _index(s, p), number_of(p)),
    "target_text": _target_text,
    "soft": lambda s, p: lab.as_soft(s),
    "hard": lambda s, p: lab.as_hard(s),
    "name": lambda s, p: lab.with_name(s, _index(s, p), text_of(p)),
    "add": lambda s, p: lab.add_class(s),
    "remove": lambda s, p: lab.remove_class(s, _index(s, p)),
}
