"""Training: each step against differences, the same start every time, and a known optimum."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from core import (
    LOSSES,
    InvalidInput,
    TrainingState,
    central_difference,
    digits,
    initial_layer,
    layer_loss,
    one_hot,
    spiral,
    train,
)

INPUTS, LABELS = spiral(points=30, rng=np.random.default_rng(0))


def states(steps: int = 3, seed: int = 1, **settings: Any) -> list[TrainingState]:
    inputs, targets = settings.pop("inputs", INPUTS), settings.pop("targets", LABELS)
    return list(train(inputs, targets, steps=steps, rng=np.random.default_rng(seed), **settings))


@pytest.mark.parametrize("loss", LOSSES)
def test_each_step_goes_down_the_gradient_by_differences(loss: str) -> None:
    before, after = states(2, loss=loss, learning_rate=0.3, l2=0.1)

    def objective(weights: Any, bias: Any) -> float:
        return float(layer_loss(weights, bias, INPUTS, LABELS, loss=loss, l2=0.1).value)

    down = central_difference(lambda w: objective(w, before.bias), before.weights)
    assert after.weights == pytest.approx(before.weights - 0.3 * down, abs=1e-8)
    down = central_difference(lambda b: objective(before.weights, b), before.bias)
    assert after.bias == pytest.approx(before.bias - 0.3 * down, abs=1e-8)
    assert after.loss == objective(after.weights, after.bias)


def test_a_state_is_that_after_its_update() -> None:
    first, *_ = states(learning_rate=1e-30)
    rng = np.random.default_rng(1)
    assert first.step == 1
    assert first.weights == pytest.approx(0.01 * rng.standard_normal((3, 2)), rel=1e-12)
    assert first.bias == pytest.approx(np.zeros(3), abs=1e-20)


def test_it_begins_at_the_initial_layer() -> None:
    own = initial_layer(3, 2, np.random.default_rng(1))
    from_own, plain = states(3, start=own, seed=99)[-1], states(3)[-1]
    assert np.array_equal(from_own.weights, plain.weights)
    for wrong in ((1, 2), (3, 0)):
        with pytest.raises(InvalidInput):
            initial_layer(*wrong, np.random.default_rng(1))
    with pytest.raises(InvalidInput):
        initial_layer(3, 2, 1)  # type: ignore[arg-type]


def test_a_start_is_gone_on_from() -> None:
    whole, begun = states(5), states(2)
    after = states(3, start=(begun[-1].weights, begun[-1].bias))
    assert [s.loss for s in after] == [s.loss for s in whole[2:]]
    assert np.array_equal(after[-1].weights, whole[-1].weights)
    far = states(1, start=(np.ones((3, 2)), [5, 0, 0]), learning_rate=1e-30)
    assert far[0].bias == pytest.approx([5, 0, 0])


def test_accuracy_counts_the_samples_that_are_right() -> None:
    last = states(50)[-1]
    scores = INPUTS @ last.weights.T + last.bias
    right = [row.tolist().index(max(row)) == y for row, y in zip(scores, LABELS, strict=True)]
    assert last.accuracy == sum(right) / len(right)
    assert 0.4 < last.accuracy < 0.7  # a linear model on a spiral


def test_the_same_generator_gives_the_same_training() -> None:
    first, again, other = (states(seed=seed)[-1] for seed in (5, 5, 6))
    assert np.array_equal(first.weights, again.weights)
    assert not np.array_equal(first.weights, other.weights)


def test_states_are_kept_apart() -> None:
    kept = states(3)
    assert not np.shares_memory(kept[0].weights, kept[1].weights)
    kept[0].weights[:] = 0
    assert np.array_equal(kept[2].weights, states(3)[2].weights)


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error"])
@pytest.mark.parametrize("targets", ["labels", "float labels", "rows"])
def test_a_run_goes_on_whatever_is_done_to_what_was_given_or_yielded(
    targets: str, loss: str
) -> None:
    y: Any = LABELS.copy() if targets == "labels" else LABELS.astype(float)
    if targets == "rows":
        y = one_hot(LABELS, 3)
    start = np.ones((3, 2)), np.arange(3.0)
    settings: dict[str, Any] = {"targets": y, "start": start, "loss": loss}
    whole = states(6, **settings)
    inputs, own = INPUTS.copy(), (start[0].copy(), start[1].copy())
    run = train(inputs, y, loss=loss, steps=6, start=own, rng=np.random.default_rng(1))
    inputs[:], y[...], own[0][:], own[1][:] = 99, y[0], -5, 7
    for expected in whole:
        state = next(run)
        np.testing.assert_array_equal(state.weights, expected.weights)
        np.testing.assert_array_equal(state.bias, expected.bias)
        assert (state.loss, state.accuracy) == (expected.loss, expected.accuracy)
        state.weights[:] = 1e9
        state.bias[:] = -np.inf


ONE_CLASS: dict[str, Any] = {
    "the first": [0] * 90,
    "another": [1] * 90,
    "a later one": np.full(90, 7),
    "as floats": [2.0] * 90,
    "one-hot": one_hot([1] * 90, 3),
    "one-hot in float32": one_hot([0] * 90, 3).astype(np.float32),
    "the only column": np.ones((90, 1)),
}


@pytest.mark.parametrize("start", [None, (np.ones((8, 2)), np.zeros(8))], ids=["new", "started"])
@pytest.mark.parametrize("case", ONE_CLASS)
def test_a_single_class_is_refused_whichever_it_is(case: str, start: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^targets: .*two classes"):
        states(1, targets=ONE_CLASS[case], start=start)


def test_two_classes_of_many_are_enough_and_soft_targets_may_be_all_alike() -> None:
    assert states(1, targets=[1, 2] * 45)[0].weights.shape == (3, 2)
    assert states(1, targets=[[0.2, 0.8]] * 90)[0].weights.shape == (2, 2)


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_a_rate_beyond_the_dtype_does_not_spoil_slopes_of_0(dtype: str) -> None:
    inputs = np.array([[0.0, 0.0], [0.0, 0.0]], dtype)
    found = states(2, inputs=inputs, targets=[0, 1], learning_rate=1e39, l2=0.0)
    assert found[-1].weights.dtype == dtype
    assert np.isfinite(found[-1].weights).all()


def test_labels_and_their_one_hot_rows_train_alike() -> None:
    by_label, by_row = states(5)[-1], states(5, targets=one_hot(LABELS, 3))[-1]
    assert by_row.weights == pytest.approx(by_label.weights, rel=1e-12)
    assert (by_row.accuracy, by_row.loss) == pytest.approx((by_label.accuracy, by_label.loss))


def test_float32_stays_float32() -> None:
    last = states(3, inputs=INPUTS.astype(np.float32))[-1]
    assert last.weights.dtype == last.bias.dtype == np.float32


def test_a_step_at_a_time() -> None:
    endless = train(INPUTS, LABELS, steps=10**9, rng=np.random.default_rng(0))
    assert [state.step for state in itertools.islice(endless, 3)] == [1, 2, 3]


def test_the_sources_setting_learns_the_digits() -> None:
    inputs, labels = digits()
    train_on = np.arange(1797) % 3 > 0
    settings = {"learning_rate": 1.0, "l2": 1e-3}
    last = states(200, inputs=inputs[train_on] / 16, targets=labels[train_on], **settings)[-1]
    held_out = inputs[~train_on] / 16 @ last.weights.T + last.bias
    assert (held_out.argmax(axis=1) == labels[~train_on]).mean() > 0.93


def test_the_optimum_is_that_of_another_implementation() -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    inputs, labels = digits()
    inputs, l2 = inputs / 16, 1e-2
    ours = states(2000, inputs=inputs, targets=labels, learning_rate=1.0, l2=l2)[-1]
    other = linear_model.LogisticRegression(C=1 / (len(inputs) * l2), tol=1e-10, max_iter=10_000)
    other.fit(inputs, labels)
    theirs = layer_loss(other.coef_, other.intercept_, inputs, labels, l2=l2)
    assert ours.loss == pytest.approx(float(theirs.value), abs=1e-4)
    assert np.abs(theirs.grad_weights).max() < 1e-5  # theirs is an optimum of our objective


def test_descent_too_steep_is_refused_in_words_and_not_shown_as_nan() -> None:
    steps = train(
        INPUTS, LABELS, learning_rate=1e3, l2=1.0, steps=10_000, rng=np.random.default_rng(0)
    )
    reached: list[TrainingState] = []
    with pytest.raises(InvalidInput, match=r"^weights"):
        reached.extend(steps)
    assert len(reached) > 1
    assert np.isfinite(reached[-1].weights).all()


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"learning_rate": 0}, "learning_rate"),
        ({"learning_rate": np.inf}, "learning_rate"),
        ({"steps": 0}, "steps"),
        ({"steps": 2.5}, "steps"),
        ({"l2": -1}, "l2"),
        ({"loss": "hinge"}, "loss"),
        ({"rng": 3}, "rng"),
        ({"inputs": [1.0, 2.0]}, "inputs"),
        ({"inputs": [[np.nan, 2.0]], "targets": [1]}, "inputs"),
        ({"targets": [0] * 90}, "targets"),
        ({"targets": [-1, 1] * 45}, "targets"),
        ({"targets": [0.5, 1] * 45}, "targets"),
        ({"targets": [np.nan, 1] * 45}, "targets"),
        ({"targets": [0, 1]}, "targets"),
        ({"targets": [np.inf, 1] * 45}, "targets"),
        ({"targets": [-np.inf, 1] * 45}, "targets"),
        ({"targets": [2**63, 1] * 45}, "targets"),
        ({"targets": np.array([2**63, 1] * 45, np.uint64)}, "targets"),
        ({"targets": [1e300, 1] * 45}, "targets"),
        ({"targets": [10**400, 1] * 45}, "targets"),
        ({"targets": 1}, "targets"),
        ({"targets": [np.nan] * 90}, "targets"),
        ({"targets": [[[0, 1]]] * 90}, "targets"),
        ({"start": 5}, "start"),
        ({"start": "WB"}, "start"),
        ({"start": (np.ones((3, 2)),)}, "start"),
        ({"start": (np.ones((3, 2)), np.zeros(3), 1)}, "start"),
        ({"start": np.ones((2, 3))}, "start"),
        ({"start": {"weights": 1, "bias": 2}}, "start"),
        ({"start": (None, [0, 0, 0])}, "weights"),
        ({"start": (np.ones((3, 2)), None)}, "bias"),
        ({"targets": [[0.7, 0.7]] * 90}, "targets"),
        ({"start": (np.ones((2, 2)), [0, 0])}, "targets"),
        ({"start": (np.ones((3, 3)), [0, 0, 0])}, "inputs"),
        ({"start": (np.ones((3, 2)), [0, 0])}, "bias"),
        ({"start": ([[np.nan, 0]] * 3, [0, 0, 0])}, "weights"),
    ],
)
def test_it_refuses_at_the_call(wrong: dict[str, Any], name: str) -> None:
    settings = {"inputs": INPUTS, "targets": LABELS, "rng": np.random.default_rng(0)} | wrong
    with pytest.raises(InvalidInput, match=f"^{name}"):
        train(settings.pop("inputs"), settings.pop("targets"), **settings)
