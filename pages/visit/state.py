"""What the learner is looking at, as one immutable value, and the edits that lead to the next one.

Classes count from 0 here; links and everything on the screen count from 1.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core import LOSSES, logsumexp, one_hot
from pages.visit.distribution import with_share
from pages.visit.parameters import whole_number
from pages.writing.refusal import Refused

MIN_CLASSES, MAX_CLASSES = 2, 10
LARGEST_LOGIT = 1e6
MIN_TEMPERATURE, MAX_TEMPERATURE = 0.01, 100.0
LONGEST_NAME = 500
TARGET_SUM_TOLERANCE = 1e-6


@dataclass(frozen=True)
class LabState:
    """Logits, target, loss, temperature and names: all that a link restores but the language."""

    logits: tuple[float, ...] = (2.0, 3.0, 4.0)
    target: int | tuple[float, ...] = 0  # a label, or a distribution over the classes
    loss: str = "cross_entropy"
    temperature: float = 1.0
    names: tuple[str, ...] = (
        "",
        "",
        "",
    )  # "" stands for the default name, in the reader's language

    @property
    def classes(self) -> int:
        """Number of classes n."""
        return len(self.logits)

    @property
    def is_soft(self) -> bool:
        """Whether the target is a distribution rather than one label."""
        return isinstance(self.target, tuple)

    @property
    def distribution(self) -> NDArray[np.float64]:
        """The target as a distribution y, shape (n,)."""
        if isinstance(self.target, tuple):
            return np.array(self.target)
        return one_hot(self.target, self.classes)


def unmasked_pair(logits: Sequence[float]) -> tuple[int, int]:
    """Return the first two classes that are not masked; where there is only one, any other."""
    first, second, *_ = sorted(range(len(logits)), key=lambda i: logits[i] == -math.inf)
    return first, second


def checked_logits(values: Sequence[float]) -> tuple[float, ...]:
    """Return the logits, or raise Refused: 2 to 10 numbers, at least one of them not -inf."""
    if not MIN_CLASSES <= len(values) <= MAX_CLASSES:
        raise Refused("logits", "count", count=len(values))
    logits = tuple(checked_logit(value) for value in values)
    if max(logits) == -math.inf:
        raise Refused("logits", "all_masked")
    return logits


def checked_logit(value: float) -> float:
    """Return one logit, or raise Refused: a number within +-1e6, or -inf for a masked class."""
    if math.isnan(value) or value > LARGEST_LOGIT or -math.inf < value < -LARGEST_LOGIT:
        raise Refused("logits", "range", value=value)
    return value + 0.0  # -0.0 would be shown with a sign that means nothing


def checked_target(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Return a soft target, or raise Refused: n numbers in 0..1 that sum to 1."""
    if len(values) != classes:
        raise Refused("target", "length", count=len(values), classes=classes)
    for value in values:
        if not 0.0 <= value <= 1.0:
            raise Refused("target", "range", value=value)
    # Summed as core sums it, so that both draw the line at the same place.
    total = float(np.array(values).sum())
    if not abs(total - 1.0) <= TARGET_SUM_TOLERANCE:
        raise Refused("target", "sum", sum=round(total, 12))
    return tuple(value + 0.0 for value in values)


def checked_temperature(value: float) -> float:
    """Return T, or raise Refused: 0.01 to 100."""
    if not MIN_TEMPERATURE <= value <= MAX_TEMPERATURE:
        raise Refused("temperature", "range", value=value)
    return value


def checked_loss(name: str) -> str:
    """Return the name of a loss, or raise Refused."""
    if name not in LOSSES:
        raise Refused("loss", "unknown", value=name[:40], words=", ".join(LOSSES))
    return name


def checked_name(name: str, field: str = "names", **details: object) -> str:
    """Return a class name as one line of plain text, or raise Refused when it is too long.

    Characters that have no shape of their own (controls, line breaks) become spaces; all others,
    markup and right-to-left text included, are kept: showing them as plain text is the page's job.
    """
    line = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in name)
    line = " ".join(line.split())
    if len(line) > LONGEST_NAME:
        raise Refused(field, "long", count=len(line), **details)
    return line


def with_logits(state: LabState, values: Sequence[float]) -> LabState:
    """Replace the whole vector; names and target of the classes that remain are kept."""
    logits = checked_logits(values)
    while state.classes < len(logits):
        state = add_class(state)
    while state.classes > len(logits):
        state = _without(state, state.classes - 1)
    return replace(state, logits=logits)


def with_logit(state: LabState, index: int, value: float) -> LabState:
    """Replace one logit, or raise Refused."""
    logits = list(state.logits)
    logits[index] = value
    try:
        return replace(state, logits=checked_logits(logits))
    except Refused as refused:
        raise refused.about("logit") from None


def with_probability(state: LabState, index: int, share: float) -> LabState:
    """Move one logit to where its class has this probability at T = 1, within two digits.

    Where all other classes are masked it has everything, and nothing moves.
    """
    others = np.delete(np.array(state.logits), index)
    if others.max() == -math.inf:
        return state
    value = round(float(logsumexp(others)) + math.log(share / (1 - share)), 2)
    return with_logit(state, index, min(max(value, -LARGEST_LOGIT), LARGEST_LOGIT))


def with_label(state: LabState, label: float) -> LabState:
    """Make `label` the hard target, or raise Refused: a whole number within 0..n-1."""
    return replace(state, target=whole_number(label + 1, "label", 1, state.classes) - 1)


def as_soft(state: LabState) -> LabState:
    """Turn a hard label into the same distribution, ready to be softened."""
    return replace(state, target=tuple(float(y) for y in state.distribution))


def as_hard(state: LabState) -> LabState:
    """Turn a soft target into its most probable class; ties go to the lower one."""
    return replace(state, target=int(np.argmax(state.distribution)))


def with_target_entry(state: LabState, index: int, value: float) -> LabState:
    """Set y_index; the other entries keep their proportions, so that y still sums to 1."""
    return replace(state, target=with_share(state.distribution.tolist(), index, value))


def with_name(state: LabState, index: int, name: str) -> LabState:
    """Rename one class; an empty name brings the default one back."""
    names = list(state.names)
    names[index] = checked_name(name, "class_name", number=index + 1)
    return replace(state, names=tuple(names))


def add_class(state: LabState) -> LabState:
    """Add a class at the end: logit 0, no share of the target, the default name."""
    if state.classes >= MAX_CLASSES:
        raise Refused("logits", "count", count=state.classes + 1)
    target = (*state.target, 0.0) if isinstance(state.target, tuple) else state.target
    return replace(state, logits=(*state.logits, 0.0), names=(*state.names, ""), target=target)


def remove_class(state: LabState, index: int) -> LabState:
    """Remove one class. Its share of the target goes to the others; a lost label to class 1."""
    if state.classes <= MIN_CLASSES:
        raise Refused("logits", "count", count=1)
    smaller = _without(state, index)
    checked_logits(smaller.logits)
    return smaller


def _without(state: LabState, index: int) -> LabState:
    target: int | tuple[float, ...]
    if isinstance(state.target, tuple):
        emptied = with_target_entry(state, index, 0.0).distribution
        target = tuple(float(y) for y in np.delete(emptied, index))
    elif state.target == index:
        target = 0
    else:
        target = state.target - (state.target > index)
    return replace(
        state,
        logits=(*state.logits[:index], *state.logits[index + 1 :]),
        target=target,
        names=(*state.names[:index], *state.names[index + 1 :]),
    )
