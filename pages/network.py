"""Through a layer: from the gradient in the logits to weights, biases and inputs."""

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.controls import label_field, logits_field
from pages.blocks.derivation import layer_table, show_derivation
from pages.blocks.session import visit
from pages.blocks.tables import table

words, state = visit().words, visit().state

with lesson.column():
    st.title(words("network.title"), anchor=False)
    lesson.prose("network", "opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
    lesson.at_temperature_one()
    table(words("network.layer"), *layer_table(state, words))
    lesson.prose("network", "layer")
    show_derivation("network", "layer_gradient")
    show_derivation("network", "layer_bias_gradient")
    show_derivation("network", "layer_input_gradient")

    lesson.take_away("network")
keep_address("network")
