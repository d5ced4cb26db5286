"""The language switch in the sidebar."""

from __future__ import annotations

import streamlit as st

from pages.visit.session import visit
from pages.writing.wording import LANGUAGES


def language_switch() -> None:
    """Offer the other language; the state is kept."""
    current = visit()
    for language, own_name in LANGUAGES.items():
        if language != current.language:
            st.button(
                own_name,
                key=f"language_{language}",
                icon=":material/translate:",
                on_click=_switch,
                args=(language,),
            )


def _switch(language: str) -> None:
    visit().speak(language)
