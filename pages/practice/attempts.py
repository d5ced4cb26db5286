"""What a learner has made of the exercises so far, while their session lasts."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import streamlit as st

from pages.practice.exercises import Exercise, exercise_of
from pages.visit.session import visit
from pages.writing.wording import Wording

Finding: TypeAlias = Literal["right", "wrong", "unproved", "undecided", "unreadable"]
Say: TypeAlias = Callable[[Wording], str]
_MOST_RECORDS = 20  # that the browser is told again
_MOST_ATTEMPTS = 60


@dataclass(frozen=True)
class Outcome:
    """What is said of an answer.

    finding   in a word; undecided and unreadable are not judged
    say       says it in words, as Markdown: the reader may change the language
    slip      that was made, an id
    fault     where in the answer it could not be read, from 0
    html      the answer with that place marked
    bench     query of the bench's link that shows it
    ends      whether the exercise is done
    instead   the answer in a form that can be read, to take in its place
    """

    finding: Finding
    say: Say
    slip: str | None = None
    fault: int | None = None
    html: str = ""
    bench: Mapping[str, str] = field(default_factory=dict)
    ends: bool = False
    instead: str | None = None


@dataclass
class Attempt:
    """An attempt at an exercise.

    hints     how many were asked for
    given     whether the last of them, the answer, was among them
    pending   an answer that is to be judged
    outcome   of the last answer that was judged
    counted   whether progress was told of it
    judged    how many answers were judged
    lines     that were written and taken, in a derivation
    is_over   whether the exercise is done, which no later answer undoes
    """

    exercise: Exercise
    hints: int = 0
    given: bool = False
    pending: Any = None
    outcome: Outcome | None = None
    counted: bool = False
    judged: int = 0
    lines: list[Any] = field(default_factory=list)
    is_over: bool = False


def said(label: str) -> Say:
    """Return what says a label."""
    return lambda words: words(label)


def attempt() -> Attempt:
    """Return the attempt at the exercise that the visit is at."""
    exercise = exercise_of(visit().choices.practice)
    kept = _attempts()
    if st.session_state.get("practice_exercise") != exercise:
        st.session_state.practice_exercise = exercise
        clear_answer()
    if exercise not in kept:
        kept[exercise] = Attempt(exercise)
        for oldest in list(kept)[:-_MOST_ATTEMPTS]:
            del kept[oldest]
    return kept[exercise]


def finished(exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return those of some exercises that are done."""
    kept = _attempts()
    return [x for x in exercises if x in kept and kept[x].is_over]


def _attempts() -> dict[Exercise, Attempt]:
    kept: dict[Exercise, Attempt] = st.session_state.setdefault("practice_attempts", {})
    return kept


def clear_answer() -> None:
    """Empty the field of the answer, before it is laid out."""
    kind = exercise_of(visit().choices.practice).kind
    st.session_state.answer = None if kind == "slip" else ""


def count_outcome(own: Attempt, slips: Iterable[str]) -> None:
    """Tell progress how an exercise went, by its first answer, and of each slip that was made.

    A derivation is judged by its end: lines that were wrong on the way only count as slips.

    slips   that can be made in this exercise: right answers avoid all of them
    """
    outcome, kind = own.outcome, own.exercise.kind
    if outcome is None:
        return
    if outcome.finding == "wrong":
        made = {outcome.slip: False} if outcome.slip else {}
        failed = None if own.counted or kind == "derive" else False
        if made or failed is not None:
            _tell(kind, failed, made)
        own.counted = own.counted or failed is not None
    elif outcome.ends and not own.counted:
        _tell(kind, not own.given, {} if own.given else dict.fromkeys(slips, True))
        own.counted = True


def _tell(kind: str, is_right: bool | None, slips: Mapping[str, bool]) -> None:  # noqa: FBT001
    records = told()
    token = st.session_state.setdefault("practice_token", secrets.token_hex(4))
    number = st.session_state.get("practice_number", 0) + 1
    st.session_state.practice_number = number
    one = {"id": f"{token}-{number}", "kind": kind, "right": is_right, "slips": dict(slips)}
    records[:] = [*records, one][-_MOST_RECORDS:]


def told() -> list[dict[str, Any]]:
    """Return what the browser is told to count; it counts each once."""
    records: list[dict[str, Any]] = st.session_state.setdefault("practice_records", [])
    return records
