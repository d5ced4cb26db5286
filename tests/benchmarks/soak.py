"""Hours of a class in minutes: `make soak`. Does memory stay flat, and come back? Linux only."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import fmean

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.browser.serving.housekeeping import EVERY as TIDY_EVERY
from tests.benchmarks.attendance import Attendance
from tests.benchmarks.process import Use, busy, rehearsed, use, watch
from tests.benchmarks.report import percentile, table
from tests.benchmarks.session import session
from tests.server import Server, free_port, serving

EVERY = 2  # s from edit to edit of each learner
TURNOVER = 1  # s; then one learner leaves and another comes
GOAL = "at most 5%"
LEFT = 1.25  # of the memory before a crowd's long texts: what they were kept in is in pieces
PASTERS, PASTED = 40, 900_000  # who paste so many characters into a field


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=15)
    parser.add_argument("--rate", type=int, default=50, help="edits a second, of all together")
    parser.add_argument("--settle", type=int, default=3, help="minutes until memory is to be flat")
    options = parser.parse_args()
    if options.minutes <= options.settle + 1:
        parser.error("--minutes leaves no minute to compare after --settle")
    with (
        tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log,
        serving(free_port(), Path(log.name), module="streamlit") as server,
    ):
        asyncio.run(_soak(server, options))


async def _soak(server: Server, options: argparse.Namespace) -> None:
    count, seconds = options.rate * EVERY, options.minutes * 60
    crowd, start, uses = Attendance(server.address, EVERY), asyncio.Event(), list[Use]()
    await rehearsed(server.pid)
    async with asyncio.TaskGroup() as group:
        for place in range(count):
            group.create_task(crowd.attend(start, min(seconds, (place + 1) * TURNOVER)))
        await crowd.all_here(count)
        watcher = group.create_task(watch(server.pid, uses))
        began = time.perf_counter()
        start.set()
        while (left := began + seconds - time.perf_counter()) > TURNOVER:
            await asyncio.sleep(TURNOVER)
            group.create_task(crowd.attend(start, min(left - TURNOVER, count * TURNOVER)))
        await asyncio.sleep(left)
        watcher.cancel()
    after = await _paste_and_leave(server)
    _report(crowd, uses, after, options)


async def _paste_and_leave(server: Server) -> tuple[float, float]:
    """Let learners paste long texts and leave; the memory then, and once their sessions ended."""
    pasted, all_have = 0, asyncio.Event()

    async def paste() -> None:
        nonlocal pasted
        async with session(server.address, "z=1,2,3&lang=en") as own:
            field = (await own.run())["text_input"][-1]
            text = WidgetState(id=field.element.id, string_value="1" * PASTED)
            await own.run(text, fragment=field.fragment)
            pasted += 1
            if pasted == PASTERS:
                all_have.set()
            await all_have.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(PASTERS):
            group.create_task(paste())
    most = use(server.pid).memory
    await asyncio.sleep(st.get_option("server.disconnectedSessionTTL") + 2 * TIDY_EVERY)
    return most, use(server.pid).memory


def _report(
    crowd: Attendance, uses: list[Use], after: tuple[float, float], options: argparse.Namespace
) -> None:
    tally, began = crowd.tally, uses[0].moment
    by_minute = [
        fmean(u.memory for u in uses if minute * 60 <= u.moment - began < (minute + 1) * 60)
        for minute in range(options.minutes)
    ]
    for fault, times in tally.errors.items():
        print(f"{times} times {fault}")
    print(f"{options.minutes} minutes, {options.rate * EVERY} learners at a time\n")
    print(table(["minute", "memory"], [(i + 1, f"{m:.1f} MB") for i, m in enumerate(by_minute)]))
    growth = by_minute[-1] / by_minute[options.settle] - 1
    rows = [
        ("learners in all", len(tally.arrivals), ""),
        ("edits/s", f"{len(tally.latencies) / (options.minutes * 60):.1f}", ""),
        ("p50", percentile(tally.latencies, 50), ""),
        ("p95", percentile(tally.latencies, 95), ""),
        ("p99", percentile(tally.latencies, 99), ""),
        ("errors", tally.errors.total(), "none"),
        ("lost edits", tally.lost, "none"),
        ("server busy", f"{busy(uses):.0%} of a core", ""),
        ("learners late, p95", percentile(tally.lags, 95), ""),
        (
            f"memory, from the minute after minute {options.settle} to the last",
            f"{growth:+.1%}",
            GOAL,
        ),
        (f"memory, {PASTERS} texts of {PASTED:,} characters pasted", f"{after[0]:.1f} MB", ""),
        (
            "memory, when all have left and their sessions ended",
            f"{after[1]:.1f} MB",
            f"at most {by_minute[-1] * LEFT:.1f} MB",
        ),
    ]
    print("\n" + table(["", "", "goal"], rows))


if __name__ == "__main__":
    main()
