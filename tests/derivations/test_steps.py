"""Work that is bounded by its steps stops, whatever it is, and leaves everything as it was."""

import sys
import threading

import pytest
from sympy import Symbol, expand

from derivations.judging.steps import OutOfSteps, at_most

X = Symbol("x")


def endless() -> None:
    while True:
        expand((X + 1) ** 3)


def test_it_stops_after_as_many_steps_whenever_it_runs() -> None:
    def work() -> int:
        done = 0
        with pytest.raises(OutOfSteps), at_most(20_000):
            while True:
                hash(X + done)
                done += 1
        return done

    work()
    assert 0 < work() <= work() + 50


def test_nothing_on_the_way_takes_it_for_an_error_of_its_own() -> None:
    with pytest.raises(OutOfSteps), at_most(10_000):
        try:
            endless()
        except Exception:
            pytest.fail("it was caught")


def test_closing_a_generator_does_not_end_the_count() -> None:
    def opened() -> object:
        try:
            yield 1
        finally:
            str(X)

    with pytest.raises(OutOfSteps), at_most(5_000):
        while True:
            next(opened())
            X.is_real  # noqa: B018
            expand((X + 2) ** 2)


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
    with pytest.raises(OutOfSteps), at_most(5_000):
        other.start()
        endless()
    other.join()
    assert done
