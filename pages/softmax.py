"""What softmax does: from logits to probabilities, with the learner's own numbers."""

from functools import partial

import streamlit as st

from pages.blocks import figures, lesson, softmax_pictures, softmax_tables
from pages.blocks.address import keep_address
from pages.blocks.controls import logits_field, temperature_field, temperature_slider
from pages.blocks.derivation import show_derivation
from pages.blocks.diagram import network_html
from pages.blocks.palette import theme
from pages.blocks.presets import PRESETS, TEN_ACTIONS
from pages.blocks.session import visit
from pages.blocks.tables import table
from pages.blocks.turns import fragment

words, state, tone = visit().words, visit().state, theme()
section, prose, picture = (
    partial(show, "softmax") for show in (lesson.section, lesson.prose, lesson.picture)
)


def take_ten_actions() -> None:
    """Make the ten actions the learner's own state, here and on the bench."""
    visit().edit("preset", lambda _: PRESETS["actions"])


@fragment
def choosing() -> None:
    """Rerun when k moves."""
    k = st.slider(words("softmax.largest.slider"), 1, len(TEN_ACTIONS), 1, key="k")
    picture("largest", softmax_pictures.largest(TEN_ACTIONS, k, words, tone))
    lesson.remark(softmax_tables.chosen_sentence(TEN_ACTIONS, k, state, words))


@fragment
def shifting() -> None:
    """Rerun when c moves."""
    c = st.slider(words("softmax.shift.slider"), -10.0, 10.0, 3.0, 0.5, "%g", key="c")
    picture("shift", softmax_pictures.shifted(state, c, words, tone))
    lesson.remark(softmax_tables.shift_sentence(state, c, words))
    prose("shift_seen")
    show_derivation("softmax", "shift_invariance", shift=c)


@fragment
def looking() -> None:
    """Rerun when the other class's logit moves."""
    watched, mover = figures.unmasked_pair(state.logits)
    low, high, start = figures.moving_range(state.logits, state.temperature)
    label = words("softmax.looks.slider", z=figures.indexed("z", mover))
    at = st.slider(label, low, high, start, (high - low) / 200, format="%g")
    picture("looks", softmax_pictures.looking(state, at, words, tone))
    lesson.remark(words("softmax.looks.result", watched=watched + 1, mover=mover + 1))


with lesson.column():
    st.title(words("softmax.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        temperature_field()

    section("stages")
    table(words("softmax.stages.table"), *softmax_tables.stages_table(state, words))
    picture("stages", softmax_pictures.shares(state, words, tone), at_once=True)
    prose(*(f"stages_{passage}" for passage in softmax_tables.stages_passages(state)))

    section("largest")
    choosing()
    st.button(
        words("softmax.to_here"),
        help=words("softmax.to_here_help"),
        on_click=take_ten_actions,
    )
    prose("largest_seen")

    section("shift")
    shifting()

    section("temperature")
    temperature_slider(words("softmax.temperature.slider"))
    picture("temperature", softmax_pictures.sweep(state, words, tone))
    prose("temperature_seen")
    show_derivation("softmax", "temperature_gradient")
    show_derivation("softmax", "temperature_sensitivity")

    section("sigmoid")
    table(*softmax_tables.two_ways(state, words))
    picture("sigmoid", softmax_pictures.two_classes(state, words, tone))
    for remark in softmax_tables.two_ways_remarks(state, words):
        lesson.remark(remark)
    prose("sigmoid_seen")
    show_derivation("softmax", "sigmoid_as_two_classes")

    section("looks")
    looking()
    prose("looks_seen")

    section("network")
    lesson.diagram("softmax", "network", network_html(words, tone))
    prose("network_seen")

    lesson.take_away("softmax")
keep_address("softmax")
