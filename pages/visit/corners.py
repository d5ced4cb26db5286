"""The three classes at the corners of the bench's triangle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pages.visit.parameters import Parameter
from pages.writing.refusal import Refused

CORNERS = 3


@dataclass(frozen=True)
class Corners:
    """Three different classes, from 0."""

    classes: tuple[int, ...] = (0, 1, 2)

    def for_classes(self, classes: int) -> Corners:
        """Return the corners; the first three classes where one of them is no more."""
        return self if max(self.classes) < classes else Corners()


def checked_corners(values: Sequence[object], classes: int, text: str) -> Corners:
    """Return the corners, or raise Refused: three different whole numbers within 0..n-1.

    text    what was given, as a refusal repeats it
    """
    whole = tuple(k for k in values if type(k) is int and 0 <= k < classes)
    if len(values) != CORNERS or len(set(whole)) != CORNERS:
        raise Refused("corners", "unknown", value=text[:40], classes=classes)
    return Corners(whole)


def _read(_: Corners, text: str, classes: int) -> Corners:
    places = [part.strip() for part in text.split(",")]
    # A number of a class has one digit or two.
    numbers = [int(p) - 1 if p.isdecimal() and len(p) <= 2 else None for p in places]
    return checked_corners(numbers, classes, text)


PARAMETERS = (
    Parameter[Corners](
        "corners", lambda corners: ",".join(str(k + 1) for k in corners.classes), _read
    ),
)
