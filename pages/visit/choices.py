"""What lessons let a learner choose beside the state: a batch, a gradient, a loss, a training.

A value of its own: undo and the worked examples are about the state, and leave these alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pages.visit import (
    corners,
    difference_check,
    judging,
    knobs,
    layer,
    matrix_entry,
    own_loss,
    place,
    practice,
    precision,
    samples,
    tour,
    training_plan,
    walk,
)
from pages.visit.corners import Corners
from pages.visit.difference_check import DifferenceCheck
from pages.visit.judging import Judging
from pages.visit.knobs import Knobs
from pages.visit.layer import Layer
from pages.visit.matrix_entry import MatrixEntry
from pages.visit.own_loss import OwnLoss
from pages.visit.parameters import Parameter, read_part, written
from pages.visit.place import Place
from pages.visit.practice import Practice
from pages.visit.precision import Precision
from pages.visit.samples import START_SAMPLES, Samples
from pages.visit.tour import Tour
from pages.visit.training_plan import Plan
from pages.visit.walk import Walk
from pages.writing.refusal import Refused


@dataclass(frozen=True)
class Choices:
    """One part for each lesson that has something to choose.

    entry     of the Jacobian
    samples   a batch, its first sample the pair P, Q of cross-entropy
    own_loss  of the lesson on any loss
    layer     of the network
    check     of a gradient by differences
    precision of the lesson on stability
    plan      of the training
    judging   of a model's calibration
    knobs     the sliders of the lesson on softmax
    place     in the lesson that is open
    corners   of the bench's triangle
    tour      of the bench
    walk      through any derivation
    practice  the exercise that is open
    """

    entry: MatrixEntry = field(default_factory=MatrixEntry)
    samples: Samples = START_SAMPLES
    own_loss: OwnLoss = field(default_factory=OwnLoss)
    layer: Layer = field(default_factory=Layer)
    check: DifferenceCheck = field(default_factory=DifferenceCheck)
    precision: Precision = field(default_factory=Precision)
    plan: Plan = field(default_factory=Plan)
    judging: Judging = field(default_factory=Judging)
    knobs: Knobs = field(default_factory=Knobs)
    place: Place = field(default_factory=Place)
    corners: Corners = field(default_factory=Corners)
    tour: Tour = field(default_factory=Tour)
    walk: Walk = field(default_factory=Walk)
    practice: Practice = field(default_factory=Practice)

    def for_classes(self, classes: int) -> Choices:
        """Return the choices for as many classes as the state has now."""
        return replace(
            self,
            entry=self.entry.for_classes(classes),
            own_loss=self.own_loss.for_classes(classes),
            layer=self.layer.for_classes(classes),
            corners=self.corners.for_classes(classes),
        )


# The parameters of each part, in the order in which they are read.
PARTS: Mapping[str, Sequence[Parameter[Any]]] = {
    "entry": matrix_entry.PARAMETERS,
    "samples": samples.PARAMETERS,
    "own_loss": own_loss.PARAMETERS,
    "layer": layer.PARAMETERS,
    "check": difference_check.PARAMETERS,
    "precision": precision.PARAMETERS,
    "plan": training_plan.PARAMETERS,
    "judging": judging.PARAMETERS,
    "knobs": knobs.PARAMETERS,
    "place": place.PARAMETERS,
    "corners": corners.PARAMETERS,
    "tour": tour.PARAMETERS,
    "walk": walk.PARAMETERS,
    "practice": practice.PARAMETERS,
}
CHOICE_PARAMETERS = frozenset(one.name for parameters in PARTS.values() for one in parameters)
_PLAIN = Choices()


def choices_query(choices: Choices, classes: int) -> dict[str, str]:
    """Return the parameters of a link; what equals its default is left out."""
    query: dict[str, str] = {}
    if choices == _PLAIN:  # on the bench, at every edit
        return query
    own, plain = choices.for_classes(classes), _PLAIN.for_classes(classes)
    for name, parameters in PARTS.items():
        query |= written(parameters, getattr(own, name), getattr(plain, name))
    return query


def read_choices(
    query: Mapping[str, Sequence[str]], classes: int
) -> tuple[Choices, list[tuple[str, Refused]]]:
    """Read the choices; a parameter that is refused stays at its default and is reported."""
    parts: dict[str, Any] = {}
    refusals: list[tuple[str, Refused]] = []
    plain = _PLAIN.for_classes(classes)
    for name, parameters in PARTS.items():
        part, more = read_part(parameters, getattr(plain, name), query, classes)
        if part != getattr(plain, name):  # a default stays what it is for any number of classes
            parts[name] = part
        refusals += more
    return Choices(**parts), refusals
