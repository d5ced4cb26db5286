"""What a trained model's confidence is worth, on samples that it has not seen and beyond them."""

from functools import partial

import streamlit as st

from pages.blocks import figures, lesson
from pages.blocks.address import keep_address
from pages.blocks.calibration import beyond, controls, tables
from pages.blocks.calibration.chosen import chosen
from pages.blocks.calibration.numbers import Predictions
from pages.blocks.palette import theme
from pages.blocks.session import visit
from pages.blocks.tables import table

MOST_IMAGES = 20

words, bins = visit().words, visit().choices.judged.bins
shown = chosen(visit().choices.judged)
found, before, after = shown.found, shown.found.before, shown.found.after
section, prose, picture = (
    partial(show, "calibration") for show in (lesson.section, lesson.prose, lesson.picture)
)


@st.fragment
def worth() -> None:
    """Rerun when the threshold moves."""
    label = words("calibration.worth.slider")
    threshold = st.slider(label, 0.5, 0.999, 0.99, 0.001, "%.3f", key="threshold")
    table(*tables.worth_table(before, threshold, words))
    lesson.remark(tables.worth_sentence(before, threshold, words))


@st.fragment
def far() -> None:
    """Rerun when the distance changes."""
    asked = beyond.asked_far(shown)
    lesson.remark(words("calibration.asked", model=words(f"calibration.model.{asked.name}")))
    factor = st.select_slider(
        words("calibration.far.slider"), figures.STOPS, 10, format_func="{}×".format, key="factor"
    )
    picture("far", beyond.far_picture(asked, factor, words, theme()))
    lesson.remark(beyond.far_sentence(asked, factor, words))


@st.fragment
def strange() -> None:
    """Rerun when other images are asked for."""
    asked = beyond.asked_strange(shown)
    lesson.remark(words("calibration.asked", model=words(f"calibration.model.{asked.name}")))
    most = min(MOST_IMAGES, len(asked.found.before))
    number = st.slider(words("calibration.strange.slider"), 1, most, key="strange")
    picture("strange", beyond.strange_picture(asked, number, words, theme()))
    table(*beyond.strange_table(asked, words))


def mended(after: Predictions) -> None:
    """Show what the fitted temperature changes, what it leaves, and what it makes of the bench."""
    picture("temperature", tables.beside_picture(before, after, bins, words, theme()))
    table(*tables.beside_table(before, after, bins, words))
    lesson.remark(tables.effect_sentence(before, after, bins, words))
    prose("temperature_seen")
    if len(after) > 1:
        table(*tables.halves_table(before, after, words))
        lesson.remark(tables.halves_sentence(after, words))

    section("bench")
    table(*tables.bench_table(visit().state, after.temperature, words))
    controls.temperature_button(after.temperature)


with lesson.column():
    st.title(words("calibration.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers("model"):
        controls.model_field()
    controls.about_model(shown)

    section("reliability")
    controls.bins_field()
    drawn = tables.reliability_picture(before, bins, words, theme())
    picture("reliability", drawn, at_once=True)
    table(*tables.summary_table(before, bins, words))
    lesson.remark(tables.verdict_sentence(before, bins, words))
    prose("reliability_seen")

    section("noise")
    lesson.remark(tables.thinnest_sentence(before, bins, words))
    table(*tables.by_bins_table(before, bins, words))
    prose("noise_seen")

    section("worth")
    worth()
    prose("mistakes")
    if found.model.data.kind == "digits" and not before.right.all():
        picture("mistakes", beyond.mistakes_picture(found, words, theme()))
    elif not before.right.all():
        table(*beyond.mistakes_table(found, words))
    else:
        lesson.remark(words("calibration.mistakes.none"))

    section("temperature")
    lesson.remark(tables.temperature_sentence(found, words))
    if after is not None:
        mended(after)

    section("far")
    far()
    prose("far_seen")

    section("strange")
    strange()
    prose("strange_seen")

    section("meaning")
    table(*tables.base_rate_table(found, bins, words))
    prose("meaning_seen")

    lesson.take_away("calibration")
keep_address("calibration")
