"""Colours and symbols for classes: a class is told by both, never by its colour alone."""

from __future__ import annotations

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
CLASS_SYMBOLS = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "x",
    "star",
    "triangle-down",
    "pentagon",
    "hexagram",
)


def class_colour(k: int) -> str:
    """Return the colour of a class, counted from 0."""
    return CLASS_COLOURS[k % len(CLASS_COLOURS)]


def class_symbol(k: int) -> str:
    """Return the symbol of a class, counted from 0."""
    return CLASS_SYMBOLS[k % len(CLASS_SYMBOLS)]
