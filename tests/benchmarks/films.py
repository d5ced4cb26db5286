"""A film's slider held and moved: how long the frames take, and what its stops weigh and cost."""

from __future__ import annotations

import json
import time

from playwright.sync_api import Browser

from pages.lessons.calibration.subject import ready_judgement
from pages.visit.state import LabState
from tests.benchmarks.chromium import READ, at_rest, chromium
from tests.benchmarks.drag import frame_row, frame_times
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, met
from tests.e2e.films import CASES, Case, Z
from tests.pages.every_film import films_of_a_judgement, films_of_a_state

ROUNDS, SWEEPS, STEPS = 3, 4, 30
MOST_BYTES, MOST_SERVER = 100_000, 10.0  # bytes; ms
BYTES = "root => root.parentNode.film.json.length"
MAKINGS = 5  # of each film on the server; the quickest counts


def rows() -> list[Row]:
    """Measure each film beside its own page at rest."""
    with serving(APP) as address, chromium() as browser:
        browsers = [one for case in CASES for one in _measured(browser, address, case)]
    return [*browsers, *(_made(label, ms) for label, ms in _server_times().items())]


def _server_times() -> dict[str, float]:
    """Return the processor time in ms that each film takes on the server, by its label."""
    state = LabState(tuple(Z), names=("",) * len(Z))
    times: dict[str, float] = {}
    for _ in range(MAKINGS):
        for films in (films_of_a_state(state), films_of_a_judgement(ready_judgement("source"))):
            began = time.thread_time()
            for film in films:
                json.dumps([panel.part() for panel in film.panels])
                took = 1000 * (time.thread_time() - began)
                times[film.label] = min(took, times.get(film.label, took))
                began = time.thread_time()
    return times


def _made(label: str, ms: float) -> Row:
    goal = f"at most {MOST_SERVER:g} ms"
    return Row(
        f"film “{label}” on the server", f"{ms:.1f} ms", "–", "–", goal, met(ms <= MOST_SERVER)
    )


def _measured(browser: Browser, address: str, case: Case) -> list[Row]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(READ)
    page.goto(f"{address}{case.link}&z={','.join(map(str, Z))}&lang=en")
    slider = page.locator("[data-film] input[type=range]")
    slider.wait_for()
    at_rest(page)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    if box is None:
        raise RuntimeError
    y = box["y"] + box["height"] / 2
    idle: list[float] = []
    times: list[float] = []

    def sweep() -> None:
        for _ in range(SWEEPS):
            for k in range(STEPS):
                page.mouse.move(box["x"] + box["width"] * (0.05 + 0.9 * k / STEPS), y)

    for _ in range(ROUNDS):
        idle += frame_times(page, lambda: page.wait_for_timeout(500))
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        times += frame_times(page, sweep)
        page.mouse.up()
        at_rest(page)
    size = page.locator("[data-film]").evaluate(BYTES)
    page.context.close()
    return [
        frame_row(f"film {case.name}", idle, times),
        Row(
            f"film {case.name}: all its stops",
            f"{size / 1000:.0f} kB",
            "–",
            "–",
            f"at most {MOST_BYTES / 1000:g} kB",
            met(size <= MOST_BYTES),
        ),
    ]
