"""Numbers for a line, and where its indices stand.

mpmath's functions on raw numbers take the precision as an argument, so threads share nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Dummy, Symbol
from sympy.core.relational import Eq, Ne

Raw = Any  # mpmath's raw number: sign, mantissa, exponent, bit count
Env = Mapping[Any, int]  # by `key_of` an index, which hashes faster than the index itself


class NoValueError(ValueError):
    """A line that has no value at these numbers, or a name that was given none."""


@dataclass
class Numbers:
    """What a line is evaluated at: raw numbers by name, upper limits by symbol, bits of precision.

    Arrays are nested lists; index 1 is their first entry. The others are filled while values are
    computed: `memo`, values by node and indices; `magnitudes`, the exponentials' powers of two;
    `lost`, the most bits that the terms of one sum lost by cancelling.
    """

    values: Mapping[str, Any]
    sizes: Mapping[Symbol, int]
    precision: int
    memo: dict[Any, Raw] = field(default_factory=dict)
    magnitudes: set[int] = field(default_factory=set)
    lost: int = 0

    @property
    def spread(self) -> int:
        """Bits by which exponentials seen so far differ: what 1 - a can lose to cancellation."""
        return max(self.magnitudes, default=0) - min(self.magnitudes, default=0)


Compiled = Callable[[Numbers, Env], Raw]


def key_of(index: Any) -> Any:
    """Key of an index in the settings."""
    return index.dummy_index if isinstance(index, Dummy) else index.name


def position_of(index: Any) -> Callable[[Env], int]:
    """Where an index stands: a function of the settings."""
    if index.is_Integer:
        fixed = int(index)
        return lambda _env: fixed
    if not isinstance(index, Symbol):
        raise NoValueError(f"{index} is no index")
    key = key_of(index)

    def position(env: Env) -> int:
        at = env.get(key)
        if at is None:
            raise NoValueError(f"index {index} is needed")
        return at

    return position


def holds(condition: Any) -> Callable[[Env], bool]:
    """Whether a comparison of indices holds: a function of the settings."""
    if isinstance(condition, Eq | Ne):
        p, q = map(position_of, condition.args)
        wanted = isinstance(condition, Eq)
        return lambda env: (p(env) == q(env)) == wanted
    if condition in (True, False):
        return lambda _env: bool(condition)
    raise NoValueError(f"{condition} is no comparison of indices")
