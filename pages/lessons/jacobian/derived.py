"""The derivations of the lesson on the Jacobian, with their witnesses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core import softmax, softmax_jacobian, softmax_vjp, top_k
from pages.derivation import write_numbers
from pages.derivation.lesson_derivation import LessonDerivation, Numbers, by_rows
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets.prediction import Prediction
from pages.writing.numerals import short_text


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


def _set_temperature(temperature: float, places: Mapping[str, int] | None = None) -> None:
    visit().edit("temperature", lambda state: replace(state, temperature=temperature))
    write_numbers(places)


TEMPERATURE_GRADIENT = LessonDerivation(
    "temperature_gradient",
    prediction=Prediction(
        "jacobian.temperature_gradient",
        ("same", "half", "double"),
        right=lambda _state, _choices: "half",  # by the chain rule, whatever the probabilities
        move=lambda: _set_temperature(2.0),
    ),
    numbers=_with_temperature,
    core=lambda x, _: softmax_jacobian(softmax(x["z"], temperature=x["T"]), temperature=x["T"]),
    other=lambda x, _: by_rows(lambda z: softmax(z, temperature=x["T"]), x["z"], x["T"]),
)


def _runner_up(state: LabState) -> tuple[int, float, float]:
    """Return the second of the classes by their logits, how far its logit is below the largest.

    And how far the average is, weighted by the probabilities at T = 1. Classes count from 0;
    masked ones are left out, and where only one is left, it is the one.
    """
    unmasked = np.flatnonzero(np.isfinite(state.logits))
    z = np.array(state.logits)[unmasked]
    z -= z.max()  # equal logits have exactly their average
    second = int(top_k(z, min(2, len(z)))[-1])
    return int(unmasked[second]), float(z[second]), float(softmax(z) @ z)


def _warmed(state: LabState, _choices: Choices) -> str:
    """Say what a little more than T = 1 does to the second class's probability."""
    _, own, average = _runner_up(state)
    return "stay" if own == average else "rise" if own < average else "fall"


def _warmed_numbers(state: LabState, _choices: Choices) -> dict[str, str]:
    k, _, average = _runner_up(state)
    return {
        "number": str(k + 1),
        "logit": short_text(state.logits[k]),
        "average": short_text(round(max(state.logits) + average, 4)),
    }


TEMPERATURE_SENSITIVITY = LessonDerivation(
    "temperature_sensitivity",
    prediction=Prediction(
        "jacobian.temperature_sensitivity",
        ("rise", "stay", "fall"),
        right=_warmed,
        move=lambda: _set_temperature(1.0, {"i": _runner_up(visit().state)[0] + 1}),
        numbers=_warmed_numbers,
    ),
    numbers=_with_temperature,
    core=lambda x, _: softmax_vjp(softmax(x["z"], temperature=x["T"]), -x["z"] / x["T"] ** 2),
    other=lambda x, _: by_rows(
        lambda t: softmax(x["z"], temperature=float(t[0])), np.array([x["T"]]), x["T"]
    ),
    in_pieces=True,
)
DERIVED = (SOFTMAX_JACOBIAN, TEMPERATURE_GRADIENT, TEMPERATURE_SENSITIVITY)
