"""The Jacobian of softmax: every entry, the two cases, and where they come from."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.jacobian.derived import SOFTMAX_JACOBIAN, case_formula
from pages.lessons.jacobian.matrix import (
    choose_entry,
    laws,
    matrix_of,
    matrix_picture,
    passage,
    take_clicked,
)
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import logits_field
from pages.writing.palette import theme

words, state, tone = visit().words, visit().state, theme()
matrix = matrix_of(state)
section, prose, picture = (
    partial(show, "jacobian") for show in (lesson.section, lesson.prose, lesson.picture)
)

with lesson.column():
    st.title(words("jacobian.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
    lesson.at_temperature_one()

    section("matrix")
    entry = i, j = choose_entry()
    picture("matrix", matrix_picture(matrix, entry, words, tone), take_clicked, at_once=True)
    prose(passage(matrix, entry))
    st.markdown(case_formula(state, i + 1, j + 1, tone))
    prose("matrix_seen")

    section("laws")
    lesson.remark(laws(matrix, entry, words))
    prose("laws_seen")

    show_derivation("jacobian", SOFTMAX_JACOBIAN, chosen={"i": i + 1, "j": j + 1})

    lesson.take_away("jacobian")
keep_address("jacobian")
