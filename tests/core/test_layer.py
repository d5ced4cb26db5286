"""A layer's loss and gradients: against plain loops in mpmath, differences, and wrong versions."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import (
    LOSSES,
    InvalidInput,
    LayerResult,
    check_gradient,
    focal,
    layer_loss,
    one_hot,
    softmax_loss,
)

pytest.importorskip("mpmath")
import mpmath_oracle as oracle

INF = math.inf
losses = pytest.mark.parametrize("loss", LOSSES)
PARTS = ("probabilities", "grad_scores", "grad_weights", "grad_bias", "grad_inputs")


def drawn(
    n: int = 3, inputs: int = 4, samples: int = 5, *, soft: bool = True, seed: int = 7
) -> tuple[Any, Any, Any, Any]:
    rng = np.random.default_rng(seed)
    y = rng.dirichlet(np.ones(n), samples) if soft else rng.integers(0, n, samples)
    return rng.normal(size=(n, inputs)), rng.normal(size=n), rng.normal(size=(samples, inputs)), y


def by_loops(
    weights: Any, bias: Any, inputs: Any, targets: Any, loss: str, l2: float
) -> dict[str, Any]:
    """The definitions, number by number at 50 digits; nothing of the core is used."""
    w, o = [oracle.exact(row) for row in weights], [oracle.exact(row) for row in inputs]
    y = [oracle.exact(row) for row in targets]
    b, strength = oracle.exact(bias), oracle.mp.mpf(l2)
    classes, width, samples = range(len(w)), range(len(w[0])), range(len(o))
    z = [
        [b[k] + sum((w[k][d] * o[s][d] for d in width), oracle.mp.mpf(0)) for k in classes]
        for s in samples
    ]
    count = len(o)
    slopes = [
        [oracle.mp.mpf(g) / count for g in oracle.loss_gradient(loss, z[s], y[s], 1.0)]
        for s in samples
    ]
    penalty = strength / 2 * sum(x * x for row in w for x in row)
    return {
        "value": sum(oracle.loss_value(loss, z[s], y[s], 1.0) for s in samples) / count + penalty,
        "probabilities": [oracle.softmax(z[s], 1.0) for s in samples],
        "grad_scores": slopes,
        "grad_weights": [
            [sum(slopes[s][k] * o[s][d] for s in samples) + strength * w[k][d] for d in width]
            for k in classes
        ],
        "grad_bias": [sum(slopes[s][k] for s in samples) for k in classes],
        "grad_inputs": [
            [sum(slopes[s][k] * w[k][d] for k in classes) for d in width] for s in samples
        ],
    }


def assert_near(result: LayerResult, wanted: dict[str, Any], rtol: float, atol: float) -> None:
    for part, exact in wanted.items():
        as_floats = np.array(exact, dtype=object).astype(np.float64)
        np.testing.assert_allclose(
            getattr(result, part), as_floats, rtol=rtol, atol=atol, err_msg=part
        )


@losses
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize(("n", "inputs", "samples"), [(3, 4, 5), (2, 1, 1), (4, 4, 2)])
def test_is_what_plain_loops_give(loss: str, l2: float, n: int, inputs: int, samples: int) -> None:
    w, b, o, y = drawn(n, inputs, samples)
    result = layer_loss(w, b, o, y, loss=loss, l2=l2)
    assert_near(result, by_loops(w, b, o, y, loss, l2), rtol=1e-12, atol=1e-14)


@losses
@pytest.mark.parametrize("size", [50.0, 1e4])
def test_is_right_where_scores_are_huge(loss: str, size: float) -> None:
    w, b, o, y = drawn(seed=11)
    result = layer_loss(size * w, b, o, y, loss=loss, l2=1e-6)
    # The oracle's exponentials have no smallest number; those of float64 end at 1e-324.
    assert_near(result, by_loops(size * w, b, o, y, loss, 1e-6), rtol=1e-9, atol=1e-11)


@losses
@pytest.mark.parametrize("l2", [0.0, 0.3])
@pytest.mark.parametrize("soft", [True, False], ids=["soft", "labels"])
@pytest.mark.parametrize("method", ["central", "forward"])
def test_differences_confirm_every_gradient(loss: str, l2: float, soft: bool, method: str) -> None:
    w, b, o, y = drawn(soft=soft)
    result = layer_loss(w, b, o, y, loss=loss, l2=l2)
    step = None if method == "central" else 1e-7
    for index, gradient in (
        (0, result.grad_weights),
        (1, result.grad_bias),
        (2, result.grad_inputs),
    ):

        def value(x: Any, index: int = index) -> Any:
            parts = [w, b, o]
            parts[index] = x
            return layer_loss(*parts, y, loss=loss, l2=l2).value

        check = check_gradient(value, gradient, (w, b, o)[index], method=method, step=step)
        assert check.passed, check
        if method == "central":
            assert check.conclusive
            assert check_gradient(value, 1.0005 * gradient, (w, b, o)[index]).passed is False


def test_a_batch_is_the_mean_of_its_samples() -> None:
    w, b, o, y = drawn()
    whole = layer_loss(w, b, o, y)
    alone = [layer_loss(w, b, o[s : s + 1], y[s : s + 1]) for s in range(len(o))]
    assert whole.value == pytest.approx(np.mean([one.value for one in alone]), rel=1e-14)
    for part in ("grad_weights", "grad_bias"):
        mean = np.mean([getattr(one, part) for one in alone], axis=0)
        np.testing.assert_allclose(getattr(whole, part), mean, rtol=1e-13, atol=1e-16)
    for part in ("grad_scores", "grad_inputs"):
        rows = np.concatenate([getattr(one, part) for one in alone]) / len(o)
        np.testing.assert_allclose(getattr(whole, part), rows, rtol=1e-13)
    twice = layer_loss(w, b, np.concatenate([o, o]), np.concatenate([y, y]))
    np.testing.assert_allclose(twice.grad_weights, whole.grad_weights, rtol=1e-13)


@losses
def test_labels_are_one_hot_targets(loss: str) -> None:
    w, b, o, y = drawn(soft=False)
    by_label = layer_loss(w, b, o, y, loss=loss, l2=0.1)
    by_one_hot = layer_loss(w, b, o, one_hot(y, 3), loss=loss, l2=0.1)
    for part in ("value", *PARTS):
        np.testing.assert_allclose(getattr(by_label, part), getattr(by_one_hot, part), atol=1e-15)


def test_l2_leaves_the_bias_alone() -> None:
    w, b, o, y = drawn()
    without, with_it = layer_loss(w, b, o, y), layer_loss(w, b, o, y, l2=0.5)
    assert with_it.value - without.value == pytest.approx(0.25 * np.sum(w**2))
    np.testing.assert_allclose(with_it.grad_weights - without.grad_weights, 0.5 * w)
    for part in ("probabilities", "grad_scores", "grad_bias", "grad_inputs"):
        np.testing.assert_array_equal(getattr(with_it, part), getattr(without, part))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("l2", [1e39, 1e308], ids=str)
def test_an_l2_beyond_the_dtype_makes_no_nan(l2: float, dtype: str) -> None:
    b, o = np.array([0, 1], dtype), np.array([[0.5, 0.25], [1, -1]], dtype)
    for w in (np.zeros((2, 2), dtype), np.eye(2, dtype=dtype)):
        result = layer_loss(w, b, o, [0, 1], l2=l2)
        for part in ("value", *PARTS):
            assert not np.isnan(getattr(result, part)).any(), part
        assert w.any() or np.isfinite(result.value)


@losses
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_dtype_is_kept(loss: str, dtype: str) -> None:
    w, b, o, y = drawn(soft=False)
    w, b, o = (x.astype(dtype) for x in (w, b, o))
    result = layer_loss(w, b, o, y, loss=loss, l2=0.1)
    exact = layer_loss(*(x.astype(np.float64) for x in (w, b, o)), y, loss=loss, l2=0.1)
    assert all(getattr(result, part).dtype == dtype for part in ("value", *PARTS))
    eps = float(np.finfo(dtype).eps)
    for part in ("value", *PARTS):
        np.testing.assert_allclose(
            getattr(result, part), getattr(exact, part), rtol=8 * eps, atol=8 * eps
        )


def test_the_widest_dtype_wins_and_integers_become_float64() -> None:
    w, b, o, y = drawn(soft=False)
    mixed = layer_loss(w.astype("float32"), b.astype("float32"), o, y)
    assert mixed.grad_weights.dtype == mixed.value.dtype == np.float64
    whole = layer_loss([[1, 2], [3, 4]], [0, 1], [[1, 0]], [1])
    assert whole.grad_inputs.dtype == np.float64


def test_float16_is_computed_in_float32() -> None:
    """The 300 products of 16 x 16 sum to more than float16 holds, and cancel in the loss."""
    w = np.full((2, 300), 16, np.float16)
    result = layer_loss(w, np.zeros(2, np.float16), np.full((1, 300), 16, np.float16), [0])
    assert result.value == np.float16(math.log(2))


def test_a_masked_class() -> None:
    w, _, o, _ = drawn()
    b = np.array([0.5, -INF, 1.0])
    away = layer_loss(w, b, o, [0, 2, 0, 2, 0])
    assert (away.probabilities[:, 1] == 0).all()
    assert away.grad_bias[1] == 0
    assert not away.grad_weights[1].any()
    rest = layer_loss(w[[0, 2]], b[[0, 2]], o, [0, 1, 0, 1, 0])
    assert away.value == pytest.approx(rest.value)
    np.testing.assert_allclose(away.grad_inputs, rest.grad_inputs, rtol=1e-12)
    on_it = layer_loss(w, b, o, [1, 2, 0, 2, 0])
    assert on_it.value == INF
    assert on_it.grad_scores[0, 1] == pytest.approx(-1 / 5, rel=1e-15)
    assert all(np.isfinite(getattr(on_it, part)).all() for part in PARTS)


def test_a_masked_class_whose_scores_overflow_stays_masked() -> None:
    result = layer_loss([[1e308, 1e308], [0, 0], [0, 0]], [-INF, 0, 0], [[10.0, -10.0]], [1])
    assert result.probabilities.tolist() == [[0, 0.5, 0.5]]


def test_a_loss_of_ones_own() -> None:
    w, b, o, y = drawn()
    by_focal = layer_loss(w, b, o, y, loss=focal(0.0))
    np.testing.assert_array_equal(by_focal.grad_weights, layer_loss(w, b, o, y).grad_weights)


def test_overflow_is_refused_and_says_where() -> None:
    with pytest.raises(InvalidInput, match=r"^weights \(scores\): \[0, 1\] is inf; .*float64"):
        layer_loss([[0.0], [1e200]], [0, 0], [[1e200]], [0])
    with pytest.raises(InvalidInput, match=r"^weights \(scores\): \[0, 1\] is -inf"):
        layer_loss([[0.0], [-1e200]], [0, 0], [[1e200]], [0])
    huge = layer_loss([[1e200], [0.0]], [0, 0], [[1e-200]], [0], l2=1.0)
    assert huge.value == INF
    assert np.isfinite(huge.grad_weights).all()


def test_no_entry_is_minus_zero() -> None:
    result = layer_loss([[0.0, -1.0], [0.0, 1.0]], [800.0, 0.0], [[-1.0, -0.0]], [0])
    for part in ("grad_weights", "grad_bias", "grad_inputs", "grad_scores"):
        array = getattr(result, part)
        assert not np.signbit(array[array == 0]).any(), part


def test_the_source_example() -> None:
    """[2, 3, 4] with class 2, as a layer whose inputs are all that a weight's gradient adds."""
    result = layer_loss(np.zeros((3, 2)), [2, 3, 4], [[1.0, -2.0]], [1])
    assert result.value == pytest.approx(1.4076059644443804, rel=1e-15)
    slopes = softmax_loss([2, 3, 4], 1).grad_logits
    np.testing.assert_array_equal(result.grad_weights, np.outer(slopes, [1, -2]))


