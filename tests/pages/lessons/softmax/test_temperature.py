"""The curves over the temperature are softmax, and the slider is the learner's temperature."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.temperature import temperature_figure, temperatures
from tests.pages.figures import STATES, WORDS, traces
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of, tables, visit_of


def test_sweep_and_temperature_slider() -> None:
    at = opened(z="2,3,4", temperature="0.8")
    assert at.select_slider(key="temperature_slider").value == 0.8
    at.select_slider(key="temperature_slider").set_value(2).run()
    assert visit_of(clean(at)).state.temperature == 2
    assert at.text_input(key="temperature_text").value == "2"
    assert numbers(tables(at)[0], "probability") == softmax([2, 3, 4], temperature=2).tolist()
    at.text_input(key="temperature_text").set_value("5.0").run()
    assert at.select_slider(key="temperature_slider").value == 5
    sweep = table_of(clean(at), WORDS("softmax.temperature.picture"))
    listed = [float(t) for t in re.findall(r">T = ([\d.]+)<", sweep)]
    expected = np.array([softmax([2, 3, 4], temperature=t) for t in listed])
    assert 5 in listed
    assert numbers(sweep, "probability") == expected.T.ravel().tolist()


def test_the_sweep_is_softmax_at_each_temperature(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            names = [str(i) for i in range(len(logits))]
            figure = temperature_figure(names, logits, temperature, WORDS, "light")
            curves = {int(trace["name"]): trace for trace in traces(figure, "lines")}
            across = curves[0]["x"]
            assert len(curves) == len(logits)
            assert across == sorted(across)
            assert temperature in across
            assert across[0] <= 0.05
            assert across[-1] >= 20
            for position in (0, len(across) // 2, across.index(temperature), -1):
                expected = softmax(logits, temperature=across[position])
                assert [curves[i]["y"][position] for i in range(len(logits))] == expected.tolist()
            (points,) = traces(figure, "markers")
            a = softmax(logits, temperature=temperature)
            assert points["y"] == sorted(a.tolist(), reverse=True)
            assert set(points["x"]) == {temperature}


def test_the_sweep_ends_at_its_limits() -> None:
    lows = [
        t["y"][0] for t in traces(temperature_figure("abc", (2, 3, 3), 1, WORDS, "light"), "lines")
    ]
    assert lows == pytest.approx([0.5, 0.5, 0], abs=1e-8)
    assert temperatures(100.0)[-1] == 100
    assert temperatures(0.01)[0] == 0.01


def test_where_the_browser_has_no_choice_to_send_the_temperature_stays() -> None:
    # Streamlit then takes the slider's default, which was its lowest stop.
    (slider,) = opened(temperature="2").get("select_slider")
    assert slider.options[int(slider.proto.default[0])] == "2"
