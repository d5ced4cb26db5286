"""Writing lines down in the order in which a person would: SymPy neither reorders nor cancels."""

from __future__ import annotations

from typing import Any

from sympy import Add, E, Eq, Expr, Mul, Pow, Sum, exp, log

from derivations.model import Step
from derivations.symbols import delta, n


def add(*terms: Any) -> Expr:
    """Sum of the terms, in this order."""
    return Add(*terms, evaluate=False)


def sub(first: Any, *others: Any) -> Expr:
    """First term minus each of the others, in this order."""
    return add(first, *map(neg, others))


def mul(*factors: Any) -> Expr:
    """Product of the factors, in this order."""
    return Mul(*factors, evaluate=False)


def neg(value: Any) -> Expr:
    """Minus the value, as one signed term."""
    return mul(-1, value)


def frac(numerator: Any, denominator: Any) -> Expr:
    """Fraction that stays one: nothing cancels."""
    return mul(numerator, Pow(denominator, -1, evaluate=False))


def power(base: Any, exponent: Any) -> Expr:
    """Power that stays one, also of a product or a sum; of Euler's number, its exponential."""
    return e_to(exponent) if base is E else Pow(base, exponent, evaluate=False)


def e_to(exponent: Any) -> Expr:
    """Euler's number to an exponent that keeps its order."""
    return exp(exponent, evaluate=False)


def total(term: Any, index: Any, upper: Any = n) -> Expr:
    """Sum of the term over index = 1 .. upper."""
    return Sum(term, (index, 1, upper))


def total_except(term: Any, index: Any, left_out: Any) -> Expr:
    """Sum of the term over index = 1 .. n without index = left_out.

    Held as a sum over all of (1 - delta) term, which is what it means and what is proved.
    """
    return total(mul(1 - delta(index, left_out), term), index)


def equation(left: Any, right: Any) -> Eq:
    """Equation that is kept as written."""
    return Eq(left, right, evaluate=False)


def ln(value: Any) -> Expr:
    """Natural logarithm of a value that is kept as written."""
    return log(value, evaluate=False)


def steps(*pairs: tuple[str, Any]) -> tuple[Step, ...]:
    """Make steps of pairs of a rule's id and the line after it."""
    return tuple(Step(rule, after) for rule, after in pairs)
