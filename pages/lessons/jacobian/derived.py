"""The derivations of the lesson on the Jacobian, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_jacobian, softmax_vjp
from pages.derivation.lesson_derivation import LessonDerivation, Numbers, by_rows
from pages.visit.choices import Choices
from pages.visit.state import LabState


def _with_temperature(state: LabState, _choices: Choices) -> Numbers:
    return {"z": np.array(state.logits), "T": state.temperature}


SOFTMAX_JACOBIAN = LessonDerivation(
    "softmax_jacobian",
    core=lambda x, _: softmax_jacobian(softmax(x["z"])),
    other=lambda x, _: by_rows(softmax, x["z"]),
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
DERIVED = (SOFTMAX_JACOBIAN, TEMPERATURE_GRADIENT, TEMPERATURE_SENSITIVITY)
