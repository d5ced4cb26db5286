"""What a process uses, as Linux tells it in /proc."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import NamedTuple

from pages.blocks.serving.housekeeping import FIRST

AT_REST = 0.05  # s of the processor's time in a second: a process is at rest


class Use(NamedTuple):
    """A moment, the memory resident at it in MB, and the processor time used until it in s."""

    moment: float
    memory: float
    processor: float


def use(pid: int) -> Use:
    """Return what a process uses now."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    # The fields after the name, which stands in brackets; user and system time are 14 and 15.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return Use(
        time.perf_counter(), int(resident.split()[1]) / 1024, ticks / os.sysconf("SC_CLK_TCK")
    )


async def rehearsed(pid: int) -> None:
    """Wait until a new server has run each lesson once by itself: a class comes later than that."""
    await asyncio.sleep(FIRST)
    before, now = 0.0, use(pid).processor
    while now - before > AT_REST:
        await asyncio.sleep(1)
        before, now = now, use(pid).processor


async def watch(pid: int, uses: list[Use], every: float = 1) -> None:
    """Append what a process uses every second, until cancelled."""
    while True:
        uses.append(use(pid))
        await asyncio.sleep(every)


def busy(uses: list[Use]) -> float:
    """Return the share of a core that a process used, from the first to the last of `uses`."""
    first, last = uses[0], uses[-1]
    return (last.processor - first.processor) / (last.moment - first.moment)
