"""The gradient of any loss: what softmax does to a gradient that comes from above."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.any_loss import controls, squared, tables
from pages.lessons.any_loss.derived import DERIVED
from pages.lessons.any_loss.formula import formula_lab
from pages.lessons.any_loss.numbers import chosen_passage
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field, loss_field
from pages.widgets.tables import table
from pages.writing.palette import theme

words, state, tone = visit().words, visit().state, theme()
section, prose, picture = (
    partial(show, "any_loss") for show in (lesson.section, lesson.prose, lesson.picture)
)


def rule() -> None:
    """Show what softmax makes of g, whatever it is."""
    section("rule")
    controls.upstream_field()
    controls.upstream_buttons()
    controls.amount_slider()
    passed = chosen_passage(state, visit().choices)
    table(*tables.passage_table(passed, state, words, caption=words("any_loss.rule.table")))
    picture("rule", tables.passage_picture(passed, state, words, tone), at_once=True)
    lesson.remark(tables.seen_sentence(passed, words))
    if not visit().choices.own_loss.upstream:
        lesson.remark(tables.check_sentence(passed, words))
    prose("rule_seen")


def cross_entropy_or_squared() -> None:
    """Show both losses on the way from wrong to right, and ask for squared error's gradient."""
    section("squared")
    controls.label_logit_slider()
    picture("squared", tables.path_picture(state, words, tone))
    lesson.remark(tables.point_sentence(state, words))
    prose("squared_seen")
    answer = controls.answer_field()
    # Who has chosen squared error is warned before they ask.
    told = answer or ("difference" if state.loss == "mean_squared_error" else None)
    if told is not None:
        found = squared.judged(state, told)
        say = st.success if told == "rule" else st.warning
        say(tables.answer_sentence(found, told, state, words))
        table(*tables.answer_table(found, words))


with lesson.column():
    st.title(words("any_loss.title"), anchor=False)
    prose("opening")
    with lesson.learners_numbers():
        logits_field()
        label_field()
        loss_field()
    lesson.at_temperature_one()

    rule()
    cross_entropy_or_squared()
    section("own")
    formula_lab()
    prose("own_seen")

    for derivation in DERIVED:
        show_derivation("any_loss", derivation)

    lesson.take_away("any_loss")
keep_address("any-loss")
