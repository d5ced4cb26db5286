"""Four forms of the same loss in three precisions: which of them last, and why log-softmax does."""

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.stability import cheaper, costly, forms, growing, stable, steps
from pages.lessons.stability.controls import dtype_field
from pages.lessons.stability.derived import DERIVED
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field

with lesson.column():
    st.title(visit().words("stability.title"), anchor=False)
    lesson.prose("stability", "opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        dtype_field()
    lesson.at_temperature_one()

    forms.show()
    steps.show()
    growing.show()
    stable.show()
    cheaper.show()
    costly.show()

    lesson.section("stability", "derivations")
    for derivation in DERIVED:
        show_derivation("stability", derivation)

    lesson.take_away("stability")
keep_address("stability")
