"""One edit as the server answers it, with no browser in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.benchmarks.learner import learner
from tests.benchmarks.servers import APP, SLIDER, serving
from tests.benchmarks.session import WrongAnswerError, session
from tests.benchmarks.table import Row, median, row

WARM_UP, EDITS = 20, 300
PAUSE = 0.02  # s between edits


@asynccontextmanager
async def _moving_slider(address: str) -> AsyncIterator[Callable[[float], Awaitable[None]]]:
    """Open the bare app; what is yielded sets its slider and checks the text that answers."""
    async with session(address) as own:
        slider = (await own.run())["slider"][-1].element.id

        async def edit(value: float) -> None:
            widget = WidgetState(id=slider)
            widget.double_array_value.data.append(value)
            shown = (await own.run(widget))["text"][-1].element.body
            if float(shown) != value:
                raise WrongAnswerError(f"set to {value}, answered {shown}")

        yield edit


async def _edits(app: str, bare: str) -> list[list[float]]:
    """Edit in turn in both apps; how long each edit took, in ms."""
    took: list[list[float]] = [[], []]
    async with learner(app, [2.0, 3.0, 4.0]) as own, _moving_slider(bare) as edit_bare:
        edits = (lambda value: own.edit([(0, value)]), edit_bare)
        for k in range(WARM_UP + EDITS):
            value = (k % 50 + 1) / 10
            for edit, times in zip(edits, took, strict=True):
                start = time.perf_counter()
                await edit(value)
                times.append(1e3 * (time.perf_counter() - start))
                await asyncio.sleep(PAUSE)
    return [times[WARM_UP:] for times in took]


def rows() -> list[Row]:
    with serving(APP) as ours, serving(SLIDER) as bare:
        times = asyncio.run(_edits(ours, bare))
    p50, bare_p50 = map(median, times)
    what = "one edit over the WebSocket, p50"
    return [row(what, p50, ("bare app, same settings", bare_p50), 2)]
