"""Checking a gradient by differences: which step, which slips it finds, and how to do it."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.gradient_check import controls, recipe, slips, tables
from pages.lessons.gradient_check.sweep import sweep_of
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field, loss_field, temperature_field
from pages.widgets.tables import table
from pages.writing.math_colours import coloured
from pages.writing.palette import theme

words, state, choices = visit().words, visit().state, visit().choices
method, slip = choices.check.method, choices.check.slip
section, prose, picture = (
    partial(show, "gradient_check") for show in (lesson.section, lesson.prose, lesson.picture)
)


def error_against_step() -> None:
    """Draw the error against the step, or say why there is none."""
    controls.method_and_precision()
    sweep = sweep_of(state, choices.check.precision)
    if sweep is None:
        st.warning(words("gradient_check.infinite"))
        controls.way_out_button("textbook", "sweep")
    else:
        picture("sweep", tables.sweep_picture(sweep, method, words, theme()), at_once=True)
        for remark in tables.sweep_remarks(sweep, method, words):
            lesson.remark(remark)
    prose("sweep_seen")


def spot_the_slip() -> None:
    """Hand a wrong gradient to the checker."""
    controls.slip_field()
    found = slips.finding(state, slip, method)
    prose(f"slip_{slip}")
    st.markdown(coloured(tables.slip_formula(slip), theme()))
    table(words("gradient_check.slips.table"), *tables.slip_table(state, slip, found, words))
    for remark in tables.slip_remarks(state, slip, method, found, words):
        lesson.remark(remark)
    if found.verdict != "caught":
        with st.container(horizontal=True):
            if found.verdict == "unseen" and slips.seen_by_complex(state, slip):
                controls.complex_button()
            controls.way_out_button(slips.way_out(state, slip, method), "slip")


with lesson.column():
    st.title(words("gradient_check.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
        temperature_field()

    section("sweep")
    error_against_step()

    section("slips")
    spot_the_slip()
    prose("slips_seen")

    section("percent")
    controls.percent_field()
    if rows := recipe.percent_rows(state, choices, words):
        table(words("gradient_check.percent.table"), recipe.percent_head(words), rows)
    else:
        lesson.remark(words("gradient_check.slips.infinite"))
    prose("percent_seen")

    section("recipe")
    own = recipe.own_error(state, method)
    table(*recipe.bands_table(own, words))
    prose("kink")
    table(*recipe.kink_table(words))
    prose("recipe_seen")

    lesson.take_away("gradient_check")
keep_address("gradient-check")
