"""The scripted learner of the benchmarks gets right answers, and notices a wrong one."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.benchmarks.learner import learner, probabilities
from tests.benchmarks.session import WrongAnswerError


def test_three_edits(server: str) -> None:
    async def visit() -> None:
        async with learner(server, [1.0, 2.5, -3.0, 0.0]) as own:
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

    # In a thread of its own: the browser of the other tests runs a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(visit(), timeout=30)).result()


def test_probabilities() -> None:
    assert probabilities([1000.0, 1000.0]) == [0.5, 0.5]
