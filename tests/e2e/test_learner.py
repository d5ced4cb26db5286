"""The scripted learners of the benchmarks get right answers, and notice a wrong one."""

from __future__ import annotations

import asyncio
from itertools import islice

import pytest

from derivations import judge
from pages.derivation.lines import FAMILY
from tests.asgi import run
from tests.benchmarks.learner import learner, probabilities
from tests.benchmarks.practised_lines import PRACTISED, PractisedLine, practised_lines
from tests.benchmarks.practiser import LINES, WORDS, check_verdict, practiser
from tests.benchmarks.session import WrongAnswerError
from tests.e2e.lesson import screens_of


@pytest.mark.parametrize("lesson", ["", "softmax"])
def test_three_edits(server: str, lesson: str) -> None:
    async def visit() -> None:
        async with learner(server, [1.0, 2.5, -3.0, 0.0], lesson) as own:
            await own.edit([(0, 4.2)])
            await own.edit([(3, -1.5), (3, 700.0), (1, 0.1)])
            await own.edit([(2, 699.0)])
            assert own.logits == [4.2, 0.1, 699.0, 700.0]
            own.logits[0] = 698.0  # what the server was never told
            with pytest.raises(WrongAnswerError, match="probability"):
                await own.edit([(1, 1.0)])
            own._sequence = 1  # what comes late is not taken over what is newer
            with pytest.raises(WrongAnswerError, match="edit 2 sent, 4 taken"):
                await own.edit([(1, 9.0)])

    run(asyncio.wait_for(visit(), timeout=30))


def test_turns_and_edits_beside_a_lesson(server: str) -> None:
    async def visit() -> None:
        async with learner(server, [1.0, 2.5, -3.0], "softmax") as own:
            assert own.screens == screens_of("softmax")
            for screen in (2, 3, 0):
                await own.turn(screen)
                await own.edit([(0, float(screen))])
            own.at = 4  # where nobody went
            with pytest.raises(WrongAnswerError, match="screen 4 asked for, 0 shown"):
                await own.edit([(1, 1.0)])

    run(asyncio.wait_for(visit(), timeout=30))


def test_probabilities() -> None:
    assert probabilities([1000.0, 1000.0]) == [0.5, 0.5]


def test_lines_are_checked_and_derivations_left_for_others(server: str) -> None:
    async def visit() -> None:
        async with practiser(server, 1) as own:
            right = PractisedLine("a_i - y_i", is_right=True, slip=None)
            longer = (f"a_i - y_i + {k}*(sum(a_k, k) - 1)" for k in range(1, LINES + 1))
            slipped = PractisedLine("y_i - a_i", is_right=False, slip="sign_flipped")
            lines = [slipped, *(right._replace(text=text) for text in longer), right, slipped]
            own._lines = iter([*lines, right._replace(text="a_j - y_i")])
            for _ in lines:
                await own.type()
                await own.check()
            assert own._judged == 1, "the derivation was left twice: at its end, and after so many"
            await own.type()
            with pytest.raises(WrongAnswerError, match="not said of a_j - y_i"):
                await own.check()
            own._judged = 5  # of which the server was never told
            own._lines = iter([right])
            await own.type()
            with pytest.raises(WrongAnswerError, match="6 lines checked, 3 judged"):
                await own.check()

    run(asyncio.wait_for(visit(), timeout=30))


def test_the_verdict_of_a_line_is_read() -> None:
    right, wrong = WORDS("practice.line.proved_every_n"), WORDS("practice.line.wrong")
    slip = WORDS("practice.slip.sign_flipped.name")
    line = PractisedLine("x", is_right=True, slip=None)
    check_verdict(line, right)
    check_verdict(line, WORDS("practice.line.agrees", points=25))
    check_verdict(line._replace(is_right=False), f"{wrong} {slip}")
    check_verdict(line._replace(is_right=False, slip="sign_flipped"), f"{wrong}\n{slip}")
    for other, shown in (
        (line, ""),
        (line, wrong),
        (line, WORDS("practice.line.undecided")),
        (line._replace(is_right=False), right),
        (line._replace(is_right=False, slip="sign_flipped"), wrong),
        (line._replace(is_right=False, slip="missing_delta"), f"{wrong}\n{slip}"),
    ):
        with pytest.raises(WrongAnswerError, match="not said of x"):
            check_verdict(other, shown)


@pytest.mark.parametrize("derivation", PRACTISED)
def test_lines_have_the_verdict_that_the_learner_knows(derivation: str) -> None:
    for line in islice(practised_lines(derivation, 0), 4):
        verdict = judge(FAMILY[derivation], -1, line.text)
        assert (verdict.ok, verdict.misconception) == (line.is_right, line.slip), line.text


def test_some_lines_are_those_of_others() -> None:
    one, other = (list(islice(practised_lines(PRACTISED[0], k), 80)) for k in (1, 2))
    assert len({*one}) == len({*other}) == 80
    assert 0 < len({*one} & {*other}) < 40
