"""What is trained, on what and how, as one value: all that a link restores of the training."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from pages.visit.parameters import Parameter, checked_word, whole_number
from pages.writing.numerals import number_text, parse_number
from pages.writing.refusal import Refused

MOST_STEPS = 20_000
# The names that a link has for what goes by other names here.
IN_LINK: Mapping[str, str] = MappingProxyType({"weight_class": "to", "weight_input": "source"})
LOOKED_AT: Mapping[str, str] = MappingProxyType({"trained": "at", "raced": "race_at"})


@dataclass(frozen=True)
class Plan:
    """The data, the settings, how far it is trained, and what is looked at.

    arms, points, noise   of the spiral: classes, points a class, radians of scatter
    seed                  of all that is random: the data, its parts, the initial weights
    features              scaled, or raw as they are
    rate, decay           the step size, and the strength of the L2 term, 0.5 decay sum(W^2)
    click                 steps that one click trains
    trained               steps asked for so far
    at                    the step whose model is looked at; the last where there are fewer
    sample                the training sample that is followed, from 1
    weight_class,         the weight whose chain is spelled out, by its two ends, from 1;
    weight_input          0: the true class, the largest input
    begin                 where the race begins: at the initial weights, or taught wrong first
    rival_rate            the step size of squared error in the race
    raced                 steps of the race asked for so far
    race_at               the step of the race that is looked at, likewise
    """

    data: str = "spiral"
    arms: int = 3
    points: int = 100
    noise: float = 0.2
    seed: int = 1
    features: str = "scaled"
    rate: float = 1.0
    decay: float = 1e-3
    click: int = 200
    trained: int = 0
    at: int = MOST_STEPS
    sample: int = 50  # of a spiral's first arm, its middle
    weight_class: int = 0
    weight_input: int = 0
    begin: str = "initial"
    rival_rate: float = 1.0
    raced: int = 0
    race_at: int = MOST_STEPS

    def untouched(self) -> Plan:
        """Return the plan as it is for data that are new to the learner: nothing trained."""
        return replace(
            self,
            trained=0,
            at=Plan.at,
            raced=0,
            race_at=Plan.race_at,
            sample=Plan.sample,
            weight_class=Plan.weight_class,
            weight_input=Plan.weight_input,
        )


class Limits(NamedTuple):
    """From where to where a number of the plan may go, and whether it counts something."""

    least: float
    most: float
    whole: bool = False


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        "arms": Limits(2, 10, whole=True),
        "points": Limits(10, 300, whole=True),
        "noise": Limits(0, 1),
        "seed": Limits(0, 999_999, whole=True),
        "rate": Limits(1e-6, 1e6),
        "decay": Limits(0, 100),
        "click": Limits(1, 2000, whole=True),
        "trained": Limits(0, MOST_STEPS, whole=True),
        "at": Limits(0, MOST_STEPS, whole=True),
        "sample": Limits(1, 10_000, whole=True),
        "weight_class": Limits(0, 20, whole=True),
        "weight_input": Limits(0, 100, whole=True),
        "rival_rate": Limits(1e-6, 1e6),
        "raced": Limits(0, MOST_STEPS, whole=True),
        "race_at": Limits(0, MOST_STEPS, whole=True),
    }
)
ONE_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "data": ("spiral", "digits", "csv"),
        "features": ("scaled", "raw"),
        "begin": ("initial", "wrong"),
    }
)


def with_number(plan: Plan, name: str, value: float, at_most: float = math.inf) -> Plan:
    """Set a number of the plan, or raise Refused; there may be less room than a link knows of.

    Whoever trains on looks at the last step again.
    """
    least, most, whole = LIMITS[name]
    most = min(most, at_most)
    if whole:
        plan = _with(plan, name, whole_number(value, name, least, most))
    elif least <= value <= most:
        plan = _with(plan, name, value + 0.0)
    else:
        raise Refused(name, "range", value=value)
    if name in LOOKED_AT:
        plan = _with(plan, LOOKED_AT[name], MOST_STEPS)
    return plan


def with_choice(plan: Plan, name: str, value: str) -> Plan:
    """Choose one of several, or raise Refused. Other data are new to the learner: not trained."""
    value = checked_word(value, ONE_OF[name], name)
    if name == "data" and value != plan.data:
        plan = plan.untouched()
    return _with(plan, name, value)


def _with(plan: Plan, name: str, value: object) -> Plan:
    changes: dict[str, Any] = {name: value}
    return replace(plan, **changes)


def _word(name: str) -> Parameter[Plan]:
    return Parameter(
        name,
        lambda plan: str(getattr(plan, name)),
        lambda plan, text, _: with_choice(plan, name, text),
    )


def _number(name: str) -> Parameter[Plan]:
    return Parameter(
        IN_LINK.get(name, name),
        lambda plan: number_text(getattr(plan, name)),
        lambda plan, text, _: with_number(plan, name, parse_number(text, name)),
    )


# The data first: choosing others leads back to the start.
PARAMETERS = (*map(_word, ONE_OF), *map(_number, LIMITS))
