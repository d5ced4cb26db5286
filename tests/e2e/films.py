"""Every film: its link, and what its marks stand for at a stop, by core."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import (
    analytic_loss,
    central_difference,
    complex_step,
    fit_temperature,
    focal,
    forward_difference,
    reliability,
    softmax,
    softmax_loss,
    softmax_vjp,
)
from pages.lessons.calibration.subject import ready_judgement
from pages.visit.presets import TEN_ACTIONS

Z = [2.0, 3.0, 4.5]
FLOAT16_ENDS = 65520.0  # from halfway to what would come next it rounds to infinity
Marks = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Case:
    """A film, and what its marks stand for at a stop, by core."""

    name: str
    link: str
    parameter: str  # of the link, which holds the stop
    oracle: Callable[[float], Marks]
    tolerance: float = field(default=0.0)


def shares(logits: list[float], temperature: float = 1.0) -> list[float]:
    return [float(a) for a in softmax(logits, temperature=temperature)]


def shifted(c: float) -> Marks:
    before, after = shares(Z), shares([z + c for z in Z])
    return {("probability", k): a for k, a in enumerate(before, 1)} | {
        ("shifted_probability", k): a for k, a in enumerate(after, 1)
    }


def at_temperature(t: float) -> Marks:
    return {("probability", k): a for k, a in enumerate(shares(Z, t), 1)}


def kept(_: float) -> Marks:
    return {("probability", k): a for k, a in enumerate(TEN_ACTIONS, 1)}


def two_classes(difference: float) -> Marks:
    a = shares([difference, 0.0])[0]
    return {("probability", 1): a, ("sigmoid", 1): a}


def other_logit(moved: float) -> Marks:
    z = Z[0]
    return {
        ("probability", 1): shares([z, moved, Z[2]])[0],
        ("sigmoid", 1): shares([z, 0.0])[0],
        ("relu", 1): z,
        ("leaky_relu", 1): z,
    }


def along_the_path(moved: float) -> Marks:
    z = [moved, *Z[1:]]
    a = shares(z)[0]
    marks: Marks = {("factor", 1): a * (1 - a)}
    for loss in ("cross_entropy", "mean_squared_error"):
        found = softmax_loss(z, 0, loss=loss)
        marks[f"{loss}_loss", 1] = float(found.value)
        marks[f"{loss}_pull", 1] = -float(found.grad_logits[0])
    return marks


def raised(c: float) -> Marks:
    found = softmax_loss(Z, 0)
    g = found.grad_probabilities + c
    gradient = softmax_vjp(found.probabilities, g)
    return {
        ("mean", 0): float(found.probabilities @ g),
        **{("upstream", k): x for k, x in enumerate(g.tolist(), 1)},
        **{("gradient", k): x for k, x in enumerate(gradient.tolist(), 1)},
    }


def of_gamma(gamma: float) -> Marks:
    found = softmax_loss(Z, 0, loss=focal(gamma))
    g = found.grad_probabilities
    return {
        ("mean", 0): float(found.probabilities @ g),
        **{("upstream", k): x for k, x in enumerate(g.tolist(), 1)},
        **{("gradient", k): x for k, x in enumerate(found.grad_logits.tolist(), 1)},
    }


@cache
def held_out(name: str, temperature: float = 1.0) -> tuple[NDArray[Any], NDArray[Any]]:
    """The probabilities of a ready model's held-out samples, and their labels."""
    model = ready_judgement(name).model
    test = model.data.test
    return softmax(model.scores(test.inputs), temperature=temperature), test.labels


@cache
def chosen_by(name: str) -> tuple[NDArray[Any], NDArray[Any], float]:
    """The scores and labels of a ready model's validation samples, and T fitted to them."""
    model = ready_judgement(name).model
    z, labels = model.scores(model.data.validation.inputs), model.data.validation.labels
    return z, labels, fit_temperature(z, labels)


def surer_than(threshold: float) -> Marks:
    a, labels = held_out("raw")
    above = a.max(axis=1) > threshold
    sure, right = a.max(axis=1)[above], (a.argmax(axis=1) == labels)[above]
    return {
        ("mean_confidence", 0): sure.mean(),
        ("share_right", 0): right.mean(),
        ("above", 0): len(sure),
        ("right", 0): right.sum(),
        ("wrong", 0): (~right).sum(),
        ("expected_wrong", 0): (1 - sure).sum(),
    }


