"""Cross-entropy: how wrong a distribution Q is when the truth is P, alone and in a batch."""

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.cross_entropy import batch, both_ways, derivations, pair, zero
from pages.lessons.cross_entropy.controls import pair_fields
from pages.visit.session import visit
from pages.widgets import lesson

with lesson.column():
    st.title(visit().words("cross_entropy.title"), anchor=False)
    lesson.prose("cross_entropy", "opening")
    with st.container():  # P and Q stay in sight as far as their own screens go
        with lesson.learners_numbers("pair"):
            pair_fields()
        pair.show()
        both_ways.show()
        zero.show()
        batch.show()

    derivations.show()

    lesson.take_away("cross_entropy")
keep_address("cross-entropy")
