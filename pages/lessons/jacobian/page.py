"""The Jacobian of softmax: every entry, the two cases, and where they come from."""

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.jacobian import laws, matrix
from pages.lessons.jacobian.derived import SOFTMAX_JACOBIAN
from pages.lessons.jacobian.numbers import learners_entry
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import logits_field

with lesson.column():
    st.title(visit().words("jacobian.title"), anchor=False)
    lesson.prose("jacobian", "opening")
    with lesson.learners_numbers():
        logits_field()
    lesson.at_temperature_one()

    matrix.show()
    laws.show()
    i, j = learners_entry()
    show_derivation("jacobian", SOFTMAX_JACOBIAN, chosen={"i": i + 1, "j": j + 1})

    lesson.take_away("jacobian")
keep_address("jacobian")
