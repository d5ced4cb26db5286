"""What the learner sets on the training page: the data, the settings, and how far to train."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn
from weakref import ref

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from pages.lessons.training.progress import run_status
from pages.lessons.training.run import Run
from pages.visit.one_go import rerun
from pages.visit.session import visit
from pages.visit.training_plan import MOST_STEPS, ONE_OF, Plan, with_choice, with_number
from pages.visit.turns import EDITS, hand_on, turn
from pages.widgets.controls import choice_of, mirror
from pages.widgets.vector_field import number_field
from pages.writing.wording import Wording

SLICES = 20  # in a run of the script, of `run.SLICE` seconds each
QUICK = 0.2  # s: what takes no longer is done before anyone could stop it
PAUSE = 0.1  # s from one move of the bar to the next: a browser draws the whole page for each


def plan() -> Plan:
    """Return the learner's plan."""
    return visit().choices.plan


def choice(name: str) -> None:
    """Choose one of several: the data, how features are scaled, where the race begins."""
    words = visit().words
    key = f"plan_{name}"
    mirror(key, getattr(plan(), name))
    st.segmented_control(
        words(f"training.{name}.choose"),
        ONE_OF[name],
        key=key,
        required=True,
        format_func=lambda value: words(f"training.{name}.{value}"),
        on_change=_take_choice,
        args=(name,),
    )


def number(name: str, most: float = math.inf) -> None:
    """Edit a number of the plan as text, of which there may be room for no more than `most`."""
    number_field(
        name,
        visit().words(f"training.field.{name}", most=most),
        lambda: min(getattr(plan(), name), most),
        lambda value: set_number(name, value, most),
    )


def set_number(name: str, value: float, most: float = math.inf) -> None:
    """Set a number of the plan; what is refused is said beside its field."""
    _change(name, lambda plan: with_number(plan, name, value, most))


def train(runs: Sequence[Run], goal: str) -> None:
    """Show the buttons and the bar, and train as far as the plan's number `goal` asks for.

    A slice at a time, so that others have their turns, and some of them in a run of the script, so
    that Stop is heard. What the learner does meanwhile comes between: the runs are kept, and go on
    from where they were. Of several the one that is behind goes next, so that they are all but
    level when they are stopped.
    """
    words, asked, mine = visit().words, getattr(plan(), goal), object()
    began, moved, can_stop = time.monotonic(), 0.0, False
    # The buttons stay as they were until they are drawn anew.
    place = st.container(horizontal=True)
    # Spoken once it has come to rest (pages/browser/assets/spoken.js).
    bar = st.container(key=f"says-{goal}").empty()
    for run in runs:
        run.owner = mine
    for _ in range(SLICES):
        late = [run for run in runs if not run.ended(asked)]
        if not late:
            break
        now = time.monotonic()
        if not can_stop and now - began > QUICK:
            _buttons(place, runs, goal, busy=True)
            can_stop = True
        if now - moved > PAUSE:
            _progress(bar, runs, asked, words)
            moved = now
        hand_on()
        behind = min(late, key=lambda run: run.steps)
        if behind.owner is not mine:  # a newer run of the script goes on with it
            return
        behind.advance(asked)
    if can_stop or not all(run.ended(asked) for run in runs):
        _again()
    _buttons(place, runs, goal, busy=False)
    if runs:
        _progress(bar, runs, _steps(runs), words)


def _again() -> NoReturn:
    """Run the lesson's fragment again: a click within it waits for the end of a run.

    There, too, buttons are drawn anew: once in a run, by their keys.
    """
    with suppress(StreamlitAPIException):  # the whole page is being run, and knows no fragment yet
        rerun("fragment")
    rerun()


def _steps(runs: Sequence[Run]) -> int:
    return max((run.steps for run in runs), default=0)


def _progress(bar: DeltaGenerator, runs: Sequence[Run], asked: int, words: Wording) -> None:
    share = _steps(runs) / asked if asked else 0.0
    one, *others = runs
    text = words("training.step", step=_steps(runs)) if others else run_status(one, words)
    bar.progress(share, text=text)


def _buttons(place: DeltaGenerator, runs: Sequence[Run], goal: str, *, busy: bool) -> None:
    """Offer to train, stop or start again."""
    words, click, steps = visit().words, plan().click, _steps(runs)
    label = f"{goal}_more" if steps else goal
    stuck = bool(runs) and all(run.overflow for run in runs)
    with place:
        st.button(
            words(f"training.button.{label}", steps=click),
            key=f"{goal}_more",
            type="primary",
            disabled=busy or stuck or steps >= MOST_STEPS,
            on_click=set_number,
            args=(goal, min(steps + click, MOST_STEPS)),
        )
        st.button(
            words("training.button.stop"),
            key=f"{goal}_stop",
            icon=":material/stop:",
            disabled=not busy,
            on_click=_stop,
            args=([ref(run) for run in runs], goal),  # kept as long as the session
        )
        st.button(
            words("training.button.again"),
            key=f"{goal}_again",
            icon=":material/first_page:",
            disabled=steps == 0 and not busy,
            on_click=set_number,
            args=(goal, 0),
        )


def _stop(runs: Sequence[ref[Run]], goal: str) -> None:
    kept = [run for run in (each() for each in runs) if run is not None]
    with turn(EDITS):  # or the script run that this stops would go on meanwhile
        for run in kept:
            run.owner = None
        set_number(goal, _steps(kept))


def _change(name: str, change: Callable[[Plan], Plan]) -> None:
    visit().choose(name, lambda choices: replace(choices, plan=change(choices.plan)))


def _take_choice(name: str) -> None:
    value = choice_of(f"plan_{name}", ONE_OF[name])
    if value is not None:
        _change(name, lambda plan: with_choice(plan, name, value))
