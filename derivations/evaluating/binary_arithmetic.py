"""Values of unfolded lines at given numbers, in binary arithmetic of any precision."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias

from sympy import Expr, Indexed, KroneckerDelta, Symbol

from derivations.evaluating.line_numbers import Compiled, Env, NoValueError, Numbers, Raw, key_of
from derivations.evaluating.node_values import NODES, constant
from derivations.symbols import D, N, n

# What a node is up to the names of its indices, and these in the order in which they occur.
_Shape: TypeAlias = tuple[int, tuple[Any, ...]]
_COUNTER = count()


def value_of(line: Expr, numbers: Numbers, indices: Mapping[Symbol, int]) -> Raw:
    """Compute an unfolded line with its free indices set; NoValueError where it has no value."""
    ends = {x.name: size for x, size in numbers.sizes.items()}  # a_n is the last entry
    return _compiled(line)(numbers, ends | {key_of(x): at for x, at in indices.items()})


@lru_cache(maxsize=4096)
def _compiled(e: Any) -> Compiled:
    """Turn a node into a function that computes it once for each setting of its own indices.

    Nodes that differ by the names of indices only, such as e^(z_i) and e^(z_j), share their values.
    """
    if e.is_Number:
        return constant(e)
    node = next((make for kind, make in NODES.items() if isinstance(e, kind)), None)
    if node is None:
        raise NoValueError(f"{type(e).__name__} has no value here")
    run = node(e, _compiled)
    if not e.args or isinstance(e, Indexed | KroneckerDelta):
        return run  # computing them is as quick as looking them up
    shape, indices = _shape(e)

    def once(numbers: Numbers, env: Env) -> Raw:
        key = (shape, *map(env.get, indices))
        found = numbers.memo.get(key)
        if found is None:
            try:
                found = run(numbers, env)
            except NoValueError as refusal:
                found = str(refusal)
            numbers.memo[key] = found
        if isinstance(found, str):
            raise NoValueError(found)
        return found

    return once


@lru_cache(maxsize=4096)
def _shape(e: Any) -> _Shape:
    if isinstance(e, Symbol) and e.is_integer and e not in (n, D, N):
        return _number(Symbol), (key_of(e),)
    if not e.args:
        return _number(e), ()
    parts = [_shape(x) for x in e.args]
    at = {x: place for place, x in enumerate(dict.fromkeys(x for _, own in parts for x in own))}
    shape = _number((e.func, *((part, *(at[x] for x in own)) for part, own in parts)))
    bound = {key_of(x[0]) for x in getattr(e, "limits", ())}
    return shape, tuple(x for x in at if x not in bound)


@lru_cache(maxsize=4096)
def _number(_shape: Any) -> int:
    # One that was forgotten gets another number: less is shared then, and nothing is confused.
    return next(_COUNTER)
