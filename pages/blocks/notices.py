"""What was not taken, and why: of a link above the page, of a field beside it."""

from __future__ import annotations

import streamlit as st

from pages.blocks.plain_text import as_plain_markdown
from pages.blocks.session import Visit


def link_notices(current: Visit) -> None:
    """Name each parameter that was not taken, and what is accepted."""
    current.notices_shown = bool(current.link_refusals)
    for parameter, refused in current.link_refusals:
        sentence = current.words.refusal(refused)
        text = current.words("refused.link", parameter=parameter, sentence=sentence)
        plain_warning(text)


def field_notice(current: Visit, name: str) -> None:
    """Say beside a field why its last edit was not taken."""
    if name in current.refused:
        plain_warning(current.words.refusal(current.refused[name]))


def plain_warning(text: str) -> None:
    """Warn in a text that may hold what a learner typed."""
    st.warning(as_plain_markdown(text))
