"""Screen "far": a model of two inputs, asked far away from all that it was trained on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.calibration.bins import Row, share_text
from pages.lessons.calibration.judgement import ByDistance, Judgement
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import Subject, ready_judgement
from pages.visit.judging import DISTANCES
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import chosen, mirror
from pages.widgets.figure import LEGEND, QUARTERS, Figure, Vector, axis, curve, figure, upright
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording


def show() -> None:
    """Ask the lesson's model, or else the spiral's, if that has more than two inputs."""
    words = visit().words
    lesson.section("calibration", "far")
    subject = learners_subject()
    if len(subject.judgement.model.data.features) != 2:
        subject = Subject("spiral", ready_judgement("spiral"))
    lesson.remark(words("calibration.asked", model=words(f"calibration.model.{subject.name}")))
    factor, judgement = _distance_slider(), subject.judgement
    lesson.picture("calibration", "far", far_picture(judgement, factor, words, theme()))
    lesson.remark(far_sentence(judgement, factor, words))
    lesson.prose("calibration", "far_seen")


def _distance_slider() -> int:
    """Set how many times as far from the origin the model is asked; return it."""
    own = visit().choices.judging.distance
    mirror("distance", own)
    st.select_slider(
        visit().words("calibration.far.slider"),
        DISTANCES,
        own,  # what Streamlit takes where the browser has no choice to send yet
        format_func="{}×".format,
        key="distance",
        on_change=_take_distance,
    )
    return own


def _take_distance() -> None:
    value = chosen("distance", DISTANCES)
    if value is not None:
        visit().choose("distance", lambda c: replace(c, judging=replace(c.judging, distance=value)))


def far_picture(judgement: Judgement, factor: float, words: Wording, theme: Theme) -> Picture:
    """Draw confidence and accuracy against the distance."""
    by_distance = judgement.by_distance
    rows: list[Row] = []
    for stop in DISTANCES:
        at = int(np.flatnonzero(by_distance.factors == stop)[0])
        numbers = by_distance.confidences[0], by_distance.accuracy, by_distance.loss
        confidence, accuracy, loss = (float(each[at]) for each in numbers)
        rows.append(
            [
                f"{stop}×",
                Number("far_confidence", confidence, share_text(confidence), stop),
                Number("far_accuracy", accuracy, share_text(accuracy), stop),
                Number("far_nll", loss, fixed_text(loss), stop),
            ]
        )
    names = ("axis.factor", "quantity.mean_confidence", "quantity.accuracy", "quantity.nll")
    return Picture(
        distance_figure(by_distance, factor, words, theme),
        words(
            "calibration.far.alt",
            near=share_text(by_distance.confidences[0, 0]),
            far=share_text(by_distance.confidences[0, -1]),
            right=share_text(by_distance.accuracy[-1]),
        ),
        [words(f"calibration.{name}") for name in names],
        rows,
    )


def far_sentence(judgement: Judgement, factor: float, words: Wording) -> str:
    """Say how sure the model is at that distance, and how often it is right."""
    near, asked = judgement.before, judgement.at_distance(factor)
    return words(
        "calibration.far.result",
        factor=f"{factor:g}",
        confidence=share_text(asked.mean_confidence),
        near=share_text(near.mean_confidence),
        accuracy=share_text(asked.accuracy),
        near_accuracy=share_text(near.accuracy),
    )


def distance_figure(by_distance: ByDistance, at: float, words: Wording, theme: Theme) -> Figure:
    """Draw mean confidence and accuracy against the distance, and the confidence of single ones.

    at   the factor that is looked at
    """
    blue, amber = ink("probability", theme), ink("target", theme)
    factors, accuracy = by_distance.factors, by_distance.accuracy
    mean, *single = by_distance.confidences
    traces = [
        _curve(words("calibration.far.single"), factors, one, blue)
        | {"opacity": 0.45, "legendgroup": "single", "showlegend": place == 0}
        for place, one in enumerate(single)
    ]
    for each in traces:
        each["line"]["width"] = 1.5
    traces += [
        _curve(words("calibration.quantity.mean_confidence"), factors, mean, blue),
        _curve(words("calibration.quantity.accuracy"), factors, accuracy, amber, "dash"),
    ]
    return figure(
        traces,
        theme,
        height=400,
        showlegend=True,
        legend=LEGEND | {"y": -0.24, "traceorder": "reversed"},
        xaxis=axis(
            words("calibration.axis.factor"),
            type="log",
            range=[-0.02, float(np.log10(factors[-1])) + 0.02],
            tickvals=list(DISTANCES),
            ticktext=[f"{stop}×" for stop in DISTANCES],
        ),
        yaxis=axis(words("calibration.axis.share"), range=[0, 1.03], tickvals=QUARTERS),
        shapes=[upright(at, ink("logit", theme))],
    )


def _curve(name: str, x: Vector, y: Vector, colour: str, dash: str = "solid") -> Figure:
    return curve(name, x, y, colour, dash, "%{x:.3~g}×: %{y:.4f}<extra>%{fullData.name}</extra>")
