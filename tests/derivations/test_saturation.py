"""Every line where softmax is as good as sure of itself, beside differences in 900 digits.

1 - a is far below the spacing of doubles there, and so are differences of such differences: lines
that are equal must still say the same numbers.
"""

from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from mpmath import exp, log, mp, mpf

from derivations import DERIVATIONS, evaluate
from derivations.symbols import a, batch_y, t, y
from derivations.writing import ln, mul, neg, sub

from .registry import ALL, IN_BATCHES, flat, numbers_for

DIGITS, STEP = 900, mpf(10) ** -250
SATURATED = ([0, 40], [40.5, 0], [0.0, 90, -3], [37.43, 0, 1, 2], [0, 150.25], [-250, 3, 40])
TARGETS = ("wrong", "right", "soft")
Row = list[Any]


def shares(z: Iterable[Any]) -> Row:
    powers = [exp(x) for x in z]
    return [x / sum(powers) for x in powers]


def slopes(f: Callable[[Row], Any], x: Row) -> Row:
    """Differentiate a number, or each entry of nested numbers, by each entry of x."""

    def entry(at: int) -> Any:
        ends = [[v + sign * STEP * (p == at) for p, v in enumerate(x)] for sign in (1, -1)]
        return apart(*map(f, ends))

    def apart(high: Any, low: Any) -> Any:
        if isinstance(high, list):
            return [apart(p, q) for p, q in zip(high, low, strict=True)]
        return (high - low) / (2 * STEP)

    return [entry(at) for at in range(len(x))]


def transposed(rows: list[Row]) -> list[Row]:
    return [list(x) for x in zip(*rows, strict=True)]


def cross_entropy(z: Row, target: Row) -> Any:
    return -sum(p * log(x) for p, x in zip(target, shares(z), strict=True) if p)


def squared_error(z: Row, target: Row) -> Any:
    return sum((x - p) ** 2 for x, p in zip(shares(z), target, strict=True)) / len(z)


def held_fixed(z: Row, g: Row) -> Any:
    return sum(p * x for p, x in zip(g, shares(z), strict=True))


def one_hot(size: int, at: int) -> Row:
    return [mpf(p == at) for p in range(size)]


def scores(w: list[Row], q: SimpleNamespace) -> Row:
    rows = zip(w, q.b, strict=True)
    return [sum(x * o for x, o in zip(row, q.o, strict=True)) + b for row, b in rows]


def by_weights(f: Callable[[list[Row]], Any], w: list[Row]) -> list[Row]:
    wide = len(w[0])
    flat_slopes = slopes(
        lambda x: f([x[p : p + wide] for p in range(0, len(x), wide)]),
        [x for row in w for x in row],
    )
    return [flat_slopes[p : p + wide] for p in range(0, len(flat_slopes), wide)]


def batch_loss(w: list[Row], q: SimpleNamespace) -> Any:
    each = [
        cross_entropy(scores(w, SimpleNamespace(b=q.b, o=o)), target)
        for o, target in zip(q.o, q.y, strict=True)
    ]
    return sum(each) / len(each) + q.l2 / 2 * sum(x * x for row in w for x in row)


def mean_loss(z: Row, q: SimpleNamespace) -> Any:
    size = len(q.z[0])
    parts = [z[p : p + size] for p in range(0, len(z), size)]
    return sum(map(cross_entropy, parts, q.y)) / len(parts)


def by_logits_of_batch(q: SimpleNamespace) -> list[Row]:
    size = len(q.z[0])
    found = slopes(lambda z: mean_loss(z, q), [x for row in q.z for x in row])
    return [found[p : p + size] for p in range(0, len(found), size)]


def curvature(q: SimpleNamespace) -> Any:
    """Second derivative along v: v_i dL/dz_i, once more along v."""
    return sum(
        v * x
        for v, x in zip(
            q.v,
            slopes(lambda z: sum(map(lambda p, s: p * s, q.v, sub_gradient(z, q.y))), q.z),
            strict=True,
        )
    )


def sub_gradient(z: Row, target: Row) -> Row:
    return [x - p for x, p in zip(shares(z), target, strict=True)]


