"""The screen of the derivations: where the gradient of cross-entropy comes from, and its shape."""

from __future__ import annotations

import streamlit as st

from pages.derivation import show_derivation
from pages.lessons.cross_entropy.derived import DERIVED
from pages.widgets import lesson
from pages.widgets.controls import label_field, logits_field


def show() -> None:
    """Show every derivation below the learner's own logits and label."""
    lesson.section("cross_entropy", "derivations")
    with st.container():
        with lesson.learners_numbers():
            logits_field()
            label_field()
        lesson.at_temperature_one()
        for derivation in DERIVED:
            show_derivation("cross_entropy", derivation)