def divided_by(t: float) -> Marks:
    a, labels = held_out("source", t)
    bins = reliability(a, labels)
    z, validation_labels, fitted = chosen_by("source")
    marks: Marks = {
        ("nll", 0): -np.log(a[np.arange(len(a)), labels]).mean(),
        ("validation_nll", 0): float(softmax_loss(z, validation_labels, temperature=t).value),
        ("fitted_temperature", 0): fitted,
    }
    # Of ten classes the largest share is at least 0.1; at no stop is it below 2/15 for a sample.
    for b in range(2, 15):
        marks["bin_accuracy", b + 1] = bins.accuracy[b]
        marks["bin_confidence", b + 1] = bins.confidence[b]
        marks["count", b + 1] = int(bins.count[b])
    return marks


def times_as_far(distance: float) -> Marks:
    model = ready_judgement("spiral").model
    test = model.data.test
    a = softmax(model.scores(distance * test.inputs))
    near = np.argsort(softmax(model.scores(test.inputs)).max(axis=1), kind="stable")
    followed = [near[round(share * (len(near) - 1))] for share in (0.05, 0.25, 0.5, 0.75, 0.95)]
    return {
        ("mean_confidence", 0): a.max(axis=1).mean(),
        ("accuracy", 0): (a.argmax(axis=1) == test.labels).mean(),
        **{("single_confidence", k): a[one].max() for k, one in enumerate(followed, 1)},
    }


def step_errors(h: float) -> Marks:
    """The largest error of the differences, as a share of the gradient's largest entry."""
    z, right = np.array(Z), softmax_loss(Z, 0).grad_logits
    f = analytic_loss(0, "cross_entropy")
    ways = (forward_difference, central_difference, complex_step)
    found = (np.abs(way(f, z, step=h) - right).max() / np.abs(right).max() for way in ways)
    unmoved = bool((z + h == z).any())
    return {
        ("error", k): math.nan if unmoved and k < len(ways) else float(error)
        for k, error in enumerate(found, 1)
    }


def growing(x: float) -> Marks:
    """The loss of [x, 0] with class 2 by four forms in three formats, and where each form ends."""
    marks: Marks = {}
    for k, dtype in enumerate(("float16", "float32", "float64")):
        info = np.finfo(dtype)
        largest = math.log(float(info.max))
        least = math.log(float(info.smallest_subnormal)) - math.log(2)
        exact = float(np.logaddexp(x, 0.0))
        naive, shifted = (exact if x < end else math.inf for end in (largest, -least))
        forms = (naive, shifted, exact, exact)
        if dtype == "float16" and x >= FLOAT16_ENDS:
            forms = (math.inf, math.nan, math.nan, math.nan)
        marks |= {("loss", 4 * k + form): loss for form, loss in enumerate(forms, 1)}
        marks |= {("gradient_threshold", 4 * k + form): largest for form in (1, 2)}
        marks |= {("loss_threshold", 4 * k + 1): largest, ("loss_threshold", 4 * k + 2): -least}
    for form in (3, 4):
        marks |= {(f"{name}_threshold", form): FLOAT16_ENDS for name in ("loss", "gradient")}
    return marks


CASES = [
    Case("shift", "/softmax?screen=shift", "c", shifted),
    Case("temperature", "/softmax?screen=temperature", "temperature", at_temperature),
    Case("largest", "/softmax?screen=largest", "k", kept),
    Case("two classes", "/softmax?screen=sigmoid", "z", two_classes, 1e-15),
    Case("other logit", "/softmax?screen=looks", "moved", other_logit, 1e-15),
    Case("two losses", "/any-loss?screen=squared", "z", along_the_path, 1e-14),
    Case("added to g", "/any-loss?screen=rule", "added", raised, 1e-14),
    Case("focal", "/any-loss?screen=rule&loss=focal", "gamma", of_gamma, 1e-14),
    Case("threshold", "/calibration?screen=worth&model=raw", "threshold", surer_than, 1e-12),
    Case("fitted temperature", "/calibration?screen=temperature", "divisor", divided_by, 1e-12),
    Case("distance", "/calibration?screen=far", "distance", times_as_far, 1e-12),
    Case("sweep", "/gradient-check?h=1e-5", "h", step_errors, 1e-15),
    Case("growing", "/stability?x=50", "x", growing, tolerance=1e-3),
]
