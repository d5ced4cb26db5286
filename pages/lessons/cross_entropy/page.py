"""Cross-entropy: how wrong a distribution Q is when the truth is P, alone and in a batch."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.derivation import show_derivation
from pages.lessons.cross_entropy import controls as pair_controls
from pages.lessons.cross_entropy import tables
from pages.lessons.cross_entropy.derived import DERIVED
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field
from pages.widgets.tables import table
from pages.writing.palette import theme

words, samples = visit().words, visit().choices.samples
pair = samples[0]
section, prose, picture = (
    partial(show, "cross_entropy") for show in (lesson.section, lesson.prose, lesson.picture)
)


def pair_and_batch() -> None:
    """Show one pair P, Q: its cost, the way back, a Q of 0; then the batch that it begins."""
    section("pair")
    pair_controls.example_field()
    pair_controls.q_sliders()
    table(words("cross_entropy.pair.table"), *tables.pair_table(pair, words))
    picture("pair", tables.pair_picture(pair, words, theme()), at_once=True)
    lesson.remark(words("cross_entropy.pair.result", **tables.sums(pair)))
    prose("pair_seen")

    section("both_ways")
    table(words("cross_entropy.both_ways.table"), *tables.both_ways_table(pair, words))
    lesson.remark(tables.both_ways_sentence(pair, words))
    prose("both_ways_seen")

    section("zero")
    for remark in tables.zero_remarks(pair, words):
        lesson.remark(remark)
    if tables.is_finite(pair):
        pair_controls.rule_out_button()
    prose("zero_seen")

    section("batch")
    pair_controls.batch_fields()
    table(words("cross_entropy.batch.table"), *tables.batch_table(samples, words))
    lesson.remark(words("cross_entropy.batch.result", n=len(samples)))
    prose("batch_seen")


with lesson.column():
    st.title(words("cross_entropy.title"), anchor=False)
    prose("opening")
    with st.container():  # P and Q stay in sight as far as their own sections go
        with lesson.learners_numbers("pair"):
            pair_controls.pair_fields()
        pair_and_batch()

    section("derivations")
    with st.container():
        with lesson.learners_numbers():
            logits_field()
            label_field()
        lesson.at_temperature_one()
        for derivation in DERIVED:
            show_derivation("cross_entropy", derivation)

    lesson.take_away("cross_entropy")
keep_address("cross-entropy")
