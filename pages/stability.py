"""Log-softmax and log-sum-exp: the stable forms, and their derivatives."""

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import logits_field
from pages.blocks.derivation import show_derivation
from pages.blocks.session import visit

words = visit().words

with lesson.column():
    st.title(words("stability.title"), anchor=False)
    lesson.prose("stability", "opening")
    with lesson.learners_numbers():
        logits_field()
    lesson.at_temperature_one()

    show_derivation("stability", "logsumexp_gradient")
    show_derivation("stability", "log_softmax_gradient")

    lesson.take_away("stability")
keep_address("stability")
