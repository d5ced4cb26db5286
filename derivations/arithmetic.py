"""Values of unfolded lines at given numbers, in binary arithmetic of any precision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from sympy import Expr, Symbol

from derivations.nodes import NODES, constant
from derivations.numbers import Compiled, Env, NoValueError, Numbers, Raw, key_of
from derivations.symbols import D, N, n

_COUNTER = count()


def value_of(line: Expr, numbers: Numbers, indices: Mapping[Symbol, int]) -> Raw:
    """Compute an unfolded line with its free indices set; NoValueError where it has no value."""
    return _compiled(line)(numbers, {key_of(x): at for x, at in indices.items()})


@lru_cache(maxsize=4096)
def _compiled(e: Any) -> Compiled:
    """Turn a node into a function that computes it once for each setting of its own indices."""
    if e.is_Number:
        return constant(e)
    node = next((make for kind, make in NODES.items() if isinstance(e, kind)), None)
    if node is None:
        raise NoValueError(f"{type(e).__name__} has no value here")
    run = node(e, _compiled)
    if not e.args:
        return run
    indices = [key_of(x) for x in e.free_symbols - {n, D, N} if x.is_integer and x.is_Symbol]
    place = next(_COUNTER)

    def once(numbers: Numbers, env: Env) -> Raw:
        key = (place, *[env.get(x) for x in indices])
        found = numbers.memo.get(key)
        if found is None:
            found = numbers.memo[key] = run(numbers, env)
        return found

    return once
