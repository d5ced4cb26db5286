"""The core against 50 digits, and every one of these checks against something slightly wrong."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import core

pytest.importorskip("mpmath")
import mpmath_oracle as oracle

RNG = np.random.default_rng(20240607)
INF = np.inf
DTYPES = ("float64", "float32", "float16")


@dataclass(frozen=True)
class Case:
    """Two rows of logits with a temperature, and targets and an upstream gradient for them."""

    logits: NDArray[Any]
    temperature: float
    labels: NDArray[np.intp]
    soft: NDArray[np.float64]
    upstream: NDArray[np.float64]

    def targets(self, kind: str) -> NDArray[Any]:
        return self.labels if kind == "label" else self.soft

    def target_rows(self, kind: str) -> list[list[Any]]:
        rows = np.eye(self.logits.shape[1])[self.labels] if kind == "label" else self.soft
        return [oracle.exact(row) for row in rows]

    def rows(self) -> list[list[Any]]:
        return [oracle.exact(row) for row in self.logits]


def case(rows: Any, temperature: float, labels: tuple[int, int]) -> Case:
    logits = np.array(rows, dtype=np.float64)
    weights = RNG.uniform(0.1, 1, logits.shape) * np.isfinite(logits)
    soft = weights / weights.sum(axis=1, keepdims=True)
    return Case(logits, temperature, np.array(labels), soft, RNG.normal(size=logits.shape))


CASES = {
    "random, T=1": case(RNG.normal(0, 3, (2, 4)), 1.0, (0, 2)),
    "random, T=0.7": case(RNG.normal(0, 3, (2, 4)), 0.7, (3, 1)),
    "random, T=8": case(RNG.normal(0, 30, (2, 4)), 8.0, (1, 1)),
    "tied, T=1": case([[2, 2, 2, -1], [0, 0, 0, 0]], 1.0, (0, 3)),
    "tied, T=0.1": case([[5, 5, 5, 4], [-3, -3, -3, -3]], 0.1, (3, 0)),
    "huge, T=1": case([[1e4, -1e4, 0, 9995], [-1e4, 1e4, -1e4, -1e4]], 1.0, (1, 1)),
    "huge, T=1000": case([[1e4, -1e4, 0, 9995], [-1e4, 1e4, -1e4, -1e4]], 1000.0, (1, 0)),
    "tiny, T=1": case([[1e-9, -1e-9, 0, 1e-4], [1e-30, 0, -1e-8, 3e-5]], 1.0, (0, 2)),
    "saturated, T=1": case([[40, 0, 1, -5], [0, -60, 12, 1]], 1.0, (0, 1)),
    "masked, T=1": case([[-INF, 0, 1, 2], [3, -INF, -INF, 1]], 1.0, (2, 3)),
    "masked, T=0.5": case([[1, -INF, 1, -2], [-INF, -INF, -INF, 1]], 0.5, (0, 3)),
    "label on a masked class": case([[-INF, 0, 1, 2], [3, -INF, 2, 1]], 1.0, (0, 1)),
    "one class": case([[3], [-1e4]], 2.0, (0, 0)),
}


@dataclass(frozen=True)
class Quantity:
    """What the core computes, what the oracle says, and how many eps of `scale` lie between."""

    actual: Callable[[Case], NDArray[Any]]
    expected: Callable[[Case], Any]
    scale: Callable[[Case, NDArray[np.float64]], Any]
    eps: float


def row_maxima(c: Case, _: NDArray[np.float64]) -> NDArray[np.float64]:
    """Largest probability of each row, from the oracle."""
    return np.array([[float(max(oracle.softmax(z, c.temperature)))] for z in c.rows()])


def exact_probabilities(c: Case) -> list[list[Any]]:
    # Rounded to the dtype under test: these are the very inputs that the core is given.
    return [oracle.exact(row) for row in core.softmax(c.logits, temperature=c.temperature)]


QUANTITIES: dict[str, Quantity] = {
    "softmax": Quantity(
        lambda c: core.softmax(c.logits, temperature=c.temperature),
        lambda c: [oracle.softmax(z, c.temperature) for z in c.rows()],
        row_maxima,
        8 / 2,  # an ulp is between eps / 2 and eps of the number
    ),
    "log_softmax": Quantity(
        lambda c: core.log_softmax(c.logits, temperature=c.temperature),
        lambda c: [oracle.log_softmax(z, c.temperature) for z in c.rows()],
        lambda _, expected: np.abs(expected),
        8,
    ),
    "logsumexp": Quantity(
        lambda c: core.logsumexp(c.logits),
        lambda c: [oracle.logsumexp(z) for z in c.rows()],
        lambda c, _: np.abs(c.logits.max(axis=1)).astype(float) + np.log(4),
        4,
    ),
    "softmax_jacobian": Quantity(
        lambda c: core.softmax_jacobian(
            core.softmax(c.logits, temperature=c.temperature), temperature=c.temperature
        ),
        lambda c: [oracle.jacobian(a, c.temperature) for a in exact_probabilities(c)],
        lambda c, expected: row_maxima(c, expected)[:, :, None] / c.temperature,
        4,
    ),
    "softmax_vjp": Quantity(
        lambda c: core.softmax_vjp(
            core.softmax(c.logits, temperature=c.temperature),
            c.upstream,
            temperature=c.temperature,
        ),
        lambda c: [
            oracle.vjp(a, oracle.exact(g), c.temperature)
            for a, g in zip(exact_probabilities(c), c.upstream, strict=True)
        ],
        lambda c, expected: row_maxima(c, expected) * np.abs(c.upstream).max() / c.temperature,
        8,
    ),
}

# Sums of terms of one sign: right to the last digits however small they are. The others hold a
# difference of numbers near 1, and are right to so many digits of 1.
NO_CANCELLATION = {"cross_entropy", "focal", "label_smoothed_cross_entropy"}


def loss_quantities(name: str, kind: str) -> dict[str, Quantity]:
    def result(c: Case) -> core.LossResult:
        return core.softmax_loss(
            c.logits, c.targets(kind), loss=name, temperature=c.temperature, reduction="none"
        )

    def per_row(formula: Callable[..., Any]) -> Callable[[Case], Any]:
        return lambda c: [
            formula(name, z, y, c.temperature)
            for z, y in zip(c.rows(), c.target_rows(kind), strict=True)
        ]

    def value_scale(_: Case, expected: NDArray[np.float64]) -> NDArray[np.float64]:
        size = np.abs(expected)
        return size if name in NO_CANCELLATION else np.maximum(1, size)

    return {
        f"{name} value, {kind}": Quantity(
            lambda c: result(c).value, per_row(oracle.loss_value), value_scale, 12
        ),
        f"{name} grad_logits, {kind}": Quantity(
            lambda c: result(c).grad_logits,
            per_row(oracle.loss_gradient),
            lambda c, expected: np.maximum(1, np.abs(expected)) / min(1, c.temperature),
            12,
        ),
    }


for loss_name in core.LOSSES:
    for target_kind in ("label", "soft"):
        QUANTITIES |= loss_quantities(loss_name, target_kind)


def check(quantity: Quantity, c: Case, actual: NDArray[Any]) -> None:
    """Fail, with both numbers and the place, unless `actual` is what the oracle says."""
    expected = np.array(quantity.expected(c), dtype=object)
    assert actual.shape == expected.shape
    assert actual.dtype == c.logits.dtype
    floats = expected.astype(np.float64)
    info = np.finfo(actual.dtype)
    scale = np.broadcast_to(quantity.scale(c, floats), expected.shape)
    for index in np.ndindex(expected.shape):
        # A result below the normal range cannot be nearer than its spacing there.
        allowed = quantity.eps * float(info.eps) * scale[index] + 4 * float(info.smallest_subnormal)
        got, want = oracle.mp.mpf(float(actual[index])), expected[index]
        same = got == want or abs(got - want) <= allowed
        assert same, (
            f"at {list(index)} the core has {float(actual[index])!r}, "
            f"the oracle {float(want)!r}; allowed: {allowed:.3g}"
        )


def test_the_oracle_knows_every_loss() -> None:
    assert set(oracle.LOSS_VALUES) == set(core.LOSSES), "add the formula to mpmath_oracle.py"


@pytest.mark.parametrize("name", QUANTITIES)
def test_agrees_with_50_digits(name: str, subtests: pytest.Subtests) -> None:
    for case_name, dtype in itertools.product(CASES, DTYPES):
        with subtests.test(case_name=case_name, dtype=dtype):
            c = CASES[case_name]
            c = Case(c.logits.astype(dtype), c.temperature, c.labels, c.soft, c.upstream)
            check(QUANTITIES[name], c, np.asarray(QUANTITIES[name].actual(c)))


def scaled(right: NDArray[Any]) -> NDArray[Any]:
    return right * 1.001


def sign_flipped(right: NDArray[Any]) -> NDArray[Any]:
    wrong = right.copy()
    wrong.flat[np.abs(right).argmax()] *= -1
    return wrong


def swapped(right: NDArray[Any]) -> NDArray[Any]:
    wrong = right.copy()
    low, high = right.argmin(), right.argmax()
    wrong.flat[low], wrong.flat[high] = right.flat[high], right.flat[low]
    return wrong


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_check_fails_for_something_slightly_wrong(name: str, subtests: pytest.Subtests) -> None:
    c = CASES["random, T=0.7"]
    right = np.asarray(QUANTITIES[name].actual(c))
    check(QUANTITIES[name], c, right)

    for spoil in (scaled, sign_flipped, swapped):
        wrong, sentence = spoil(right), r"the core has .* the oracle"
        with subtests.test(spoil=spoil), pytest.raises(AssertionError, match=sentence):
            check(QUANTITIES[name], c, wrong)
