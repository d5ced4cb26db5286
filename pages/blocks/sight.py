"""Which pictures the reader is near: the others are not drawn, and cost neither time nor data.

Plotly takes some 75 ms of the browser's time for a picture, and as long again at every edit.
"""

from __future__ import annotations

import streamlit as st

from pages.blocks.assets import loader
from pages.blocks.messages import message_of

MOST_NEAR = 20
_KEY = "sight"
_component = st.components.v2.component("softmax_sight", js=loader("sight.js"))


def in_sight(key: str) -> bool:
    """Tell whether the place of a picture was near the window when the browser last said so."""
    return key in _near()


def watch_pictures() -> None:
    """Have the browser say which places it is near, whenever one of them is still empty."""
    _component(key=_KEY, data={"near": _near()}, on_near_change=_take_near, height=1)


def _near() -> list[str]:
    near: list[str] = st.session_state.get("pictures_near", [])
    return near


def _take_near() -> None:
    near = message_of(_KEY, "near")
    if isinstance(near, list):
        keys = [key for key in near if isinstance(key, str)]
        st.session_state.pictures_near = keys[:MOST_NEAR]
