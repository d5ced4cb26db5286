"""Reading a line that a learner typed, with the names of the derivation that it belongs to."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from sympy import Expr, IndexedBase, Symbol

from derivations.model import Derivation
from derivations.symbols import N
from derivations.typed.indexed_names import EVERYWHERE, Names
from derivations.typed.parsing import read

_TYPED = {"l2": "lambda"}  # what a name is typed as, where that is not the name itself


@lru_cache(maxsize=512)
def read_line(derivation: Derivation, text: str) -> Expr:
    """Read a line of a derivation: all that `parse` reads, and the derivation's own names.

    In a batch z, a, y and o have an index for the sample, elsewhere they have none. Weights with
    their indices turned round are read, too, to be told from the right ones. Raises ParseError.
    """
    return read(text, _names(derivation)).expr


@lru_cache(maxsize=64)
def _names(derivation: Derivation) -> Names:
    equations = derivation.definitions + derivation.assumptions
    arrays: set[IndexedBase] = set().union(
        *(x.atoms(IndexedBase) for x in (*derivation.lines, *equations))
    )
    labels = {x.label for x in arrays}
    symbols = set().union(*(x.atoms(Symbol) for x in (*derivation.lines, *equations)))
    scalars = {x for x in symbols - labels if not x.is_integer}
    in_batch = any(x.shape[0] == N for x in arrays)
    everywhere = {
        (name, count): x
        for (name, count), x in EVERYWHERE.arrays.items()
        if (x.shape[0] == N) == in_batch or (name, 3 - count) not in EVERYWHERE.arrays
    }
    own = {(str(x.label), len(x.shape)): x for x in arrays}
    return Names(
        MappingProxyType(
            {**EVERYWHERE.scalars, **{_TYPED.get(x.name, x.name): x for x in scalars}}
        ),
        MappingProxyType({**everywhere, **own}),
        transposed=True,
    )
