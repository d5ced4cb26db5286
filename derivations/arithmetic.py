"""Values of unfolded lines at given numbers, in binary arithmetic of any precision.

mpmath's functions on raw numbers take the precision as an argument, so threads share nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mpmath import libmp
from sympy import Add, Expr, Indexed, KroneckerDelta, Mul, Piecewise, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Eq, Ne

Raw = Any  # mpmath's raw number: sign, mantissa, exponent, bit count
Env = Mapping[Any, int]


class NoValue(ValueError):
    """A line that has no value at these numbers, or a name that was given none."""


@dataclass
class Numbers:
    """What a line is evaluated at: raw numbers by name, upper limits by symbol, bits of precision.

    Arrays are nested lists; index 1 is their first entry.
    """

    values: Mapping[str, Any]
    sizes: Mapping[Symbol, int]
    precision: int
    memo: dict[Any, Raw] = field(default_factory=dict)

    def value(self, line: Expr, env: Env) -> Raw:
        """Value of an unfolded line with its free indices set by `env`; NoValue where none."""
        return _compiled(line)(self, env)


Compiled = Callable[[Numbers, Env], Raw]


@lru_cache(maxsize=4096)
def _compiled(e: Any) -> Compiled:
    """Turn a node into a function that computes it once for each setting of its own indices."""
    for kind, compiler in _COMPILERS.items():
        if isinstance(e, kind):
            run: Compiled = compiler(e)
            break
    else:
        if not e.is_Number:
            raise NoValue(f"{type(e).__name__} has no value here")
        run = _constant(e)
    if not e.args:
        return run
    indices = tuple(sorted((x for x in e.free_symbols if x.is_integer), key=str))

    def once(numbers: Numbers, env: Env) -> Raw:
        key = (e, *(env.get(x) for x in indices))
        found = numbers.memo.get(key)
        if found is None:
            found = numbers.memo[key] = run(numbers, env)
        return found

    return once


def _constant(e: Any) -> Compiled:
    exact = e.is_Rational
    if not exact and not e.is_Float:
        raise NoValue(f"{e} is no number")

    def run(numbers: Numbers, _env: Env) -> Raw:
        return libmp.from_rational(e.p, e.q, numbers.precision) if exact else e._mpf_

    return run


def _symbol(e: Symbol) -> Compiled:
    def run(numbers: Numbers, env: Env) -> Raw:
        if e in env:
            return libmp.from_int(env[e])
        if e in numbers.sizes:
            return libmp.from_int(numbers.sizes[e])
        if e.name not in numbers.values:
            raise NoValue(f"{e.name} is needed")
        return numbers.values[e.name]

    return run


def _indexed(e: Indexed) -> Compiled:
    name = str(e.base.label)

    def run(numbers: Numbers, env: Env) -> Raw:
        value = numbers.values.get(name)
        if value is None:
            raise NoValue(f"{name} is needed")
        for index in e.indices:
            at = _position(index, env)
            if not 1 <= at <= len(value):
                raise NoValue(f"{name} has no entry {at}")
            value = value[at - 1]
        return value

    return run


def _position(index: Any, env: Env) -> int:
    if index in env:
        return env[index]
    if not index.is_Integer:
        raise NoValue(f"index {index} is needed")
    return int(index)


def _add(e: Add) -> Compiled:
    parts = [_compiled(x) for x in e.args]

    def run(numbers: Numbers, env: Env) -> Raw:
        return libmp.mpf_sum([x(numbers, env) for x in parts], numbers.precision, libmp.round_nearest)

    return run


def _mul(e: Mul) -> Compiled:
    # Deltas first: where one is 0 the rest need not be looked at.
    order = sorted(e.args, key=lambda x: not isinstance(x, KroneckerDelta))
    parts = [_compiled(x) for x in order]

    def run(numbers: Numbers, env: Env) -> Raw:
        result = libmp.fone
        for part in parts:
            result = libmp.mpf_mul(result, part(numbers, env), numbers.precision)
            if result == libmp.fzero:
                break
        return result

    return run


def _pow(e: Pow) -> Compiled:
    base = _compiled(e.base)
    if not e.exp.is_Integer:
        raise NoValue(f"{e} is no whole power")
    exponent = int(e.exp)

    def run(numbers: Numbers, env: Env) -> Raw:
        value = base(numbers, env)
        if value == libmp.fzero and exponent < 0:
            raise NoValue("division by zero")
        return libmp.mpf_pow_int(value, exponent, numbers.precision)

    return run


def _exp(e: exp) -> Compiled:
    exponent = _compiled(e.args[0])
    return lambda numbers, env: libmp.mpf_exp(exponent(numbers, env), numbers.precision)


def _log(e: log) -> Compiled:
    inner = _compiled(e.args[0])

    def run(numbers: Numbers, env: Env) -> Raw:
        value = inner(numbers, env)
        if libmp.mpf_le(value, libmp.fzero):
            raise NoValue("logarithm of what is not above 0")
        return libmp.mpf_log(value, numbers.precision)

    return run


def _delta(e: KroneckerDelta) -> Compiled:
    p, q = e.args

    def run(_numbers: Numbers, env: Env) -> Raw:
        return libmp.fone if _position(p, env) == _position(q, env) else libmp.fzero

    return run


def _piecewise(e: Piecewise) -> Compiled:
    cases = [(_compiled(value), condition) for value, condition in e.args]

    def run(numbers: Numbers, env: Env) -> Raw:
        for value, condition in cases:
            if _holds(condition, env):
                return value(numbers, env)
        raise NoValue("no case holds")

    return run


def _holds(condition: Any, env: Env) -> bool:
    if isinstance(condition, Eq | Ne):
        p, q = (_position(x, env) for x in condition.args)
        return (p == q) == isinstance(condition, Eq)
    if condition in (True, False):
        return bool(condition)
    raise NoValue(f"{condition} is no comparison of indices")


def _sum(e: Sum) -> Compiled:
    body = _compiled(e.function)
    # SymPy lists the innermost index first.
    limits = e.limits[::-1]

    def run(numbers: Numbers, env: Env) -> Raw:
        def over(depth: int, inner: dict[Any, int]) -> list[Raw]:
            if depth == len(limits):
                return [body(numbers, inner)]
            index, lower, upper = limits[depth]
            last = numbers.sizes[upper] if upper in numbers.sizes else _position(upper, inner)
            values = range(_position(lower, inner), last + 1)
            return [x for at in values for x in over(depth + 1, {**inner, index: at})]

        terms = over(0, dict(env))
        return libmp.mpf_sum(terms, numbers.precision, libmp.round_nearest)

    return run


_COMPILERS: dict[Any, Callable[[Any], Compiled]] = {
    Symbol: _symbol,
    Indexed: _indexed,
    Add: _add,
    Mul: _mul,
    exp: _exp,
    Pow: _pow,
    log: _log,
    KroneckerDelta: _delta,
    Piecewise: _piecewise,
    Sum: _sum,
}
