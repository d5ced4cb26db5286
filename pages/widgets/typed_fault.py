"""A formula that could not be read: the place of its fault, and the form to use instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape
from typing import Literal

import streamlit as st

_PIECE = re.compile(r"\w+|\*\*|.?", re.DOTALL)
_AROUND = 40  # characters shown on either side of the place of a fault


def marked_html(text: str, position: int) -> str:
    """Write the text around a fault as HTML, with the name or sign at fault marked."""
    piece = _PIECE.match(text, position)
    end = min(piece.end() if piece else position, position + _AROUND)
    start, stop = max(0, position - _AROUND), end + _AROUND
    before = "…" * (start > 0) + _visible(text[start:position])
    fault = _visible(text[position:end]) or "\u2423"
    after = _visible(text[end:stop]) + "…" * (stop < len(text))
    parts = (escape(before), f"<mark>{escape(fault)}</mark>", escape(after))
    return f'<pre class="lab-fault" dir="ltr">{"".join(parts)}</pre>'


def offer_instead(
    text: str,
    label: str,
    key: str,
    take: Callable[[str], None],
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """Show the form to use, with a button that takes it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.code(text, language=None, width="content")
        st.button(label, key=key, type=kind, on_click=take, args=(text,))


def _visible(text: str) -> str:
    """Show what has no shape, or turns the direction of writing, as a box."""
    return "".join("\u25a1" if unicodedata.category(x)[0] == "C" else x for x in text)
