"""Whatever object is handed over: InvalidInput, or a result without NaN; nothing else, no warning.

Only what a learner's own function raises is passed on.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core

INF, NAN = np.inf, np.nan


class Failing:
    """Fails in whatever it is asked for."""

    def _fail(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError("no")

    __array__ = __float__ = __index__ = __len__ = __getitem__ = __iter__ = __repr__ = _fail


class AsArray:
    """An array in other clothes, as tensors and data frames are."""

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.asarray(self.values, dtype)


class Lying(list):  # type: ignore[type-arg]
    def __len__(self) -> int:
        raise KeyError("no")


def nested(depth: int) -> Any:
    value: Any = 1.0
    for _ in range(depth):
        value = [value]
    return value


def endless() -> Any:
    own: list[Any] = []
    own.append(own)
    return own


ODD: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "a huge integer": lambda: 10**5000,
    "its negative": lambda: -(10**400),
    "beyond int64": lambda: 2**63,
    "a list of huge integers": lambda: [10**400, 1],
    "huge beside a float": lambda: [10**400, 1.5],
    "a fraction": lambda: Fraction(1, 2),
    "a tiny fraction": lambda: Fraction(1, 10**400),
    "fractions": lambda: [Fraction(1, 2), Fraction(1, 2)],
    "a decimal": lambda: Decimal("0.5"),
    "decimals": lambda: [Decimal(1), Decimal("NaN")],
    "text": lambda: "abc",
    "numeric text": lambda: ["1", "2"],
    "bytes": lambda: b"12",
    "a generator": lambda: (x for x in (1.0, 2.0)),
    "a range": lambda: range(2),
    "a set": lambda: {1.0, 2.0},
    "a dict": lambda: {0: 1.0},
    "ragged": lambda: [[1.0, 2.0], [3.0]],
    "ragged arrays": lambda: [np.ones(2), np.ones(3)],
    "0-d": lambda: np.array(1.0),
    "0-d integer": lambda: np.array(1),
    "an integer scalar": lambda: np.int8(1),
    "a half": lambda: np.float16(0.5),
    "a bool": lambda: True,
    "bools": lambda: [True, False],
    "empty": list,
    "empty rows": lambda: np.zeros((2, 0)),
    "empty batch": lambda: np.zeros((0, 2)),
    "NaN": lambda: NAN,
    "NaN inside": lambda: [0.5, NAN],
    "inf": lambda: INF,
    "inf inside": lambda: [0.5, INF],
    "-inf inside": lambda: [0.5, -INF],
    "all -inf": lambda: [-INF, -INF],
    "complex": lambda: [1 + 1j, 2],
    "a complex number": lambda: 1j,
    "extended precision": lambda: np.ones(2, np.longdouble),
    "dates": lambda: np.array(["2024-01-01"], "datetime64[D]"),
    "records": lambda: np.zeros(2, [("a", float), ("b", int)]),
    "objects": lambda: np.array([1.0, None], object),
    "big-endian": lambda: np.array([0.5, 0.5], ">f8"),
    "strided": lambda: np.linspace(0, 1, 4)[::2],
    "masked": lambda: np.ma.array([0.25, 0.25, 0.5], mask=[0, 0, 1]),
    "masked in a list": lambda: [np.ma.array([0.5, 0.5], mask=[0, 1])],
    "masked itself": lambda: np.ma.masked,
    "masked beside a number": lambda: [np.ma.masked, 1.0],
    "a masked array with no mask": lambda: np.ma.array([0.5, 0.5]),
    "largest": lambda: [np.finfo(float).max, np.finfo(float).min],
    "smallest": lambda: [5e-324, 0.0],
    "float32 beyond": lambda: np.array([3e38, -3e38], np.float32),
    "half beyond": lambda: np.array([65504, -65504], np.float16),
    "an array in other clothes": lambda: AsArray([0.5, 0.5]),
    "other clothes, ragged": lambda: AsArray([[1], [1, 2]]),
    "failing": Failing,
    "failing inside": lambda: [Failing(), 1.0],
    "lying": lambda: Lying([1.0]),
    "a type": lambda: float,
    "a function": lambda: len,
    "65 deep": lambda: nested(65),
    "500 deep": lambda: nested(500),
    "endless": endless,
    "a random generator": lambda: np.random.default_rng(0),
    "a seed": lambda: 0,
    "33 axes": lambda: np.full((1,) * 32 + (2,), 0.5),
    "64 axes": lambda: np.full((1,) * 63 + (2,), 0.5),
    "3 axes": lambda: np.full((2, 2, 2), 0.5),
    "good": lambda: [0.5, 0.5],
    "good rows": lambda: [[0.25, 0.75], [1.0, 0.0]],
    "labels": lambda: [0, 1],
}


def total(x: Any) -> Any:
    return x.sum()


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


ROWS, LABELS = [[0.5, 0.25], [1.0, -1.0]], [0, 1]
LAYER: dict[str, Any] = {
    "weights": np.eye(2),
    "bias": [0.0, 1.0],
    "inputs": ROWS,
    "targets": LABELS,
}
TRAIN: dict[str, Any] = {"inputs": ROWS, "targets": LABELS, "steps": 2}


def trained(**changed: Any) -> Any:
    return list(core.train(**{"rng": rng(), **TRAIN, **changed}))


def late(found: Any) -> Any:
    return [found.value, found.grad_logits, found.probabilities, found.grad_probabilities]


# Each public function by each of its arguments, the others being right.
CALLS: dict[str, Callable[[Any], Any]] = {
    "softmax logits": core.softmax,
    "softmax temperature": lambda v: core.softmax(ROWS, temperature=v),
    "softmax axis": lambda v: core.softmax(ROWS, axis=v),
    "log_softmax logits": core.log_softmax,
    "logsumexp logits": core.logsumexp,
    "logsumexp axis": lambda v: core.logsumexp(ROWS, axis=v),
    "exponentials logits": core.exponentials,
    "exponentials temperature": lambda v: core.exponentials(ROWS, temperature=v),
    "top_k probabilities": lambda v: core.top_k(v, 1),
    "top_k k": lambda v: core.top_k([0.5, 0.5], v),
    "one_hot labels": lambda v: core.one_hot(v, 2),
    "one_hot classes": lambda v: core.one_hot([0], v),
    "softmax_jacobian probabilities": core.softmax_jacobian,
    "softmax_jacobian temperature": lambda v: core.softmax_jacobian([0.5, 0.5], temperature=v),
    "softmax_vjp probabilities": lambda v: core.softmax_vjp(v, [1.0, 2.0]),
    "softmax_vjp upstream": lambda v: core.softmax_vjp([0.5, 0.5], v),
    "softmax_vjp temperature": lambda v: core.softmax_vjp([0.5, 0.5], [1, 2], temperature=v),
    "softmax_vjp both": lambda v: core.softmax_vjp(v, v),
    "entropy": core.entropy,
    "focal": lambda v: core.focal(v).value([0.25, 0.75], [0.5, 0.5]),
    "focal slope": lambda v: core.focal(v).gradient([0.25, 0.75], [0.5, 0.5]),
    "label_smoothed": lambda v: core.label_smoothed(v).value([0.25, 0.75], [0.5, 0.5]),
    "Loss": lambda v: core.softmax_loss(ROWS, LABELS, loss=core.Loss(v, v)).value,
    "Loss log forms": lambda v: core.Loss(total, total, v, v) and None,
    "what a Loss returns": lambda v: late(
        core.softmax_loss(ROWS, LABELS, loss=core.Loss(lambda *_: v, lambda *_: v))
    ),
    "what log forms return": lambda v: late(
        core.softmax_loss(ROWS, LABELS, loss=core.Loss(*[lambda *_: v] * 4))
    ),
    "softmax_loss loss": lambda v: late(core.softmax_loss(ROWS, LABELS, loss=v)),
    "softmax_loss reduction": lambda v: late(core.softmax_loss(ROWS, LABELS, reduction=v)),
    "softmax_loss temperature": lambda v: late(core.softmax_loss(ROWS, LABELS, temperature=v)),
    "analytic_loss targets": lambda v: core.analytic_loss(v, "focal")(ROWS),
    "analytic_loss logits": core.analytic_loss(0, "mean_squared_error"),
    "forward_difference f": lambda v: core.forward_difference(v, [1.0]),
    "central_difference x": lambda v: core.central_difference(total, v),
    "central_difference step": lambda v: core.central_difference(total, [1.0, 2.0], step=v),
    "complex_step x": lambda v: core.complex_step(total, v),
    "complex_step step": lambda v: core.complex_step(total, [1.0], step=v),
    "what f returns": lambda v: core.central_difference(lambda _: v, [1.0]),
    "what complex f returns": lambda v: core.complex_step(lambda _: v, [1.0]),
    "check_gradient f": lambda v: core.check_gradient(v, [1.0], [1.0]),
    "check_gradient gradient": lambda v: core.check_gradient(total, v, [1.0, 2.0]),
    "what a gradient returns": lambda v: core.check_gradient(total, lambda _: v, [1.0, 2.0]),
    "check_gradient method": lambda v: core.check_gradient(total, [1.0], [1.0], method=v),
    "layer_loss l2": lambda v: core.layer_loss(**LAYER, l2=v),
    "layer_loss loss": lambda v: core.layer_loss(**LAYER, loss=v),
    "train learning_rate": lambda v: trained(learning_rate=v),
    "train l2": lambda v: trained(l2=v),
    "train loss": lambda v: trained(loss=v),
    "train rng": lambda v: trained(rng=v),
    "train start": lambda v: trained(start=v),
    "train start, a part": lambda v: trained(start=(np.eye(2), v)),
    "initial_layer classes": lambda v: core.initial_layer(v, 2, rng()),
    "initial_layer inputs": lambda v: core.initial_layer(2, v, rng()),
    "initial_layer rng": lambda v: core.initial_layer(2, 2, v),
    "spiral noise": lambda v: core.spiral(noise=v, rng=rng()),
    "spiral classes": lambda v: core.spiral(classes=v, rng=rng()),
    "spiral points": lambda v: core.spiral(points=v, rng=rng()),
    "spiral rng": lambda v: core.spiral(rng=v),
    "reliability probabilities": lambda v: core.reliability(v, LABELS),
    "reliability labels": lambda v: core.reliability([[0.5, 0.5], [0.25, 0.75]], v),
    "reliability bins": lambda v: core.reliability([[0.5, 0.5]], [0], bins=v),
    "expected_calibration_error": lambda v: core.expected_calibration_error(v, LABELS),
    "fit_temperature logits": lambda v: core.fit_temperature(v, LABELS),
    "fit_temperature labels": lambda v: core.fit_temperature([[1.0, 0], [2, 0], [0, 1]], v),
    "train steps": lambda v: next(core.train(**{**TRAIN, "rng": rng(), "steps": v})),
}
for name in core.LOSSES:
    CALLS[f"softmax_loss logits, {name}"] = lambda v, n=name: late(  # type: ignore[misc]
        core.softmax_loss(v, LABELS, loss=n)
    )
    CALLS[f"softmax_loss targets, {name}"] = lambda v, n=name: late(  # type: ignore[misc]
        core.softmax_loss(ROWS, v, loss=n)
    )
    CALLS[f"{name}.value"] = lambda v, n=name: core.LOSSES[n].value(v, [0.5, 0.5])  # type: ignore[misc]
    CALLS[f"{name}.gradient"] = lambda v, n=name: core.LOSSES[n].gradient([0.5, 0.5], v)  # type: ignore[misc]
for part in LAYER:
    CALLS[f"layer_loss {part}"] = lambda v, p=part: core.layer_loss(**{**LAYER, p: v})  # type: ignore[misc]
for part in ("inputs", "targets"):
    CALLS[f"train {part}"] = lambda v, p=part: trained(**{p: v})  # type: ignore[misc]


def arrays_of(result: Any) -> Iterable[Any]:
    """All numbers that a result holds."""
    if isinstance(result, list | tuple):
        for one in result:
            yield from arrays_of(one)
    elif hasattr(type(result), "__dataclass_fields__"):
        for name in type(result).__dataclass_fields__:
            if not name.startswith("_"):
                yield from arrays_of(getattr(result, name))
    elif isinstance(result, float | complex | np.ndarray | np.inexact):
        yield np.asarray(result)


# The end of float64's range is where the core promises no more than to be quiet.
AT_THE_END = ("largest", "float32 beyond", "half beyond")


# What is called by the core: what it raises is the learner's, and passed on.
CALLED = ("Loss", "check_gradient gradient", "forward_difference f", "check_gradient f")


def hand_over(call: str, what: str) -> None:
    allowed: tuple[type[Exception], ...] = (core.InvalidInput,)
    if call in CALLED and what in ("a type", "a function"):
        allowed = (core.InvalidInput, TypeError)
    try:
        result = CALLS[call](ODD[what]())
    except allowed:
        return
    if what in AT_THE_END or isinstance(result, core.GradientCheck):
        return  # of which a gradient that holds NaN is a part
    for array in arrays_of(result):
        assert not np.isnan(array).any(), (call, what, array)


@pytest.mark.parametrize("call", CALLS)
def test_an_odd_object_is_refused_or_has_a_result(call: str) -> None:
    for what in ODD:
        hand_over(call, what)


ELEMENTS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(),
    st.booleans(),
    st.none(),
    st.text(max_size=2),
    st.fractions(),
    st.decimals(),
    st.complex_numbers(),
    st.just(np.ma.masked),
    st.sampled_from([np.float16(1), np.float32(2), np.int64(0), np.array(0.5), np.array([0.5])]),
)
VALUES = st.recursive(ELEMENTS, lambda v: st.lists(v, max_size=3) | st.tuples(v, v), max_leaves=6)


@settings(max_examples=200)
@given(st.sampled_from(sorted(CALLS)), VALUES)
def test_any_object_is_refused_or_has_a_result(call: str, value: Any) -> None:
    try:
        result = CALLS[call](value)
    except core.InvalidInput:
        return
    if isinstance(result, core.GradientCheck) or not is_moderate(value):
        return
    for array in arrays_of(result):
        assert not np.isnan(array).any(), (call, value, array)


def is_moderate(value: Any) -> bool:
    """Whether no number lies near the end of float64's range, where only quiet is promised."""
    if isinstance(value, list | tuple):
        return all(map(is_moderate, value))
    if value is None or isinstance(value, str | np.ma.MaskedArray):
        return True
    size = abs(value.item() if isinstance(value, np.generic | np.ndarray) else value)
    return not 1e100 < size < INF


