"""The catalogue of slips: those of the facts, each with its gradient worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import core
from pages.lessons.gradient_check.finding import find_slip
from pages.lessons.gradient_check.wrong_gradients import SLIPS, case_of
from pages.visit.presets import PRESETS

FACTS = (  # the slips of facts.md, all of which concern a gradient
    "diagonal_only",
    "sign_flipped",
    "missing_delta",
    "own_path_only",
    "cross_entropy_gradient_for_other_loss",
    "missing_class_mean",
    "missing_batch_mean",
    "double_softmax",
    "log_softmax_as_softmax",
    "missing_temperature",
    "transposed_weights",
    "probability_not_logit_gradient",
)


def test_the_slips_are_those_of_the_facts() -> None:
    assert {slip.removesuffix("_negative") for slip in SLIPS} == set(FACTS)


def test_the_slips_by_hand() -> None:
    """z = [2, 3, 4], class 2, cross-entropy: a and y are in facts.md."""
    a = np.array([0.09003057, 0.24472847, 0.66524096])
    y = np.array([0.0, 1.0, 0.0])
    state = PRESETS["textbook"]
    expected = {
        "diagonal_only": -y * (1 - a),
        "sign_flipped": y - a,
        "missing_delta": a - 1,
        "missing_delta_negative": a,
        "own_path_only": -y * (1 - a),
        "double_softmax": np.exp(a) / np.exp(a).sum() - y,
        "log_softmax_as_softmax": -y / a[1] + a / a[1],
        "transposed_weights": np.cumsum(a - y),
        "probability_not_logit_gradient": -y / a,
    }
    for slip, wrong in expected.items():
        finding = find_slip(state, slip, "central")
        np.testing.assert_allclose(finding.wrong, wrong, atol=1e-7, err_msg=slip)
    layer = find_slip(state, "transposed_weights", "central")
    np.testing.assert_allclose(layer.right, np.cumsum((a - y)[::-1])[::-1], atol=1e-7)
    squared = replace(state, loss="mean_squared_error", temperature=2.0)
    n, right = 3, case_of(squared).right
    for slip, factor in {"missing_class_mean": n, "missing_temperature": 2}.items():
        np.testing.assert_allclose(find_slip(squared, slip, "central").wrong, factor * right)
    batch = find_slip(squared, "missing_batch_mean", "central")
    np.testing.assert_allclose(batch.wrong, 2 * batch.right)
    other = find_slip(squared, "cross_entropy_gradient_for_other_loss", "central").wrong
    np.testing.assert_allclose(other, (core.softmax(state.logits, temperature=2) - y) / 2)
