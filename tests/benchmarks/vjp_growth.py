"""How the time and the memory of `softmax_vjp` grow with the number of classes."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from core import softmax_vjp
from tests.benchmarks.table import Row, median, met

# From 10^4 on: below, the cost of the call itself hides how the rest grows.
SIZES = (10**4, 3 * 10**4, 10**5, 3 * 10**5, 10**6)
ROUNDS = 40
SLACK = 0.05  # in the exponent
Vector = np.ndarray[Any, Any]
Product = Callable[[Vector, Vector], Vector]


def plain(a: Vector, g: Vector) -> Vector:
    """Compute the bare formula, checking nothing."""
    result: Vector = a * (g - (g * a).sum())
    return result


def seconds(product: Product, a: Vector, g: Vector) -> float:
    start = time.process_time()
    product(a, g)
    return time.process_time() - start


def peak(product: Product, a: Vector, g: Vector) -> float:
    tracemalloc.start()
    product(a, g)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(most)


def exponent(figures: list[float]) -> float:
    """Fit figures ~ n^k on logarithmic axes."""
    return float(np.polyfit(np.log(SIZES), np.log(figures), 1)[0])


def rows() -> list[Row]:
    products: list[Product] = [softmax_vjp, plain]
    times: list[list[float]] = [[], []]
    peaks: list[list[float]] = [[], []]
    for n in SIZES:
        rng = np.random.default_rng(7)
        a, g = rng.dirichlet(np.ones(n)), rng.normal(size=n)
        np.testing.assert_allclose(softmax_vjp(a, g), plain(a, g), rtol=1e-9, atol=1e-15)
        rounds = [[seconds(product, a, g) for product in products] for _ in range(ROUNDS)]
        for k, product in enumerate(products):
            times[k].append(median(each[k] for each in rounds))
            peaks[k].append(peak(product, a, g))
    unit = {"time": "ns", "memory": "bytes"}
    scale = {"time": 1e9, "memory": 1}
    result = []
    for name, (ours, floor) in (("time", times), ("memory", peaks)):
        mine, bare = (
            f"n^{exponent(f):.2f}, {scale[name] * f[-1] / SIZES[-1]:.2g} {unit[name]} a class"
            for f in (ours, floor)
        )
        # The formula is linear, and still takes longer a class once it leaves the caches.
        most = max(1, exponent(floor)) + SLACK
        result.append(
            Row(
                f"`softmax_vjp`, n = 10^4 to 10^6: {name}",
                mine,
                f"the formula in NumPy: {bare}",
                f"{ours[-1] / floor[-1]:.2f} at 10^6",
                f"linear: at most n^{most:.2f}",
                met(exponent(ours) <= most),
            )
        )
    return result
