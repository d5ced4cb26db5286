"""What a link could not say, shown above the page until the next edit."""

from __future__ import annotations

import streamlit as st

from pages.blocks.session import Visit


def link_notices(current: Visit) -> None:
    """Name each parameter that was not taken, and what is accepted."""
    for parameter, refused in current.link_refusals:
        sentence = current.words.refusal(refused)
        st.warning(current.words("refused.link", parameter=parameter, sentence=sentence))
