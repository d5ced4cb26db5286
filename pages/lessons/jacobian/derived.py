"""The derivations of the lesson on the Jacobian, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_jacobian, softmax_vjp
from pages.derivation import write_numbers
from pages.derivation.lesson_derivation import LessonDerivation, Numbers, by_rows
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.prediction import Prediction


def _with_temperature(state: LabState, _choices: Choices) -> Numbers:
    return {"z": np.array(state.logits), "T": state.temperature}


def _holds_z_j(state: LabState, choices: Choices) -> str:
    """Say in which part of the fraction a_i the logit z_j is, for the learner's entry."""
    entry = choices.entry.for_classes(state.classes)
    return "both" if entry.row == entry.column else "denominator"


def _entry(state: LabState, choices: Choices) -> dict[str, str]:
    entry = choices.entry.for_classes(state.classes)
    return {"i": str(entry.row + 1), "j": str(entry.column + 1)}


SOFTMAX_JACOBIAN = LessonDerivation(
    "softmax_jacobian",
    prediction=Prediction(
        "jacobian.softmax_jacobian",
        ("numerator", "denominator", "both"),
        right=_holds_z_j,
        move=write_numbers,
        numbers=_entry,
    ),
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
