"""Proving a typed line: in the easiest way first."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Expr

from derivations.catalogue import DERIVATIONS
from derivations.evaluating.unfolding import NotUnfoldableError, base, unfold, with_fresh_bounds
from derivations.judging.reference import names_of, reference
from derivations.model import EVERY_N, Derivation, Verdict
from derivations.proving.verify import Comparison
from derivations.proving.whole_numbers import met_by_indices
from derivations.symbols import a, batch_a, batch_z, n, z


def prove(derivation: Derivation, place: int, typed: Expr) -> Verdict | None:
    """Prove that a typed line equals a line of a derivation; None where no way is found.

    What holds for any quantities holds for those that are defined: first a, g and derivatives such
    as da/dz are arrays of which only sum_k a_k = 1 is known, then logits are; only then everything
    has its definition. The lines of a derivation of the catalogue are proved equal to one another
    (`verify`, in the tests), so any of them will do; of another derivation the line itself alone.
    """
    attempt = _Attempt(derivation, typed)
    line = derivation.lines[place]
    lines = [line]
    if derivation in _catalogue():
        lines = list(dict.fromkeys((line, derivation.result, *derivation.lines)))
        line = derivation.result
    method = next(filter(None, map(attempt.by_names, lines)), None) or attempt.by_logits(line)
    if method is not None:
        return Verdict(ok=True, method=method)
    verdict = _comparison(attempt.meant.derivation).compare(line, typed, first=())
    return None if verdict.ok is None else verdict


class _Attempt:
    """Ways to prove a typed line, each by a method or None."""

    def __init__(self, derivation: Derivation, typed: Expr) -> None:
        self.derivation = derivation
        self.meant = reference(derivation)
        self.typed = typed
        self.plain = with_fresh_bounds(self.meant.plain(typed))

    def by_names(self, line: Expr) -> str | None:
        """Prove it for whatever quantities the names stand for, if the line has the same ones."""
        if line == self.typed:
            sizes = _comparison(self.meant.derivation).sizes
            return f"n = {sizes[n]}" if sizes else EVERY_N
        named = _named(self.derivation, line)
        if named is None or names_of(named) != names_of(self.plain):
            return None
        return self._proof(named, self.plain)

    def by_logits(self, line: Expr) -> str | None:
        """Prove it for whatever logits, where these have a definition, too."""
        logits = {z, batch_z}.intersection(
            base(x.args[0]) for x in self.meant.derivation.definitions
        )
        for kept in logits:
            try:
                both = [unfold(x, self.meant.derivation, kept) for x in (line, self.typed)]
            except NotUnfoldableError:
                return None
            return self._proof(*both)
        return None

    def _proof(self, left: Expr, right: Expr) -> str | None:
        if met_by_indices(left, right):
            return None  # the sizes around these have to be looked at: `compare` does
        comparison = _comparison(self.meant.derivation, frozenset({a, batch_a}))
        return comparison.proof(left, right, frozenset())


# What is known of the lines of a derivation is kept for all that are compared with them.
@lru_cache(maxsize=64)
def _comparison(derivation: Derivation, probabilities: frozenset[Any] = frozenset()) -> Comparison:
    return Comparison(derivation, probabilities)


@lru_cache(maxsize=512)
def _named(derivation: Derivation, line: Expr) -> Expr | None:
    named = reference(derivation).named(line)
    return None if named is None else with_fresh_bounds(named)


@lru_cache(maxsize=1)
def _catalogue() -> frozenset[Derivation]:
    return frozenset(x for derivation in DERIVATIONS.values() for x in derivation.family)
