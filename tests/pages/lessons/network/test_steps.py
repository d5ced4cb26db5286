"""Steps down in the network lesson: each is a gradient step, and nothing overflows."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from core import layer_loss
from pages.lessons.network.descent import descend
from pages.lessons.network.steps_figure import steps_figure
from pages.visit.layer import Layer
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.figures import WORDS
from tests.pages.lessons.network.reading import drawn, layer_of, opened, press, svg
from tests.pages.reading import clean, numbers, passages, tables, visit_of


def by_hand(layer: Layer, target: list[float], steps: int) -> tuple[list[float], list[list[float]]]:
    """The losses and the weights after plain gradient steps, without core."""
    w, b, o = [list(row) for row in layer.weights], list(layer.bias), layer.inputs
    losses = []
    for step in range(steps + 1):
        z = [
            sum(x * y for x, y in zip(row, o, strict=True)) + c for row, c in zip(w, b, strict=True)
        ]
        e = [math.exp(x) for x in z]
        a = [x / sum(e) for x in e]
        loss = -sum(y * math.log(p) for y, p in zip(target, a, strict=True) if y)
        losses.append(loss + layer.l2 / 2 * sum(x * x for row in w for x in row))
        if step == steps:
            break
        for k in range(len(w)):
            slope = a[k] - target[k]
            w[k] = [
                x - layer.step_size * (slope * i + layer.l2 * x)
                for x, i in zip(w[k], o, strict=True)
            ]
            b[k] -= layer.step_size * slope
    return losses, w


@pytest.mark.parametrize("query", [{}, {"target": "0.2,0.3,0.5"}, {"eta": "5", "l2": "0"}], ids=str)
def test_steps_are_gradient_steps(query: dict[str, str]) -> None:
    at = opened(**query)
    target = visit_of(at).state.distribution.tolist()
    start = layer_of(at)
    at = press(press(press(at, "take_1"), "take_10"), "take_1")
    losses, weights = by_hand(start, target, 12)
    shown = tables(at)[2]
    assert numbers(shown, "loss") == pytest.approx([*losses[:11], losses[12]], rel=1e-9)
    assert drawn(at, "weight") == pytest.approx([x for row in weights for x in row], rel=1e-9)
    assert at.text_input(key="layer_bias_text").value == "1, 0.5, -0.5", "the start is kept"
    back = press(at, "back_to_start")
    assert layer_of(back) == start
    assert drawn(back, "weight") == [x for row in start.weights for x in row]
    assert back.button(key="back_to_start").disabled


def test_what_became_of_the_loss_is_said(subtests: pytest.Subtests) -> None:
    cases = (
        ("0.5", "0.1", "0", "1,0,0", "start"),
        ("0.5", "0.1", "30", "1,0,0", "fell"),
        ("5", "0.1", "30", "1,0,0", "bumpy"),
        ("20", "0.1", "5", "1,0,0", "grew"),
        ("30", "0", "11", "0.3,0.3,0.4", "grew"),
        ("30", "0.1", "10", "1,0,0", "runaway"),
        ("30", "0.1", "1000", "1,0,0", "overflow"),
        ("1e6", "100", "1000", "1,0,0", "overflow"),
    )
    for eta, l2, steps, target, course in cases:
        for language in LANGUAGES:
            with subtests.test(eta=eta, l2=l2, steps=steps, course=course, language=language):
                at = opened(language, screen="steps", eta=eta, l2=l2, steps=steps, target=target)
                assert descend(visit_of(at).state, layer_of(at)).course == course
                label = wording(language).label(f"network.course.{course}")
                pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
                assert re.search(pattern, passages(at))
                shown = passages(at) + svg(at) + "".join(tables(at))
                assert not re.search(r"\bnan\b|NaN", shown)
                ended = course == "overflow" or steps == "1000"
                assert at.button(key="take_1").disabled == ended


def test_at_step_size_5_the_loss_of_the_first_two_classes_rises_before_it_falls() -> None:
    """The lesson says so of its layer, with L2 strength 0.1, and that it diverges at 30."""
    layer = replace(Layer(), step_size=5.0, l2=0.1, steps=30)
    for target, overshoots in ((0, True), (1, True), (2, False)):
        losses = descend(LabState(target=target), layer).losses
        assert (losses[1] > losses[0]) == overshoots
        assert list(losses[1:]) == sorted(losses[1:], reverse=True)
        assert losses[-1] < losses[0] / 10
        assert descend(LabState(target=target), replace(layer, step_size=30.0)).course == "runaway"


def test_the_last_finite_state_is_kept() -> None:
    at = opened(screen="steps", eta="30", steps="500", l2="0.1")
    while not at.button(key="take_10").disabled:
        at = press(at, "take_10")
    state = visit_of(at).state
    descent = descend(state, layer_of(at))
    assert descent.overflow
    assert all(np.isfinite(x).all() for x in (descent.weights, descent.bias, descent.losses))
    one_more = layer_loss(descent.weights, descent.bias, descent.inputs, descent.targets, l2=0.1)
    assert one_more.value == descent.losses[-1]
    further = descent.weights - 30 * one_more.grad_weights
    assert math.log(0.05 * np.sum((further / 1e100) ** 2)) + math.log(1e200) > math.log(1.79e308)
    assert layer_of(press(at, "back_to_start")) == replace(layer_of(at), steps=0)
    calm = clean(at.text_input(key="step_size_text").set_value("0.5").run())
    assert descend(state, layer_of(calm)).course == "start"


def test_another_step_size_takes_the_steps_anew() -> None:
    at = opened(steps="10")
    clean(at.text_input(key="step_size_text").set_value("2").run())
    losses, _ = by_hand(replace(Layer(), step_size=2.0), [1, 0, 0], 10)
    assert numbers(tables(at)[2], "loss") == pytest.approx(losses, rel=1e-9)
    clean(at.text_input(key="l2_text").set_value("0.3").run())
    assert layer_of(at).l2 == 0.3


def test_the_descent_ends_at_the_state_shown() -> None:
    losses = [3.0, 1.0, 0.5]
    curve, now = steps_figure(losses, WORDS, "light")["data"]
    assert (curve["x"], curve["y"]) == ([0, 1, 2], losses)
    assert (now["x"], now["y"]) == ([2], [0.5])


def test_a_loss_that_runs_away_gets_a_logarithmic_axis() -> None:
    kinds = [
        steps_figure(losses, WORDS, "light")["layout"]["yaxis"].get("type")
        for losses in ([3.0, 1.0], [3.0, 299.0], [3.0, 301.0, 1e300], [0.0], [0.0, 1e9])
    ]
    assert kinds == [None, None, "log", None, None]
