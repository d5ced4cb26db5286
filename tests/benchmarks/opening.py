"""A class opens lessons in the same moment, while one learner goes on editing: all is counted."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException

from pages.blocks.wording import wording
from tests.benchmarks.attendance import ANSWER_LIMIT
from tests.benchmarks.learner import learner
from tests.benchmarks.process import Use, busy, rehearsed, use, watch
from tests.benchmarks.report import percentile
from tests.benchmarks.session import WrongAnswerError, session
from tests.server import Server

WORDS = wording("en")
FAULTS = (OSError, TimeoutError, WebSocketException, WrongAnswerError)
PAUSE = 0.05  # s from one question to the next: of /health, and of the learner on the bench
EVERY = 0.1  # s from one look at the memory to the next


@dataclass
class Opening:
    """What those who open a lesson see, and what others see meanwhile; times in s."""

    server: Server
    lessons: Sequence[str]
    pages: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    async def open(self, count: int, within: float) -> list[Use]:
        """Let so many sessions open a lesson within so many seconds; what the server used."""
        uses: list[Use] = []
        everyone_has_come = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            visits = [
                group.create_task(self._visit(k, k * within / count, everyone_has_come))
                for k in range(count)
            ]
            others = [
                group.create_task(watch(self.server.pid, uses, EVERY)),
                group.create_task(self._ask_for_health()),
                group.create_task(self._edit()),
            ]
            while len(self.pages) + self.errors.total() < count:
                await asyncio.sleep(EVERY)
            for other in others:
                other.cancel()
            everyone_has_come.set()
            await asyncio.wait(visits)
        return [*uses, use(self.server.pid)]

    async def _visit(self, number: int, wait: float, everyone_has_come: asyncio.Event) -> None:
        await asyncio.sleep(wait)
        lesson = self.lessons[number % len(self.lessons)]
        # Logits of their own: nothing that was made for one page serves another.
        query = f"z={number / 100:g},1,2&label=1&lang=en"
        begun = time.perf_counter()
        try:
            async with session(self.server.address, query, lesson.replace("_", "-")) as own:
                shown = await asyncio.wait_for(own.run(), ANSWER_LIMIT)
                titles = [heading.element.body for heading in shown.get("heading", [])]
                if titles[:1] != [WORDS(f"{lesson}.title")]:
                    raise WrongAnswerError(f"{titles[:1]} shown for {lesson}")
                self.pages.append(time.perf_counter() - begun)
                await everyone_has_come.wait()
        except FAULTS as fault:
            self.errors[f"{type(fault).__name__}: {fault}"] += 1

    async def _ask_for_health(self) -> None:
        """Ask as a load balancer does, by a new connection each time."""
        at = urlsplit(self.server.address)
        request = f"GET /health HTTP/1.1\r\nHost: {at.netloc}\r\nConnection: close\r\n\r\n"
        while True:
            begun = time.perf_counter()
            reader, writer = await asyncio.open_connection(at.hostname, at.port)
            writer.write(request.encode())
            answer = await reader.read()
            writer.close()
            if not answer.startswith(b"HTTP/1.1 200"):
                self.errors[f"/health answers {answer[:40]!r}"] += 1
            self.health.append(time.perf_counter() - begun)
            await asyncio.sleep(PAUSE)

    async def _edit(self) -> None:
        async with learner(self.server.address, [2, 3, 4]) as own:
            while True:
                begun = time.perf_counter()
                await own.edit([(len(self.edits) % 3, len(self.edits) % 100 / 10)])
                self.edits.append(time.perf_counter() - begun)
                await asyncio.sleep(PAUSE)


async def opened(
    server: Server, lessons: Sequence[str], count: int, within: float
) -> Mapping[str, str]:
    """Measure an opening; the figures by name."""
    opening = Opening(server, lessons)
    await rehearsed(server.pid)
    empty = use(server.pid)
    uses = await opening.open(count, within)
    for fault, times in opening.errors.items():
        print(f"{times} times {fault}")
    return {
        "page, p50": percentile(opening.pages, 50),
        "page, p95": percentile(opening.pages, 95),
        "page, most": percentile(opening.pages, 100),
        "/health, most": percentile(opening.health, 100),
        "an edit meanwhile, p50": percentile(opening.edits, 50),
        "an edit meanwhile, most": percentile(opening.edits, 100),
        "errors": f"{opening.errors.total()}",
        "memory, empty": f"{empty.memory:.0f} MB",
        "memory, most": f"{max(u.memory for u in uses):.0f} MB",
        "server busy": f"{busy(uses):.0%} of a core",
    }
