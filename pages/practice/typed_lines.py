"""A line that the learner types: its field, how it is read, what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from derivations import Derivation, ParseError, Verdict, read_line
from pages.derivation.lines import aligned, coloured_line
from pages.derivation.lines import given as known_equations
from pages.practice.attempts import Outcome, attempt, said
from pages.practice.judging import judged
from pages.practice.line_forms import GAP, example_line, typed_line, with_gap
from pages.practice.said_numbers import bench_query, evidence_text
from pages.visit.judge_process import NotJudgedError
from pages.visit.one_go import rerun
from pages.visit.session import visit
from pages.visit.turns import fragment
from pages.widgets.lesson import passage
from pages.widgets.typed_fault import marked_html
from pages.writing.palette import theme
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import Wording

_PROVED = {"every n": "every_n", "n = 2, 3, 4": "cases", "n = 2": "two"}
_PAUSE = "0.4s"  # in typing, after which a line is read: most hands make none within a word
READING = "practice_reading"
GAP_FORMULA = r"\boxed{\phantom{xx}}"


def given(identifier: str, words: Wording) -> None:
    """Show the equations that a derivation starts from."""
    known = known_equations(identifier, theme())
    if known:
        shown = words("derivation_ui.between").join(rf"${{\displaystyle {x}}}$" for x in known)
        with st.container(key="given-practice"):
            st.markdown(words("derivation_ui.given", known=shown))


def line_field(label: str, one: Derivation) -> None:
    """Ask for a line; below it stands how it is read while it is being typed."""
    st.text_input(
        label,
        key="answer",
        live=_PAUSE,
        autocomplete="off",
        placeholder=example_line(one),
        on_change=_read,
    )
    _reading(one)


def _read() -> None:
    # At Enter the browser sends the text and the click that has it checked at once.
    if not st.session_state.get("check"):
        rerun(READING)


@partial(fragment, key=READING)
def _reading(one: Derivation) -> None:
    """Show how the text in the field is read: nothing else is rerun while it is being typed."""
    words, typed = visit().words, st.session_state.answer or ""
    with st.container(key="reading"):
        if not typed.strip():
            st.markdown(f":small[{words('practice.line.how')}]")
            return
        try:
            line = read_line(one, typed)
        except ParseError as error:
            sentence = as_plain_markdown(fault_sentence(error, words))
            st.markdown(f":small[{words('practice.line.not_yet', sentence=sentence)}]")
            return
        st.markdown(aligned([f"& {coloured_line(line, theme())}"]))


def fault_sentence(error: ParseError, words: Wording) -> str:
    """Say why a text could not be read, and what is accepted; it goes on after a colon."""
    own = words.group("practice.unread")
    group = "practice.unread" if error.reason in own else "refused.formula"
    return words(f"{group}.{error.reason}", **error.details)


def _unreadable(text: str, error: ParseError) -> Outcome:
    """Say that a text could not be read, with the place marked: that is never wrong."""

    def say(words: Wording) -> str:
        sentence = as_plain_markdown(fault_sentence(error, words))
        return words("practice.line.unreadable", sentence=sentence)

    return Outcome(
        "unreadable",
        say,
        fault=error.position,
        html=marked_html(text, error.position) if text else "",
        instead=error.instead,
    )


def _wrong(one: Derivation, verdict: Verdict) -> Outcome:
    """Say at which numbers a line is wrong, and which slip it is where that is known."""
    found, slip = verdict.counterexample, verdict.misconception

    def say(words: Wording) -> str:
        text = words("practice.line.wrong")
        if found is not None:
            text += " " + evidence_text(found, words)
        return text if slip is None else f"{text}\n\n{slip_text(slip, words)}"

    return Outcome("wrong", say, slip, bench=bench_query(one, found.numbers) if found else {})


def slip_text(slip: str, words: Wording) -> str:
    """Say which slip was made, and what it is."""
    name = words(f"practice.slip.{slip}.name")
    sentence = words.label(f"practice.slip.{slip}.said")
    return words("practice.slip_task.about", name=name, sentence=sentence)


def judged_line(one: Derivation, place: int, text: str) -> Outcome | Verdict:
    """Judge a typed line against one of the derivation.

    Returns what is said of it where it is not to be taken, else what is known of it.
    """
    if not text.strip():
        return Outcome("undecided", said("practice.said.nothing"))
    try:
        known = judged(one, place, text)
    except ParseError as error:
        return _unreadable(text, error)
    except NotJudgedError:
        return Outcome("undecided", said("practice.line.not_judged"))
    if known.ok is False:
        return _wrong(one, known)
    if known.ok is None and not known.method.endswith(" points"):
        # At no numbers did it have a value.
        return Outcome("undecided", said("practice.line.undecided"))
    return known


def proof_text(verdict: Verdict, words: Wording) -> str:
    """Say what is known of a line that is not wrong."""
    if verdict.ok:
        return words(f"practice.line.proved_{_PROVED[verdict.method]}")
    return words("practice.line.agrees", points=verdict.method.removesuffix(" points"))


def proof_mark(verdict: Verdict, words: Wording) -> str:
    """Say the same in a few words, below a line that stands."""
    if verdict.ok:
        return words(f"derivation_ui.proved_{_PROVED[verdict.method]}")
    return words("practice.line.mark_agrees", points=verdict.method.removesuffix(" points"))


def listed(parts: Sequence[str], last: str, words: Wording) -> str:
    """Join the parts of a list, the last one by a word of its own."""
    *others, end = parts
    return last.join([words.listed(others), end]) if others else end


def line_hints(one: Derivation, place: int) -> Sequence[Callable[[], None]]:
    """Show which rule leads to a line, its sentence, the line with a gap, the line."""
    words = visit().words
    rule = one.steps[place - 1].rule
    name = words("practice.line.hint_rule", name=words(f"practice.rule.{rule}"))
    return [
        partial(passage, "practice", name),
        partial(passage, "practice", words.label(f"rule.{rule}")),
        partial(_line_with_gap, one, place),
        partial(_whole_line, one, place),
    ]


def _line_with_gap(one: Derivation, place: int) -> None:
    line = coloured_line(with_gap(one.lines[place - 1], one.lines[place]), theme())
    _formula(visit().words("practice.line.hint_gap"), line.replace(str(GAP), GAP_FORMULA))


def _formula(said: str, formula: str) -> None:
    st.markdown(f"{said}\n\n{aligned([f'& = {formula}'])}")


def _whole_line(one: Derivation, place: int) -> None:
    words, typed = visit().words, typed_line(one, place)
    _formula(words("practice.line.hint_line"), coloured_line(one.lines[place], theme()))
    if typed is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.code(typed, language=None, width="content")
            st.button(words("practice.line.take"), key="take", on_click=_take, args=(typed,))


def _take(typed: str) -> None:
    attempt().pending = typed
