"""Script runs take turns: pages one after the other, edits beside them, trainings in slices."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from core import TrainingState
from pages.lessons.training.data_set import made_data
from pages.lessons.training.run import Run, Settings, finished
from pages.visit.training_plan import Plan
from pages.visit.turns import EDITS, PAGES, PATIENCE, Lane, aside, fragment, hand_on, turn
from tests.pages.reading import ROUTER, clean

SPIRAL = made_data(Plan(points=40))


def until(condition: Callable[[], bool]) -> None:
    """Wait on a state; the time is only there to fail."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it has not come to this"
        time.sleep(0.001)


def waiting(lane: Lane) -> int:
    return len(lane._waiting)


def begun(task: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=task, daemon=True)
    thread.start()
    return thread


def joined(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "it waits for ever"


@pytest.fixture(autouse=True)
def nobody_else() -> Iterator[None]:
    """Nobody has a turn before the test, and nobody is left waiting after it."""
    assert not any(lane._taken for lane in (PAGES, EDITS))
    yield
    until(lambda: not any(lane._taken or waiting(lane) for lane in (PAGES, EDITS)))
    assert not any(lane._put_off for lane in (PAGES, EDITS))


def test_turns_are_taken_in_the_order_of_arrival_one_at_a_time() -> None:
    came: list[int] = []
    inside: set[int] = set()
    together: list[int] = []

    def learner(number: int) -> None:
        with turn(PAGES):
            inside.add(number)
            came.append(number)
            time.sleep(0)  # whoever does not wait comes in now
            together.append(len(inside))
            inside.remove(number)

    threads = []
    with turn(PAGES):
        for k in range(12):
            threads.append(begun(lambda own=k: learner(own)))
            until(lambda expected=k + 1: waiting(PAGES) == expected)
        assert came == [], "while one is at work the others wait"
    joined(*threads)
    assert came == [*range(12)]
    assert set(together) == {1}


def test_a_run_that_fails_or_is_stopped_hands_on() -> None:
    for fault in (ZeroDivisionError, StopException):
        followers = []

        def failing(fault: type[BaseException], followers: list[threading.Thread]) -> None:
            with turn(PAGES):
                followers.append(begun(lambda: short_turn(PAGES)))
                until(lambda: waiting(PAGES) == 1)
                raise fault

        with pytest.raises(fault):
            failing(fault, followers)
        joined(*followers)


def short_turn(lane: Lane) -> None:
    with turn(lane):
        pass


def test_who_has_a_turn_keeps_it_within() -> None:
    """A fragment is part of its page when the page runs: it does not queue up behind others."""
    with turn(PAGES):
        other = begun(lambda: short_turn(PAGES))
        until(lambda: waiting(PAGES) == 1)
        short_turn(PAGES)
        short_turn(EDITS)
        assert waiting(PAGES) == 1, "what is done within gives nothing away"
    joined(other)


def test_long_work_lets_those_go_first_who_wait_now() -> None:
    order: list[str] = []

    def page(name: str) -> None:
        with turn(PAGES):
            order.append(name)

    with turn(PAGES):
        order.append("first slice")
        hand_on()  # nobody waits: it goes on at once
        order.append("second slice")
        threads = []
        for k, name in enumerate(("a page", "another")):
            threads.append(begun(lambda own=name: page(own)))
            until(lambda expected=k + 1: waiting(PAGES) == expected)
        hand_on()
        order.append("third slice")
    joined(*threads)
    assert order == ["first slice", "second slice", "a page", "another", "third slice"]
    hand_on()  # and without a turn there is nothing to hand on


def test_long_work_waits_for_those_who_come_meanwhile_but_not_for_ever() -> None:
    """Of more than PATIENCE edits that never end, it goes on between two."""
    order: list[str] = []
    others: list[threading.Thread] = []

    def edit() -> None:
        with turn(EDITS):
            order.append("an edit")
            if len(others) < 2 * PATIENCE:
                come()

    def come() -> None:
        others.append(begun(edit))
        until(lambda: waiting(EDITS) == 1)

    def train(name: str) -> None:
        with turn(EDITS):
            hand_on()
            order.append(name)

    with turn(EDITS):
        first = begun(lambda: train("one"))
        until(lambda: waiting(EDITS) == 1)
        second = begun(lambda: train("another"))
        until(lambda: waiting(EDITS) == 2)
        third = begun(edit)
        until(lambda: waiting(EDITS) == 3)
    joined(first, second, third)
    until(lambda: len(others) == 2 * PATIENCE)
    joined(*others)
    assert order.count("an edit") == 1 + len(others)
    assert order.index("one") == PATIENCE - 1, "the other training went before it, too"
    assert order.index("another") == order.index("one") + 1 + PATIENCE


@pytest.mark.parametrize("fault", [None, ZeroDivisionError])
def test_all_others_go_on_while_one_waits_for_another_process(
    fault: type[Exception] | None,
) -> None:
    with turn(EDITS):
        with suppress(ZeroDivisionError), aside():
            joined(begun(lambda: short_turn(EDITS)))
            assert not EDITS._taken
            if fault:
                raise fault
        assert EDITS._taken, "what comes after it is in the turn again"
        short_turn(EDITS)
        assert EDITS._taken


def test_without_a_turn_there_is_none_to_come_back_to() -> None:
    with aside():
        pass
    assert not EDITS._taken


def test_trainings_side_by_side_are_what_each_is_alone() -> None:
    """Many learners train at once, on their page or out of any turn: none hears of another."""
    runs = [Run(SPIRAL, Settings(1.0, 1e-3, seed)) for seed in range(6)]
    slices: list[int] = []

    def train(own: Run, seed: int) -> None:
        advance = own.advance

        def counted(goal: int) -> None:
            slices.append(seed)
            advance(goal, 0.0005)

        own.advance = counted  # type: ignore[method-assign, assignment]
        if seed == 5:
            finished(own, 300)
        else:
            with turn(PAGES):
                finished(own, 300)

    with turn(PAGES):
        threads = [begun(lambda own=run, seed=k: train(own, seed)) for k, run in enumerate(runs)]
        until(lambda: waiting(PAGES) == 5)
    joined(*threads)
    for seed, run in enumerate(runs):
        alone = finished(Run(SPIRAL, Settings(1.0, 1e-3, seed)), 300)
        assert run.losses == alone.losses
    first = [seed for seed in slices if seed != 5][:10]
    assert sorted(first[:5]) == [0, 1, 2, 3, 4], "all have their first slice before any a second"
    assert sorted(first[5:]) == [0, 1, 2, 3, 4]


def test_of_two_script_runs_one_at_a_time_trains_a_model() -> None:
    """The older may still be within its last slice, in another lane or none."""
    run = Run(SPIRAL, Settings(1.0, 1e-3, 0))
    states, within, on = run._states, threading.Event(), threading.Event()
    errors: list[ValueError] = []

    def held() -> Iterator[TrainingState]:
        within.set()
        assert on.wait(60)
        yield from states

    def train() -> None:
        try:
            finished(run, 300)
        except ValueError as error:  # "generator already executing"
            errors.append(error)
            on.set()

    run._states = held()
    older = begun(train)
    assert within.wait(60)
    newer = begun(train)
    threading.Timer(0.1, on.set).start()  # for the newer one to run into the older
    joined(older, newer)
    assert errors == []
    assert run.losses == finished(Run(SPIRAL, Settings(1.0, 1e-3, 0)), 300).losses


def test_a_page_waits_for_its_turn_as_a_whole_and_an_edit_does_not() -> None:
    """What the router runs is a page in its turn; nothing of it is shown before."""
    ended: list[AppTest] = []
    with turn(PAGES):
        visitor = begun(
            lambda: ended.append(clean(AppTest.from_file(ROUTER, default_timeout=60).run()))
        )
        until(lambda: waiting(PAGES) == 1)
        joined(begun(lambda: short_turn(EDITS)))
        assert ended == []
    joined(visitor)
    assert ended[0].title[0].value


def test_an_edit_that_has_the_whole_page_run_again_waits_for_no_pages() -> None:
    """The example's name is outside of the bench's fragment, and so is the choice of a loss."""
    bench = clean(AppTest.from_file(ROUTER, default_timeout=60).run())
    with turn(PAGES):
        edited: list[AppTest] = []
        joined(
            begun(
                lambda: edited.append(clean(bench.selectbox(key="loss").set_value("focal").run()))
            )
        )
        assert edited[0].session_state.visit.state.loss == "focal"
        mover = begun(lambda: clean(bench.switch_page("lessons/softmax/page.py").run()))
        until(lambda: waiting(PAGES) == 1)
    joined(mover)


def test_a_fragment_takes_an_edits_turn_where_it_is_run_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(st, "fragment", lambda show, key=None: show)
    taken: list[tuple[bool, bool]] = []

    @fragment
    def shown() -> None:
        taken.append((PAGES._taken, EDITS._taken))

    shown()
    with turn(PAGES):
        shown()
    assert taken == [(False, True), (True, False)]
