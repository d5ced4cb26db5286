"""Through a layer: from the gradient in the logits to weights, biases and inputs."""

from functools import partial

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import label_field, logits_field
from pages.blocks.derivation import layer_table, show_derivation
from pages.blocks.session import visit
from pages.blocks.tables import table

words, state = visit().words, visit().state
section, prose = (partial(show, "network") for show in (lesson.section, lesson.prose))

with lesson.column():
    st.title(words("network.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
    lesson.at_temperature_one()
    table(words("network.layer"), *layer_table(state, words))
    prose("layer")

    section("weight")
    show_derivation("layer_gradient")
    prose("weight_seen")

    section("bias")
    show_derivation("layer_bias_gradient")
    prose("bias_seen")

    section("input")
    show_derivation("layer_input_gradient")
    prose("input_seen")

    lesson.take_away("network")
keep_address("network")
