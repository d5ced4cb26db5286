"""A model of two inputs, asked far away from all that it was trained on."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.chosen import Chosen, ready_judgement
from pages.lessons.calibration.distance_figure import STOPS, distance_figure
from pages.lessons.calibration.tables import Row, share_text
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording


def asked_far(shown: Chosen) -> Chosen:
    """Return the model of two inputs that is asked far away: the page's, or else the spiral's."""
    if len(shown.found.model.data.features) == 2:
        return shown
    return Chosen("spiral", ready_judgement("spiral"))


def far_picture(shown: Chosen, factor: float, words: Wording, theme: Theme) -> Picture:
    """Draw confidence and accuracy against the distance."""
    course = shown.found.course
    rows: list[Row] = []
    for stop in STOPS:
        at = int(np.flatnonzero(course.factors == stop)[0])
        sure, right, loss = (float(x[at]) for x in (course.sure[0], course.right, course.loss))
        rows.append(
            [
                f"{stop}×",
                Number("far_confidence", sure, share_text(sure), stop),
                Number("far_accuracy", right, share_text(right), stop),
                Number("far_nll", loss, fixed_text(loss), stop),
            ]
        )
    names = ("axis.factor", "quantity.mean_confidence", "quantity.accuracy", "quantity.nll")
    return Picture(
        distance_figure(course.factors, course.sure, course.right, factor, words, theme),
        words(
            "calibration.far.alt",
            near=share_text(course.sure[0, 0]),
            far=share_text(course.sure[0, -1]),
            right=share_text(course.right[-1]),
        ),
        [words(f"calibration.{name}") for name in names],
        rows,
    )


def far_sentence(shown: Chosen, factor: float, words: Wording) -> str:
    """Say how sure the model is at that distance, and how often it is right."""
    near, asked = shown.found.before, shown.found.at_distance(factor)
    return words(
        "calibration.far.result",
        factor=f"{factor:g}",
        confidence=share_text(asked.confidence),
        near=share_text(near.confidence),
        accuracy=share_text(asked.accuracy),
        near_accuracy=share_text(near.accuracy),
    )
