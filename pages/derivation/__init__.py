"""Derivations on a page: lines, proofs, the learner's numbers, witnesses and downloads.

Only pages that show a derivation import this package: it brings SymPy with it.
"""

from pages.derivation.lines import case_formula
from pages.derivation.walk import show_derivation
from pages.lessons.network.chain import chain_formula

__all__ = ["case_formula", "chain_formula", "show_derivation"]
