"""Learners who write derivations at the same time, each line checked at a moment of its own."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import numpy as np

from tests.benchmarks.attendance import ANSWER_LIMIT
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.practiser import Practiser, practiser

EVERY = 10  # s from check to check, each, on average


@dataclass
class Practisers(Crowd[Practiser]):
    """A crowd that practises; the times run from when a check was due until its verdict."""

    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def visitor(self, seed: int) -> AbstractAsyncContextManager[Practiser]:
        """Let one come to an exercise."""
        return practiser(self.address, seed)

    async def work(self, own: Practiser, end: float) -> None:
        """Type a line, check it when it is due, and type the next; a slow server is not spared."""
        due = time.perf_counter()
        while (due := due + self.rng.uniform(0, 2 * EVERY)) < end:
            await asyncio.wait_for(own.type(), ANSWER_LIMIT)
            await asyncio.sleep(due - time.perf_counter())
            await asyncio.wait_for(own.check(), ANSWER_LIMIT)
            self.times.append(time.perf_counter() - due)
