"""What holds for every row of logits, tried on rows that hypothesis picks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

import core

EPS = np.finfo(float).eps


def logits(limit: float = 1e4) -> st.SearchStrategy[NDArray[Any]]:
    entry = st.one_of(st.floats(-5, 5), st.floats(-limit, limit))
    return st.lists(entry, min_size=1, max_size=12).map(np.array)


def masked_logits() -> st.SearchStrategy[NDArray[Any]]:
    return st.tuples(logits(), st.integers(0, 3)).map(
        lambda pair: np.concatenate([pair[0], np.full(pair[1], -np.inf)])
    )


temperatures = st.sampled_from([0.01, 0.5, 1.0, 3.0, 1e3])


@given(z=masked_logits(), temperature=temperatures)
def test_probabilities_lie_in_0_to_1_and_sum_to_1(z: NDArray[Any], temperature: float) -> None:
    a = core.softmax(z, temperature=temperature)
    assert ((a >= 0) & (a <= 1)).all(), a
    assert abs(a.sum() - 1) <= 2 * len(z) * EPS
    assert (a[z == -np.inf] == 0).all()


@given(
    eighths=st.lists(st.integers(-8000, 8000), min_size=1, max_size=12),
    shift=st.integers(-(10**6), 10**6),
)
def test_shifting_all_logits_changes_nothing(eighths: list[int], shift: int) -> None:
    # Eighths and whole shifts are exact in binary, so that the sums are, too: not one bit differs.
    z = np.array(eighths) / 8
    np.testing.assert_array_equal(core.softmax(z + shift), core.softmax(z))
    np.testing.assert_array_equal(core.log_softmax(z + shift), core.log_softmax(z))


@given(z=masked_logits(), temperature=temperatures)
def test_log_softmax_is_the_logarithm_of_softmax(z: NDArray[Any], temperature: float) -> None:
    log_a = core.log_softmax(z, temperature=temperature)
    assert (log_a <= 0).all()
    np.testing.assert_allclose(
        np.exp(log_a), core.softmax(z, temperature=temperature), rtol=0, atol=8 * len(z) * EPS
    )


@given(z=masked_logits())
def test_logsumexp_lies_between_the_maximum_and_log_n_above_it(z: NDArray[Any]) -> None:
    above = core.logsumexp(z) - z.max()
    slack = 4 * EPS * max(1, abs(z.max()))
    assert -slack <= above <= np.log(len(z)) + slack


@given(z=logits(50), temperature=temperatures)
def test_naive_softmax_agrees_where_nothing_overflows(z: NDArray[Any], temperature: float) -> None:
    z = z * min(1, temperature)  # keeps z / temperature below 50, too
    np.testing.assert_allclose(
        core.naive_softmax(z, temperature=temperature),
        core.softmax(z, temperature=temperature),
        rtol=1e-12,
        atol=1e-300,
    )


@given(z=masked_logits(), temperature=temperatures)
def test_the_jacobian_is_symmetric_semidefinite_and_its_rows_sum_to_0(
    z: NDArray[Any], temperature: float
) -> None:
    jacobian = core.softmax_jacobian(
        core.softmax(z, temperature=temperature), temperature=temperature
    )
    assert jacobian.shape == (len(z), len(z))
    np.testing.assert_array_equal(jacobian, jacobian.transpose())
    tolerance = 4 * len(z) * EPS / temperature
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, rtol=0, atol=tolerance)
    assert np.linalg.eigvalsh(jacobian).min() >= -tolerance


@given(z=masked_logits(), temperature=temperatures, seed=st.integers(0, 2**32 - 1))
def test_vjp_is_the_jacobians_product_with_the_upstream_gradient(
    z: NDArray[Any], temperature: float, seed: int
) -> None:
    a = core.softmax(z, temperature=temperature)
    g = np.random.default_rng(seed).normal(size=a.shape)
    expected = core.softmax_jacobian(a, temperature=temperature) @ g
    actual = core.softmax_vjp(a, g, temperature=temperature)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=20 * len(z) * EPS / temperature)
    assert abs(actual.sum()) <= 20 * len(z) * EPS / temperature


@given(data=st.data(), z=logits(), temperature=temperatures)
@pytest.mark.parametrize("name", core.LOSSES)
def test_the_gradient_sums_to_0_and_no_number_is_nan(
    name: str, data: st.DataObject, z: NDArray[Any], temperature: float
) -> None:
    label = data.draw(st.integers(0, len(z) - 1))
    weights = np.random.default_rng(label).uniform(size=len(z)) * (z != z.min())
    soft = weights / weights.sum() if weights.any() else np.eye(len(z))[label]
    for targets in (label, soft):
        result = core.softmax_loss(z, targets, loss=name, temperature=temperature)
        assert abs(result.grad_logits.sum()) <= 40 * len(z) * EPS / temperature
        for part in (result.value, result.probabilities, result.grad_probabilities):
            assert not np.isnan(part).any(), (part, targets)


@given(z=logits(), seed=st.integers(0, 2**32 - 1))
def test_cross_entropy_is_divergence_plus_entropy(z: NDArray[Any], seed: int) -> None:
    y = np.random.default_rng(seed).dirichlet(np.ones(len(z)))
    cross = core.softmax_loss(z, y).value
    divergence = core.softmax_loss(z, y, loss="kl_divergence").value
    assert divergence >= -1e-14
    np.testing.assert_allclose(cross, divergence + core.entropy(y), rtol=1e-13, atol=1e-13)


@given(p=st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3]), min_size=1, max_size=8))
def test_top_k_is_a_stable_sort_cut_short(p: list[float]) -> None:
    order = sorted(range(len(p)), key=lambda i: (-p[i], i))
    for k in range(1, len(p) + 1):
        assert core.top_k(p, k).tolist() == order[:k]
