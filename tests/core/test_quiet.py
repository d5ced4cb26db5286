"""No call warns, raises a floating-point error, or writes to what it was given; docs are true."""

from __future__ import annotations

import doctest
import importlib
import inspect
import itertools
import pkgutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import core

ROWS: dict[str, list[list[float]]] = {
    "plain": [[0.1, -2, 3], [1, 1, 1]],
    "huge": [[1e4, -1e4, 0], [-1e4, -1e4, 1e4]],
    "masked": [[-np.inf, 0, 1], [2, -np.inf, -np.inf]],
    "tiny": [[1e-7, 0, -1e-7], [6e-8, 6e-8, 0]],
}
SOFT = np.array([[0.0, 0.25, 0.75], [1.0, 0.0, 0.0]])


def every_function(z: Any, temperature: float) -> None:
    a = core.softmax(z, temperature=temperature)
    for function in (core.log_softmax, core.naive_softmax, core.exponentials):
        function(z, temperature=temperature)
    core.logsumexp(z)
    core.softmax_jacobian(a, temperature=temperature)
    core.softmax_vjp(a, SOFT, temperature=temperature)
    core.entropy(a)
    core.top_k(a, 2)
    for name, loss in core.LOSSES.items():
        loss.value(a, SOFT)
        loss.gradient(a, SOFT)
        for y in (np.array([1, 0]), SOFT):
            core.softmax_loss(z, y, loss=name, temperature=temperature)
            core.layer_loss(np.eye(3, dtype=z.dtype), z[0], SOFT, y, loss=name, l2=temperature)
            core.analytic_loss(y, name, temperature=temperature)(z)
            core.analytic_loss(y, name, temperature=temperature)(z.astype(complex))


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_nothing_warns_even_where_numpy_is_told_to_raise(
    dtype: str, subtests: pytest.Subtests
) -> None:
    for rows, temperature in itertools.product(ROWS, (1.0, 0.5, 1e-300, 1e300)):
        with subtests.test(rows=rows, temperature=temperature), np.errstate(all="raise"):
            every_function(np.array(ROWS[rows], dtype), temperature)


def test_the_ends_of_float64() -> None:
    largest = np.finfo(np.float64).max
    with np.errstate(all="raise"):
        assert core.softmax([largest, -largest]).tolist() == [1, 0]
        assert core.softmax([largest, largest]).tolist() == [0.5, 0.5]
        assert core.log_softmax([largest, largest]).tolist() == [-np.log(2)] * 2
        assert core.logsumexp([-largest, -largest]) == -largest


def test_arguments_are_never_written_to() -> None:
    z, y, labels = np.array(ROWS["plain"]), SOFT.copy(), np.array([1, 0])
    a = core.softmax(z)
    kept = [array.copy() for array in (z, y, labels, a)]
    for array in (z, y, labels, a):
        array.flags.writeable = False
    every_function(z, 1.0)
    every_function(z, 0.5)
    core.softmax_loss(z, labels)
    core.layer_loss(z, z[:, 0], a, y[:, :2] + [[0, 0.75], [0, 0]])
    core.softmax_vjp(a, y)
    core.one_hot(labels, 3)
    for array, before in zip((z, y, labels, a), kept, strict=True):
        np.testing.assert_array_equal(array, before)


def test_results_do_not_share_memory_with_arguments() -> None:
    z, y = np.array(ROWS["plain"]), SOFT.copy()
    result = core.softmax_loss(z, y)
    for part in (result.probabilities, result.grad_probabilities, result.grad_logits):
        assert not np.shares_memory(part, z)
        assert not np.shares_memory(part, y)
    layer = core.layer_loss(z.T, z[0], y[:, :2], [0, 1])
    for part in (layer.grad_weights, layer.grad_bias, layer.grad_inputs):
        assert not any(np.shares_memory(part, given) for given in (z, y))
    gradient = np.zeros(2)
    check = core.check_gradient(lambda x: x.sum() * 0, gradient, np.ones(2))
    assert not np.shares_memory(check.analytic, gradient)


MODULES = [importlib.import_module(f"core.{m.name}") for m in pkgutil.iter_modules(core.__path__)]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_the_examples_in_the_docstrings_are_true(module: Any) -> None:
    failures, _ = doctest.testmod(module)
    assert failures == 0


PUBLIC = [f for f in map(core.__dict__.get, core.__all__) if inspect.isfunction(f)]


@pytest.mark.parametrize("function", PUBLIC, ids=lambda f: f.__name__)
def test_every_public_function_says_what_it_refuses(function: Callable[..., Any]) -> None:
    if inspect.signature(function).parameters:
        assert "Raises InvalidInput" in (function.__doc__ or "")
