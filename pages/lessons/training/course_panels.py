"""The curves of a course: loss above, accuracy below, of one run or of several."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pages.film.stops import round_ticks
from pages.lessons.training.run import Run
from pages.widgets.figure import NARROWEST
from pages.writing.numerals import percent_text, power_text, significant_text
from pages.writing.palette import Theme, accent, ink
from pages.writing.wording import Wording

Data: TypeAlias = dict[str, Any]
SHORTEST = 20  # steps across
NOTHING = 1e-9  # of a loss: what is left of it says nothing
_SPAN = 1000  # times: losses that differ more are drawn on a logarithmic axis
_DASH = "6 4"
_PARTS = 4  # that powers of ten divide an axis into, at most


def run_panels(run: Run, stops: Sequence[int], words: Wording, theme: Theme) -> list[Data]:
    """Return loss, and accuracy on the samples trained on and on those held out."""
    loss = _line(run, stops, "loss", [run.losses[s] for s in stops], ink("loss", theme))
    right = [run.accuracies[s] for s in stops]
    train = _line(run, stops, "accuracy", right, ink("probability", theme))
    accuracies = [train | {"name": words("training.curves.train")}]
    if len(run.data.test):
        shares = [share for s in stops if (share := run.held_out_at(s)) is not None]
        held_out = _line(run, stops, "held_out", shares, ink("target", theme))
        accuracies.append(held_out | {"name": words("training.curves.held_out"), "dash": _DASH})
    return [
        _panel([loss | {"name": words("training.curves.loss")}], **scale(run.losses)),
        _panel(accuracies, **_SHARES),
    ]


def race_panels(
    runs: Mapping[str, Run], stops: Sequence[int], words: Wording, theme: Theme
) -> list[Data]:
    """Return what is left of each run's loss, and the accuracies."""
    left, right, shares = [], [], []
    looks = zip((ink("loss", theme), accent(theme)), ("", _DASH), strict=True)
    for index, ((name, run), (colour, dash)) in enumerate(zip(runs.items(), looks, strict=True), 1):
        look = {"name": words(f"training.race.{name}"), "index": index, "dash": dash}
        own = [min(stop, run.steps) for stop in stops]
        share = left_of(run.losses)
        shares += share
        if share:
            left.append(_line(run, stops, "loss_left", [share[s] for s in own], colour) | look)
        values = [run.accuracies[s] for s in own]
        right.append(_line(run, stops, "accuracy", values, colour) | look)
    panels = [_panel(left, **scale(shares))] if left else []
    panels.append(_panel(right, **_SHARES))
    for panel, title in zip(reversed(panels), ("accuracy", "left"), strict=False):
        panel["title"] = words(f"training.axis.{title}")
    return panels


def left_of(losses: Sequence[float]) -> list[float]:
    """Return each loss as a share of the first; none where that is next to nothing itself."""
    if losses[0] < NOTHING:
        return []
    return [loss / losses[0] for loss in losses]


def steps_across(last: int, words: Wording) -> Data:
    """Return the axis of the steps."""
    most = max(last, SHORTEST)
    return {"most": most, "ticks": round_ticks(0, most), "name": words("training.axis.step")}


def scale(losses: Sequence[float]) -> Data:
    """Return how losses are drawn: by their powers of ten if they run away, else from 0."""
    largest, smallest = max(losses), min(losses)
    if smallest > 0 and largest > _SPAN * smallest:
        low, high = math.floor(math.log10(smallest)), math.ceil(math.log10(largest))
        every = -(-(high - low) // _PARTS)
        powers = range(low, high + 1, every)
        return {
            "log": True,
            "range": [10.0**low, 10.0**high],
            "ticks": [(10.0**power, power_text(power)) for power in powers],
        }
    top = 1.05 * largest if largest > NARROWEST else 1.0
    return {"log": False, "range": [0.0, top], "ticks": round_ticks(0.0, top)}


_SHARES = {
    "log": False,
    "range": [0.0, 1.05],
    "ticks": [(share, percent_text(share).replace(".0", "")) for share in (0.0, 0.5, 1.0)],
}


def _line(
    run: Run, stops: Sequence[int], quantity: str, values: Sequence[float], colour: str
) -> Data:
    """Return a curve; of a run that ended early the last value stands for all that follow."""
    text = significant_text if quantity.startswith("loss") else percent_text
    return {
        "quantity": quantity,
        "index": 1,
        "values": list(values),
        "texts": [text(value) for value in values],
        "last": min(run.steps, stops[-1]),
        "colour": colour,
        "dash": "",
    }


def _panel(lines: Sequence[Data], **axis: Any) -> Data:
    return {"title": "", "lines": list(lines), **axis}
