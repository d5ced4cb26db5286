"""How each kind of node gets its value. `compiled` turns an inner node into a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from mpmath import libmp
from sympy import Abs, Add, Indexed, KroneckerDelta, Mul, Piecewise, Pow, Sum, Symbol, exp, log
from sympy.core.numbers import Exp1

from derivations.evaluating.line_numbers import (
    Compiled,
    Env,
    NoValueError,
    Numbers,
    Raw,
    holds,
    key_of,
    position_of,
)
from derivations.symbols import D, N, n

_GUARD = 24  # bits that rounding may have spoilt in the terms of a sum
_LARGEST = 64  # bits of an exponent: the power would fill the memory beyond
Compiler: TypeAlias = Callable[[Any], Compiled]


def constant(e: Any) -> Compiled:
    """Compile a number; NoValueError for infinity and the like."""
    exact = e.is_Rational
    if not exact and not e.is_Float:
        raise NoValueError(f"{e} is no number")

    def run(numbers: Numbers, _env: Env) -> Raw:
        return libmp.from_rational(e.p, e.q, numbers.precision) if exact else e._mpf_

    return run


def _symbol(e: Any, _compiled: Compiler) -> Compiled:
    key = key_of(e)

    def run(numbers: Numbers, env: Env) -> Raw:
        if key in env:
            return libmp.from_int(env[key])
        if e in numbers.sizes:
            return libmp.from_int(numbers.sizes[e])
        if e.name not in numbers.values:
            raise NoValueError(f"{e.name} is needed")
        return numbers.values[e.name]

    return run


def _indexed(e: Any, _compiled: Compiler) -> Compiled:
    name = str(e.base.label)
    positions = [position_of(x) for x in e.indices]

    def run(numbers: Numbers, env: Env) -> Raw:
        value = numbers.values.get(name)
        if value is None:
            raise NoValueError(f"{name} is needed")
        for position in positions:
            at = position(env)
            if not 1 <= at <= len(value):
                raise NoValueError(f"{name} has no entry {at}")
            value = value[at - 1]
        return value

    return run


def _delta(e: Any, _compiled: Compiler) -> Compiled:
    p, q = map(position_of, e.args)
    return lambda _numbers, env: libmp.fone if p(env) == q(env) else libmp.fzero


def _add(e: Any, compiled: Compiler) -> Compiled:
    parts = [compiled(x) for x in e.args]

    def run(numbers: Numbers, env: Env) -> Raw:
        return _total([x(numbers, env) for x in parts], numbers)

    return run


def _mul(e: Any, compiled: Compiler) -> Compiled:
    # Deltas first: where one is 0 the rest need not be looked at. Where anything else is, it must
    # have a value: 0/0 has none.
    factors = sorted(e.args, key=lambda x: not isinstance(x, KroneckerDelta))
    parts = [(compiled(x), x.has(KroneckerDelta)) for x in factors]

    def run(numbers: Numbers, env: Env) -> Raw:
        result = libmp.fone
        for part, has_delta in parts:
            result = libmp.mpf_mul(result, part(numbers, env), numbers.precision)
            if has_delta and result == libmp.fzero:
                break
        return result

    return run


def _pow(e: Any, compiled: Compiler) -> Compiled:
    base, exponent = compiled(e.base), compiled(e.exp)
    whole = int(e.exp) if e.exp.is_Integer else None

    def run(numbers: Numbers, env: Env) -> Raw:
        value = base(numbers, env)
        power = _checked(exponent(numbers, env)) if whole is None else None
        negative = whole < 0 if whole is not None else libmp.mpf_lt(power, libmp.fzero)
        if value == libmp.fzero and negative:
            raise NoValueError("division by zero")
        if whole is not None:
            return libmp.mpf_pow_int(value, whole, numbers.precision)
        try:
            return libmp.mpf_pow(value, power, numbers.precision)
        except libmp.ComplexResult:
            raise NoValueError("root of a negative number") from None

    return run


def _exp(e: Any, compiled: Compiler) -> Compiled:
    exponent = compiled(e.args[0])

    def run(numbers: Numbers, env: Env) -> Raw:
        value = libmp.mpf_exp(_checked(exponent(numbers, env)), numbers.precision)
        numbers.magnitudes.add(value[2] + value[3])
        return value

    return run


def _checked(exponent: Raw) -> Raw:
    if exponent[2] + exponent[3] > _LARGEST:
        raise NoValueError("exponent beyond all bounds")
    return exponent


def _abs(e: Any, compiled: Compiler) -> Compiled:
    inner = compiled(e.args[0])
    return lambda numbers, env: libmp.mpf_abs(inner(numbers, env))


def _log(e: Any, compiled: Compiler) -> Compiled:
    inner = compiled(e.args[0])

    def run(numbers: Numbers, env: Env) -> Raw:
        value = inner(numbers, env)
        if libmp.mpf_le(value, libmp.fzero):
            raise NoValueError("logarithm of what is not above 0")
        # What a lost on its way to 1 is what ln a is made of.
        gap = libmp.mpf_sub(value, libmp.fone, numbers.precision)
        numbers.lost = max(numbers.lost, -gap[2] - gap[3] if gap[1] else numbers.precision)
        return libmp.mpf_log(value, numbers.precision)

    return run


def _piecewise(e: Any, compiled: Compiler) -> Compiled:
    cases = [(compiled(value), holds(condition)) for value, condition in e.args]

    def run(numbers: Numbers, env: Env) -> Raw:
        for value, condition in cases:
            if condition(env):
                return value(numbers, env)
        raise NoValueError("no case holds")

    return run


def _sum(e: Any, compiled: Compiler) -> Compiled:
    # SymPy lists the innermost index first.
    limits = e.limits[::-1]
    keys = [key_of(x[0]) for x in limits]
    firsts = [position_of(x[1]) for x in limits]
    lasts = [None if x[2] in (n, D, N) else position_of(x[2]) for x in limits]
    parts = [(compiled(x), _pins(x, limits)) for x in Add.make_args(e.function)]

    def run(numbers: Numbers, env: Env) -> Raw:
        terms: list[Raw] = []
        inner = dict(env)

        def over(body: Compiled, pins: list[list[Any]], depth: int) -> None:
            if depth == len(limits):
                terms.append(body(numbers, inner))
                return
            last = lasts[depth]
            end = numbers.sizes[limits[depth][2]] if last is None else last(inner)
            values: Any = range(firsts[depth](inner), end + 1)
            if pins[depth]:
                pinned = pins[depth][0](inner)
                values = [pinned] if pinned in values else []
            for at in values:
                inner[keys[depth]] = at
                over(body, pins, depth + 1)

        for body, pins in parts:
            over(body, pins, 0)
        return _total(terms, numbers)

    return run


def _total(terms: list[Raw], numbers: Numbers) -> Raw:
    """Add up; what is left where the terms cancel to their last bits is rounding, and 0."""
    total = libmp.mpf_sum(terms, numbers.precision, libmp.round_nearest)
    largest = max((x[2] + x[3] for x in terms if x[1]), default=0)
    none_left = numbers.precision if any(x[1] for x in terms) else 0
    lost = largest - total[2] - total[3] if total[1] else none_left
    numbers.lost = max(numbers.lost, lost)
    return libmp.fzero if lost > numbers.precision - _GUARD else total


def _pins(term: Any, limits: Any) -> list[list[Any]]:
    """Find for each limit what a delta in the term ties its index to: other values add nothing."""
    deltas = [x for x in Mul.make_args(term) if isinstance(x, KroneckerDelta)]
    unset = {x[0] for x in limits}
    pins = []
    for index, *_ in limits:
        unset.discard(index)
        ties = [x.args[x.args[0] == index] for x in deltas if index in x.args]
        pins.append([position_of(x) for x in ties if x not in unset])
    return pins


def _euler(_e: Any, _compiled: Compiler) -> Compiled:
    return lambda numbers, _env: libmp.mpf_exp(libmp.fone, numbers.precision)


# exp before Pow, which it may count as.
NODES: Mapping[Any, Callable[[Any, Compiler], Compiled]] = MappingProxyType(
    {
        Symbol: _symbol,
        Exp1: _euler,
        Indexed: _indexed,
        Add: _add,
        Mul: _mul,
        exp: _exp,
        Pow: _pow,
        log: _log,
        Abs: _abs,
        KroneckerDelta: _delta,
        Piecewise: _piecewise,
        Sum: _sum,
    }
)
