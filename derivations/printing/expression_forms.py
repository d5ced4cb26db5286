"""What a printer has to know about an expression: signs, fractions, and what needs brackets."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Add, Expr, Integer, KroneckerDelta, Mul, Pow, Rational, Sum, exp, log, sign

from derivations.printing.mark import Mark
from derivations.symbols import Partial


def bare(e: Any) -> Any:
    """Take the mark off a part."""
    return e.args[0] if isinstance(e, Mark) else e


def is_signed(e: Any) -> bool:
    """Whether a part begins with a minus."""
    return split_sign(bare(e))[0]


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
    return isinstance(e, Pow) and not isinstance(e, exp) and split_sign(e.exp)[0]


def is_fraction(e: Any) -> bool:
    """Whether it prints as one fraction."""
    e = bare(e)
    if isinstance(e, Mul):
        return any(map(is_reciprocal, e.args)) and not split_sign(e)[0]
    if isinstance(e, Rational):
        return not isinstance(e, Integer) and decimal(e) is None
    return is_reciprocal(e)


def is_simple(e: Any) -> bool:
    """Whether it can be raised, divided by or differentiated without brackets."""
    e = bare(e)
    if isinstance(e, Rational):
        shown = decimal(e)
        return e >= 0 and (isinstance(e, Integer) or (shown is not None and not shown[1]))
    if isinstance(e, Pow) and not isinstance(e, exp):
        return e.exp.is_Integer and e.exp > 0 and is_simple(e.base)
    if isinstance(e, exp | KroneckerDelta | Abs | sign):
        return True
    return bool(not e.args or hasattr(e, "indices"))


def decimal(e: Rational) -> tuple[str, int] | None:
    """Digits of a fraction that is written as a decimal, and the power of ten behind them.

    None for whole numbers, for 1/2 .. 1/9 and their like, and for decimals that never end.
    """
    most = 60
    places = next((x for x in range(1, most) if 10**x % e.q == 0), most) if e.q > 9 else most
    if places == most:
        return None
    digits = str(abs(e.p) * 10**places // e.q).zfill(places + 1)
    if 10_000 * abs(e.p) >= e.q:
        return f"{digits[:-places]}.{digits[-places:]}", 0
    digits = digits.lstrip("0")
    return digits[0] + f".{digits[1:]}" * (len(digits) > 1), len(digits) - 1 - places


def is_whole(e: Any) -> bool:
    """Whether it can stand below a stroke without brackets."""
    e = bare(e)
    return is_simple(e) or (isinstance(e, Pow) and not is_reciprocal(e))


def is_open(e: Any) -> bool:
    """Whether what follows on the right would be read as part of it."""
    e = bare(e)
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
