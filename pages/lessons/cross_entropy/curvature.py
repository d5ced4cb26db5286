"""The screen of the second derivative, and of what follows from it: the loss is convex."""

from __future__ import annotations

from pages.derivation import fold_derivation, show_derivation
from pages.lessons.cross_entropy.derived import CONVEXITY, HESSIAN


def show() -> None:
    """Show the second derivative step by step, and the convexity, folded, after it."""
    show_derivation("cross_entropy", HESSIAN)
    fold_derivation("cross_entropy", CONVEXITY, after=HESSIAN)
