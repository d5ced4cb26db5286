"""Learners who all train at the same time, each again as soon as they have their answer."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager

from tests.benchmarks.attendance import ANSWER_LIMIT
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.trainer import Trainer, trainer


class Trainers(Crowd[Trainer]):
    """A crowd that trains; the times are those of the trainings."""

    def visitor(self, seed: int) -> AbstractAsyncContextManager[Trainer]:
        """Let one come to the training page."""
        return trainer(self.address, seed)

    async def work(self, own: Trainer, end: float) -> None:
        """Train without a pause."""
        while (begun := time.perf_counter()) < end:
            await asyncio.wait_for(own.train(), ANSWER_LIMIT)
            self.times.append(time.perf_counter() - begun)
            await asyncio.wait_for(own.start_again(), ANSWER_LIMIT)
