"""A derivation to walk through: forward, back or all at once, at one's own numbers if wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import partial

import streamlit as st

from derivations import Derivation
from pages.derivation import lines
from pages.derivation.controls import (
    downloads,
    index_field,
    mode_field,
    numbers_toggle,
    step_button,
)
from pages.derivation.lesson_derivation import (
    Example,
    LessonDerivation,
    NoNumbersError,
    Numbers,
    example,
)
from pages.derivation.proofs import ending, steps_with_proofs
from pages.derivation.witnesses import witness_table
from pages.visit.session import visit
from pages.widgets.lesson import fold, passage, predict, seen, veil
from pages.widgets.tables import table
from pages.writing.math_colours import coloured
from pages.writing.palette import theme
from pages.writing.wording import Wording


def show_derivation(
    page: str,
    one: LessonDerivation,
    *,
    page_indices: Mapping[str, int] | None = None,
) -> None:
    """Show a derivation as a screen: its question, a passage, what to predict, the walk.

    At its end stand the witnesses of its result at the learner's numbers.

    page_indices  indices (from 1) that the page lets the learner choose; the others, here
    """
    question = coloured(visit().words.label(f"derivation.{one.id}.question"), theme())
    st.header(question, anchor=one.id)
    passage(page, visit().words.label(f"derivation.{one.id}.opening"))
    predict(one.prediction)
    _walk(page, one, page_indices or {}, {})


def derivation_screens(
    page: str, derived: Sequence[LessonDerivation]
) -> Mapping[str, Callable[[], None]]:
    """Return a screen for each derivation, named as it is."""
    return {one.id: partial(show_derivation, page, one) for one in derived}


def fold_derivation(
    page: str,
    one: LessonDerivation,
    *,
    numbers: Numbers | None = None,
    after: LessonDerivation | None = None,
) -> None:
    """Show a derivation's first and last line, and below them, once opened, the way between.

    after   the other derivation of the screen: a link holds one step, so this one's go on counting
            where those end
    """
    before = len(lines.FAMILY[after.id].steps) if after else 0
    words, tone = visit().words, theme()
    first, *_, last = lines.formulas(one.id, tone)
    question = coloured(words.label(f"derivation.{one.id}.question"), tone)
    st.subheader(question, anchor=one.id)
    st.markdown(lines.aligned([f"{first} = {last}"]))
    begun = visit().choices.place.step > max(before, 1)
    with fold(words("derivation_ui.proof"), one.id, expanded=begun) as is_open:
        if is_open:
            passage(page, visit().words.label(f"derivation.{one.id}.opening"))
            _walk(page, one, {}, numbers or {}, before)


def _walk(
    page: str,
    one: LessonDerivation,
    page_indices: Mapping[str, int],
    more: Numbers,
    before: int = 0,
) -> None:
    words, derivation, identifier = visit().words, lines.FAMILY[one.id], one.id
    # The braces keep an equation in one line.
    known = words("derivation_ui.between").join(
        rf"${{\displaystyle {formula}}}$" for formula in lines.given(identifier, theme())
    )
    with st.container(key=f"given-{identifier}"):
        st.markdown(
            words("derivation_ui.given", known=known), help=words("derivation_ui.proof_note")
        )
    first, last, with_numbers = _choose(derivation, before, words)
    ended = last == len(derivation.steps)
    example = _example(one, more, words) if with_numbers or ended else None
    indices: Mapping[str, int] = {}
    if with_numbers and example is not None:
        indices = _choose_indices(derivation, example, page_indices, words)
    # The last line is the result, which a question may be about.
    with veil(identifier) if ended else nullcontext():
        _show_lines(one, (first, last), example, indices, with_numbers=with_numbers)
        if ended:
            seen(page, identifier, words.label(f"derivation.{identifier}.seen"))


def _show_lines(
    one: LessonDerivation,
    ends: tuple[int, int],
    example: Example | None,
    indices: Mapping[str, int],
    *,
    with_numbers: bool,
) -> None:
    """Show the lines between two, and after the last one the witnesses of the result."""
    words, derivation, identifier = visit().words, lines.FAMILY[one.id], one.id
    first, last = ends
    ended = last == len(derivation.steps)
    with st.container(key=f"lines-{identifier}"):
        shown = example if with_numbers else None
        st.markdown("\n\n".join(steps_with_proofs(derivation, first, last, shown, indices, words)))
        if ended:
            said = ending(derivation, one.other_way, words)
            st.markdown("\n\n".join(said))
    if ended and example is not None:
        with st.container(key=f"witnesses-{identifier}"):
            table(*witness_table(derivation, one, example, visit().state.loss, words))


def _choose(one: Derivation, before: int, words: Wording) -> tuple[int, int, bool]:
    """Let the learner walk; return the first and the last line to show, and whether with numbers.

    One by one shows the line that a step starts from and the one that it leads to. Where a screen
    has two derivations, the keys turn the steps of the one that its link is about.
    """
    total, place = len(one.steps), visit().choices.place
    step = min(max(place.step - before, 1), total)
    has_keys = before < place.step <= before + total
    with st.container(horizontal=True, vertical_alignment="center", key=f"ways-{one.id}"):
        at_once = place.whole or mode_field(one.id, words)
        with_numbers = numbers_toggle(one.id, words)
        downloads(one.id, words)
    if at_once:
        return 0, total, with_numbers
    with st.container(horizontal=True, vertical_alignment="center"):
        button = partial(step_button, one.id, words, has_keys=has_keys)
        button("previous", before + step - 1, disabled=step == 1)
        if step < total:
            button("next", before + step + 1)
        else:
            button("again", before + 1)
        with st.container(key=f"says-step-{one.id}", width="content"):
            st.markdown(words("derivation_ui.step", number=step, total=total), width="content")
    return step - 1, step, with_numbers


def _example(one: LessonDerivation, more: Numbers, words: Wording) -> Example | None:
    current = visit()
    try:
        return example(one, current.state, current.choices, more)
    except NoNumbersError as missing:
        st.info(words(f"derivation_ui.{missing.reason}"))
        return None


def _choose_indices(
    one: Derivation, example: Example, page_indices: Mapping[str, int], words: Wording
) -> Mapping[str, int]:
    """Return the entry to write the lines for, each index with its buttons unless it is given."""
    indices = dict(page_indices)
    for index, at in example.fixed.items():
        kind = "soft" if visit().state.is_soft else "label"
        st.markdown(words(f"derivation_ui.fixed_{kind}", index=index, at=at))
    open_ones = [str(x) for x in one.indices if str(x) not in (*example.fixed, *page_indices)]
    if not open_ones:
        return indices
    with st.container(horizontal=True):
        for index in open_ones:
            indices[index] = index_field(index, one.id, example.size_of(index))
    return indices
