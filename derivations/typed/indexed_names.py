"""Typed names and their indices: a_i, a_1, w_kd, delta_ij, n, e."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sympy import E, Expr, Integer, Symbol

from derivations.symbols import (
    N,
    T,
    a,
    batch_a,
    batch_o,
    batch_y,
    batch_z,
    d,
    delta,
    g,
    i,
    j,
    k,
    loss,
    m,
    n,
    o,
    q,
    r,
    s,
    t,
    upper_limit,
    w,
    y,
    z,
)
from derivations.typed.parse_error import ParseError
from derivations.typed.tokens import Token

HIGHEST_INDEX = 99
INDICES = {x.name: x for x in (i, j, k, m, t, d, r, s, q)}
# t is the class of the target: no sum runs over it.
SUM_INDICES = {name: x for name, x in INDICES.items() if x != t}


@dataclass(frozen=True)
class Names:
    """The names that a text may use.

    scalars     by name
    arrays      by name and number of indices
    transposed  whether weights are read with their indices turned round, too: w_dk
    """

    scalars: Mapping[str, Expr]
    arrays: Mapping[tuple[str, int], Any]
    transposed: bool = False

    def named(self, token: Token) -> tuple[Expr, tuple[Symbol, ...]]:
        """Return what a name stands for, and its letters among the indices.

        Raises ParseError for a name or an index that is not known, and for one out of place.
        """
        stem, mark, ending = token.text.partition("_")
        if stem in self.scalars and not mark:
            return self.scalars[stem], ()
        if not self.has_array(stem) and stem != "delta":
            raise ParseError("unknown_name", token.at, token.text)
        at = token.at + len(stem) + 1
        if ending.isdigit() and (stem, 1) in self.arrays:
            indices = [_index(ending, at)]
        else:
            indices = [_index(x, at + place) for place, x in enumerate(ending)]
        letters = tuple(x for x in indices if isinstance(x, Symbol))
        if stem == "delta":
            return _delta(token, indices, letters), letters
        array = self.arrays.get((stem, len(indices)))
        if array is None:
            raise ParseError("index_count", token.at, token.text)
        if not self._fit(indices, array):
            raise ParseError("index_range", token.at, token.text)
        return array[tuple(indices)], letters

    def has_array(self, stem: str) -> bool:
        """Whether there is an array of this name."""
        return any(name == stem for name, _ in self.arrays)

    def _fit(self, indices: list[Any], array: Any) -> bool:
        ways = [array.shape, array.shape[::-1]] if self.transposed and array == w else [array.shape]
        return any(
            all(
                isinstance(x, Integer) or upper_limit(x) == size
                for x, size in zip(indices, way, strict=True)
            )
            for way in ways
        )


def _delta(token: Token, indices: list[Any], letters: tuple[Symbol, ...]) -> Expr:
    if len(indices) != 2:
        raise ParseError("index_count", token.at, token.text)
    if len({upper_limit(x) for x in letters}) > 1:
        raise ParseError("index_range", token.at, token.text)
    return delta(*indices)


def _index(text: str, at: int) -> Any:
    if text in INDICES:
        return INDICES[text]
    if text.isdigit() and len(text) <= 2 and int(text) > 0:
        return Integer(int(text))
    raise ParseError("unknown_index", at, text, limit=HIGHEST_INDEX)


EVERYWHERE = Names(
    MappingProxyType({"n": n, "N": N, "T": T, "e": E, "L": loss}),
    MappingProxyType(
        {
            ("z", 1): z,
            ("z", 2): batch_z,
            ("a", 1): a,
            ("a", 2): batch_a,
            ("y", 1): y,
            ("y", 2): batch_y,
            ("g", 1): g,
            ("o", 1): o,
            ("o", 2): batch_o,
            ("w", 2): w,
        }
    ),
)
