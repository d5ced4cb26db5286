"""The calibration lesson's pictures show core's numbers, each in its place."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.calibration.far import far_picture
from pages.lessons.calibration.predictions import intervals
from pages.lessons.calibration.reliability import reliability_picture
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.calibration.temperature import beside_picture
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


def test_before_and_after_have_their_own_axes() -> None:
    found = ready_judgement("source")
    assert found.after is not None
    figure = beside_picture(found.before, found.after, 10, WORDS, "light").figure
    first, second = (trace for trace in figure["data"] if trace["type"] == "bar")
    for trace, predictions in ((first, found.before), (second, found.after)):
        shown = predictions.reliability(10)
        assert trace["y"] == shown.accuracy[shown.count > 0].tolist()
    assert ("xaxis" in first, second["xaxis"]) == (False, "x2")


def test_confidence_far_away_is_the_course() -> None:
    spiral = ready_judgement("spiral")
    figure = far_picture(spiral, 20, WORDS, "light").figure
    *single, mean, right = traces(figure, "lines")
    assert mean["y"] == spiral.by_distance.confidences[0].tolist()
    assert right["y"] == spiral.by_distance.accuracy.tolist()
    assert len(single) == len(spiral.by_distance.confidences) - 1
    (at,) = figure["layout"]["shapes"]
    assert at["x0"] == 20
