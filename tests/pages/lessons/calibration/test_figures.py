"""The calibration lesson's pictures show core's numbers, each in its place."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.calibration.predictions import intervals
from pages.lessons.calibration.reliability import reliability_picture
from pages.lessons.calibration.subject import ready_judgement
from tests.pages.figures import WORDS, traces


def test_a_reliability_diagram_shows_cores_bins() -> None:
    found = ready_judgement("source").before
    shown = found.reliability(15)
    some = np.flatnonzero(shown.count)
    figure = reliability_picture(found, 15, WORDS, "light").figure
    accuracy, counts = (trace for trace in figure["data"] if trace["type"] == "bar")
    assert accuracy["y"] == shown.accuracy[some].tolist()
    assert accuracy["x"] == pytest.approx((some + 0.5) / 15)
    assert counts["y"] == shown.count[some].tolist()
    assert counts["text"] == [str(count) for count in counts["y"]]
    low, high = (np.array(ends)[some] for ends in intervals(shown))
    assert accuracy["error_y"]["array"] == pytest.approx(high - accuracy["y"])
    assert accuracy["error_y"]["arrayminus"] == pytest.approx(accuracy["y"] - low)
    (marks,) = traces(figure, "markers")
    assert marks["x"] == marks["y"] == shown.confidence[some].tolist()
    diagonal, *_ = traces(figure, "lines")
    assert diagonal["x"] == diagonal["y"] == [0, 1]
