"""What a result holds is right whenever it is asked for, and belongs to the caller alone."""

from __future__ import annotations

import copy
import itertools
import pickle
from typing import Any

import numpy as np
import pytest

import core

RNG = np.random.default_rng(11)
PARTS = ("value", "probabilities", "grad_probabilities", "grad_logits")
LABELS = RNG.integers(0, 5, (2, 3))
TARGETS = {"label": LABELS, "soft": core.one_hot(LABELS, 5) * 0.5 + 0.1}
# Around the length from which rows are long, around twice that, and beyond NumPy's own buffer.
LENGTHS = (1, 2, 511, 512, 513, 1000, 1024, 9001)


def expected_parts(z: Any, labels: Any) -> tuple[Any, ...]:
    """Cross-entropy written down in float64 as its definitions read; z moderate, T = 1."""
    e = np.exp(z.astype(np.float64))
    a = e / e.sum(axis=1, keepdims=True)
    y = np.eye(z.shape[1])[labels]
    return -np.log((a * y).sum(axis=1)).mean(), a, -y / a / len(z), (a - y) / len(z)


@pytest.mark.parametrize("order", ["C", "F", "strided"])
def test_rows_of_every_length_and_layout(order: Any, subtests: pytest.Subtests) -> None:
    for classes, dtype in itertools.product(LENGTHS, ("float32", "float64")):
        with subtests.test(classes=classes, dtype=dtype):
            z = RNG.normal(0, 2, (7, classes)).astype(dtype)
            strided = order == "strided"
            laid_out = np.repeat(z, 2, axis=1)[:, ::2] if strided else np.array(z, order=order)
            labels = RNG.integers(0, classes, 7)
            result = core.softmax_loss(laid_out, labels)
            eps = float(np.finfo(dtype).eps)
            for part, expected in zip(PARTS, expected_parts(z, labels), strict=True):
                np.testing.assert_allclose(
                    getattr(result, part), expected, rtol=40 * eps, atol=8 * eps, err_msg=part
                )
            np.testing.assert_array_equal(result.probabilities, core.softmax(z))


@pytest.mark.parametrize("classes", [3, 1000])
def test_numpys_buffer_keeps_its_size(classes: int) -> None:
    z = np.zeros((2, classes))
    with np.errstate():
        np.setbufsize(4096)
        assert core.softmax_loss(z, [0, 1]).probabilities.shape == z.shape
        assert np.getbufsize() == 4096


@pytest.mark.parametrize("name", core.LOSSES)
def test_what_is_asked_for_late_ignores_all_writes_in_between(
    name: str, subtests: pytest.Subtests
) -> None:
    for kind, temperature, dtype, reduction in itertools.product(
        TARGETS, (1, 0.5), ("float16", "float32", "float64"), ("mean", "sum", "none")
    ):
        options: Any = {"loss": name, "temperature": temperature, "reduction": reduction}
        with subtests.test(kind=kind, dtype=dtype, **options):
            z, y = RNG_LOGITS.astype(dtype), TARGETS[kind].copy()
            y = y / y.sum(axis=-1, keepdims=True) if kind == "soft" else y
            early = core.softmax_loss(z, y, **options)
            wanted = {part: np.array(getattr(early, part)) for part in PARTS}
            late = core.softmax_loss(z, y, **options)
            z[...], y[...] = 0, 0
            late.grad_logits[...] = 7
            if reduction == "none":
                late.value[...] = 7
            np.testing.assert_array_equal(late.grad_probabilities, wanted["grad_probabilities"])
            late.grad_probabilities[...] = 7
            np.testing.assert_array_equal(late.probabilities, wanted["probabilities"])


RNG_LOGITS = RNG.normal(0, 2, (2, 3, 5))


def test_each_part_is_made_once_and_may_be_written_to() -> None:
    for targets in TARGETS["label"], core.one_hot(LABELS, 5):
        result = core.softmax_loss(RNG_LOGITS, targets)
        arrays = [getattr(result, part) for part in PARTS[1:]]
        for part, array in zip(PARTS[1:], arrays, strict=True):
            assert getattr(result, part) is array
            assert array.flags.writeable
            assert not any(np.shares_memory(array, x) for x in arrays if x is not array)


@pytest.mark.parametrize("again", [copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r))])  # noqa: S301
def test_a_result_can_be_copied_and_stored_before_it_is_asked(again: Any) -> None:
    for targets in LABELS, core.one_hot(LABELS, 5):
        result = core.softmax_loss(RNG_LOGITS, targets)
        stored = again(result)
        for part in PARTS:
            np.testing.assert_array_equal(getattr(stored, part), getattr(result, part))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_a_late_part_is_quiet_where_numpy_is_told_to_raise(dtype: str) -> None:
    z = np.array([[-np.inf, 0, 1], [1e4, -1e4, 0], [0, 12, 0]], dtype)
    with np.errstate(all="raise"):
        result = core.softmax_loss(z, [0, 1, 0])
        assert result.grad_probabilities[:2].tolist() == [[-np.inf, 0, 0], [0, -np.inf, 0]]
        assert np.isfinite(result.probabilities).all()


def test_a_gradient_that_underflows_is_no_minus_0() -> None:
    # a_t - 1 is -2e-44, and a 64th of it is below the least float32.
    z = np.tile(np.array([0, -100], np.float32), (64, 1))
    gradient = core.softmax_loss(z, np.zeros(64, int)).grad_logits
    assert not np.signbit(gradient).any(), gradient[0]
    assert core.softmax_loss(z[0], 0).grad_logits[0] < 0


def test_a_result_cannot_be_assigned_to() -> None:
    result: Any = core.softmax_loss([1.0, 2.0], 0)
    with pytest.raises(AttributeError):
        result.value = 0
