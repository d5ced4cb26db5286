"""The gradient of any loss: what softmax does to a gradient that comes from above."""

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.any_loss import own, rule, squared
from pages.lessons.any_loss.derived import DERIVED
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field, loss_field

with lesson.column():
    st.title(visit().words("any_loss.title"), anchor=False)
    lesson.prose("any_loss", "opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
    lesson.at_temperature_one()

    rule.show()
    squared.show()
    own.show()
    for derivation in DERIVED:
        show_derivation("any_loss", derivation)

    lesson.take_away("any_loss")
keep_address("any-loss")
