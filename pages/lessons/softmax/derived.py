"""The derivations of the lesson on softmax, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import log_softmax, softmax
from pages.derivation.lesson_derivation import LessonDerivation
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.state import unmasked_pair

SHIFT_INVARIANCE = LessonDerivation(
    "shift_invariance",
    numbers=lambda state, choices: {"z": np.array(state.logits), "c": choices.knobs.shift},
    core=lambda x, _: softmax(x["z"] + x["c"]),
    other=lambda x, _: np.exp(log_softmax(x["z"])),
    other_way="log_softmax",
)
SIGMOID_AS_TWO_CLASSES = LessonDerivation(
    "sigmoid_as_two_classes",
    numbers=lambda state, _: {"z": np.array(state.logits)[list(unmasked_pair(state.logits))]},
    core=lambda x, _: softmax(x["z"])[0],
    other=lambda x, _: sigmoid(np.array([x["z"][0] - x["z"][1]]))[0],
    other_way="sigmoid",
)
DERIVED = (SHIFT_INVARIANCE, SIGMOID_AS_TWO_CLASSES)
