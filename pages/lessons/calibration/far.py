"""Screen "far": a model of two inputs, asked far away from all that it was trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pages.film import Axis, Curve, Film, Panel, Point, film
from pages.lessons.calibration.bins import Row, share_text
from pages.lessons.calibration.courses import DISTANCES, ByDistance
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.side import learners_subject, shown_sentence
from pages.lessons.calibration.subject import (
    Subject,
    judged_model,
    ready_judgement,
    subject_of,
)
from pages.visit.choices import Choices
from pages.visit.judging import MOST_DISTANCE, Judging
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import QUARTERS
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording


def show() -> None:
    """Ask the lesson's model, or else the spiral's, if that has more than two inputs."""
    words, own = visit().words, visit().choices.judging.distance
    lesson.section("calibration", "far", _PREDICTION)
    if visit().veiled and own == Judging.distance:  # it would answer the question
        own = DISTANCES[0]
    chosen = learners_subject()
    subject = of_two_inputs(chosen)
    lesson.remark(shown_sentence("far", subject, chosen, words))
    film("calibration", "far", far_film(subject.judgement, own, words, theme()), own, _take)
    lesson.prose("calibration", "far_seen")


def of_two_inputs(chosen: Subject) -> Subject:
    """Return the chosen model, or the spiral's, if that has not two inputs."""
    if len(chosen.judgement.model.data.features) == 2:
        return chosen
    return Subject("spiral", ready_judgement("spiral"))


def _change(_state: LabState, _choices: Choices) -> str:
    judgement = of_two_inputs(subject_of(judged_model())).judgement
    near, far = (judgement.at_distance(s).mean_confidence for s in (1.0, Judging.distance))
    if share_text(near) == share_text(far):
        return "stay"
    return "rise" if far > near else "fall"


_PREDICTION = Prediction(
    "calibration.far",
    ("rise", "fall", "stay"),
    right=_change,
    move=lambda: _take(Judging.distance),
    numbers=lambda _state, _choices: {"factor": short_text(Judging.distance)},
)


def _take(distance: float) -> None:
    """Ask so many times as far from the origin."""
    visit().choose("distance", lambda c: replace(c, judging=replace(c.judging, distance=distance)))


def far_film(judgement: Judgement, own: float, words: Wording, theme: Theme) -> Film:
    """Draw confidence and accuracy against the distance, and the confidence of single samples."""
    course = judgement.by_distance(own)
    names = ("axis.factor", "quantity.mean_confidence", "quantity.accuracy", "quantity.nll")
    return Film(
        label=words("calibration.far.slider"),
        stops=course.stops.tolist(),
        shown=[_times(stop) for stop in course.stops],
        says=[_sentence(course, place, words) for place in range(len(course.stops))],
        panels=[
            Panel(
                Axis(
                    words("calibration.axis.factor"),
                    (1, MOST_DISTANCE),
                    log=True,
                    ticks=[(stop, _times(stop)) for stop in DISTANCES],
                    slides=True,
                ),
                Axis(
                    words("calibration.axis.share"),
                    (0, 1.03),
                    ticks=[(share, short_text(share)) for share in QUARTERS],
                ),
                list(_drawn(course, words, theme)),
                height=330,
            )
        ],
        alt=words(
            "calibration.far.alt",
            near=share_text(course.confidences[0, 0]),
            far=share_text(course.confidences[0, -1]),
            right=share_text(course.accuracy[-1]),
        ),
        head=[words(f"calibration.{name}") for name in names],
        rows=[_row(course, stop) for stop in sorted({*DISTANCES, own})],
    )


def _times(stop: float) -> str:
    return f"{short_text(stop)}×"


def _drawn(course: ByDistance, words: Wording, theme: Theme) -> Iterator[Curve | Point]:
    """Draw what is true of all samples on top of what is true of single ones."""
    grey, blue, amber = (ink(name, theme) for name in ("logit", "probability", "target"))
    mean, *single = course.confidences
    for index, one in enumerate(single, 1):
        name = words("calibration.far.single") if index == 1 else ""
        yield Curve(course.stops, np.round(one, 5), grey, name=name, dash="2 4")
        yield Point("single_confidence", index, one, grey, symbol="ring", number_format=None)
    for quantity, y, colour, dash in (
        ("accuracy", course.accuracy, amber, "9 5"),
        ("mean_confidence", mean, blue, ""),
    ):
        name = words(f"calibration.quantity.{quantity}")
        yield Curve(course.stops, np.round(y, 5), colour, name=name, dash=dash)
        yield Point(quantity, None, y, colour, name=name)


def _row(course: ByDistance, stop: float) -> Row:
    at = course.stops.tolist().index(stop)
    confidence, accuracy = float(course.confidences[0, at]), float(course.accuracy[at])
    loss = float(course.loss[at])
    return [
        _times(stop),
        Number("far_confidence", confidence, share_text(confidence), at + 1),
        Number("far_accuracy", accuracy, share_text(accuracy), at + 1),
        Number("far_nll", loss, fixed_text(loss), at + 1),
    ]


def _sentence(course: ByDistance, at: int, words: Wording) -> str:
    """Say how sure the model is at that distance, and how often it is right."""
    return words(
        "calibration.far.result",
        factor=short_text(course.stops[at]),
        confidence=share_text(course.confidences[0, at]),
        near=share_text(course.confidences[0, 0]),
        accuracy=share_text(course.accuracy[at]),
        near_accuracy=share_text(course.accuracy[0]),
    )
