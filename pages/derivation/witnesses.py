"""Three witnesses for the result of a derivation: symbols, `core`, and a finite difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from core import (
    central_difference,
    log_softmax,
    logsumexp,
    softmax,
    softmax_jacobian,
    softmax_loss,
    softmax_vjp,
)
from derivations import Derivation, evaluate
from pages.derivation.examples import Example
from pages.lessons.softmax.two_classes_figure import sigmoid
from pages.widgets.difference_step import difference_step
from pages.widgets.figure import Vector
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.wording import Wording

DIGITS = 30
# What is derived here is no derivative, so the third witness is another way to compute it.
NOT_A_DERIVATIVE = {"shift_invariance": "log_softmax", "sigmoid_as_two_classes": "sigmoid"}
# core has no function for these, but for what they are made of.
_OF_PIECES = (
    "temperature_sensitivity",
    "layer_gradient",
    "layer_bias_gradient",
    "layer_input_gradient",
    "batch_mean_gradient",
    "cross_entropy_convexity",
)
_SECOND_DERIVATIVES = ("cross_entropy_hessian", "cross_entropy_convexity")


@dataclass(frozen=True)
class Witness:
    """One entry three times; the residuals are against the symbolic result."""

    entry: tuple[int, ...]  # from 1
    symbolic: str
    core: float
    other: float
    core_residual: float
    other_residual: float


def witnesses(derivation: Derivation, example: Example, loss: str) -> list[Witness]:
    """Compute every entry of a derivation's result three times.

    loss   the learner's loss: `upstream_gradient` is about any
    """
    found = evaluate(derivation, -1, digits=DIGITS, **example.numbers, **example.fixed)
    symbolic = np.array(found, dtype=object)
    by_core, other = (
        np.reshape(compute(example.numbers, loss), symbolic.shape)
        for compute in _COMPUTED[derivation.id]
    )
    rows = []
    for place in product(*map(range, symbolic.shape)):
        exact, core_value, other_value = symbolic[place], by_core[place], other[place]
        rows.append(
            Witness(
                tuple(at + 1 for at in place),
                str(exact),
                float(core_value),
                float(other_value),
                abs(float(exact - float(core_value))),
                abs(float(exact - float(other_value))),
            )
        )
    return rows


def witness_table(
    derivation: Derivation, example: Example, loss: str, words: Wording
) -> tuple[str, list[str], list[list[str | Number]]]:
    """Lay the witnesses out, one row an entry."""
    free = [str(index) for index in derivation.indices if str(index) not in example.fixed]
    other = NOT_A_DERIVATIVE.get(derivation.id, "difference")
    if derivation.id in _SECOND_DERIVATIVES:
        other = "difference_of_gradient"
    by_core = "core_pieces" if derivation.id in _OF_PIECES else "core"
    head = [
        ", ".join(free) or words("derivation_ui.entry"),
        words("derivation_ui.witness_symbolic"),
        words(f"derivation_ui.witness_{by_core}"),
        words(f"derivation_ui.witness_{other}"),
        words("derivation_ui.residual_core"),
        words("derivation_ui.residual_other"),
    ]
    rows: list[list[str | Number]] = [
        [
            ", ".join(map(str, row.entry)) or "–",
            Number("witness_symbolic", float(row.symbolic), row.symbolic.replace("-", "−")),
            Number("witness_core", row.core, repr(row.core).replace("-", "−")),
            Number("witness_other", row.other, repr(row.other).replace("-", "−")),
            Number("residual_core", row.core_residual, short_text(row.core_residual)),
            Number("residual_other", row.other_residual, short_text(row.other_residual)),
        ]
        for row in witnesses(derivation, example, loss)
    ]
    return words("derivation_ui.witnesses"), head, rows


Numbers: TypeAlias = Mapping[str, Any]
Computed: TypeAlias = Callable[[Numbers, str], Any]


def _rows(f: Callable[[Vector], Vector], x: Vector, temperature: float = 1.0) -> Vector:
    """Return the derivative of a vector function by central differences, (outputs, inputs)."""
    step = difference_step(temperature)

    def output(i: int) -> Callable[[Vector], float]:
        return lambda at: float(f(at)[i])

    return np.array([central_difference(output(i), x, step=step) for i in range(len(f(x)))])


def _loss(logits: Vector, targets: Vector, loss: str = "cross_entropy") -> Any:
    return softmax_loss(logits, targets, loss=loss)


def _scores(x: Numbers) -> Vector:
    return np.asarray(x["o"] @ x["w"].T + x["b"])


def _grad_scores(x: Numbers) -> Vector:
    return np.asarray(_loss(_scores(x), x["y"]).grad_logits)


def _moved(x: Numbers, name: str, *, l2: float = 0.0) -> Vector:
    """Differentiate the loss of a layer by one of its arrays, by central differences."""

    def value(at: Vector) -> float:
        moved = {**x, name: at}
        penalty = 0.5 * l2 * float(np.sum(moved["w"] ** 2))
        return float(_loss(_scores(moved), x["y"]).value) + penalty

    return central_difference(value, x[name])


def _hessian_by_differences(x: Numbers) -> Vector:
    return _rows(lambda z: np.asarray(_loss(z, x["y"]).grad_logits), x["z"])


def _by_differences(x: Numbers, loss: str) -> Vector:
    return central_difference(lambda z: float(_loss(z, x["y"], loss).value), x["z"])


def _gradient(loss: str) -> tuple[Computed, Computed]:
    """Return core's gradient in the logits, and the difference."""
    return (
        lambda x, _: _loss(x["z"], x["y"], loss).grad_logits,
        lambda x, _: _by_differences(x, loss),
    )


