"""What the lesson's questions call right, against the layer's loss itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core import layer_loss
from pages.lessons.network import questions, steps
from pages.lessons.network.descent import descend
from pages.visit.choices import Choices
from pages.visit.layer import Layer
from pages.visit.links import decode
from tests.pages.lessons.network.reading import layer_of, opened
from tests.pages.lessons.network.test_steps import by_hand
from tests.pages.reading import clean, listed, visit_of

QUERIES = (
    "z=2,3,4&label=2",
    "z=2,3,4&label=1&o=1,0.5,2",
    "z=2,3,4&label=3&o=0,0,0",
    "z=1,2,3,4,5,6,7,8,9,10&label=9&steps=3",
    "z=5,5&target=0.2,0.8&o=-1,2,-3&eta=2&steps=5",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_loss_goes_where_the_weight_that_is_asked_about_takes_it(query: str) -> None:
    state, choices, refused = decode(listed(query))
    assert not refused
    descent = descend(state, choices.layer)
    t = int(np.argmax(state.distribution))
    d = next((d for d, o in enumerate(choices.layer.inputs) if o < 0), 2)

    def loss(moved: float) -> float:
        weights = descent.weights.copy()
        weights[t, d] += moved
        return float(layer_loss(weights, descent.bias, descent.inputs, descent.targets).value)

    change = loss(1e-3) - loss(-1e-3)
    course = "stay" if change == 0 else "rise" if change > 0 else "fall"
    assert questions.WEIGHT.right(state, choices) == course
    assert questions.WEIGHT.numbers(state, choices)["w"].startswith("w")


@pytest.mark.parametrize("query", QUERIES)
def test_a_step_leaves_the_sum_of_the_biases(query: str) -> None:
    state, choices, _ = decode(listed(query))
    start = choices.layer.for_classes(state.classes)
    moved = descend(state, replace(start, steps=1)).bias
    assert moved.sum() == pytest.approx(sum(start.bias), abs=1e-12)


def test_an_input_with_equal_weights_has_no_gradient() -> None:
    at = opened(screen="layer_input_gradient", steps="2", z="1,2,3", label="1")
    before = descend(visit_of(at).state, layer_of(at))
    at.radio(key="guess").set_value("zero")
    clean(at.run())
    after = descend(visit_of(at).state, layer_of(at))
    assert after.weights[:, 0].tolist() == [1, 1, 1]
    assert after.weights[:, 1:] == pytest.approx(before.weights[:, 1:])
    assert after.bias == pytest.approx(before.bias)
    assert after.result.grad_inputs[0, 0] == pytest.approx(0, abs=1e-15)
    assert abs(after.result.grad_inputs[0, 1]) > 0.01


@pytest.mark.parametrize("samples", [1, 100])
def test_the_penaltys_part_does_not_depend_on_the_number_of_samples(samples: int) -> None:
    rng = np.random.default_rng(samples)
    w, b = rng.normal(size=(3, 4)), rng.normal(size=3)
    o, y = rng.normal(size=(samples, 4)), rng.integers(0, 3, samples)
    with_it, without = (layer_loss(w, b, o, y, l2=l2).grad_weights for l2 in (0.3, 0.0))
    assert with_it - without == pytest.approx(0.3 * w)


@pytest.mark.parametrize("l2", [0.0, 0.01, 0.1, 1.0])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_a_huge_step_does_to_the_loss_what_is_said(l2: float, label: int) -> None:
    layer = Layer(l2=l2)
    state, *_ = decode(listed(f"z=2,3,4&label={label + 1}"))
    target = [float(k == label) for k in range(3)]
    (start, now), _ = by_hand(replace(layer, step_size=30.0), target, 1)
    said = steps.course_of_loss(state, Choices(layer=replace(layer, steps=7)))
    assert said == ("rise" if now > start else "fall")
    assert l2 > 0 or said == "fall"