ORACLES: dict[str, Callable[[SimpleNamespace], Any]] = {
    "softmax_jacobian": lambda q: transposed(slopes(shares, q.z)),
    "cross_entropy_gradient": lambda q: slopes(lambda z: cross_entropy(z, q.y), q.z),
    "cross_entropy_one_hot": lambda q: [
        slopes(lambda z, at=at: cross_entropy(z, one_hot(len(z), at)), q.z)
        for at in range(len(q.z))
    ],
    "upstream_gradient": lambda q: slopes(lambda z: held_fixed(z, q.g), q.z),
    "mean_squared_error_gradient": lambda q: slopes(lambda z: squared_error(z, q.y), q.z),
    "log_softmax_gradient": lambda q: transposed(
        slopes(lambda z: [log(x) for x in shares(z)], q.z)
    ),
    "logsumexp_gradient": lambda q: slopes(lambda z: log(sum(map(exp, z))), q.z),
    "shift_invariance": lambda q: shares([x + q.c for x in q.z]),
    "temperature_gradient": lambda q: transposed(
        slopes(lambda z: shares([x / q.T for x in z]), q.z)
    ),
    "temperature_sensitivity": lambda q: slopes(lambda x: shares([p / x[0] for p in q.z]), [q.T])[
        0
    ],
    "sigmoid_as_two_classes": lambda q: shares(q.z)[0],
    "layer_gradient": lambda q: by_weights(lambda w: held_fixed(scores(w, q), q.g), q.w),
    "layer_bias_gradient": lambda q: slopes(
        lambda b: held_fixed(scores(q.w, SimpleNamespace(b=b, o=q.o)), q.g), q.b
    ),
    "layer_input_gradient": lambda q: slopes(
        lambda o: held_fixed(scores(q.w, SimpleNamespace(b=q.b, o=o)), q.g), q.o
    ),
    "batch_mean_gradient": lambda q: by_weights(lambda w: batch_loss(w, q), q.w),
    "batch_mean_logit_gradient": by_logits_of_batch,
    "cross_entropy_hessian": lambda q: transposed(
        slopes(lambda z: slopes(lambda x: cross_entropy(x, q.y), z), q.z)
    ),
    "cross_entropy_convexity": curvature,
}


def saturated_numbers(name: str, z: list[float], target: str) -> dict[str, Any]:
    """Numbers of a derivation with these logits, or weights that lead to them."""
    numbers = numbers_for(name, 1)
    size = len(z)
    hot = {"wrong": z.index(min(z)), "right": z.index(max(z))}.get(target)
    soft = [0.25, 0.75, *[0.0] * (size - 2)]
    own = soft if hot is None else [float(p == hot) for p in range(size)]
    numbers |= {"z": z, "g": [1.5, -0.5, 2.0, 0.25][:size], "v": [1.0, -2.0, 0.5, 3.0][:size]}
    numbers |= {"b": [0.0] * size, "o": [1.0, 0.5], "w": [[x, 0.0] for x in z], "T": 1.25}
    if "y" in numbers:
        numbers["y"] = own
    if name in IN_BATCHES:
        numbers |= {"z": [z, z[::-1]], "y": [own, own], "o": [[1.0, 0.5], [0.25, 1.0]], "l2": 0.0}
    if name.startswith("layer"):
        del numbers["y"]
    return numbers


def exact(value: Any) -> Any:
    return [exact(x) for x in value] if isinstance(value, list) else mpf(value)


def test_every_derivation_has_an_oracle() -> None:
    assert set(ORACLES) == set(ALL)


def of_targets() -> Iterator[tuple[str, str]]:
    """Every derivation, and with every target those whose numbers hold one."""
    for name, one in ALL.items():
        has_target = any(x.has(y, batch_y) for x in (*one.lines, *one.definitions))
        yield from ((name, target) for target in TARGETS[: None if has_target else 1])


@pytest.mark.parametrize(("name", "target"), list(of_targets()))
def test_all_lines_agree_with_many_digits(name: str, target: str) -> None:
    derivation = ALL[name]
    for z in SATURATED:
        if name == "sigmoid_as_two_classes" and len(z) > 2:
            continue
        numbers = saturated_numbers(name, z, target)
        with mp.workdps(DIGITS):
            given = {key: exact(value) for key, value in numbers.items()}
            expected = flat(ORACLES[name](SimpleNamespace(**given)))
        lines = range(len(derivation.lines))
        if name in IN_BATCHES or name.startswith("layer"):
            lines = (0, len(lines) // 2, len(lines) - 1)  # type: ignore[assignment]
        for line in lines:
            found = flat(evaluate(derivation, line, **numbers))
            assert found == pytest.approx(expected, rel=2e-15, abs=1e-300), (z, line)


def test_squared_error_at_forty() -> None:
    derivation = DERIVATIONS["mean_squared_error_gradient"]
    for line in range(len(derivation.lines)):
        found = evaluate(derivation, line, z=[0, 40], y=[0, 1], i=2)
        assert found == pytest.approx(-3.6097027756908306e-35, rel=1e-14)


@pytest.mark.parametrize("gap", [40.0, 100.0, 300.0, 700.0])
def test_what_a_learner_writes_is_right_there_too(gap: float) -> None:
    """-ln a, 1 - a and (1 - a) ln a of the sure class, and sums of all but it."""
    derivation = DERIVATIONS["cross_entropy_one_hot"]
    with mp.workdps(DIGITS):
        low, high = shares([mpf(0), mpf(gap)])
        expected = [float(x) for x in (-log(high), low, low * log(high))]
    for line, value in zip(
        (neg(ln(a[t])), sub(1, a[t]), mul(sub(1, a[t]), ln(a[t]))), expected, strict=True
    ):
        found = evaluate(derivation, line, z=[0, gap], y=[0, 1], i=1)
        assert found == pytest.approx(value, rel=1e-14, abs=1e-300)


def test_what_is_nothing_stays_nothing() -> None:
    for z in SATURATED:
        ones = [1.0] * len(z)
        for line in (-1, -2, 3):
            found = flat(evaluate(DERIVATIONS["upstream_gradient"], line, z=z, g=ones))
            assert found == [0.0] * len(z)
            assert not np.signbit(found).any()
