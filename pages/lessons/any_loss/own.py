"""A loss that the learner types: read, differentiated, sent through softmax, and checked.

Only the lesson that shows it imports this module: it brings SymPy with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import streamlit as st

from core import InvalidInput, softmax, softmax_vjp
from derivations import ParseError, TypedLoss, latex, read_loss
from pages.derivation.lines import aligned
from pages.lessons.any_loss.kinks import Kink, first_kink
from pages.lessons.any_loss.numbers import Passage, checked, passage
from pages.lessons.any_loss.passage_table import check_sentence, kink_sentence, passage_table
from pages.lessons.any_loss.squared_path import label_of
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.lesson import remark
from pages.widgets.notices import plain_warning
from pages.widgets.prediction import Prediction
from pages.widgets.tables import table
from pages.widgets.typed_fault import marked_html, offer_instead
from pages.widgets.vector_field import text_field
from pages.writing.math_colours import SYMBOLS, coloured
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.refusal import Refused
from pages.writing.wording import Wording

EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "squared": "sum((a_k - y_k)**2, k)/n",
        "cross_entropy": "-sum(y_k*log(a_k), k)",
        "label_only": "-log(a_t)",
        "focal": "-sum(y_k*(1 - a_k)**2*log(a_k), k)",
        "divergence": "sum(y_k*log(y_k/a_k), k)",
        "absolute": "sum(abs(a_k - y_k), k)",
        "miss": "1 - a_t",
        "entropy": "-log(a_t) + 0.1*sum(a_k*log(a_k), k)",
        "constant": "sum(a_k, k)",
        "cubed": "sum((a_k - y_k)**3, k)",
    }
)
_SLOPE = r"g_i = \frac{\partial L}{\partial a_i}"
_ROUNDING = 1e-12


def show() -> None:
    """Let the learner type a loss, and show all that follows from it, or why nothing does."""
    lesson.section("any_loss", "own", _PREDICTION)
    _what_follows()
    lesson.prose("any_loss", "own_seen")


def _what_follows() -> None:
    current = visit()
    words = current.words
    _fields(words)
    text = current.choices.own_loss.formula
    try:
        typed = read_loss(text)
    except ParseError as error:
        _refused(text, error, words)
        return
    st.markdown(words("any_loss.own.understood"))
    with st.container(key="lines-formula"):
        st.markdown(aligned(typeset(text, theme())))
    _numbers(typed, current.state, words)


@lru_cache(maxsize=256)
def typeset(text: str, theme: Theme) -> tuple[str, str]:
    """Return a loss and its derivative as rows of LaTeX, each quantity in its colour."""
    typed = read_loss(text)
    colours = {name: ink(quantity, theme) for name, quantity in SYMBOLS.items()}
    loss, slope = (coloured(f"${x}$", theme)[1:-1] for x in ("L", _SLOPE))
    return (
        f"{loss} &= {latex(typed.expression, colours=colours)}",
        f"{slope} &= {latex(typed.derivative, colours=colours)}",
    )


def passage_of_formula(typed: TypedLoss, state: LabState) -> Passage:
    """Send a typed loss's gradient through softmax, checked by differences of the formula alone.

    Its value and gradient must be finite at the learner's numbers.
    """
    g = typed.gradient(softmax(state.logits).tolist(), state.distribution.tolist())
    return checked(_of_logits(typed, state), passage(state, np.array(g)), state)


def slopes_of_formula(typed: TypedLoss, state: LabState) -> Kink | None:
    """Find the slopes on both sides by the loss alone, where its derivative has no value."""
    try:
        return first_kink(_of_logits(typed, state), state.logits)
    except InvalidInput:
        return None


def _of_logits(typed: TypedLoss, state: LabState) -> Callable[[Vector], float]:
    y = state.distribution.tolist()
    return lambda z: float(typed.value(softmax(z).tolist(), y))


def _fields(words: Wording) -> None:
    own = visit().choices.own_loss.formula
    shown = next((name for name, text in EXAMPLES.items() if text == own), None)
    # A field of its own for each example shown. With one for all (as by `mirror`) a click before
    # the browser has the answer to a typed formula would bring the example back, as a choice.
    key = f"formula_example_{shown}_{words.language}"
    st.selectbox(
        words("controls.preset"),
        list(EXAMPLES),
        index=None if shown is None else list(EXAMPLES).index(shown),
        key=key,
        placeholder=words("controls.preset_placeholder"),
        format_func=lambda name: words(f"any_loss.example.{name}"),
        on_change=_take_example,
        args=(key, shown),
    )
    text_field(
        "formula",
        words("any_loss.own.field"),
        lambda: visit().choices.own_loss.formula,
        take_formula,
        str,
    )


def _take_example(key: str, shown: str | None) -> None:
    name = st.session_state[key]
    # A browser also names the example that it was given, which is no choice.
    if name in EXAMPLES and name != shown:
        take_formula(EXAMPLES[name])


def take_formula(text: str) -> None:
    """Keep what was typed, right or not."""
    visit().choose("formula", lambda c: replace(c, own_loss=replace(c.own_loss, formula=text)))


def course_of_cubed(state: LabState, _choices: Choices) -> str:
    """Say what the cubed error, sum_k (a_k - y_k)^3, does as the true class's logit grows."""
    a = softmax(state.logits)
    slope = float(softmax_vjp(a, 3 * (a - state.distribution) ** 2)[label_of(state)])
    return "stay" if abs(slope) < _ROUNDING else "rise" if slope > 0 else "fall"


_PREDICTION = Prediction(
    "any_loss.own",
    ("fall", "rise", "stay"),
    right=course_of_cubed,
    move=lambda: take_formula(EXAMPLES["cubed"]),
)


def _refused(text: str, error: ParseError, words: Wording) -> None:
    """Say what is wrong and where, and offer the form to use where there is one."""
    plain_warning(words.refusal(Refused("formula", error.reason, **error.details)))
    if text:
        st.html(marked_html(text, error.position))
    if error.instead is not None:
        label = words("any_loss.own.take")
        offer_instead(error.instead, label, "formula_instead", take_formula, "primary")


def _numbers(typed: TypedLoss, state: LabState, words: Wording) -> None:
    found = typed.at(softmax(state.logits).tolist(), state.distribution.tolist())
    if math.isfinite(found.value):
        st.markdown(words("any_loss.own.value", value=fixed_text(found.value)))
    if found.trouble is not None:
        what = "gradient" if math.isfinite(found.value) else "loss"
        trouble = words(f"formula.trouble.{found.trouble}")
        plain_warning(f"{words(f'any_loss.own.no_{what}')} {trouble}")
        kink = slopes_of_formula(typed, state)
        if kink is not None:
            remark(kink_sentence(kink, words))
        return
    passed = passage_of_formula(typed, state)
    caption = words("any_loss.own.table")
    table(*passage_table(passed, state, words, caption=caption))
    remark(check_sentence(passed, words))
