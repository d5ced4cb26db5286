"""The symbols against the numbers: every result beside what `core` computes without them."""

from collections.abc import Callable, Mapping
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import core
from derivations import evaluate

from .registry import ALL, IN_BATCHES

Array = NDArray[np.floating[Any]]
Witness = Callable[[SimpleNamespace], Any]


def slope(f: Callable[[Array], Any], x: Any) -> Array:
    """Matrix of the derivatives of a vector by differences, last axis the variable."""
    x = np.asarray(x, dtype=float)

    def entry(place: int, q: Array) -> Any:
        return np.ravel(f(q))[place]

    entries = np.asarray(f(x)).ravel()
    rows = [core.central_difference(partial(entry, e), x) for e in range(len(entries))]
    return np.array(rows).reshape(*np.shape(f(x)), *x.shape)


def scores(q: SimpleNamespace, **changed: Array) -> Array:
    w, b, o = (changed.get(name, getattr(q, name)) for name in ("w", "b", "o"))
    return np.asarray(o @ w.T + b)


def layer_loss(q: SimpleNamespace, **changed: Array) -> Any:
    return core.softmax_loss(scores(q, **changed), q.y).value


def batch_loss(q: SimpleNamespace, w: Array) -> Any:
    return layer_loss(q, w=w) + q.l2 / 2 * (w**2).sum()


def grad_logits(z: Array, y: Any, loss: str = "cross_entropy") -> Any:
    return core.softmax_loss(z, y, loss=loss).grad_logits


def sensitivity(q: SimpleNamespace) -> Array:
    return slope(lambda temperature: core.softmax(q.z, temperature=float(temperature)), q.T)


WITNESSES: Mapping[str, Witness] = {
    "softmax_jacobian": lambda q: core.softmax_jacobian(core.softmax(q.z)),
    "cross_entropy_gradient": lambda q: grad_logits(q.z, q.y),
    "cross_entropy_one_hot": lambda q: grad_logits(q.z, q.t - 1),
    "upstream_gradient": lambda q: core.softmax_vjp(core.softmax(q.z), q.g),
    "mean_squared_error_gradient": lambda q: grad_logits(q.z, q.y, "mean_squared_error"),
    "log_softmax_gradient": lambda q: slope(core.log_softmax, q.z),
    "logsumexp_gradient": lambda q: slope(core.logsumexp, q.z),
    "shift_invariance": lambda q: core.softmax(q.z + q.c),
    "temperature_gradient": lambda q: core.softmax_jacobian(
        core.softmax(q.z, temperature=q.T), temperature=q.T
    ),
    "temperature_sensitivity": sensitivity,
    "sigmoid_as_two_classes": lambda q: core.softmax(q.z)[0],
    "layer_gradient": lambda q: slope(lambda w: layer_loss(q, w=w), q.w),
    "layer_bias_gradient": lambda q: slope(lambda b: layer_loss(q, b=b), q.b),
    "layer_input_gradient": lambda q: slope(lambda o: layer_loss(q, o=o), q.o),
    "batch_mean_gradient": lambda q: slope(lambda w: batch_loss(q, w), q.w),
    "batch_mean_logit_gradient": lambda q: grad_logits(q.z, q.y),
    "cross_entropy_hessian": lambda q: slope(lambda z: grad_logits(z, q.y), q.z),
    "cross_entropy_convexity": lambda q: q.v @ core.softmax_jacobian(core.softmax(q.z)) @ q.v,
}


def arrays(*shape: int) -> st.SearchStrategy[Array]:
    count = int(np.prod(shape))
    entries = st.lists(st.floats(-4, 4), min_size=count, max_size=count)
    return entries.map(lambda x: np.reshape(x, shape))


def targets(*shape: int) -> st.SearchStrategy[Array]:
    return arrays(*shape).map(core.softmax)


@st.composite
def learners(draw: st.DrawFn, name: str) -> SimpleNamespace:
    """Numbers of a learner's own, in the shapes that the derivation takes."""
    n = 2 if name == "sigmoid_as_two_classes" else draw(st.integers(2, 5))
    d, samples = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    lead = (samples,) if name in IN_BATCHES else ()
    return SimpleNamespace(
        z=draw(arrays(*lead, n)),
        y=draw(targets(*lead, n)),
        g=draw(arrays(n)),
        v=draw(arrays(n)),
        w=draw(arrays(n, d)),
        b=draw(arrays(n)),
        o=draw(arrays(*lead, d)),
        T=draw(st.floats(0.3, 4)),
        c=draw(st.floats(-4, 4)),
        l2=draw(st.floats(0, 1)),
        t=draw(st.integers(1, n)),
    )


def test_every_derivation_has_a_witness() -> None:
    assert set(WITNESSES) == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_the_result_is_what_core_computes(name: str) -> None:
    @settings(settings.get_profile("derivations"))
    @given(q=learners(name))
    def agrees(q: SimpleNamespace) -> None:
        given_numbers = vars(q).copy()
        if name == "cross_entropy_one_hot":
            del given_numbers["y"]
        else:
            del given_numbers["t"]
        if name.startswith("layer"):
            # With y in the place of g the loss is cross-entropy.
            del given_numbers["g"]
        symbolic = np.array(evaluate(ALL[name], -1, **given_numbers))
        numeric = np.asarray(WITNESSES[name](q), dtype=float)
        assert symbolic.shape == numeric.shape
        np.testing.assert_allclose(symbolic, numeric, rtol=1e-6, atol=1e-8)

    agrees()


@settings(settings.get_profile("derivations"))
@given(q=learners("layer_gradient"))
def test_the_layer_takes_any_loss_by_its_gradient(q: SimpleNamespace) -> None:
    by_score = core.softmax_vjp(core.softmax(scores(q)), q.g)
    given_numbers = {"w": q.w, "b": q.b, "o": q.o, "g": q.g}
    found = {
        name: np.array(evaluate(ALL[name], -1, **given_numbers))
        for name in ("layer_gradient", "layer_bias_gradient", "layer_input_gradient")
    }
    np.testing.assert_allclose(found["layer_gradient"], np.outer(by_score, q.o), atol=1e-12)
    np.testing.assert_allclose(found["layer_bias_gradient"], by_score, atol=1e-12)
    np.testing.assert_allclose(found["layer_input_gradient"], q.w.T @ by_score, atol=1e-12)


@pytest.mark.parametrize(
    ("z", "label", "gradient"),
    [([2, 3, 4], 2, [0.09003057, -0.75527153, 0.66524096])],
    ids=["facts: softmax of 2, 3, 4, class 2"],
)
def test_worked_numbers(z: list[int], label: int, gradient: list[float]) -> None:
    assert evaluate(ALL["cross_entropy_one_hot"], -1, z=z, t=label) == pytest.approx(
        gradient, abs=5e-9
    )


def test_worked_squared_error() -> None:
    # z = [1, 2, 3, 0, 1], class 4: the source's own example, with its rounding.
    found = evaluate(ALL["mean_squared_error_gradient"], -1, z=[1, 2, 3, 0, 1], y=[0, 0, 0, 1, 0])
    expected = [-0.00969502, -0.01434905, 0.0496989, -0.01595981, -0.00969502]
    assert found == pytest.approx(expected, abs=5e-9)
