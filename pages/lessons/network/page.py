"""Through a layer: forwards to the loss, backwards to every weight, and a step down."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.network import controls, tables
from pages.lessons.network.chain import chain_formula
from pages.lessons.network.derived import DERIVED
from pages.lessons.network.descent import descent
from pages.lessons.network.graph import graph_svg
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field
from pages.widgets.tables import table
from pages.writing.palette import theme

words, state, tone = visit().words, visit().state, theme()
layer = controls.layer()
seen = descent(state, layer)
section, prose, picture = (
    partial(show, "network") for show in (lesson.section, lesson.prose, lesson.picture)
)

with lesson.column():
    st.title(words("network.title"), anchor=False)
    prose("opening")

    section("graph")
    with st.container(key="layer-fields"):
        label_field()
        controls.number_fields()
    lesson.at_temperature_one()
    st.markdown(f"**{words('network.graph.picture')}**")
    controls.graph(graph_svg(seen, layer.chosen, words, tone))
    lesson.remark(words("network.graph.shown", steps=seen.steps))
    with st.expander(words("lesson.as_table")):
        table(words("network.graph.picture"), *tables.layer_table(seen, state, words))
    prose("graph_seen")
    controls.bench_buttons()

    section("chain")
    chosen = controls.choose_weight()
    st.markdown(chain_formula(seen, chosen, tone))
    head, rows, said = tables.chain_table(seen, chosen, words)
    table(words("network.chain.table"), head, rows)
    lesson.remark(said)
    prose("chain_seen")

    section("steps")
    controls.step_fields()
    controls.step_buttons(seen.steps, overflow=seen.overflow)
    lesson.remark(tables.course_sentence(seen, words))
    picture("steps", tables.loss_picture(seen, words, tone), at_once=True)
    prose("steps_seen")

    for derivation in DERIVED:
        show_derivation("network", derivation)

    lesson.take_away("network")
keep_address("network")
