"""Learners who all train at the same time, each again as soon as they have their answer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from tests.benchmarks.attendance import ANSWER_LIMIT, DOOR
from tests.benchmarks.session import WrongAnswerError
from tests.benchmarks.trainer import trainer


@dataclass
class Trainers:
    """A crowd that trains, and how long each training took, in s."""

    address: str
    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    arrived: int = 0
    door: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DOOR))

    async def all_here(self, count: int) -> None:
        """Wait until `count` of them have come, or failed to."""
        while self.arrived + self.errors.total() < count:
            await asyncio.sleep(0.1)

    async def attend(self, start: asyncio.Event, stay: float, seed: int) -> None:
        """Let one come, wait for `start`, and train for `stay` seconds without a pause."""
        try:
            async with AsyncExitStack() as stack:
                async with self.door, asyncio.timeout(ANSWER_LIMIT):
                    own = await stack.enter_async_context(trainer(self.address, seed))
                    self.arrived += 1
                await start.wait()
                end = time.perf_counter() + stay
                while (begun := time.perf_counter()) < end:
                    await asyncio.wait_for(own.train(), ANSWER_LIMIT)
                    self.times.append(time.perf_counter() - begun)
                    await asyncio.wait_for(own.start_again(), ANSWER_LIMIT)
        except (OSError, TimeoutError, WebSocketException, WrongAnswerError) as fault:
            self.errors[f"{type(fault).__name__}: {fault}"] += 1
