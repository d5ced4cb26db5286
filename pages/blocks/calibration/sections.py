"""The sections of the lesson that have a control of their own, or that not every model has."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.blocks import figures, lesson
from pages.blocks.calibration import controls, mistakes, strange, tables, temperature
from pages.blocks.calibration import far as distance
from pages.blocks.calibration.chosen import Chosen
from pages.blocks.calibration.judgement import Judgement
from pages.blocks.calibration.predictions import Predictions
from pages.blocks.palette import theme
from pages.blocks.session import visit
from pages.blocks.tables import table
from pages.blocks.turns import fragment

MOST_IMAGES = 20

_section, _prose, _picture = (
    partial(show, "calibration") for show in (lesson.section, lesson.prose, lesson.picture)
)


@fragment
def worth(before: Predictions) -> None:
    """Count the surest predictions; rerun when the threshold moves."""
    words = visit().words
    label = words("calibration.worth.slider")
    threshold = st.slider(label, 0.5, 0.999, 0.99, 0.001, "%.3f", key="threshold")
    table(*tables.worth_table(before, threshold, words))
    lesson.remark(tables.worth_sentence(before, threshold, words))


def most_confident_mistakes(found: Judgement) -> None:
    """Show them, as images where they are digits."""
    words = visit().words
    _prose("mistakes")
    if found.before.right.all():
        lesson.remark(words("training.mistakes.none"))
    elif found.model.data.kind == "digits":
        _picture("mistakes", mistakes.mistakes_picture(found, words, theme()))
    else:
        table(*mistakes.mistakes_table(found, words))


def fitted_temperature(found: Judgement, bins: int) -> None:
    """Show what it changes, what it leaves, and what it makes of the bench's numbers."""
    words, state = visit().words, visit().state
    _section("temperature")
    lesson.remark(temperature.temperature_sentence(found, words))
    if found.after is None:
        return
    both = found.before, found.after
    _picture("temperature", temperature.beside_picture(*both, bins, words, theme()))
    table(*temperature.beside_table(*both, bins, words))
    lesson.remark(temperature.effect_sentence(*both, bins, words))
    _prose("temperature_seen")
    if len(found.after) > 1:
        _prose("halves")
        table(*temperature.halves_table(*both, words))
        lesson.remark(temperature.halves_sentence(found.after, words))

    _section("bench")
    table(*temperature.bench_table(state, found.after.temperature, words))
    controls.temperature_button(found.after.temperature)


@fragment
def far(shown: Chosen) -> None:
    """Ask a model of two inputs far away; rerun when the distance changes."""
    words, asked = visit().words, distance.asked_far(shown)
    lesson.remark(words("calibration.asked", model=words(f"calibration.model.{asked.name}")))
    factor = st.select_slider(
        words("calibration.far.slider"), figures.STOPS, 10, format_func="{}×".format, key="factor"
    )
    _picture("far", distance.far_picture(asked, factor, words, theme()))
    lesson.remark(distance.far_sentence(asked, factor, words))


@fragment
def no_digits(shown: Chosen) -> None:
    """Ask a model of digits for images that are none; rerun when others are chosen."""
    words, asked = visit().words, strange.asked_strange(shown)
    lesson.remark(words("calibration.asked", model=words(f"calibration.model.{asked.name}")))
    most = min(MOST_IMAGES, len(asked.found.before))
    number = st.slider(words("calibration.strange.slider"), 1, most, key="strange")
    _picture("strange", strange.strange_picture(asked, number, words, theme()))
    table(*strange.strange_table(asked, words))
