"""What a printer has to know about an expression: signs, fractions, and what needs brackets."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Integer, KroneckerDelta, Mul, Pow, Rational, Sum, exp, log

from derivations.symbols import Partial


def split_sign(e: Any) -> tuple[bool, Any]:
    """Take a leading minus off a term: (whether there was one, the rest)."""
    if e.is_Number and e < 0:
        return True, -e
    if not isinstance(e, Mul):
        return False, e
    signed, first = split_sign(e.args[0])
    if not signed:
        return False, e
    rest = e.args[1:] if first == 1 else (first, *e.args[1:])
    return True, rest[0] if len(rest) == 1 else Mul(*rest, evaluate=False)


def is_reciprocal(e: Any) -> bool:
    """Whether a factor belongs below the line."""
    return isinstance(e, Pow) and not isinstance(e, exp) and bool(e.exp.is_negative)


def is_fraction(e: Any) -> bool:
    """Whether it prints as one fraction."""
    if isinstance(e, Mul):
        return any(map(is_reciprocal, e.args)) and not split_sign(e)[0]
    return is_reciprocal(e) or (isinstance(e, Rational) and not isinstance(e, Integer))


def is_simple(e: Any) -> bool:
    """Whether it can be raised, divided by or differentiated without brackets."""
    if isinstance(e, Pow) and not isinstance(e, exp):
        return e.exp.is_Integer and e.exp > 0 and is_simple(e.base)
    return bool(isinstance(e, exp | KroneckerDelta) or not e.args or hasattr(e, "indices"))


def is_whole(e: Any) -> bool:
    """Whether it can stand below a stroke without brackets."""
    return is_simple(e) or (isinstance(e, Pow) and not is_reciprocal(e))


def is_open(e: Any) -> bool:
    """Whether what follows on the right would be read as part of it."""
    if isinstance(e, Partial):
        quantity: Expr = e.quantity
        while isinstance(quantity, Partial):
            quantity = quantity.quantity
        return isinstance(quantity, Sum | log) or is_fraction(quantity)
    if isinstance(e, Mul) and not is_fraction(e):
        return is_open(e.args[-1])
    return isinstance(e, Sum | log)


def excluded(factor: Any, index: Any) -> Any:
    """Find the i of a factor 1 - delta_ij, where index is the j; None for any other factor."""
    if isinstance(factor, Add) and len(factor.args) == 2 and factor.args[0] == 1:
        sign, deltas = split_sign(factor.args[1])
        if sign and isinstance(deltas, KroneckerDelta) and index in deltas.args:
            p, q = deltas.args
            return q if p == index else p
    return None
