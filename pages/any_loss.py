"""The gradient of any loss: what softmax does to a gradient that comes from above."""

from functools import partial

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import label_field, logits_field, loss_field
from pages.blocks.derivation import show_derivation
from pages.blocks.session import visit

words = visit().words
section, prose = (partial(show, "any_loss") for show in (lesson.section, lesson.prose))

with lesson.column():
    st.title(words("any_loss.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
    lesson.at_temperature_one()

    section("rule")
    show_derivation("upstream_gradient")
    prose("rule_seen")

    section("squared")
    show_derivation("mean_squared_error_gradient")
    prose("squared_seen")

    lesson.take_away("any_loss")
keep_address("any-loss")
