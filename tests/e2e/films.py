"""Every film: its link, and what its marks stand for at a stop, by core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import fit_temperature, reliability, softmax, softmax_loss
from pages.lessons.calibration.subject import ready_judgement

Z = [2.0, 3.0, 4.5]
Marks = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Case:
    """A film, and what its marks stand for at a stop, by core."""

    name: str
    link: str
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


def held_out(name: str, temperature: float = 1.0) -> tuple[NDArray[Any], NDArray[Any]]:
    """The probabilities of a ready model's held-out samples, and their labels."""
    model = ready_judgement(name).model
    test = model.data.test
    return softmax(model.scores(test.inputs), temperature=temperature), test.labels


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
    model = ready_judgement("source").model
    chosen = model.data.validation
    bins = reliability(a, labels)
    z = model.scores(chosen.inputs)
    marks: Marks = {
        ("nll", 0): -np.log(a[np.arange(len(a)), labels]).mean(),
        ("validation_nll", 0): float(softmax_loss(z, chosen.labels, temperature=t).value),
        ("fitted_temperature", 0): fit_temperature(z, chosen.labels),
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


CASES = [
    Case("shift", "/softmax?screen=shift", shifted),
    Case("temperature", "/softmax?screen=temperature", at_temperature),
    Case("threshold", "/calibration?screen=worth&model=raw", surer_than, 1e-12),
    Case("fitted temperature", "/calibration?screen=temperature", divided_by, 1e-12),
    Case("distance", "/calibration?screen=far", times_as_far, 1e-12),
]
