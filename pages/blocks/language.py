"""The language switch in the sidebar."""

from __future__ import annotations

import streamlit as st

from pages.blocks.controls import mirror
from pages.blocks.links import LANGUAGES
from pages.blocks.session import visit

# Each language in its own words, so that whoever looks for theirs can read it.
_OWN_NAMES = {"en": "English", "zh": "中文"}


def language_switch() -> None:
    """Let the reader change the language; the state is kept."""
    current = visit()
    mirror("language", current.language)
    st.segmented_control(
        current.words("language"),
        LANGUAGES,
        required=True,
        key="language",
        format_func=_OWN_NAMES.__getitem__,
        on_change=_take_language,
    )


def _take_language() -> None:
    if st.session_state.language in LANGUAGES:
        visit().language = st.session_state.language
