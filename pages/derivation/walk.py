"""A derivation to walk through: forward, back or all at once, at one's own numbers if wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import streamlit as st

from derivations import DERIVATIONS, Derivation, Verdict
from pages.derivation import lines
from pages.derivation.lesson_derivation import (
    Example,
    LessonDerivation,
    NoNumbersError,
    Numbers,
    example,
)
from pages.derivation.witnesses import witness_table
from pages.visit.session import visit
from pages.visit.turns import fragment
from pages.widgets.lesson import MEASURE, passage
from pages.widgets.tables import table
from pages.writing.math_colours import coloured
from pages.writing.palette import theme
from pages.writing.wording import Wording

_PROVED = {"every n": "proved_every_n", "n = 2, 3, 4": "proved_cases", "n = 2": "proved_two"}
_MODES = ("one_by_one", "all_steps")


def show_derivation(
    page: str,
    one: LessonDerivation,
    *,
    chosen: Mapping[str, int] | None = None,
    numbers: Numbers | None = None,
) -> None:
    """Show a derivation as a section of a lesson: its question, a passage, the walk, a passage.

    At its end stand the witnesses of its result at the learner's numbers.

    chosen   indices (from 1) that the page lets the learner choose; the others are chosen here
    numbers  what the page lets the learner set on top of the visit, by letter
    """
    words, tone, identifier = visit().words, theme(), one.id
    question = coloured(words.label(f"derivation.{identifier}.question"), tone)
    st.header(question, anchor=identifier)
    passage(page, words.label(f"derivation.{identifier}.opening"))
    # The braces keep an equation in one line.
    known = ",&ensp; ".join(
        rf"${{\displaystyle {formula}}}$" for formula in lines.given(identifier, tone)
    )
    with st.container(key=f"given-{identifier}"):
        st.markdown(
            words("derivation_ui.given", known=known), help=words("derivation_ui.proof_note")
        )
    walk(page, one, chosen or {}, numbers or {})


@fragment
def walk(page: str, one: LessonDerivation, chosen: Mapping[str, int], more: Numbers) -> None:
    """Rerun at a step forward or back: nothing else on the page is touched."""
    words, derivation, identifier = visit().words, lines.FAMILY[one.id], one.id
    first, last, with_numbers = _choose(derivation, words)
    ended = last == len(derivation.steps)
    example = _example(one, more, words) if with_numbers or ended else None
    indices: Mapping[str, int] = {}
    if with_numbers and example is not None:
        indices = _choose_indices(derivation, example, chosen, words)
    with st.container(key=f"lines-{identifier}"):
        shown = example if with_numbers else None
        st.markdown("\n\n".join(_steps(derivation, first, last, shown, indices, words)))
        if ended:
            ending = _ending(derivation, one.other_way, words)
            st.markdown("\n\n".join(ending), width=MEASURE)
    if ended and example is not None:
        with st.container(key=f"witnesses-{identifier}"):
            table(*witness_table(derivation, one, example, visit().state.loss, words))
    if ended:
        passage(page, words.label(f"derivation.{identifier}.seen"))


def _choose(one: Derivation, words: Wording) -> tuple[int, int, bool]:
    """Let the learner walk; return the first and the last line to show, and whether with numbers.

    One by one shows the line that a step starts from and the one that it leads to.
    """
    total, key = len(one.steps), f"step-{one.id}"
    step = min(st.session_state.get(key, 1), total)
    with st.container(horizontal=True, vertical_alignment="center"):
        mode = st.segmented_control(
            words("derivation_ui.mode"),
            _MODES,
            default=_MODES[0],
            required=True,
            format_func=lambda name: words(f"derivation_ui.{name}"),
            label_visibility="collapsed",
            key=f"mode-{one.id}",
            persist_state="session",
        )
        with_numbers = st.toggle(
            words("derivation_ui.your_numbers"), key=f"numbers-{one.id}", persist_state="session"
        )
        if one.id in DERIVATIONS:
            _downloads(one.id, words)
    if mode == "all_steps":
        return 0, total, with_numbers
    with st.container(horizontal=True, vertical_alignment="center"):
        _step_button("previous", key, step - 1, words, disabled=step == 1)
        if step < total:
            _step_button("next", key, step + 1, words)
        else:
            _step_button("again", key, 1, words)
        st.markdown(words("derivation_ui.step", number=step, total=total), width="content")
    return step - 1, step, with_numbers


def _step_button(name: str, key: str, step: int, words: Wording, *, disabled: bool = False) -> None:
    # "Next" and "from the start" are one button, so that the focus stays on it.
    st.button(
        words(f"derivation_ui.{name}"),
        key=f"{'back' if name == 'previous' else 'on'}-{key}",
        on_click=st.session_state.__setitem__,
        args=(key, step),
        disabled=disabled,
        type="primary" if name == "next" else "secondary",
    )


def _downloads(identifier: str, words: Wording) -> None:
    menu = st.popover(
        words("derivation_ui.download"), key=f"download-{identifier}", on_change="rerun"
    )
    if not menu.open:
        return
    with menu:
        for kind, (ending, _) in lines.WRITERS.items():
            st.download_button(
                words(f"derivation_ui.{kind}"),
                partial(lines.document, identifier, kind, words.language),
                file_name=f"{identifier}.{ending}",
                mime="text/plain",
                key=f"{kind}-{identifier}",
                on_click="ignore",
            )


def _example(one: LessonDerivation, more: Numbers, words: Wording) -> Example | None:
    current = visit()
    try:
        return example(one, current.state, current.choices, more)
    except NoNumbersError as missing:
        st.info(words(f"derivation_ui.{missing.reason}"))
        return None


def _choose_indices(
    one: Derivation, example: Example, chosen: Mapping[str, int], words: Wording
) -> Mapping[str, int]:
    """Return the entry to write the lines for, each index with its buttons unless it is given."""
    indices = dict(chosen)
    for index, at in example.fixed.items():
        kind = "soft" if visit().state.is_soft else "label"
        st.markdown(words(f"derivation_ui.fixed_{kind}", index=index, at=at), width=MEASURE)
    open_ones = [str(x) for x in one.indices if str(x) not in (*example.fixed, *chosen)]
    if not open_ones:
        return indices
    with st.container(horizontal=True):
        for index in open_ones:
            size = example.size_of(index)
            key = f"index-{index}-{one.id}"
            if st.session_state.get(key, 1) > size:
                st.session_state[key] = size
            picked = st.segmented_control(
                f"${index}$",
                range(1, size + 1),
                default=None if key in st.session_state else 1,
                required=True,
                key=key,
                persist_state="session",
            )
            indices[index] = picked or 1
    return indices


def _steps(
    one: Derivation,
    first: int,
    last: int,
    example: Example | None,
    indices: Mapping[str, int],
    words: Wording,
) -> Iterator[str]:
    """Write the lines from the first to the last, each with its rule and what is proved of it."""
    shown = lines.formulas(one.id, theme())[first : last + 1]
    for k, formula in enumerate(shown, start=first):
        if k > first:
            yield coloured(words.label(f"rule.{one.steps[k - 1].rule}"), theme())
        rows = [f"& {'= ' if k else ''}{formula}"]
        if example is not None:
            numbers = lines.numbers_rows(one.id, k, example, indices)
            rows += [rf"& \approx {row}" for row in numbers]
        yield lines.aligned(rows)
        if k > first:
            yield _proof(lines.step_proof(one.id, k - 1), words)


def _ending(one: Derivation, other_way: str, words: Wording) -> Iterator[str]:
    """Say what is proved of the result as a whole: what is not proved is not said."""
    result, conclusion = lines.end_proofs(one.id)
    if conclusion is not None:
        yield lines.aligned([f"& {lines.conclusion(one.id, theme())}"])
        yield from _claim(words.label(f"derivation.{one.id}.conclusion"), conclusion, words)
    is_derivative = other_way.startswith("difference")
    said = "result" if is_derivative else "result_no_derivative"
    yield from _claim(words(f"derivation_ui.{said}"), result, words)


def _claim(sentence: str, verdict: Verdict, words: Wording) -> Iterator[str]:
    if verdict.ok:
        yield sentence
    yield _proof(verdict, words)


def _proof(verdict: Verdict, words: Wording) -> str:
    if verdict.ok:
        return f":small[:material/check: {words(f'derivation_ui.{_PROVED[verdict.method]}')}]"
    failed = "undecided" if verdict.ok is None else "refuted"
    return f":small[:material/close: {words(f'derivation_ui.{failed}')}]"
