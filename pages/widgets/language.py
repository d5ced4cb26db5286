"""The language switch in the sidebar."""

from __future__ import annotations

import streamlit as st

from pages.visit.session import visit
from pages.writing.wording import LANGUAGES

# Each language in its own words, so that whoever looks for theirs can read it.
_OWN_NAMES = {"en": "English", "zh": "中文"}


def language_switch() -> None:
    """Offer the other language; the state is kept."""
    current = visit()
    for language in LANGUAGES:
        if language != current.language:
            st.button(
                _OWN_NAMES[language],
                key=f"language_{language}",
                icon=":material/translate:",
                on_click=_switch,
                args=(language,),
            )


def _switch(language: str) -> None:
    visit().speak(language)
