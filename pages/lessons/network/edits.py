"""Edits of the drawn layer, as the browser proposes them."""

from __future__ import annotations

from dataclasses import replace

from pages.lessons.network.controls import (
    change_layer,
    layer_history,
    learners_descent,
    learners_layer,
)
from pages.visit.edits import LAYER, Patch, coming_patches, number_of, text_of
from pages.visit.layer import BIAS, INPUTS, Layer, with_number, with_start
from pages.visit.session import visit
from pages.writing.numerals import parse_number

FIELD = "layer_number"  # by which a refusal is known


def take() -> None:
    """Take what the browser's message proposes; what is none of our kinds is left alone."""
    for patch in coming_patches(LAYER):
        take_patch(patch)


def take_patch(patch: Patch) -> None:
    """Take one patch: a number, a typed one, the edge that is chosen, undo or redo."""
    match patch.get("kind"):
        case "undo":
            _return_to(layer_history().undone(learners_layer()))
        case "redo":
            _return_to(layer_history().redone(learners_layer()))
        case "choose" | "weight" | "bias" | "input" as kind:
            place = _places(kind).get(str(patch.get("index")))
            if place is None:
                return
            if kind == "choose":
                change_layer("edge", lambda layer: replace(layer, edge=(place[0], place[1])))
            else:
                change_layer(
                    FIELD,
                    lambda layer: _with_number(layer, patch, kind, place),
                    patch.get("gesture"),
                )


def _return_to(layer: Layer | None) -> None:
    """Show an earlier layer, or a later one; the weight that is chosen stays."""
    now = learners_layer()
    shown = now if layer is None else replace(layer, edge=now.edge)
    visit().choose(FIELD, lambda choices: replace(choices, layer=shown))


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
    return {str(i): (i,) for i in range(classes if kind == "bias" else INPUTS)}
