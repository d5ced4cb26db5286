"""A whole class on one process: `make load`. It opens a lesson, edits, trains and practises.

Prints what it measures; Linux only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pages.visit.lessons import LESSONS
from tests.benchmarks.attendance import Attendance
from tests.benchmarks.opening import opened
from tests.benchmarks.practisers import Practisers
from tests.benchmarks.process import Use, busy, rehearsed, use, watch
from tests.benchmarks.report import percentile, table
from tests.benchmarks.trainers import Trainers
from tests.server import ROOT, Server, free_port, serving

APP = ("app.py", "core", "derivations", "pages")
GOALS = {
    "p95": "at most 250 ms; 500 while others train",
    "errors": "none",
    "lost edits": "none",
    "a check, p95": "at most 500 ms",
    "memory, most": "at most 400 MB",
}
OPENING = 3  # s, within which everyone opens a lesson
OPENING_GOALS = {
    "page, most": "at most 10 s",
    "/health, most": "at most 1 s",
    "an edit meanwhile, most": "at most 1 s",
    "errors": "none",
    "memory, most": "at most 400 MB",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--every", type=float, default=4, help="seconds from edit to edit, each")
    parser.add_argument("--trainers", type=int, default=50, help="who train at the same time")
    parser.add_argument("--stock", action="store_true", help="then Streamlit's stock settings too")
    parser.add_argument("--opening", action="store_true", help="nothing but the opening")
    parser.add_argument(
        "--practising", action="store_true", help="nothing but the run in which others practise"
    )
    parser.add_argument(
        "--beside", type=int, default=30, help="who are on the bench while the others practise"
    )
    options = parser.parse_args()
    if not options.practising:
        _open(options.learners)
    if options.opening:
        return
    runs: dict[str, Mapping[str, str]] = {}
    with tempfile.TemporaryDirectory(prefix="softmax-lab-") as scratch:
        log = Path(scratch) / "log"
        if not options.practising:
            runs["our settings"] = _run(ROOT, log, options)
        if options.trainers and not options.practising:
            name = f"{options.trainers} training"
            runs[name] = _run(ROOT, log, options, trainers=options.trainers)
        name = f"{options.learners} practising, {options.beside} on the bench"
        runs[name] = _run(ROOT, log, options, practisers=options.learners, editors=options.beside)
        if options.stock and not options.practising:
            copy = _without_settings(Path(scratch) / "app")
            runs["stock settings"] = _run(copy, Path(scratch) / "stock-log", options)
    print(
        f"{options.learners} learners, an edit every {options.every:g} s each, "
        f"{options.seconds:g} s\n"
    )
    rows = [
        (name, *(run[name] for run in runs.values()), GOALS.get(name, ""))
        for name in next(iter(runs.values()))
    ]
    print(table(["", *runs, "goal"], rows))


def _open(learners: int) -> None:
    """Let everyone open one lesson, and then, on another server, all of them."""
    columns = {}
    for name, lessons in {"/softmax": LESSONS[:1], "all lessons": LESSONS}.items():
        with (
            tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log,
            serving(free_port(), Path(log.name), module="streamlit") as server,
        ):
            columns[name] = asyncio.run(opened(server, lessons, learners, OPENING))
    print(f"{learners} learners open a lesson within {OPENING} s\n")
    rows = [
        (name, *(column[name] for column in columns.values()), OPENING_GOALS.get(name, ""))
        for name in columns["all lessons"]
    ]
    print(table(["", *columns, "goal"], rows) + "\n")


def _without_settings(folder: Path) -> Path:
    """Copy the app, and no `.streamlit` beside it.

    What app.py does itself stays: frozen imports, and no delay on the sockets.
    """
    folder.mkdir()
    for name in APP:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def _run(
    folder: Path,
    log: Path,
    options: argparse.Namespace,
    trainers: int = 0,
    practisers: int = 0,
    editors: int | None = None,
) -> Mapping[str, str]:
    editing = options.learners if editors is None else editors
    with serving(free_port(), log, folder, module="streamlit") as server:
        return asyncio.run(_load(server, options, editing, trainers, practisers))


async def _load(
    server: Server, options: argparse.Namespace, editors: int, trainers: int, practisers: int
) -> Mapping[str, str]:
    crowd, start = Attendance(server.address, options.every), asyncio.Event()
    training, practising = Trainers(server.address), Practisers(server.address)
    tasks: list[asyncio.Task[None]] = []
    await rehearsed(server.pid)
    empty = use(server.pid)
    async with asyncio.TaskGroup() as group:
        for others, count in ((training, trainers), (practising, practisers)):
            tasks += [
                group.create_task(others.attend(start, options.seconds, seed))
                for seed in range(count)
            ]
            await others.all_here(count)
        tasks += [group.create_task(crowd.attend(start, options.seconds)) for _ in range(editors)]
        await crowd.all_here(editors)
        uses: list[Use] = []
        own = [use(os.getpid())]
        watcher = group.create_task(watch(server.pid, uses))
        start.set()
        await asyncio.wait(tasks)
        own.append(use(os.getpid()))
        watcher.cancel()
    tally = crowd.tally
    memory = [u.memory for u in uses]
    faults = tally.errors + training.errors + practising.errors
    for fault, count in faults.items():
        print(f"{count} times {fault}")
    return {
        "coming, p95": percentile(tally.arrivals, 95),
        "edits": f"{len(tally.latencies)}",
        "edits/s": f"{len(tally.latencies) / (own[1].moment - own[0].moment):.1f}",
        "p50": percentile(tally.latencies, 50),
        "p95": percentile(tally.latencies, 95),
        "p99": percentile(tally.latencies, 99),
        "errors": f"{faults.total()}",
        "lost edits": f"{tally.lost}",
        "trainings of 200 steps": f"{len(training.times)}",
        "training, p50": percentile(training.times, 50),
        "training, p95": percentile(training.times, 95),
        "checks": f"{len(practising.times)}",
        "a check, p50": percentile(practising.times, 50),
        "a check, p95": percentile(practising.times, 95),
        "a check, most": percentile(practising.times, 100),
        "memory, empty": f"{empty.memory:.0f} MB",
        "memory, all here": f"{memory[0]:.0f} MB",
        "memory, most": f"{max(memory):.0f} MB",
        "memory, end": f"{memory[-1]:.0f} MB",
        "server busy": f"{busy(uses):.0%} of a core",
        "learners busy": f"{busy(own):.0%} of a core",
        "learners late, p95": percentile(tally.lags, 95),
    }


if __name__ == "__main__":
    main()
