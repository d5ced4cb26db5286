"""What a trained model's confidence is worth, on samples that it has not seen and beyond them."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.calibration import controls, sections, tables
from pages.lessons.calibration.chosen import chosen
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.tables import table
from pages.writing.palette import theme

words, judging = visit().words, visit().choices.judging
bins = judging.bins
section, prose, picture = (
    partial(show, "calibration") for show in (lesson.section, lesson.prose, lesson.picture)
)

with lesson.column():
    st.title(words("calibration.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers("model"):
        controls.model_field()
    controls.train_own()
    shown = chosen(judging)
    before = shown.found.before
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
    sections.worth(before)
    sections.most_confident_mistakes(shown.found)

    sections.fitted_temperature(shown.found, bins)

    section("far")
    sections.far(shown)
    prose("far_seen")

    section("strange")
    sections.no_digits(shown)
    prose("strange_seen")

    section("meaning")
    table(*tables.base_rate_table(shown.found, bins, words))
    prose("meaning_seen")

    lesson.take_away("calibration")
keep_address("calibration")
