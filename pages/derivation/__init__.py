"""Derivations on a page: lines, proofs, the learner's numbers, witnesses and downloads.

Only pages that show a derivation import this package: it brings SymPy with it.
"""

from pages.derivation.controls import write_numbers
from pages.derivation.lesson_derivation import LessonDerivation
from pages.derivation.walk import derivation_screens, fold_derivation, show_derivation

__all__ = [
    "LessonDerivation",
    "derivation_screens",
    "fold_derivation",
    "show_derivation",
    "write_numbers",
]
