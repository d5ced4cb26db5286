"""Tables of what the core must refuse: the function, the argument, a call, the bad values."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

import core

NAN, INF = np.nan, np.inf


def named(*values: Any) -> dict[str, Any]:
    return {repr(value)[:20]: value for value in values}


def without(table: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name not in names}


ARRAYS: dict[str, Any] = {
    "NaN": [1.0, NAN],
    "NaN in float16": np.array([1, NAN], np.float16),
    "NaN in a later row": [[0.0, 1.0], [NAN, 2.0]],
    "+inf": [1.0, INF],
    "+inf and NaN": [INF, NAN],
    "empty": [],
    "empty class axis": np.zeros((3, 0)),
    "empty batch axis": np.zeros((0, 3)),
    "text": ["1", "2"],
    "numeric text": "1, 2",
    "bool": [True, False],
    "None": None,
    "objects": [1, None],
    "ragged": [[1, 2], [3]],
    "complex": [1 + 1j, 2],
    "a set": {1.0, 2.0},
    "dates": np.array(["2024-01-01"], "datetime64[D]"),
    "extended precision": np.ones(2, np.longdouble),
}
WITH_CLASSES = {**ARRAYS, "a single number": 3.0}
LOGITS = {
    **WITH_CLASSES,
    "all masked": [-INF, -INF],
    "one row masked": [[0.0, 1.0], [-INF, -INF]],
}
COMPLEX_LOGITS = {
    **without(LOGITS, "complex"),
    "complex NaN": [1j * NAN, 0],
    "complex inf": [1j * INF, 0],
}
PROBABILITIES = {
    **WITH_CLASSES,
    "negative": [-0.1, 1.1],
    "-inf": [-INF, 0.5],
    "above 1": [0.2, 1.5],
}
UPSTREAM = {**ARRAYS, "-inf": [0, -INF], "another shape": [1, 2, 3], "a single number": 1.0}
TEMPERATURES = named(0, -1, NAN, INF, -INF, "1", None, True, 1j, [1.0], 10**400)
STEPS = named(0, -1e-5, NAN, INF, "1e-5", True, 1j)
AXES = named(2, -3, 1.0, None, "0", True, (0, 1))
LABELS: dict[str, Any] = {
    "negative": [-1, 0],
    "too large": [0, 3],
    "not whole": [0.5, 1],
    "NaN": [NAN, 0],
    "inf": [INF, 0],
    "bool": [True, False],
    "bool array": np.array([True, False]),
    "text": ["a", "b"],
    "complex": [1j, 0],
    "too large, unsigned": np.array([0, 2**63], np.uint64),
}
TARGETS: dict[str, Any] = {
    **LABELS,
    "None": None,
    "ragged": [[1, 0, 0], [1, 0]],
    "one axis too many": np.zeros((1, 2, 3)),
    "another batch": [0, 1, 2],
    "other classes": [[0.5, 0.5], [0.5, 0.5]],
    "a single label for two rows": 1,
    "negative entry": [[1.5, -0.5, 0], [1, 0, 0]],
    "NaN entry": [[NAN, 1, 0], [1, 0, 0]],
    "inf entry": [[INF, 0, 0], [1, 0, 0]],
    "sum of 1.00001": [[1.00001, 0, 0], [1, 0, 0]],
    "sum of 0": np.zeros((2, 3)),
    "float32 sum of 1.00001": np.array([[1.00001, 0, 0], [1, 0, 0]], np.float32),
    "float16 sum of 1.005": np.array([[1.005, 0, 0], [1, 0, 0]], np.float16),
    "bool one-hot": np.eye(3, dtype=bool)[:2],
}
RESULTS = {"NaN": NAN, "inf": INF, "an array": np.ones(1), "text": "1", "None": None, "bool": True}
GRADIENTS = named([1.0], [[1.0, 1.0]], 1.0, ["a", "b"], None, [1j, 0], [True, True])
NO_LOSS = named(None, "Cross_Entropy", "hinge", 3, ["focal"], len)

ROWS = np.zeros((2, 3))
X = [1.0, 2.0]


LAYER: dict[str, Any] = {
    "weights": np.zeros((3, 2)),
    "bias": np.zeros(3),
    "inputs": np.ones((2, 2)),
    "targets": [0, 2],
}


def with_part(name: str, value: Any) -> Any:
    """A layer of two inputs and three classes on two samples, one of its arguments replaced."""
    return core.layer_loss(**{**LAYER, name: value})


def total(x: Any) -> Any:
    return x.sum()


def with_targets(form: Callable[..., Any], probabilities: Any) -> Any:
    return form(probabilities, [1, 0])


def with_step(difference: Callable[..., Any], step: Any) -> Any:
    return difference(total, X, step=step)


def with_result(difference: Callable[..., Any], result: Any) -> Any:
    return difference(lambda _: result, X)


def with_function(difference: Callable[..., Any], f: Callable[[Any], Any]) -> Any:
    return difference(f, X)


Row = tuple[str, str, Callable[[Any], Any], dict[str, Any]]

TABLE: list[Row] = [
    ("softmax", "logits", core.softmax, LOGITS),
    ("log_softmax", "logits", core.log_softmax, LOGITS),
    ("logsumexp", "logits", core.logsumexp, LOGITS),
    ("naive_softmax", "logits", core.naive_softmax, LOGITS),
    ("exponentials", "logits", core.exponentials, LOGITS),
    ("softmax_loss", "logits", lambda z: core.softmax_loss(z, 0), LOGITS),
    ("analytic_loss", "logits", core.analytic_loss(0, "focal"), COMPLEX_LOGITS),
    ("softmax_jacobian", "probabilities", core.softmax_jacobian, PROBABILITIES),
    ("softmax_vjp", "probabilities", lambda a: core.softmax_vjp(a, [0, 0]), PROBABILITIES),
    ("entropy", "probabilities", core.entropy, PROBABILITIES),
    ("top_k", "probabilities", lambda p: core.top_k(p, 1), WITH_CLASSES),
    ("softmax_vjp", "upstream", lambda g: core.softmax_vjp([0.5, 0.5], g), UPSTREAM),
    ("softmax", "temperature", lambda t: core.softmax(X, temperature=t), TEMPERATURES),
    ("log_softmax", "temperature", lambda t: core.log_softmax(X, temperature=t), TEMPERATURES),
    ("naive_softmax", "temperature", lambda t: core.naive_softmax(X, temperature=t), TEMPERATURES),
    ("exponentials", "temperature", lambda t: core.exponentials(X, temperature=t), TEMPERATURES),
    (
        "softmax_jacobian",
        "temperature",
        lambda t: core.softmax_jacobian([0.5, 0.5], temperature=t),
        TEMPERATURES,
    ),
    (
        "softmax_vjp",
        "temperature",
        lambda t: core.softmax_vjp([0.5, 0.5], X, temperature=t),
        TEMPERATURES,
    ),
    ("softmax_loss", "temperature", lambda t: core.softmax_loss(X, 0, temperature=t), TEMPERATURES),
    (
        "analytic_loss",
        "temperature",
        lambda t: core.analytic_loss(0, "focal", temperature=t),
        TEMPERATURES,
    ),
    ("softmax", "axis", lambda axis: core.softmax(ROWS, axis=axis), AXES),
    ("log_softmax", "axis", lambda axis: core.log_softmax(ROWS, axis=axis), AXES),
    ("logsumexp", "axis", lambda axis: core.logsumexp(ROWS, axis=axis), AXES),
    ("naive_softmax", "axis", lambda axis: core.naive_softmax(ROWS, axis=axis), AXES),
    ("exponentials", "axis", lambda axis: core.exponentials(ROWS, axis=axis), AXES),
    ("top_k", "k", lambda k: core.top_k([0.2, 0.8], k), named(0, -1, 3, 1.0, "1", None, True)),
    ("one_hot", "labels", lambda y: core.one_hot(y, 3), {**LABELS, "empty": []}),
    ("one_hot", "classes", lambda c: core.one_hot([0], c), named(0, -1, 2.0, None, True)),
    ("softmax_loss", "targets", lambda y: core.softmax_loss(ROWS, y), TARGETS),
    ("analytic_loss", "targets", lambda y: core.analytic_loss(y, "focal")(ROWS), TARGETS),
    ("softmax_loss", "loss", lambda loss: core.softmax_loss(X, 0, loss=loss), NO_LOSS),
    ("analytic_loss", "loss", lambda loss: core.analytic_loss(0, loss), NO_LOSS),
    (
        "softmax_loss",
        "reduction",
        lambda r: core.softmax_loss(X, 0, reduction=r),
        named("average", None, "Mean", ["mean"], 0),
    ),
    (
        "analytic_loss",
        "reduction",
        lambda r: core.analytic_loss(0, "focal", reduction=r),
        named("average", None, "Mean", ["mean"], 0),
    ),
    ("focal", "gamma", core.focal, named(-1, NAN, INF, "2", None, True)),
    (
        "label_smoothed",
        "epsilon",
        core.label_smoothed,
        named(-0.1, 1.1, NAN, "0.1", None, True),
    ),
    (
        "focal(0.5).value",
        "probabilities",
        lambda a: core.focal(0.5).value(a, [1, 0]),
        {"above 1": [1.5, 0]},
    ),
    (
        "check_gradient",
        "gradient",
        lambda g: core.check_gradient(total, g, X),
        GRADIENTS,
    ),
    (
        "check_gradient",
        "method",
        lambda m: core.check_gradient(total, [1, 1], X, method=m),
        named("backward", None, "Central", ["central"]),
    ),
]

UNFIT: dict[str, dict[str, Any]] = {
    "weights": {
        "-inf": [[0.0, -INF], [0, 0], [0, 0]],
        "NaN at its place": [[0.0, 0], [NAN, 0], [0, 0]],
        "a batch of layers": np.zeros((2, 3, 2)),
        "overflow": np.full((3, 2), 1e308),
    },
    "bias": {
        "NaN at its place": [0, NAN, 0],
        "+inf at its place": [0, INF, 0],
        "all masked": [-INF, -INF, -INF],
        "other classes": [0.0, 0.0],
        "a column": np.zeros((3, 1)),
    },
    "inputs": {
        "-inf": [[0.0, -INF], [0, 0]],
        "NaN at its place": [[0.0, 1], [NAN, 0]],
        "no batch axis": [0.0, 1.0],
        "two batch axes": np.zeros((1, 2, 2)),
        "other width": np.zeros((2, 3)),
        "no samples": np.zeros((0, 2)),
    },
    "targets": TARGETS,
    "loss": NO_LOSS,
    "l2": named(-1e-9, NAN, INF, "0.1", None, True, [0.1], 1j),
}
for argument, bad in UNFIT.items():
    every = {**ARRAYS, **bad} if argument in ("weights", "bias", "inputs") else bad
    TABLE.append(("layer_loss", argument, partial(with_part, argument), every))

for name, loss in core.LOSSES.items():
    free: dict[str, Any] = {"NaN": [NAN, 0.5], "+inf": [INF, 0.5], "-inf": [-INF, 0.5]}
    if name != "mean_squared_error":  # a squared difference has a meaning for any real number
        free["negative"] = [-0.1, 1.1]
    wrong_targets = {**free, "another shape": [1, 0, 0], "complex": [1j, 0]}
    for form, function in (("value", loss.value), ("gradient", loss.gradient)):
        where = f"{name}.{form}"
        TABLE.append((where, "probabilities", partial(with_targets, function), free))
        TABLE.append((where, "targets", partial(function, [0.5, 0.5]), wrong_targets))

DIFFERENCES: dict[str, Callable[..., Any]] = {
    "forward_difference": core.forward_difference,
    "central_difference": core.central_difference,
    "complex_step": core.complex_step,
    "check_gradient": lambda f, x, **step: core.check_gradient(f, np.ones(2), x, **step),
}
for name, difference in DIFFERENCES.items():
    TABLE.append((name, "x", partial(difference, total), ARRAYS))
    TABLE.append((name, "step", partial(with_step, difference), STEPS))
    TABLE.append((name, "f", partial(with_result, difference), RESULTS))
    other_kind: dict[str, Any] = {"complex": lambda x: x.sum() + 0j}
    if name == "complex_step":
        other_kind = {"real": lambda x: abs(x).sum()}
    TABLE.append((name, "f", partial(with_function, difference), other_kind))
HALF = np.ones(2, np.float16)
TABLE.append(
    (
        "central_difference",
        "step",
        lambda h: core.central_difference(total, HALF, step=h),
        {"overflows float16": 1e9},
    )
)
