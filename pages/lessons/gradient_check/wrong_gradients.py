"""Gradients that learners get wrong: each slip as data, and what it gives.

`right` is core's own gradient; each wrong one is made of the same a and g = dL/da. With
h_k = a_k g_k, the right gradient is dL/dz_i = (h_i - a_i sum_k h_k) / T.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from core import softmax_loss
from pages.visit.state import LabState
from pages.widgets.figure import Vector


@dataclass(frozen=True, eq=False)
class Case:
    """The learner's numbers and all that a slip can make of them; classes on the only axis."""

    state: LabState
    z: Vector
    y: Vector
    a: Vector
    g: Vector
    h: Vector
    right: Vector
    value: float

    @property
    def temperature(self) -> float:
        """T."""
        return self.state.temperature


# What the gradient is taken in: the logits; those of a batch; the inputs of a layer.
Setting = Literal["logits", "batch", "layer"]


@dataclass(frozen=True)
class Slip:
    """A slip: its gradient, its formula and the right one, and where it shows."""

    wrong: Callable[[Case], Vector]
    formula: str
    instead_of: str
    setting: Setting = "logits"


def case_of(state: LabState, dtype: str = "float64") -> Case:
    """Compute what all slips start from."""
    z, y = np.array(state.logits, dtype), state.distribution
    result = softmax_loss(z, y, loss=state.loss, temperature=state.temperature)
    a, g, right = result.probabilities, result.grad_probabilities, result.grad_logits
    # Where a is rounded to 0 and g is infinite, a_i sum h vanishes and h_i is left alone.
    h = np.where(np.isfinite(g), a * np.nan_to_num(g), right * state.temperature)
    return Case(state, z, y, a, g, h, right, float(result.value))


def _as_log_softmax(case: Case) -> Vector:
    """sum_k g_k (delta_ki - a_i): g_i (1 - a_i) less a_i times the sum of the other g_k."""
    own = case.g * (1 - case.a)
    others = np.array([np.delete(case.g, i).sum() for i in range(len(case.g))])
    rest = np.multiply(case.a, others, out=np.zeros_like(case.a), where=case.a > 0)
    # Where both are infinite a_i has all but vanished, and the own part is the larger by 1/a_i.
    lost = np.isinf(own) & np.isinf(rest)
    return np.asarray(np.where(lost, own, own - rest) / case.temperature)


def _double_softmax(case: Case) -> Vector:
    again = softmax_loss(case.a, case.y, loss=case.state.loss).grad_logits
    return np.asarray(again / case.temperature)


_ANY = r"a_i \bigl(g_i - \sum_k g_k a_k\bigr) / T"
_CHAIN = r"\sum_k g_k \, a_k (\delta_{ki} - a_i) / T"

SLIPS: Mapping[str, Slip] = MappingProxyType(
    {
        "diagonal_only": Slip(
            lambda c: c.h * (1 - c.a) / c.temperature, r"g_i \, a_i (1 - a_i) / T", _CHAIN
        ),
        "sign_flipped": Slip(lambda c: -c.right, r"-\frac{\partial L}{\partial z_i}", _ANY),
        "missing_delta": Slip(
            lambda c: (1 - c.a) * c.h.sum() / c.temperature,
            r"\sum_k g_k \, a_k (1 - a_i) / T",
            _CHAIN,
        ),
        "missing_delta_negative": Slip(
            lambda c: -c.a * c.h.sum() / c.temperature, r"\sum_k g_k (-a_k a_i) / T", _CHAIN
        ),
        "own_path_only": Slip(
            lambda c: c.h * (1 - c.a) / c.temperature,
            r"g_i \, \frac{\partial a_i}{\partial z_i}",
            r"\sum_k g_k \, \frac{\partial a_k}{\partial z_i}",
        ),
        "cross_entropy_gradient_for_other_loss": Slip(
            lambda c: (c.a - c.y) / c.temperature, r"(a_i - y_i) / T", _ANY
        ),
        "missing_class_mean": Slip(
            lambda c: c.right * (len(c.z) if has_class_mean(c.state) else 1),
            r"g_i = 2 (a_i - y_i)",
            r"g_i = 2 (a_i - y_i) / n",
        ),
        "missing_batch_mean": Slip(
            lambda c: np.stack([c.right, c.right]),
            r"\frac{\partial L^{(s)}}{\partial z^{(s)}_i}",
            r"\frac{1}{N} \, \frac{\partial L^{(s)}}{\partial z^{(s)}_i}",
            "batch",
        ),
        "double_softmax": Slip(
            _double_softmax,
            r"a \to \operatorname{softmax}(a)",
            r"a = \operatorname{softmax}(z / T)",
        ),
        "log_softmax_as_softmax": Slip(
            _as_log_softmax,
            r"\sum_k g_k (\delta_{ki} - a_i) / T",
            _CHAIN,
        ),
        "missing_temperature": Slip(
            lambda c: c.right * c.temperature,
            r"\frac{\partial L}{\partial (z_i / T)}",
            r"\frac{1}{T} \, \frac{\partial L}{\partial (z_i / T)}",
        ),
        "transposed_weights": Slip(
            lambda c: weights(len(c.z)) @ c.right,
            r"\sum_k w_{ik} \, \frac{\partial L}{\partial z_k}",
            r"\sum_k w_{ki} \, \frac{\partial L}{\partial z_k}",
            "layer",
        ),
        "probability_not_logit_gradient": Slip(lambda c: c.g, r"g_i", _ANY),
    }
)


def has_class_mean(state: LabState) -> bool:
    """Whether the loss is a mean over the classes, so that its 1/n can be forgotten."""
    return state.loss == "mean_squared_error"


def weights(classes: int) -> Vector:
    """Return the weights of the example layer: w_kd = 1 for d <= k, else 0."""
    return np.tri(classes)
