"""Work that is bounded by its steps stops, whatever it is, and leaves everything as it was."""

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from sympy import Symbol, expand

from derivations.judging.steps import OutOfSteps, at_most

X = Symbol("x")


def stopped(steps: int, work: Callable[[], object]) -> None:
    """Run work that does not end by itself; pytest fails where it is not stopped."""
    with pytest.raises(OutOfSteps), at_most(steps):
        work()


def endless() -> None:
    while True:
        expand((X + 1) ** 3)


def test_it_stops_after_as_many_steps_whenever_it_runs() -> None:
    done = [0, 0]

    def count(run: int) -> None:
        while True:
            expand((X + 1) ** 3)
            done[run] += 1

    stopped(20_000, endless)
    for run in (0, 1):
        stopped(20_000, lambda run=run: count(run))
    assert done[0] == done[1] > 0


def test_nothing_on_the_way_takes_it_for_an_error_of_its_own() -> None:
    def careless() -> None:
        try:
            endless()
        except Exception:
            pytest.fail("it was caught")

    stopped(10_000, careless)


def test_closing_a_generator_does_not_end_the_count() -> None:
    closed: list[int] = []

    def opened() -> Iterator[int]:
        try:
            yield 1
        finally:
            closed.append(1)

    def work() -> None:
        while True:
            next(opened())
            expand((X + 2) ** 2)

    stopped(5_000, work)


def test_a_tracer_that_was_there_is_there_again() -> None:
    def tracer(*_: object) -> None:
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        with at_most(1_000):
            str(X)
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_other_threads_go_on() -> None:
    done: list[object] = []
    other = threading.Thread(target=lambda: done.append([expand((X + k) ** 2) for k in range(200)]))
    other.start()
    stopped(5_000, endless)
    other.join()
    assert done
