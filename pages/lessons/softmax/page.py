"""What softmax does: from logits to probabilities, with the learner's own numbers."""

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.softmax import largest, looks, network, shift, sigmoid, stages, temperature
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import logits_field, temperature_field

with lesson.column():
    st.title(visit().words("softmax.title"), anchor=False)
    lesson.prose("softmax", "opening")
    with lesson.learners_numbers():
        logits_field()
        temperature_field()

    stages.show()
    largest.show()
    shift.show()
    temperature.show()
    sigmoid.show()
    looks.show()
    network.show()

    lesson.take_away("softmax")
keep_address("softmax")
