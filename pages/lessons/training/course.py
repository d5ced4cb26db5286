"""The course of a run, or of a race: the server has trained, the browser plays it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pages.browser.assets import component
from pages.lessons.training import controls
from pages.lessons.training.course_models import (
    largest_weight,
    on_plane,
    on_tiles,
    plane,
    tiles,
)
from pages.lessons.training.course_panels import race_panels, run_panels, steps_across
from pages.lessons.training.model_tables import model_alt
from pages.lessons.training.run import Run, most_stops
from pages.visit.edits import answer_edit, coming_patches
from pages.visit.messages import is_place
from pages.visit.session import visit
from pages.visit.training_plan import LIMITS, MOST_STEPS
from pages.writing.palette import Theme, background, fill, text, theme
from pages.writing.wording import Wording

_MOST_SAMPLES = int(LIMITS["sample"].most)
_component = component("course")


def show_course(
    runs: Mapping[str, Run], name: str, at: int, alt: str, followed: int | None = None
) -> None:
    """Show a course, to be played; the step at which one stops is looked at from then on.

    runs      one, or the racers by their names
    name      of the plan's number that says which step is looked at
    at        that stop
    alt       a sentence on the curves
    followed  the training sample in the ring, from 0, where a click chooses another
    """
    words, tone, key = visit().words, theme(), f"course-{name}"
    look = {
        "at": at,
        "sequence": answer_edit(key) or None,
        "followed": followed,
        "alts": [model_alt(run.model_at(at), words) for run in runs.values()],
        "course": alt,
        "words": words.group("training.film"),
        "below": fill("target", tone),
        "above": fill("probability", tone),
        "paper": background(tone),
        "ink": text(tone),
    }
    last = stops_of([*runs.values()])[-1]
    _component(
        key=key,
        data={"film": film(runs, words, tone), "json": json.dumps(look)},
        on_edit_change=lambda: _take(key, name, last),
    )


def _take(key: str, name: str, last: int) -> None:
    """Take the stop where the hand rests, or the sample that was clicked."""
    for patch in coming_patches(key):
        match patch:
            case {"kind": "stop", "value": int(stop)} if is_place(stop, MOST_STEPS + 1):
                controls.set_number(name, stop if stop < last else MOST_STEPS)
            case {"kind": "sample", "value": int(place)} if is_place(place, _MOST_SAMPLES):
                controls.set_number("sample", place + 1)


def stops_of(runs: Sequence[Run]) -> list[int]:
    """Return steps at which the models of all runs are kept, and the last step.

    Of two runs the models weigh twice as much: there may be fewer stops than of one.
    """
    every, last = max(run.every for run in runs), max(run.steps for run in runs)
    while last // every >= most_stops(runs[0].data, len(runs)):
        every *= 2
    return sorted({*range(0, last + 1, every), last})


def stop_at(runs: Sequence[Run], step: int) -> int:
    """Return the stop at a step, or the last one before it."""
    return max(stop for stop in stops_of(runs) if stop <= step)


def film(runs: Mapping[str, Run], words: Wording, theme: Theme) -> str:
    """Write all that a course shows at all of its stops, as JSON."""
    one, *others = runs.values()
    stops, data = stops_of([one, *others]), one.data
    each = {name: [run.model_at(stop) for stop in stops] for name, run in runs.items()}
    drawn: dict[str, Any]
    if len(data.features) == 2:
        drawn, values = (
            {"plane": plane(data, words)},
            [on_plane(models) for models in each.values()],
        )
    else:
        largest = max(map(largest_weight, each.values()))
        drawn = {"tiles": tiles(data, words)}
        values = [on_tiles(models, largest) for models in each.values()]
    title = words(f"training.{'regions' if 'plane' in drawn else 'weights'}.picture")
    names = [words(f"training.race.{name}") for name in runs] if others else [title]
    panels = (
        race_panels(runs, stops, words, theme) if others else run_panels(one, stops, words, theme)
    )
    return json.dumps(
        {
            "stops": stops,
            "across": steps_across(stops[-1], words),
            "panels": panels,
            "models": [{"name": n, "values": v} for n, v in zip(names, values, strict=True)],
            **drawn,
        },
        allow_nan=False,
    )
