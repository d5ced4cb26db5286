"""Learners of one kind who come, wait until all are here, do the same work, and leave."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections import Counter
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from websockets.exceptions import WebSocketException

from tests.benchmarks.attendance import ANSWER_LIMIT, DOOR
from tests.benchmarks.session import WrongAnswerError

One = TypeVar("One")


@dataclass
class Crowd(ABC, Generic[One]):
    """A crowd at work, and how long each piece of their work took, in s."""

    address: str
    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    arrived: int = 0
    door: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(DOOR))

    @abstractmethod
    def visitor(self, seed: int) -> AbstractAsyncContextManager[One]:
        """Let one come, and leave at the end."""

    @abstractmethod
    async def work(self, own: One, end: float) -> None:
        """Let one work until a moment; enter the times."""

    async def all_here(self, count: int) -> None:
        """Wait until `count` of them have come, or failed to."""
        while self.arrived + self.errors.total() < count:
            await asyncio.sleep(0.1)

    async def attend(self, start: asyncio.Event, stay: float, seed: int) -> None:
        """Let one come, wait for `start`, work for `stay` seconds, and leave."""
        try:
            async with AsyncExitStack() as stack:
                async with self.door, asyncio.timeout(ANSWER_LIMIT):
                    own = await stack.enter_async_context(self.visitor(seed))
                    self.arrived += 1
                await start.wait()
                await self.work(own, time.perf_counter() + stay)
        except (OSError, TimeoutError, WebSocketException, WrongAnswerError) as fault:
            self.errors[f"{type(fault).__name__}: {fault}"] += 1
