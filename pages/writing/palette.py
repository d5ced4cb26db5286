"""One colour a quantity, the same in formulas, bars, tables and pictures, in light and dark.

The tones stand in .streamlit/config.toml under Streamlit's own colour names, so that Markdown
(`:blue[$a$]`), the bench's style sheet and the pictures all read the same ones.
"""

from __future__ import annotations

from typing import Literal

import streamlit as st

Theme = Literal["light", "dark"]

COLOUR_NAMES = {
    "logit": "gray",
    "probability": "blue",
    "target": "yellow",
    "gradient_above": "orange",
    "gradient_below": "green",
    "loss": "violet",
}

# Okabe-Ito, told apart by the colour-blind; classes from the ninth on repeat with other symbols.
CLASS_COLOURS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#D55E00",
    "#56B4E9",
    "#8A7F00",
    "#7A5195",
)


def theme() -> Theme:
    """Return the theme that the reader's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def text(theme: Theme) -> str:
    """Return the colour of the page's own text."""
    return str(st.get_option(f"theme.{theme}.textColor"))


def background(theme: Theme) -> str:
    """Return the colour of the page."""
    return str(st.get_option(f"theme.{theme}.backgroundColor"))


def fill(quantity: str, theme: Theme) -> str:
    """Return the colour for areas: bars and cells."""
    return str(st.get_option(f"theme.{theme}.{COLOUR_NAMES[quantity]}Color"))


def ink(quantity: str, theme: Theme) -> str:
    """Return the colour for text and thin lines: at least 4.5 : 1 against the page."""
    return str(st.get_option(f"theme.{theme}.{COLOUR_NAMES[quantity]}TextColor"))


def accent(theme: Theme) -> str:
    """Return the one colour that stands for no quantity: what was chosen."""
    return str(st.get_option(f"theme.{theme}.primaryColor"))


def class_colour(k: int) -> str:
    """Return the colour of a class, counted from 0."""
    return CLASS_COLOURS[k % len(CLASS_COLOURS)]
