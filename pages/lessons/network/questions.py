"""What the derivations of the layer ask first, and what the answers change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pages.derivation import write_numbers
from pages.lessons.network.controls import change_layer
from pages.lessons.network.descent import Descent, descend
from pages.lessons.network.edits import set_weights_of_input
from pages.lessons.network.graph_figure import symbol, weight_symbol
from pages.visit.choices import Choices
from pages.visit.layer import MOST_STEPS, with_steps
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets.prediction import Prediction
from pages.writing.numerals import short_text


def _asked_weight(state: LabState, descent: Descent) -> tuple[int, int]:
    """Return a weight into the true class's logit, from a negative input if there is one."""
    negative = np.flatnonzero(descent.inputs[0] < 0)
    return int(np.argmax(state.distribution)), int([*negative, descent.width - 1][0])


def _course_of_loss(state: LabState, choices: Choices) -> str:
    """Say what the loss does as the weight that is asked about grows."""
    descent = descend(state, choices.layer)
    slope = float(descent.result.grad_weights[_asked_weight(state, descent)])
    return "rise" if slope > 0 else "fall" if slope < 0 else "stay"


def _names(state: LabState, choices: Choices) -> dict[str, str]:
    descent = descend(state, choices.layer)
    k, d = _asked_weight(state, descent)
    return {
        "number": str(k + 1),
        "z": symbol("z", descent.node(k)),
        "w": weight_symbol(k, d, descent.width),
        "o": symbol("o", d + 1),
        "value": short_text(float(descent.inputs[0, d])),
    }


def _write_out() -> None:
    """Write the lines out with the layer's numbers, for the weight that is asked about."""
    current = visit()
    k, d = _asked_weight(current.state, descend(current.state, current.choices.layer))
    current.choose("places", lambda c: replace(c, walk=c.walk.moved("k", k + 1).moved("d", d + 1)))
    write_numbers()


def _take_a_step() -> None:
    change_layer("steps", lambda x: with_steps(x, min(x.steps + 1, MOST_STEPS)))


WEIGHT = Prediction(
    "network.layer_gradient",
    ("rise", "fall", "stay"),
    right=_course_of_loss,
    move=_write_out,
    numbers=_names,
)
# The biases' gradients, a - y, sum to 0.
BIASES = Prediction(
    "network.layer_bias_gradient",
    ("rise", "fall", "stay"),
    right=lambda _state, _choices: "stay",
    move=_take_a_step,
)
# An input that moves all logits alike moves no probability.
INPUT = Prediction(
    "network.layer_input_gradient",
    ("zero", "weight", "classes"),
    right=lambda _state, _choices: "zero",
    move=lambda: set_weights_of_input(0, 1.0),
)
PENALTY = Prediction(
    "network.batch_mean_gradient",
    ("more", "same", "less"),
    right=lambda _state, _choices: "same",
    move=write_numbers,
)
