"""Data to train on: a spiral that is made, and handwritten digits that were collected."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.scalars import check_from_0, check_room, check_whole_from
from core.validation import IntArray, refuse, shown

_DIGITS = Path(__file__).parent / "data" / "digits.npz"
SWEEP = 4.0  # radians from an arm's inner to its outer end
LARGEST_PIXEL = 16
MOST_NOISE = 1000.0  # radians; no arm is left long before


def spiral(
    *, classes: int = 3, points: int = 100, noise: float = 0.2, rng: np.random.Generator
) -> tuple[NDArray[np.float64], IntArray]:
    """Points on intertwined arms, one arm a class: what no linear model can take apart.

    x = r (sin t, cos t), r from 0 to 1, t = 4 r + 2 pi k / n + noise e with e ~ N(0, 1).

    Returns inputs (N, 2) and labels (N,) with N = classes * points, class after class.
    Invariant: no point lies further than 1 from the origin; the same `rng` gives the same points.
    Raises InvalidInput for fewer than 2 classes or points, for more of them than there is room
    for, for noise outside [0, 1000], and for an rng that is no numpy.random.Generator.
    Source: after the toy data of https://cs231n.github.io/neural-networks-case-study/
    """
    classes = check_whole_from(2, classes, "classes")
    points = check_whole_from(2, points, "points")
    check_room("classes and points", classes, points, 2)
    noise = check_from_0(noise, "noise", MOST_NOISE)
    check_rng(rng)
    radius = np.linspace(0, 1, points)
    turn = 2 * np.pi * np.arange(classes)[:, np.newaxis] / classes
    angle = SWEEP * radius + turn + noise * rng.standard_normal((classes, points))
    inputs = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=-1)
    inputs += 0.0  # at the centre -0.0 would read as a sign
    return inputs.reshape(-1, 2), np.repeat(np.arange(classes), points)


def digits() -> tuple[NDArray[np.float64], IntArray]:
    """Real handwritten digits: 1,797 of them, of 8 x 8 pixels, each with what it is.

    Returns inputs (1797, 64), raw from 0 (paper) to 16 (ink), row after row of pixels, and labels
    (1797,) from 0 to 9; both new at every call.
    Source: E. Alpaydin, C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, https://doi.org/10.24432/C50P49 (CC BY 4.0); its test part.
    """
    images, labels = _stored_digits()
    return images.astype(np.float64), labels.astype(np.intp)


def check_rng(rng: np.random.Generator) -> None:
    """Refuse what is no NumPy generator: a seed alone would hide where the numbers come from."""
    if not isinstance(rng, np.random.Generator):
        refuse("rng", f"it is {shown(rng)}", "a numpy.random.Generator")


@cache
def _stored_digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    with np.load(_DIGITS) as stored:
        return stored["images"], stored["labels"]
