"""Of all outputs only softmax answers to another class's logit."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import exponentials, softmax
from pages.lessons.softmax.looks import moving_range, outputs, who_looks_figure
from pages.visit.state import unmasked_pair
from tests.pages.figures import STATES, WORDS, traces
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of


def test_the_other_logit_moves_softmax_alone() -> None:
    at = opened(z="2,3,4")
    slider = at.slider(key="moved")
    slider.set_value(slider.max).run()
    looks = table_of(clean(at), WORDS("softmax.looks.picture"))
    places = [float(t.replace("−", "-")) for t in re.findall(r"<bdi>([^<]+)</bdi>", looks)]
    assert places[-1] == pytest.approx(slider.max, abs=1e-4)
    a = numbers(looks, "softmax")
    assert a == sorted(a, reverse=True)
    assert a[0] > 0.1
    assert a[-1] < 1e-3
    assert set(numbers(looks, "relu")) == set(numbers(looks, "leaky_relu")) == {2.0}
    assert set(numbers(looks, "sigmoid")) == {1 / (1 + exponentials([0.0, -2.0])[1])}


def test_only_softmax_looks_at_the_other_logit(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            low, high, start = moving_range(logits, temperature)
            assert low <= start <= high
            watched, mover = unmasked_pair(logits)
            places = np.linspace(low, high, 7)
            values = outputs(logits, temperature, places)
            for name in ("sigmoid", "relu", "leaky_relu"):
                assert len(set(values[name].tolist())) == 1, name
            assert values["softmax"][0] > values["softmax"][-1], "softmax is to answer"
            for place, output in zip(places, values["softmax"], strict=True):
                changed = list(logits)
                changed[mover] = place
                assert output == softmax(changed, temperature=temperature)[watched]
            z = logits[watched]
            assert values["relu"][0] == max(0.0, z)
            assert values["leaky_relu"][0] == (z if z > 0 else 0.01 * z)


def test_the_four_panels_show_these_outputs() -> None:
    figure = who_looks_figure((2.0, 3.0, 4.0), 1.0, 2.5, WORDS, "light")
    curves, points = traces(figure, "lines"), traces(figure, "markers")
    for name, curve, point in zip(outputs((2, 3, 4), 1, [2.5]), curves, points, strict=True):
        assert curve["y"] == outputs((2, 3, 4), 1, curve["x"])[name].tolist()
        assert point["x"] == [2.5]
        assert point["y"] == outputs((2, 3, 4), 1, [2.5])[name].tolist()
        assert curve["xaxis"] == point["xaxis"]
    assert points[0]["y"] == [softmax([2, 2.5, 4])[0]]
