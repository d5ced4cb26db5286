"""Edits of the drawn layer, as the browser proposes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pages.lessons.network.controls import (
    Drawing,
    change_layer,
    drawing_history,
    learners_descent,
    learners_layer,
)
from pages.visit.distribution import with_share
from pages.visit.edits import LAYER, Patch, coming_patches, number_of, text_of
from pages.visit.layer import BIAS, INPUTS, Layer, with_number, with_start
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.writing.numerals import parse_number

FIELD = "layer_number"  # by which a refusal is known
TARGET = "layer_target"  # what one of a share says


def take() -> None:
    """Take what the browser's message proposes; what is none of our kinds is left alone."""
    for patch in coming_patches(LAYER):
        take_patch(patch)


def take_patch(patch: Patch) -> None:
    """Take one patch: a number, a typed one, the edge that is chosen, undo or redo."""
    match patch.get("kind"):
        case "undo":
            _return(drawing_history().past, drawing_history().undone)
        case "redo":
            _return(drawing_history().future, drawing_history().redone)
        case "choose" | "weight" | "bias" | "input" | "target" as kind:
            place = _places(kind).get(str(patch.get("index")))
            if place is None:
                return
            if kind == "target":
                _set_target(place[0], patch)
            elif kind == "choose":
                change_layer("edge", lambda layer: replace(layer, edge=(place[0], place[1])))
            else:
                change_layer(
                    FIELD,
                    lambda layer: _with_number(layer, patch, kind, place),
                    patch.get("gesture"),
                )


def _return(ways: Sequence[Drawing], step: Callable[[Drawing], Drawing | None]) -> None:
    """Show an earlier drawing, or a later one; the weight that is chosen stays."""
    now, state = learners_layer(), visit().state
    has_target = bool(ways) and ways[-1].target is not None
    shown = step(Drawing(now, state.target if has_target else None))
    if shown is None:
        return
    layer, target = replace(shown.layer, edge=now.edge), shown.target
    visit().choose(FIELD, lambda choices: replace(choices, layer=layer))
    if target is not None and _fits(target, state.classes):  # classes come and go elsewhere
        visit().edit(FIELD, lambda state: replace(state, target=target))


def _fits(target: int | tuple[float, ...], classes: int) -> bool:
    return len(target) == classes if isinstance(target, tuple) else target < classes


def _set_target(k: int, patch: Patch) -> None:
    """Change a share of the target; the others make room. All of it on one class is a label."""
    layer, before, gesture = learners_layer(), visit().state.target, patch.get("gesture")
    drawn = _as_drawn(layer)  # where the steps led, which went towards the target before

    def change(state: LabState) -> LabState:
        share = parse_number(text_of(patch), TARGET) if "text" in patch else number_of(patch)
        y = with_share(state.distribution.tolist(), k, share, TARGET)
        return replace(state, target=y.index(1.0) if 1.0 in y else y)

    visit().edit(FIELD, change, gesture if isinstance(gesture, int) else None)
    if visit().state.target != before:
        visit().choose(FIELD, lambda choices: replace(choices, layer=drawn))
        drawing_history().note(Drawing(layer, before), gesture)


def _with_number(layer: Layer, patch: Patch, kind: str, place: tuple[int, ...]) -> Layer:
    """Return the layer with a number changed in what is drawn, which is where the steps led."""
    value = parse_number(text_of(patch), FIELD) if "text" in patch else number_of(patch)
    return with_number(_as_drawn(layer), kind, place, value)


def _as_drawn(layer: Layer) -> Layer:
    """Return the layer that starts from what is drawn, where the steps led."""
    if not layer.steps:
        return layer
    descent = learners_descent()
    return with_start(layer, descent.weights.tolist(), descent.bias.tolist())


def set_input(d: int, value: float) -> None:
    """Change an input in what is drawn."""
    change_layer(FIELD, lambda layer: with_number(_as_drawn(layer), "input", (d,), value))


def set_weights_of_input(d: int, value: float) -> None:
    """Change the weights from an input to all logits in what is drawn."""

    def change(layer: Layer) -> Layer:
        layer = _as_drawn(layer)
        for k in range(len(layer.bias)):
            layer = with_number(layer, "weight", (k, d), value)
        return layer

    change_layer(FIELD, change)


def _places(kind: str) -> dict[str, tuple[int, ...]]:
    """Return the places of a kind of number, from 0, by the names that the drawing gives them."""
    classes = len(learners_layer().bias)
    if kind in ("weight", "choose"):
        inputs = INPUTS if kind == "weight" else BIAS + 1
        return {f"{k},{d}": (k, d) for k in range(classes) for d in range(inputs)}
    return {str(i): (i,) for i in range(INPUTS if kind == "input" else classes)}
