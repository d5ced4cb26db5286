"""The film of the distance is the model asked again at every stop."""

from __future__ import annotations

import numpy as np
import pytest

from core import softmax
from pages.lessons.calibration.far import far_film
from pages.lessons.calibration.subject import ready_judgement
from tests.pages.figures import WORDS
from tests.pages.film import points, values


def test_every_stop_is_the_model_asked_so_many_times_as_far() -> None:
    found = ready_judgement("spiral")
    film = far_film(found, 12.5, WORDS, "light")
    assert {1, 10, 12.5, 100} <= set(film.stops)
    test, w, b = found.model.data.test, found.model.weights, found.model.bias
    a = [softmax(s * test.inputs @ w.T + b) for s in film.stops]
    means = values(points(film, "mean_confidence")[None])
    assert means == pytest.approx([each.max(axis=1).mean() for each in a])
    right = values(points(film, "accuracy")[None])
    assert right == [(each.argmax(axis=1) == test.labels).mean() for each in a]
    single = points(film, "single_confidence")
    near = a[0].max(axis=1)
    for index, share in enumerate((0.05, 0.25, 0.5, 0.75, 0.95), 1):
        course = np.array(values(single[index]))
        (sample,) = np.flatnonzero(np.isclose(near, course[0], rtol=1e-12, atol=0))
        assert (near < course[0]).mean() == pytest.approx(share, abs=0.01)
        assert course == pytest.approx([each[sample].max() for each in a])
