"""Four forms of the same loss in three precisions: which of them last, and why log-softmax does."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.stability import controls, pictures, sentences, tables
from pages.lessons.stability.derived import DERIVED
from pages.lessons.stability.numbers import outcomes, watched
from pages.visit.precision import DTYPES
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field
from pages.widgets.tables import table
from pages.writing.palette import theme

words, state, dtype = visit().words, visit().state, visit().choices.precision.dtype
section, prose, picture = (
    partial(show, "stability") for show in (lesson.section, lesson.prose, lesson.picture)
)

with lesson.column():
    st.title(words("stability.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        controls.dtype_field()
    lesson.at_temperature_one()

    section("forms")
    controls.examples_field()
    for each in DTYPES:
        table(*tables.overview(state, each, words))
    lesson.remark(words("stability.forms.legend", number=watched(state) + 1))
    prose("forms_seen")

    section("steps")
    for found in outcomes(state, dtype):
        table(*tables.steps_table(found, state, words))
        lesson.remark("\n".join(f"- {line}" for line in sentences.explanation(found, state, words)))
    prose(*sentences.steps_passages(state))

    section("growing")
    picture("growing", pictures.growing(state, dtype, words, theme()), at_once=True)
    lesson.remark(sentences.own_place(state, dtype, words))
    table(words("stability.limits.table"), *tables.limits_table(words))
    prose("growing_seen")

    section("stable")
    for result in ("loss", "gradient"):
        table(*tables.failures_table(result, words))
    lesson.remark(sentences.stable_sentence(dtype, words))
    prose("stable_seen")

    section("cheaper")
    counted = tables.operations_table(state.classes, words)
    table(words("stability.cheaper.table", n=state.classes), *counted)
    lesson.remark(sentences.many_classes(words))
    prose("cheaper_seen")
    controls.timing()

    section("costly")
    picture("costly", pictures.penalties(state, words, theme()))
    lesson.remark(sentences.own_cost(state, words))
    prose("costly_seen")

    section("derivations")
    for derivation in DERIVED:
        show_derivation("stability", derivation)

    lesson.take_away("stability")
keep_address("stability")
