"""A film's slider held and moved: how long the frames take, and what its stops weigh and cost.

A course of a training is a film, too: that of the ready data, and of the largest files.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import numpy as np
from playwright.sync_api import Browser

from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.training.course import film
from pages.lessons.training.csv.file import MAX_ROWS
from pages.lessons.training.csv.header import MAX_COLUMNS
from pages.lessons.training.csv.labels import MAX_CLASSES
from pages.lessons.training.data_set import DataSet, given_data, made_data
from pages.lessons.training.run import MOST_SENT, Run, finished
from pages.lessons.training.workplace import settings_of
from pages.visit.state import LabState
from pages.visit.training_plan import Plan
from pages.writing.wording import wording
from tests.benchmarks.chromium import READ, chromium
from tests.benchmarks.drag import frame_row, held_frames
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, met
from tests.e2e.films import CASES, Case, Z
from tests.pages.every_film import films_of_a_judgement, films_of_a_state

STEPS = 30  # places of the pointer in a sweep
MOST_BYTES, MOST_SERVER = 100_000, 10.0  # bytes; ms
BYTES = "root => root.getRootNode().host.film.json.length"
MAKINGS = 5  # of each film on the server; the quickest counts


def rows() -> list[Row]:
    """Measure each film beside its own page at rest."""
    with serving(APP) as address, chromium() as browser:
        browsers = [one for case in CASES for one in _measured(browser, address, case)]
    made = (_made(label, ms) for label, ms in _server_times().items())
    return [*browsers, *made, *(row for name in COURSES for row in _course(name))]


def _server_times() -> dict[str, float]:
    """Return the processor time in ms that each film takes on the server, by its label."""
    state = LabState(tuple(Z), names=("",) * len(Z))
    times: dict[str, float] = {}
    for _ in range(MAKINGS):
        for films in (films_of_a_state(state), films_of_a_judgement(ready_judgement("source"))):
            began = time.thread_time()
            for one in films:
                json.dumps([panel.part() for panel in one.panels])
                took = 1000 * (time.thread_time() - began)
                times[one.label] = min(took, times.get(one.label, took))
                began = time.thread_time()
    return times


def _made(label: str, ms: float) -> Row:
    goal = f"at most {MOST_SERVER:g} ms"
    return Row(
        f"film “{label}” on the server", f"{ms:.1f} ms", "–", "–", goal, met(ms <= MOST_SERVER)
    )


def _course(name: str) -> Iterator[Row]:
    """Weigh and time the course of a run of 200 steps, and that of a race."""
    data = COURSES[name]()
    run = finished(Run(data, settings_of(Plan(rate=0.1))), STEPS_OF_A_COURSE)
    most = MOST_SENT[data.kind]
    for label, runs in (("course", {"": run}), ("race", {"ce": run, "mse": run})):
        times = []
        for _ in range(MAKINGS):
            began = time.thread_time()
            written = film(runs, wording("en"), "light")
            times.append(1000 * (time.thread_time() - began))
        yield _weighed(f"{label}, {name}", len(written), most)
        yield _made(f"{label}, {name}", min(times))


def _largest(columns: int) -> DataSet:
    """Return as many rows of random numbers, and as many classes, as a file may have."""
    inputs = np.random.default_rng(1).normal(size=(MAX_ROWS, columns))
    rows = np.arange(MAX_ROWS)
    names = [f"column {d}" for d in range(columns)], [f"class {k}" for k in range(MAX_CLASSES)]
    return given_data(inputs, rows % MAX_CLASSES, rows, names, 1, "scaled")


STEPS_OF_A_COURSE = 200
COURSES = {
    "spiral": lambda: made_data(Plan()),
    "digits": lambda: made_data(Plan(data="digits")),
    "a file of two columns": lambda: _largest(2),
    "a file of many columns": lambda: _largest(MAX_COLUMNS - 1),
}


def _weighed(what: str, size: int, most: int = MOST_BYTES) -> Row:
    return Row(
        f"film {what}: all its stops",
        f"{size / 1000:.0f} kB",
        "–",
        "–",
        f"at most {most / 1000:g} kB",
        met(size <= most),
    )


def _measured(browser: Browser, address: str, case: Case) -> list[Row]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(READ)
    page.goto(f"{address}{case.link}&z={','.join(map(str, Z))}&lang=en")
    slider = page.locator("[data-film] input[type=range]")
    idle, times = held_frames(
        page, slider, lambda width: [width * (0.9 * k / STEPS - 0.45) for k in range(STEPS)]
    )
    size = page.locator("[data-film]").evaluate(BYTES)
    page.context.close()
    return [
        frame_row(f"film {case.name}", idle, times),
        _weighed(case.name, size),
    ]
