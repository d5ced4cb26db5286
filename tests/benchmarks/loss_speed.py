"""`softmax_loss`, value and gradient, beside SciPy and beside PyTorch on one thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from scipy.special import log_softmax

from core import softmax_loss
from tests.benchmarks.table import Row, median, row

# Optional: it is large.
torch: Any = import_module("torch") if find_spec("torch") else None

ROUNDS = 60
LARGE, SMALL = (4096, 1000), (64, 10)
# Of a small batch many calls are timed together: the clock would be part of one.
CALLS = {LARGE: 1, SMALL: 200}
Problem = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


def problem(shape: tuple[int, int]) -> Problem:
    rng = np.random.default_rng(7)
    logits = rng.normal(scale=3, size=shape).astype(np.float32)
    return logits, rng.integers(shape[1], size=shape[0])


def ours(given: Problem) -> Callable[[], Any]:
    def run() -> Any:
        result = softmax_loss(*given)
        return result.value, result.grad_logits

    return run


def with_scipy(given: Problem) -> Callable[[], Any]:
    """Write the formula down as it stands: exp(log_softmax) less the one-hot labels, over N."""
    logits, labels = given
    samples = np.arange(len(labels))

    def run() -> Any:
        logs = log_softmax(logits, axis=-1)
        targets = np.zeros_like(logits)
        targets[samples, labels] = 1
        value = -(targets * logs).sum() / len(labels)
        return value, (np.exp(logs) - targets) / len(labels)

    return run


def with_scipy_by_index(given: Problem) -> Callable[[], Any]:
    """Touch only the labels' entries, in place: the same without a one-hot matrix."""
    logits, labels = given
    samples = np.arange(len(labels))

    def run() -> Any:
        logs = log_softmax(logits, axis=-1)
        value = -logs[samples, labels].mean()
        gradient = np.exp(logs)
        gradient[samples, labels] -= 1
        gradient /= len(labels)
        return value, gradient

    return run


def with_torch(given: Problem) -> Callable[[], Any]:
    torch.set_num_threads(1)
    logits = torch.from_numpy(given[0]).requires_grad_()
    labels = torch.from_numpy(given[1])

    def run() -> Any:
        logits.grad = None
        value = torch.nn.functional.cross_entropy(logits, labels)
        value.backward()
        return value.detach().numpy(), logits.grad.numpy()

    return run


def measured(shape: tuple[int, int], runs: list[Callable[[], Any]]) -> list[float]:
    """Take the medians, in ms, of runs that take turns and that must agree.

    The processor's time: each run has one thread, and what else the machine does is left out.
    """
    for one in runs[1:]:
        for got, want in zip(one(), runs[0](), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-4, atol=1e-7)
    took: list[list[float]] = [[] for _ in runs]
    for _ in range(ROUNDS):
        for run, times in zip(runs, took, strict=True):
            start = time.process_time()
            for _ in range(CALLS[shape]):
                run()
            times.append(1e3 * (time.process_time() - start) / CALLS[shape])
    return [median(times) for times in took]


def rows() -> list[Row]:
    large, small = problem(LARGE), problem(SMALL)
    what = "`softmax_loss` with gradient, float32, {} × {}".format
    runs = [ours(large), with_scipy(large), with_scipy_by_index(large)]
    mine, dense, sparse = measured(LARGE, runs)
    beside_scipy = [
        row(what(*LARGE), mine, ("SciPy's log_softmax, one-hot", dense), 1 / 1.7),
        row(what(*LARGE), mine, ("SciPy's log_softmax, by index", sparse), 1 / 1.7),
    ]
    beside_torch = []
    for given, shape, most in ((large, LARGE, 1.1), (small, SMALL, 0.5)):
        if torch is None:
            goal = f"at most {most}"
            absent = Row(what(*shape), "–", "PyTorch is not installed", "–", goal, "not measured")
            beside_torch.append(absent)
        else:
            mine, peer = measured(shape, [ours(given), with_torch(given)])
            beside_torch.append(row(what(*shape), mine, ("PyTorch, one thread", peer), most))
    return beside_scipy + beside_torch