def raising(*_: Any) -> Any:
    raise ZeroDivisionError("the learner's own")


@pytest.mark.parametrize(
    "call",
    [
        lambda: core.forward_difference(raising, [1.0]),
        lambda: core.central_difference(raising, [1.0]),
        lambda: core.complex_step(raising, [1.0]),
        lambda: core.check_gradient(raising, [1.0], [1.0]),
        lambda: core.check_gradient(total, raising, [1.0]),
        lambda: core.softmax_loss(ROWS, LABELS, loss=core.Loss(raising, raising)),
    ],
)
def test_what_a_learners_function_raises_is_passed_on(call: Callable[[], Any]) -> None:
    with pytest.raises(ZeroDivisionError, match="the learner's own"):
        call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: core.one_hot([0], 10**19),
        lambda: core.one_hot([0] * 10**4, 10**12),
        lambda: core.reliability([[0.5, 0.5]], [0], bins=10**13),
        lambda: core.initial_layer(10**10, 10**10, rng()),
        lambda: core.spiral(points=10**15, rng=rng()),
        lambda: core.spiral(classes=10**5000, rng=rng()),
        lambda: trained(targets=[0, 2**63]),
        lambda: trained(targets=[0.0, 1e300]),
        lambda: core.softmax_jacobian(np.broadcast_to(0.0, 10**7)),
    ],
)
def test_what_has_no_room_is_refused(call: Callable[[], Any]) -> None:
    with pytest.raises(core.InvalidInput):
        call()


