"""The derivations of the lesson on softmax, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import log_softmax, softmax, softmax_jacobian, softmax_vjp
from pages.derivation.lesson_derivation import LessonDerivation, Numbers, by_rows
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.choices import Choices
from pages.visit.state import LabState, unmasked_pair

START_SHIFT = 3.0


def _with_temperature(state: LabState, _choices: Choices) -> Numbers:
    return {"z": np.array(state.logits), "T": state.temperature}


SHIFT_INVARIANCE = LessonDerivation(
    "shift_invariance",
    numbers=lambda state, _: {"z": np.array(state.logits), "c": START_SHIFT},
    core=lambda x, _: softmax(x["z"] + x["c"]),
    other=lambda x, _: np.exp(log_softmax(x["z"])),
    other_way="log_softmax",
)
TEMPERATURE_GRADIENT = LessonDerivation(
    "temperature_gradient",
    numbers=_with_temperature,
    core=lambda x, _: softmax_jacobian(softmax(x["z"], temperature=x["T"]), temperature=x["T"]),
    other=lambda x, _: by_rows(lambda z: softmax(z, temperature=x["T"]), x["z"], x["T"]),
)
TEMPERATURE_SENSITIVITY = LessonDerivation(
    "temperature_sensitivity",
    numbers=_with_temperature,
    core=lambda x, _: softmax_vjp(softmax(x["z"], temperature=x["T"]), -x["z"] / x["T"] ** 2),
    other=lambda x, _: by_rows(
        lambda t: softmax(x["z"], temperature=float(t[0])), np.array([x["T"]]), x["T"]
    ),
    in_pieces=True,
)
SIGMOID_AS_TWO_CLASSES = LessonDerivation(
    "sigmoid_as_two_classes",
    numbers=lambda state, _: {"z": np.array(state.logits)[list(unmasked_pair(state.logits))]},
    core=lambda x, _: softmax(x["z"])[0],
    other=lambda x, _: sigmoid(np.array([x["z"][0] - x["z"][1]]))[0],
    other_way="sigmoid",
)
DERIVED = (
    SHIFT_INVARIANCE,
    TEMPERATURE_GRADIENT,
    TEMPERATURE_SENSITIVITY,
    SIGMOID_AS_TWO_CLASSES,
)