@given(st.integers(2, 5), st.integers(1, 5), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_gradients_sum_to_zero_over_the_classes(
    n: int, inputs: int, samples: int, seed: int
) -> None:
    w, b, o, y = drawn(n, inputs, samples, seed=seed)
    result = layer_loss(w, b, o, y)
    assert abs(result.grad_bias.sum()) < 1e-15 * n
    assert np.abs(result.grad_scores.sum(axis=-1)).max() < 1e-15 * n
    assert np.abs(result.grad_weights.sum(axis=0)).max() < 1e-14 * n
    np.testing.assert_allclose(result.grad_weights, result.grad_scores.T @ o, atol=1e-15)


# What public code does instead: which of weights, bias and inputs it spoils, and how.
SLIPS: dict[str, tuple[int, Callable[[Any, Any, LayerResult, float], Any]]] = {
    "sum for mean": (0, lambda w, o, r, l2: len(o) * (r.grad_weights - l2 * w) + l2 * w),
    "mean taken twice": (0, lambda w, o, r, l2: (r.grad_weights - l2 * w) / len(o) + l2 * w),
    "l2 left out": (0, lambda w, o, r, l2: r.grad_weights - l2 * w),
    "l2 without its half": (0, lambda w, o, r, l2: r.grad_weights + l2 * w),
    "sign flipped": (0, lambda w, o, r, l2: -r.grad_weights),
    "outer product transposed": (0, lambda w, o, r, l2: o.T @ r.grad_scores + l2 * w),
    "weights not transposed": (2, lambda w, o, r, l2: r.grad_scores @ w.T),
    "one sample for the batch": (1, lambda w, o, r, l2: r.grad_scores[0]),
    "bias averaged again": (1, lambda w, o, r, l2: r.grad_scores.mean(axis=0)),
    "y - a": (1, lambda w, o, r, l2: -r.grad_bias),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_these_checks_would_catch(slip: str) -> None:
    """A square layer, so that a transposed matrix fits, too."""
    w, b, o, y = drawn(3, 3, 3)
    l2 = 0.3
    good = layer_loss(w, b, o, y, l2=l2)
    index, wrong = SLIPS[slip]

    def value(x: Any) -> Any:
        parts = [w, b, o]
        parts[index] = x
        return layer_loss(*parts, y, l2=l2).value

    right = (good.grad_weights, good.grad_bias, good.grad_inputs)[index]
    assert check_gradient(value, right, (w, b, o)[index]).passed
    assert not check_gradient(value, wrong(w, o, good, l2), (w, b, o)[index]).passed


def test_training_on_digit_sized_data_is_lean() -> None:
    """1797 x 64 with ten classes: nothing of size N n D is made."""
    rng = np.random.default_rng(0)
    o, y = rng.random((1797, 64)), rng.integers(0, 10, 1797)
    w, b = np.zeros((10, 64)), np.zeros(10)
    layer_loss(w, b, o, y, l2=1e-3)
    tracemalloc.start()
    layer_loss(w, b, o, y, l2=1e-3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * o.nbytes
