"""What was not taken, and why: of a link above the page, of a field beside it.

Streamlit reads Markdown in all of it, and it repeats what a learner or a link brought: every
sentence is made plain here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.visit.session import Visit
from pages.writing.plain_text import as_plain_markdown
from pages.writing.refusal import Refused

_SHOWN = 40  # characters of a text that a notice repeats


def link_notices(current: Visit) -> None:
    """Say what of a link had to be mended; name each parameter that was not taken, and why."""
    current.notices_shown = current.notices_due
    words = current.words
    if current.link_mended:
        read = ", ".join(f"{name}={text[:_SHOWN]}" for name, text in current.link_mended.items())
        st.info(as_plain_markdown(words("refused.mended", read=read)))
    for parameter, refused in current.link_refusals:
        sentence = words.refusal(refused)
        plain_warning(words("refused.link", parameter=parameter, sentence=sentence))
        readings(f"link_{parameter}", refused, partial(current.read_link_as, parameter, refused))


def field_notice(current: Visit, name: str, take: Callable[[str], None] | None = None) -> None:
    """Say beside a field why its last edit was not taken, or what it did to the number of classes.

    take   takes the text that the learner chooses, where what was typed can be read in two ways
    """
    if name in current.refused:
        refused = current.refused[name]
        plain_warning(current.words.refusal(refused))
        if take is not None:
            readings(name, refused, take)
    elif name in current.resized:
        before, now, label_lost = current.resized[name]
        st.caption(current.words("controls.classes_now", before=before, now=now))
        if label_lost:
            st.caption(current.words("controls.label_now"))


def readings(name: str, refused: Refused, take: Callable[[str], None]) -> None:
    """Offer each way in which a text can be read, one click away."""
    if refused.readings:
        with st.container(horizontal=True):
            for number, text in enumerate(refused.readings, start=1):
                st.button(text, key=f"{name}_reading_{number}", on_click=take, args=(text,))


def plain_warning(text: str) -> None:
    """Warn in a text that may hold what a learner typed."""
    st.warning(as_plain_markdown(text))
