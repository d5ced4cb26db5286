"""Through a layer: forwards to the loss, backwards to every weight, and a step down."""

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.network import chain, graph, steps
from pages.lessons.network.controls import learners_layer
from pages.lessons.network.derived import DERIVED
from pages.lessons.network.descent import descend
from pages.visit.session import visit
from pages.widgets import lesson

layer = learners_layer()
descent = descend(visit().state, layer)

with lesson.column():
    st.title(visit().words("network.title"), anchor=False)
    lesson.prose("network", "opening")

    graph.show(layer, descent)
    chain.show(descent)
    steps.show(descent)
    for derivation in DERIVED:
        show_derivation("network", derivation)

    lesson.take_away("network")
keep_address("network")