_COMPUTED: Mapping[str, tuple[Computed, Computed]] = {
    "softmax_jacobian": (
        lambda x, _: softmax_jacobian(softmax(x["z"])),
        lambda x, _: _rows(softmax, x["z"]),
    ),
    "cross_entropy_gradient": _gradient("cross_entropy"),
    "cross_entropy_one_hot": _gradient("cross_entropy"),
    "upstream_gradient": (
        lambda x, _: softmax_vjp(softmax(x["z"]), x["g"]),
        _by_differences,
    ),
    "mean_squared_error_gradient": _gradient("mean_squared_error"),
    "log_softmax_gradient": (
        lambda x, _: -_loss_for_each_label(x["z"]),
        lambda x, _: _rows(log_softmax, x["z"]),
    ),
    "logsumexp_gradient": (
        lambda x, _: softmax(x["z"]),
        lambda x, _: central_difference(lambda z: float(logsumexp(z)), x["z"]),
    ),
    "shift_invariance": (
        lambda x, _: softmax(x["z"] + x["c"]),
        lambda x, _: np.exp(log_softmax(x["z"])),
    ),
    "temperature_gradient": (
        lambda x, _: softmax_jacobian(softmax(x["z"], temperature=x["T"]), temperature=x["T"]),
        lambda x, _: _rows(lambda z: softmax(z, temperature=x["T"]), x["z"], x["T"]),
    ),
    "temperature_sensitivity": (
        lambda x, _: softmax_vjp(softmax(x["z"], temperature=x["T"]), -x["z"] / x["T"] ** 2),
        lambda x, _: _rows(
            lambda t: softmax(x["z"], temperature=float(t[0])), np.array([x["T"]]), x["T"]
        ),
    ),
    "sigmoid_as_two_classes": (
        lambda x, _: softmax(x["z"])[0],
        lambda x, _: sigmoid(np.array([x["z"][0] - x["z"][1]]))[0],
    ),
    "layer_gradient": (
        lambda x, _: np.outer(_grad_scores(x), x["o"]),
        lambda x, _: _moved(x, "w"),
    ),
    "layer_bias_gradient": (lambda x, _: _grad_scores(x), lambda x, _: _moved(x, "b")),
    "layer_input_gradient": (
        lambda x, _: _grad_scores(x) @ x["w"],
        lambda x, _: _moved(x, "o"),
    ),
    "batch_mean_gradient": (
        lambda x, _: _grad_scores(x).T @ x["o"] + x["l2"] * x["w"],
        lambda x, _: _moved(x, "w", l2=x["l2"]),
    ),
    "batch_mean_logit_gradient": _gradient("cross_entropy"),
    "cross_entropy_hessian": (
        lambda x, _: softmax_jacobian(softmax(x["z"])),
        lambda x, _: _hessian_by_differences(x),
    ),
    "cross_entropy_convexity": (
        lambda x, _: x["v"] @ softmax_vjp(softmax(x["z"]), x["v"]),
        lambda x, _: x["v"] @ _hessian_by_differences(x) @ x["v"],
    ),
}


def _loss_for_each_label(z: Vector) -> Vector:
    """Return the gradient of cross-entropy for every label: row i for label i, (n, n)."""
    every = np.tile(z, (len(z), 1))
    return np.asarray(softmax_loss(every, np.arange(len(z)), reduction="none").grad_logits)
