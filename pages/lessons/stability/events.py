"""Where in its steps a form overflows, underflows or is left without a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pages.lessons.stability.numbers import Outcome

_LOSSES = ("underflow", "by_infinity", "few_digits", "too_large")


class Event(NamedTuple):
    """Something that began in a step: `place` is a class from 0, None for all together."""

    step: str
    kind: str
    place: int | None = None


def culprit(outcome: Outcome, events: Sequence[Event]) -> Event | None:
    """Return what the failure came from: what is lost in a class that nobody asks for is none."""
    no_sum = not outcome.steps["sum"] > 0
    wanted = outcome.target > 0
    for event in events:
        harmless = event.kind == "few_digits" and outcome.verdict != "rough"
        if event.kind in _LOSSES and event.place is not None and not no_sum:
            harmless |= not (wanted[event.place] or outcome.steps["z"][event.place] == np.inf)
        if not harmless:
            return event
    return None


def events_of(outcome: Outcome, logits: Sequence[float]) -> list[Event]:
    """Find what went wrong, in the order of the steps, and each thing where it began.

    A step that is handed an infinity or no number is not blamed for passing it on. Of several
    classes one is named: of those that the target asks for, if there is one.
    """
    steps, wanted = outcome.steps, outcome.target > 0
    z, e, total, a = steps["z"], steps["exp"], steps["sum"], steps["probability"]
    shift = steps.get("shift", z)

    def at(step: str, kind: str, where: NDArray[np.bool_]) -> list[Event]:
        if not where.any():
            return []
        asked = where & wanted
        return [Event(step, kind, int(np.argmax(asked if asked.any() else where)))]

    events = [
        *at("z", "too_large", np.isinf(z) & np.isfinite(logits)),
        *at("shift", "overflow", np.isfinite(z) & np.isfinite(z.max()) & np.isinf(shift)),
        *at("shift", "infinities", ~np.isnan(z) & np.isnan(shift)),
        *at("exp", "overflow", np.isfinite(shift) & np.isinf(e)),
        *at("exp", "underflow", np.isfinite(shift) & (e == 0)),
    ]
    if np.isfinite(e).all() and np.isinf(total):
        events.append(Event("sum", "overflow"))
    if "log_sum_exp" in steps and outcome.verdict == "rough":
        events.append(Event("log_sum_exp", "absorbed"))
    if "slope" not in steps:
        return events

    finite = np.isfinite(total)
    tiny = np.finfo(outcome.dtype).smallest_normal
    events += [
        *at("quotient", "infinities", np.isinf(e) & np.isinf(total)),
        *at("quotient", "zeros", (e == 0) & (total == 0)),
        *at("quotient", "by_infinity", (e > 0) & np.isfinite(e) & np.isinf(total)),
        *at("quotient", "underflow", (e > 0) & finite & (a == 0)),
        *at("quotient", "few_digits", wanted & (a > 0) & (a < tiny)),
        *at("log", "of_zero", wanted & (a == 0) & (z != -np.inf)),
    ]
    slope, gradient = steps["slope"], steps["gradient"]
    if not np.isnan(a).any() and np.isnan(gradient).any():
        by_zero: NDArray[Any] = np.isinf(slope) & (a == 0)
        events += at("slope", "by_zero", by_zero) + at(
            "slope", "overflow", np.isinf(slope) & (a > 0)
        )
        how = "zero_times_infinity" if by_zero.any() else "infinities"
        events.append(Event("gradient", how))
    return events