def test_fractions_are_numbers_wherever_a_single_number_is_asked_for() -> None:
    half = Fraction(1, 2)
    a = [0.25, 0.75]
    assert (core.softmax(a, temperature=half) == core.softmax(a, temperature=0.5)).all()
    for function in (core.log_softmax, core.naive_softmax, core.exponentials):
        assert (function(a, temperature=half) == function(a, temperature=0.5)).all()
    jacobian = core.softmax_jacobian
    assert (jacobian(a, temperature=half) == jacobian(a, temperature=0.5)).all()
    vjp = core.softmax_vjp
    assert (vjp(a, [1, 2], temperature=half) == vjp(a, [1, 2], temperature=0.5)).all()
    loss = core.softmax_loss
    assert loss(a, 0, temperature=half).value == loss(a, 0, temperature=0.5).value
    assert core.layer_loss(**LAYER, l2=half).value == core.layer_loss(**LAYER, l2=0.5).value


@pytest.mark.parametrize("where", list(itertools.product(("array", "list"), (0, 1, 2))), ids=str)
def test_masked_arrays_are_refused_wherever_arrays_are_taken(where: tuple[str, int]) -> None:
    """NumPy drops the mask without a word, and the masked entry would count."""
    kind, place = where
    masked = np.ma.array([1.0, 2.0, 3.0], mask=[k == place for k in range(3)])
    given: Any = masked if kind == "array" else [masked, [1.0, 2.0, 3.0]]
    for call in (core.softmax, core.log_softmax, core.logsumexp, core.exponentials):
        with pytest.raises(core.InvalidInput, match=r"^logits: .*masked.*-inf"):
            call(given)  # type: ignore[operator]
    with pytest.raises(core.InvalidInput, match="targets"):
        core.softmax_loss([1.0, 2.0, 3.0], np.ma.array([1, 0, 0], mask=masked.mask))
    assert core.softmax(np.ma.array([1.0, 2.0])).tolist() == core.softmax([1.0, 2.0]).tolist()
