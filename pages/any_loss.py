"""The gradient of any loss: what softmax does to a gradient that comes from above."""

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import label_field, logits_field, loss_field
from pages.blocks.derivation import show_derivation
from pages.blocks.session import visit

words = visit().words

with lesson.column():
    st.title(words("any_loss.title"), anchor=False)
    lesson.prose("any_loss", "opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
    lesson.at_temperature_one()

    show_derivation("any_loss", "upstream_gradient")
    show_derivation("any_loss", "mean_squared_error_gradient")

    lesson.take_away("any_loss")
keep_address("any-loss")
