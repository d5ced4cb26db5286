"""What the exercises share whose answers are lines of a derivation."""

from __future__ import annotations

from collections.abc import Sequence

from derivations import Derivation
from pages.practice.line_keys import Key, line_keys
from pages.visit.session import visit


class LineTask:
    """An exercise on a derivation, `one`."""

    slips = ()
    one: Derivation

    @property
    def heading(self) -> str:
        """What is derived."""
        return visit().words(f"derivation.{self.one.id}.title")

    @property
    def keys(self) -> Sequence[Key]:
        """The signs of its lines."""
        return line_keys(self.one, visit().language)
