"""The catalogue of slips: those of the facts, each with its gradient worked out by hand."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

import core
from pages.lessons.gradient_check.finding import find_slip
from pages.lessons.gradient_check.wrong_gradients import SLIPS, case_of
from pages.lessons.training.data_set import generators, made_data
from pages.visit.presets import PRESETS
from pages.visit.training_plan import Plan
from pages.writing.wording import LANGUAGES, wording

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


def accuracy_on_digits(times: int, steps: int) -> float:
    """The share of the training digits right after steps of size 1 with `times` softmaxes."""
    part = made_data(Plan(data="digits")).train
    w, b = core.initial_layer(10, 64, generators(1)[1])
    for _ in range(steps):
        z = part.inputs @ w.T + b
        given = core.softmax(z) if times == 2 else z
        slope = core.softmax_loss(given, part.labels).grad_logits
        slope = core.softmax_vjp(given, slope) if times == 2 else slope
        w, b = w - slope.T @ part.inputs, b - slope.sum(axis=0)
    right = (part.inputs @ w.T + b).argmax(axis=1) == part.labels
    return float(right.mean())


def test_what_double_softmax_does_to_training_is_what_is_said() -> None:
    share = {times: f"{100 * accuracy_on_digits(times, 200):.0f}" for times in (1, 2)}
    least = core.softmax_loss(np.eye(10)[0], 0).value  # softmax of a certain, right answer
    assert least == pytest.approx(math.log(1 + 9 / math.e))
    for language in LANGUAGES:
        said = wording(language).prose("gradient_check", "slip_double_softmax")
        assert f"{least:.3f}" in said
        assert re.findall(r"(\d+)%", said) == [share[2], share[1]]
