"""Where a rounds to 1: every loss, dtype and kind of target against hundreds of digits.

A gradient entry a_i (g_i (1 - a_i) - sum of the others' a_k g_k) / T may be off by rounding of its
own terms, never by rounding of 1: at [40, 0] those are 4e-18 of it. So what is allowed is a few eps
of the terms' sizes. mpmath takes them from the definitions, with digits enough for 1 - a.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import core

pytest.importorskip("mpmath")
import mpmath_oracle as oracle

GAPS = (0.5, 17.0, 37.4375, 88.0, 700.0)
DTYPES = ("float64", "float32", "float16")
EPS_ALLOWED = 24.0
deep = oracle.mpmath.ctx_mp.MPContext()
deep.dps = 340  # the largest a of a gap of 700 is 1 - 1e-304


def rows() -> Iterator[list[float]]:
    for gap in GAPS:
        yield [gap, 0.0]
        yield [0.0, gap, -1.0]
        yield [gap, gap, 0.0]
        yield [0.0, gap / 2, gap, -np.inf]


def targets_of(row: Sequence[float]) -> Iterator[Any]:
    """Each label, and soft targets: spread, nearly one-hot, and nearly the prediction."""
    free = np.isfinite(row)
    yield from np.flatnonzero(free).tolist()
    even = free / free.sum()
    yield even.tolist()
    nearly = np.where(free, 1e-10, 0)
    nearly[np.argmax(row)] = 1 - nearly.sum() + 1e-10
    yield nearly.tolist()
    yield core.softmax(np.array(row)).tolist()


def exact_row(row: NDArray[Any], temperature: float) -> list[Any]:
    e = [
        deep.exp(deep.mpf(float(z)) / deep.mpf(temperature)) if np.isfinite(z) else deep.zero
        for z in row
    ]
    return [x / deep.fsum(e) for x in e]


def exact_gradient(
    name: str, a: list[Any], y: list[Any], temperature: float
) -> tuple[list[Any], list[Any]]:
    """dL/dz, and the sum of the sizes of the terms that make up each entry."""
    parts = oracle.weighted_slopes(name, a, y, deep)
    classes = range(len(a))
    slopes, sizes = [], []
    for i in classes:
        rest = deep.fsum(a[k] for k in classes if k != i)
        (own, others), (own_size, others_sizes) = (
            (of[i], deep.fsum(of[k] for k in classes if k != i)) for of in zip(*parts, strict=True)
        )
        slopes.append((own * rest - a[i] * others) / deep.mpf(temperature))
        sizes.append((own_size * rest + a[i] * others_sizes) / deep.mpf(temperature))
    return slopes, sizes


def assert_near(got: Any, want: Any, size: Any, dtype: str, slack: float = 1.0) -> None:
    info = np.finfo(dtype)
    allowed = slack * EPS_ALLOWED * float(info.eps) * size + 4 * float(info.smallest_subnormal)
    assert abs(deep.mpf(float(got)) - want) <= allowed, (float(got), float(want), float(allowed))


@pytest.mark.parametrize("temperature", [1.0, 0.3], ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", core.LOSSES)
def test_every_loss_of_saturated_logits(name: str, dtype: str, temperature: float) -> None:
    for row in rows():
        z = np.array(row, dtype)
        a = exact_row(z, temperature)
        # exp takes up the rounding of z / T, and of log a in a loss that asks for a, by their size.
        plain = temperature == 1 and name != "mean_squared_error"
        slack = 1.0 if plain else 1 + max(row) / temperature / 8
        for target in targets_of(row):
            y = np.eye(len(row))[target] if isinstance(target, int) else np.array(target)
            if name == "label_smoothed_cross_entropy" and not np.isfinite(row).all():
                continue  # infinite: smoothing asks for the masked class
            # The targets are taken in the precision in which the loss is computed.
            working = "float64" if temperature != 1 or dtype == "float64" else "float32"
            exact_y = [deep.mpf(float(v)) for v in y.astype(working)]
            slopes, sizes = exact_gradient(name, a, exact_y, temperature)
            for given in (target, y) if isinstance(target, int) else (target,):
                found = core.softmax_loss(z, given, loss=name, temperature=temperature)
                for got, want, size in zip(found.grad_logits, slopes, sizes, strict=True):
                    assert_near(got, want, size, dtype, slack)
                    assert not (got == 0 and np.signbit(got)), "no -0.0"
                value, terms = oracle.value_and_terms(name, a, exact_y, deep)
                if value < np.finfo(dtype).max:
                    assert_near(found.value, value, terms, dtype, slack)
                total = abs(found.grad_logits.astype(np.float64).sum())
                off = 4 * slack * EPS_ALLOWED * np.finfo(dtype).eps * float(max(sizes))
                assert total <= off + len(row) * float(np.finfo(dtype).smallest_subnormal)


def test_the_oracles_slopes_are_those_of_its_values() -> None:
    z, y = [0.3, -1.0, 2.0], [0.2, 0.5, 0.3]
    for name in core.LOSSES:
        a = exact_row(np.array(z), 1.0)
        slopes, _ = exact_gradient(name, a, [deep.mpf(t) for t in y], 1.0)
        for got, want in zip(slopes, oracle.loss_gradient(name, z, y, 1.0), strict=True):
            assert abs(got - deep.mpf(str(want))) < 1e-30, name


def test_squared_error_at_40_by_hand() -> None:
    e = np.exp(-40.0)
    for label, sign in ((0, 1), (1, 0)):
        found = core.softmax_loss([40, 0], label, loss="mean_squared_error")
        assert found.value == pytest.approx(e * e if sign else 1.0, rel=1e-14)
    right = core.softmax_loss([40, 0], 0, loss="mean_squared_error")
    assert right.value == pytest.approx(1.80485139e-35, rel=1e-8)
    np.testing.assert_allclose(right.grad_logits, [-3.60970277e-35, 3.60970277e-35], rtol=1e-8)
    wrong = core.softmax_loss([40, 0], 1, loss="mean_squared_error")
    assert wrong.grad_logits.sum() == 0
    np.testing.assert_allclose(right.grad_probabilities, [-e, e], rtol=1e-14)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("temperature", [1.0, 3.0], ids=str)
def test_the_jacobian_and_its_product_where_a_rounds_to_1(temperature: float, dtype: str) -> None:
    rng = np.random.default_rng(3)
    for row in rows():
        a = core.softmax(np.array(row, dtype))
        # What the rounded probabilities say, the largest being what the others leave of 1.
        exact = [deep.mpf(float(v)) for v in a]
        top = int(a.argmax())
        exact[top] = 1 - deep.fsum(v for k, v in enumerate(exact) if k != top)
        jacobian = core.softmax_jacobian(a, temperature=temperature)
        n = range(len(row))
        for i in n:
            for j in n:
                want = exact[i] * ((1 - exact[i]) if i == j else -exact[j]) / temperature
                assert_near(jacobian[i, j], want, abs(want), dtype)
        # Integers, whose differences are exact, and a huge one that all have in common.
        for g in (rng.integers(-9, 9, len(row)), 10**6 + rng.integers(-9, 9, len(row))):
            got = core.softmax_vjp(a, g, temperature=temperature)
            apart = [deep.mpf(int(v)) - int(g[top]) for v in g]
            mean = deep.fsum(p * d for p, d in zip(exact, apart, strict=True))
            size = deep.fsum(p * abs(d) for p, d in zip(exact, apart, strict=True))
            for k in n:
                want = exact[k] * (apart[k] - mean) / temperature
                terms = exact[k] * (abs(apart[k]) + size) / temperature
                assert_near(got[k], want, terms, dtype)
                assert not (got[k] == 0 and np.signbit(got[k]))


def test_the_product_at_37_by_hand() -> None:
    a = core.softmax([37.43, 0])
    small = a[1] / 1  # 5.55e-17; a[0] is 1
    assert a[0] == 1
    np.testing.assert_allclose(core.softmax_vjp(a, [1, 0]), [small, -small], rtol=1e-15)
    np.testing.assert_allclose(
        core.softmax_jacobian(a), [[small, -small], [-small, small]], rtol=1e-15
    )


@pytest.mark.parametrize("classes", [2**16 - 1, 2**16, 2**16 + 1, 10**5])
@pytest.mark.parametrize("batch", [(), (2,)], ids=str)
def test_the_product_of_long_rows_is_that_of_the_formula(
    batch: tuple[int, ...], classes: int
) -> None:
    """Long rows are gone through in parts."""
    rng = np.random.default_rng(classes)
    a, g = rng.dirichlet(np.ones(classes), batch), rng.normal(size=(*batch, classes))
    wide = np.longdouble
    mean = (a.astype(wide) * g).sum(axis=-1, keepdims=True)
    for own in (a, a / 2):  # of which the second does not sum to 1
        want = own * (g - mean * (own is a or wide(0.5)))
        got = core.softmax_vjp(own, g)
        np.testing.assert_allclose(got, want.astype(float), rtol=1e-9, atol=1e-15 * own.max())


def test_free_probabilities_keep_their_own_complement() -> None:
    """Rows that do not sum to 1 are free variables: J_ii is a_i (1 - a_i), whatever the others."""
    for row in ([0.9, 0.3], [0.2, 0.3], [1.0, 1.0, 1.0], [0.0, 0.0], [0.25], [1.0, 0.001]):
        a = np.array(row)
        want = np.diag(a) - np.outer(a, a)
        np.testing.assert_allclose(core.softmax_jacobian(a), want, atol=1e-16)
        g = np.arange(1.0, len(row) + 1)
        np.testing.assert_allclose(core.softmax_vjp(a, g), want @ g, atol=1e-15)


def test_the_product_of_the_largest_doubles_is_finite() -> None:
    largest = np.finfo(np.float64).max
    got = core.softmax_vjp([0.5, 0.5], [largest, -largest])
    np.testing.assert_allclose(got, [largest / 2, -largest / 2])
    assert np.isfinite(core.softmax_vjp([1, 0, 0], [largest, -largest, 0])).all()


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 2)], ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", core.LOSSES)
def test_every_reduction_of_every_batch_is_made_of_its_rows(
    name: str, dtype: str, shape: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(5)
    z = (rng.normal(size=(*shape, 4)) * 20).astype(dtype)
    labels = rng.integers(4, size=shape)
    for y in (labels, core.one_hot(labels, 4), rng.dirichlet(np.ones(4), size=shape)):
        each = core.softmax_loss(z, y, loss=name, reduction="none")
        assert each.value.shape == shape
        for place in np.ndindex(shape):
            alone = core.softmax_loss(z[place], np.asarray(y)[place], loss=name)
            np.testing.assert_array_equal(each.value[place], alone.value)
            for part in ("grad_logits", "probabilities", "grad_probabilities"):
                np.testing.assert_array_equal(getattr(each, part)[place], getattr(alone, part))
        count = max(1, labels.size)
        rough = 4 * float(np.finfo(dtype).eps)
        tiny = 2 * float(np.finfo(dtype).smallest_subnormal)
        for reduction, share in (("sum", 1), ("mean", count)):
            whole = core.softmax_loss(z, y, loss=name, reduction=reduction)
            wanted = each.value.astype(np.float64).sum() / share
            assert float(whole.value) == pytest.approx(wanted, rel=rough, abs=tiny)
            np.testing.assert_allclose(
                whole.grad_logits.astype(np.float64),
                each.grad_logits.astype(np.float64) / share,
                rtol=rough,
                atol=tiny,
            )


@pytest.mark.parametrize("row", [[30.0, 0.0], [80.0, 0.0, 3.0], [0.0, 17.0], [1.0, 2.0, 3.0]])
@pytest.mark.parametrize("name", core.LOSSES)
def test_the_complex_step_is_right_to_the_last_digits(name: str, row: list[float]) -> None:
    for target in (*range(len(row)), (np.ones(len(row)) / len(row)).tolist()):
        numeric = core.complex_step(core.analytic_loss(target, name), row)
        exact = core.softmax_loss(row, target, loss=name)
        size = np.abs(exact.grad_logits) + np.where(np.ndim(target), 1e-2, 0)
        assert (np.abs(numeric - exact.grad_logits) <= 1e-14 * size).all(), (target, numeric)


def test_no_result_holds_a_minus_zero() -> None:
    """-0.0 reads as a sign where there is none; it comes of underflow, and of casts to float16."""
    for dtype in DTYPES:
        z = np.array([[30, 0, 0], [1e4, 0, -1e4], [0, 0, -np.inf], [20, 5, 5]], dtype)
        a = core.softmax(z)
        results = [core.log_softmax(z), core.logsumexp(z), a, core.softmax_jacobian(a)]
        results += [core.softmax_vjp(a, np.ones_like(a)), core.softmax_vjp(a, -a)]
        for name, loss in core.LOSSES.items():
            for y in ([0, 0, 0, 0], core.one_hot([0, 0, 1, 0], 3)):
                found = core.softmax_loss(z, y, loss=name, temperature=2.0)
                results += [found.value, found.grad_logits, found.grad_probabilities]
                found = core.softmax_loss(z, y, loss=name)
                results += [found.value, found.grad_logits, found.grad_probabilities]
            results += [loss.gradient(a, core.one_hot([0, 0, 1, 0], 3))]
            layer = core.layer_loss(
                np.eye(3, dtype=dtype),
                np.zeros(3, dtype),
                np.eye(3, dtype=dtype) * 30,
                [0, 1, 2],
                loss=name,
            )
            results += [layer.grad_scores, layer.grad_weights, layer.grad_bias, layer.grad_inputs]
        for result in results:
            array = np.asarray(result)
            assert not (np.signbit(array) & (array == 0)).any(), array
