"""Derivations on a page: lines, proofs, the learner's numbers, witnesses and downloads.

Only pages that show a derivation import this package: it brings SymPy with it.
"""

from pages.blocks.derivation.chain import chain_formula
from pages.blocks.derivation.lines import case_formula
from pages.blocks.derivation.walk import show_derivation

__all__ = ["case_formula", "chain_formula", "show_derivation"]
