"""The derivations as the lessons show them, by id: what is new in a lesson is tested on arrival."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from streamlit.testing.v1 import AppTest

from pages.derivation import LessonDerivation
from pages.visit.lessons import LESSONS
from tests.pages.reading import opened_lesson

DERIVED: Mapping[str, LessonDerivation] = {
    one.id: one
    for module in (f"pages.lessons.{lesson}.derived" for lesson in LESSONS)
    if find_spec(module)
    for one in import_module(module).DERIVED
}
# Where a learner finds each.
PLACES: Mapping[str, tuple[str, ...]] = {
    "softmax": ("shift_invariance", "sigmoid_as_two_classes"),
    "jacobian": ("softmax_jacobian", "temperature_gradient", "temperature_sensitivity"),
    "cross_entropy": (
        "cross_entropy_gradient",
        "cross_entropy_one_hot",
        "batch_mean_logit_gradient",
        "cross_entropy_hessian",
        "cross_entropy_convexity",
    ),
    "any_loss": ("upstream_gradient", "mean_squared_error_gradient"),
    "stability": ("logsumexp_gradient", "log_softmax_gradient"),
    "network": (
        "layer_gradient",
        "layer_bias_gradient",
        "layer_input_gradient",
        "batch_mean_gradient",
    ),
}
# The screen of each that shares one with something else; the others have one of their name.
SHARED = {
    "shift_invariance": "shift",
    "sigmoid_as_two_classes": "sigmoid",
    "cross_entropy_convexity": "cross_entropy_hessian",
}
# The steps of the other derivation of the screen: a link holds one, and this one's go on.
STEPS_BEFORE = {"cross_entropy_convexity": 4}


def opened(page: str, **query: str) -> AppTest:
    """A lesson with derivations, or a screen of it, by a link."""
    return opened_lesson(page, **{"lang": "en", "z": "2,3,4", "label": "2"} | query)
