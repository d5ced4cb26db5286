"""Log-softmax and log-sum-exp: the stable forms, and their derivatives."""

from functools import partial

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import logits_field
from pages.blocks.derivation import show_derivation
from pages.blocks.session import visit

words = visit().words
section, prose = (partial(show, "stability") for show in (lesson.section, lesson.prose))

with lesson.column():
    st.title(words("stability.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
    lesson.at_temperature_one()

    section("logsumexp")
    show_derivation("logsumexp_gradient")
    prose("logsumexp_seen")

    section("log_softmax")
    show_derivation("log_softmax_gradient")
    prose("log_softmax_seen")

    lesson.take_away("stability")
keep_address("stability")
