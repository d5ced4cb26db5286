"""The learner's numbers at the side of a lesson's screens: the compact bench and its fields."""

from __future__ import annotations

import streamlit as st

from pages.bench.component import compact_bench
from pages.widgets import controls


def learners_bench(
    *,
    temperature: bool = False,
    target: bool = False,
    loss: bool = False,
    simplex: bool = False,
) -> None:
    """Show the logits to drag, and the fields that the lesson needs beside them."""
    with st.container(key="strip"):
        compact_bench(target=target, loss=loss, simplex=simplex)
    # On a phone what the lanes can do as well comes after the screen, not before it.
    with st.container(key="fields" if loss else "fields-later"):
        controls.logits_field()
        if loss:
            controls.loss_field()
        if temperature:
            controls.temperature_field()
