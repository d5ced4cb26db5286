"""Losses as a learner types them, each with the same loss in mpmath, written by hand.

The functions take lists a and y counted from 0, n, and the class t of the target, from 0 too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import exp, fsum, log, mpf, sqrt

Oracle = Callable[[Any, Any, int, int], Any]


def _over(n: int, term: Callable[[int], Any]) -> Any:
    return fsum(term(k) for k in range(n))


LOSSES: dict[str, Oracle] = {
    "-sum(y_k*log(a_k), k)": lambda a, y, n, t: -_over(n, lambda k: y[k] * log(a[k])),
    "-log(a_t)": lambda a, y, n, t: -log(a[t]),
    "sum((a_k - y_k)**2, k)/n": lambda a, y, n, t: _over(n, lambda k: (a[k] - y[k]) ** 2) / n,
    "sum((a_k - y_k)**2, k)": lambda a, y, n, t: _over(n, lambda k: (a[k] - y[k]) ** 2),
    "-sum(y_k*(1-a_k)**2*log(a_k), k)": lambda a, y, n, t: (
        -_over(n, lambda k: y[k] * (1 - a[k]) ** 2 * log(a[k]))
    ),
    "-(1 - a_t)**1.5*log(a_t)": lambda a, y, n, t: -((1 - a[t]) ** mpf(1.5)) * log(a[t]),
    "sum(y_k*log(y_k/a_k), k)": lambda a, y, n, t: _over(
        n, lambda k: y[k] * (log(y[k]) - log(a[k])) if y[k] else mpf(0)
    ),
    "sum(abs(a_k - y_k), k)": lambda a, y, n, t: _over(n, lambda k: abs(a[k] - y[k])),
    "-sum(y_k*log(a_k), k) + 0.1*sum(a_k*log(a_k), k)": lambda a, y, n, t: _over(
        n, lambda k: -y[k] * log(a[k]) + a[k] * log(a[k]) / 10
    ),
    "-sum((0.9*y_k + 0.1/n)*log(a_k), k)": lambda a, y, n, t: (
        -_over(n, lambda k: (9 * y[k] / 10 + mpf(1) / 10 / n) * log(a[k]))
    ),
    "sum(abs(1 + a_k - a_t) + 1 + a_k - a_t, k)/2 - 1": lambda a, y, n, t: (
        _over(n, lambda k: max(0, 1 + a[k] - a[t])) - 1
    ),
    "1 - a_t": lambda a, y, n, t: 1 - a[t],
    "-sum(y_k*log(a_k + 1e-9), k)": lambda a, y, n, t: (
        -_over(n, lambda k: y[k] * log(a[k] + 1 / mpf(10) ** 9))
    ),
    "sqrt(sum((a_k - y_k)**2, k))": lambda a, y, n, t: sqrt(_over(n, lambda k: (a[k] - y[k]) ** 2)),
    "sum((sqrt(a_k) - sqrt(y_k))**2, k)/2": lambda a, y, n, t: (
        _over(n, lambda k: (sqrt(a[k]) - sqrt(y[k])) ** 2) / 2
    ),
    "1 - sum(a_k*y_k, k)/sqrt(sum(a_k**2, k)*sum(y_k**2, k))": lambda a, y, n, t: (
        1
        - _over(n, lambda k: a[k] * y[k])
        / sqrt(_over(n, lambda k: a[k] ** 2) * _over(n, lambda k: y[k] ** 2))
    ),
    "-log(sum(y_k*a_k, k))": lambda a, y, n, t: -log(_over(n, lambda k: y[k] * a[k])),
    "log(sum(exp(a_k), k)) - a_t": lambda a, y, n, t: log(_over(n, lambda k: exp(a[k]))) - a[t],
    "-sum(y_k*log(a_k) + (1 - y_k)*log(1 - a_k), k)": lambda a, y, n, t: (
        -_over(n, lambda k: y[k] * log(a[k]) + (1 - y[k]) * log(1 - a[k]))
    ),
    "(1 - a_t**0.7)/0.7": lambda a, y, n, t: (1 - a[t] ** (mpf(7) / 10)) / (mpf(7) / 10),
    "sum(sqrt((a_k - y_k)**2 + 1) - 1, k)": lambda a, y, n, t: _over(
        n, lambda k: sqrt((a[k] - y[k]) ** 2 + 1) - 1
    ),
    "1 - 2*sum(a_k*y_k, k)/sum(a_k + y_k, k)": lambda a, y, n, t: (
        1 - 2 * _over(n, lambda k: a[k] * y[k]) / _over(n, lambda k: a[k] + y[k])
    ),
    "sum(sum((a_k - a_m)**2*(y_k - y_m)**2, k), m)/n**2": lambda a, y, n, t: (
        _over(n, lambda m: _over(n, lambda k: (a[k] - a[m]) ** 2 * (y[k] - y[m]) ** 2)) / n**2
    ),
    "sum(log(sum(a_k*a_m + y_m, m)), k)": lambda a, y, n, t: _over(
        n, lambda k: log(_over(n, lambda m: a[k] * a[m] + y[m]))
    ),
    "sum(a_k**(1 + y_k), k)": lambda a, y, n, t: _over(n, lambda k: a[k] ** (1 + y[k])),
    "sum(a_k**a_k, k)": lambda a, y, n, t: _over(n, lambda k: a[k] ** a[k]),
    "sum(exp(-(a_k - y_k)**2/0.5), k)": lambda a, y, n, t: _over(
        n, lambda k: exp(-2 * (a[k] - y[k]) ** 2)
    ),
    "sum((1 - delta_kt)*a_k**2, k)": lambda a, y, n, t: _over(
        n, lambda k: a[k] ** 2 if k != t else mpf(0)
    ),
    "sum(e**a_k*2**-a_k, k)": lambda a, y, n, t: _over(n, lambda k: exp(a[k]) / 2 ** a[k]),
    "a_1*a_2 - a_1/a_2 + a_t*a_1": lambda a, y, n, t: a[0] * a[1] - a[0] / a[1] + a[t] * a[0],
    "sum(a_i*y_i, i)": lambda a, y, n, t: _over(n, lambda k: a[k] * y[k]),
    "sum(a_k, k)**3/sum(a_k**2, k)": lambda a, y, n, t: (
        _over(n, lambda k: a[k]) ** 3 / _over(n, lambda k: a[k] ** 2)
    ),
}
