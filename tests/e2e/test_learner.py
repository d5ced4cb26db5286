"""The scripted learner of the benchmarks gets right answers, and notices a wrong one."""

from __future__ import annotations

import asyncio

import pytest

from tests.asgi import run
from tests.benchmarks.learner import learner, probabilities
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
