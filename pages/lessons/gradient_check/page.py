"""Checking a gradient by differences: which step, which slips it finds, and how to do it."""

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.gradient_check import percent, recipe, slips, sweep
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field, loss_field, temperature_field

with lesson.column():
    st.title(visit().words("gradient_check.title"), anchor=False)
    lesson.prose("gradient_check", "opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
        temperature_field()

    sweep.show()
    slips.show()
    percent.show()
    recipe.show()

    lesson.take_away("gradient_check")
keep_address("gradient-check")
