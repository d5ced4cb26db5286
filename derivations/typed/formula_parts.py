"""Parts of a typed formula while it is read, kept small enough that nothing can go on for ever.

SymPy keeps the parts as they are written and works nothing out. What consists of numbers alone is
followed in floating point, only to know its size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from sympy import Abs, Expr, Integer, Number, Rational

from derivations.typed.parse_error import ParseError
from derivations.typed.tokens import Token
from derivations.writing import e_to, ln, neg, power

MOST_DIGITS, SMALLEST, LARGEST = 20, 1e-30, 1e30
HIGHEST_POWER = 100


class Part(NamedTuple):
    """An expression and what is known of its size.

    number  its value where it consists of numbers alone, else None
    degree  the largest product of exponents that stand over one another in it
    sums    how many sums stand within one another in it
    """

    expr: Expr
    number: float | None = None
    degree: float = 1
    sums: int = 0


def literal(token: Token) -> Part:
    """Read a number: an integer, or a decimal as exactly the fraction that it is."""
    mantissa, _, exponent = token.text.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    digits = (whole + decimals).lstrip("0")
    if len(digits) > MOST_DIGITS or len(decimals) > 2 * MOST_DIGITS or len(exponent) > 3:
        raise ParseError("number_size", token.at, token.text, limit=MOST_DIGITS)
    if not digits:
        return Part(Integer(0), 0.0)
    shift = int(exponent or 0) - len(decimals)
    exact = Rational(int(digits) * 10 ** max(shift, 0), 10 ** max(-shift, 0))
    return Part(exact, _sized(lambda: float(token.text), token))


def negative(part: Part) -> Part:
    """Minus a part; minus a number is a number."""
    expr = -part.expr if isinstance(part.expr, Number) else neg(part.expr)
    return part._replace(expr=expr, number=None if part.number is None else -part.number)


def inverse(part: Part, at: Token) -> Part:
    """Put a part below the line; ParseError where it is zero."""
    below = part.number
    number = None if below is None else _sized(lambda: 1 / below, at)
    return part._replace(expr=power(part.expr, -1), number=number)


def joined(
    join: Callable[..., Expr], parts: Sequence[Part], at: Token, value: Callable[[Any], Any]
) -> Part:
    """Make one part of several: `join` their expressions, and `value` their numbers if they can.

    Raises ParseError where numbers alone have no value, or one that is too large or too small.
    """
    numbers = [x.number for x in parts]
    return Part(
        join(*(x.expr for x in parts)),
        None if None in numbers else _sized(lambda: value(numbers), at),
        max(x.degree for x in parts),
        max(x.sums for x in parts),
    )


def raised(base: Part, exponent: Part, at: Token) -> Part:
    """Raise a part to another.

    Raises ParseError as `joined` does, and for powers, or powers of powers, that are too high.
    """
    degree = base.degree * max(1.0, abs(exponent.number or 1))
    if degree > HIGHEST_POWER:
        raise ParseError("power_size", at.at, at.text, limit=HIGHEST_POWER)
    part = joined(power, (base, exponent), at, lambda numbers: pow(*numbers))
    return part._replace(degree=max(degree, exponent.degree))


def _sized(value: Callable[[], Any], at: Token) -> float:
    try:
        number = value()
    except OverflowError:
        raise ParseError("number_size", at.at, at.text, limit=MOST_DIGITS) from None
    except (ValueError, ZeroDivisionError):
        raise ParseError("no_value", at.at, at.text) from None
    if isinstance(number, complex):
        raise ParseError("no_value", at.at, at.text)
    if number and not SMALLEST <= abs(number) <= LARGEST:
        raise ParseError("number_size", at.at, at.text, limit=MOST_DIGITS)
    return float(number)


FUNCTIONS: Mapping[str, tuple[Callable[[Expr], Expr], Callable[[float], float]]] = MappingProxyType(
    {
        "exp": (e_to, math.exp),
        "log": (ln, math.log),
        "ln": (ln, math.log),
        "sqrt": (lambda x: power(x, Rational(1, 2)), math.sqrt),
        "abs": (lambda x: Abs(x, evaluate=False), abs),
    }
)
