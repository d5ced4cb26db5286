"""One edit as the server answers it, with no browser in between."""

from __future__ import annotations

import asyncio
import time

from tests.benchmarks.servers import APP, SLIDER, serving
from tests.benchmarks.session import Session
from tests.benchmarks.table import Row, median, row

WARM_UP, EDITS = 20, 300
PAUSE = 0.02  # s between edits


async def _edits(addresses: list[str]) -> list[list[float]]:
    """Edit in turn at each address; how long each edit took, in ms."""
    sessions = [await Session.arrive(address) for address in addresses]
    took: list[list[float]] = [[] for _ in sessions]
    for k in range(WARM_UP + EDITS):
        value = (k % 50 + 1) / 10
        for session, times in zip(sessions, took, strict=True):
            start = time.perf_counter()
            shown = await session.edit(value)
            times.append(1e3 * (time.perf_counter() - start))
            if (float(shown["logit"][0]) if session.fragment else float(shown)) != value:
                message = f"set to {value}, answered {shown}"
                raise RuntimeError(message)
            await asyncio.sleep(PAUSE)
    for session in sessions:
        await session.leave()
    return [times[WARM_UP:] for times in took]


def rows() -> list[Row]:
    with serving(APP) as ours, serving(SLIDER) as bare:
        times = asyncio.run(_edits([ours, bare]))
    p50, bare_p50 = map(median, times)
    what = "one edit over the WebSocket, p50"
    return [row(what, p50, ("bare app, same settings", bare_p50), 2)]
