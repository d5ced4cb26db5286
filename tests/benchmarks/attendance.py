"""Learners at work: they come, edit and turn at moments of their own, and leave; all is counted."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import numpy as np
from websockets.exceptions import WebSocketException

from tests.benchmarks.learner import Learner, learner
from tests.benchmarks.session import WrongAnswerError

CLASSES = (2, 7)  # from, up to but not with
LOGITS = (-5, 5)
DOOR = 4  # learners that come at the same time
LESSON = "softmax"  # where every other learner is, on one of its screens
TURNS = 0.25  # of what they do there
ANSWER_LIMIT = 60  # s; an edit that is not answered by then is lost


@dataclass
class Tally:
    """What a crowd of learners saw."""

    latencies: list[float] = field(default_factory=list)  # s, one an edit that was answered
    arrivals: list[float] = field(default_factory=list)  # s, one a learner
    lags: list[float] = field(default_factory=list)  # s, by which the learners themselves were late
    lost: int = 0  # edits that were not answered, or wrongly
    errors: Counter[str] = field(default_factory=Counter)


class Attendance:
    """A crowd of learners, each of whom edits at random moments, `every` seconds on average.

    Every other one is in a lesson, and turns its screens now and then: that counts as an edit.
    """

    def __init__(self, address: str, every: float) -> None:
        self.tally = Tally()
        self._address = address
        self._every = every
        self._rng = np.random.default_rng(0)
        self._door = asyncio.Semaphore(DOOR)
        self._pages = itertools.cycle(["", LESSON])

    async def all_here(self, count: int) -> None:
        """Wait until `count` learners have come, or failed to."""
        while len(self.tally.arrivals) + self.tally.errors.total() < count:
            await asyncio.sleep(0.1)

    async def attend(self, start: asyncio.Event, stay: float) -> None:
        """Let one learner come, wait for `start`, edit for `stay` seconds, and leave."""
        logits, page = self._values(self._rng.integers(*CLASSES)), next(self._pages)
        try:
            async with AsyncExitStack() as stack:
                async with self._door, asyncio.timeout(ANSWER_LIMIT):
                    arrival = time.perf_counter()
                    own = await stack.enter_async_context(learner(self._address, logits, page))
                    self.tally.arrivals.append(time.perf_counter() - arrival)
                await start.wait()
                await self._edit(own, time.perf_counter() + stay)
        except (OSError, TimeoutError, WebSocketException, WrongAnswerError) as fault:
            self.tally.errors[f"{type(fault).__name__}: {fault}"] += 1

    async def _edit(self, own: Learner, end: float) -> None:
        """Edit until `end`, whether or not the last answer has come.

        What is edited while an answer is awaited goes in one message after it, as from the bench.
        Each edit's time counts from the moment it was made, so that a slow server is not spared.
        """
        due = time.perf_counter() + self._gap()
        while due < end:
            if (wait := due - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
                self.tally.lags.append(time.perf_counter() - due)
            made = [due]
            due += self._gap()
            while due < min(end, time.perf_counter()):
                made.append(due)
                due += self._gap()
            try:
                await asyncio.wait_for(self._act(own, len(made)), ANSWER_LIMIT)
            except BaseException:
                self.tally.lost += len(made)
                raise
            answered = time.perf_counter()
            self.tally.latencies += [answered - moment for moment in made]

    async def _act(self, own: Learner, count: int) -> None:
        if own.screens and self._rng.random() < TURNS:
            await own.turn(int(self._rng.integers(len(own.screens))))
        else:
            await own.edit(self._changes(own, count))

    def _gap(self) -> float:
        return float(self._rng.uniform(0, 2 * self._every))

    def _changes(self, own: Learner, count: int) -> list[tuple[int, float]]:
        indices = self._rng.integers(len(own.logits), size=count)
        return list(zip(indices.tolist(), self._values(count), strict=True))

    def _values(self, count: int) -> list[float]:
        return np.round(self._rng.uniform(*LOGITS, size=count), 1).tolist()
