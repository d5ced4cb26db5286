"""Printing a line in the order in which it was written, as LaTeX or as plain text.

SymPy's own printers sort terms and factors, and gather fractions; a derivation is read as written.
`LinePrinter` decides on order and brackets, its subclasses on the marks.
"""

# ruff: noqa: N802, N815 - SymPy finds a printer's methods by the name of the class they print

from __future__ import annotations

from typing import Any

from sympy import Add, Integer, KroneckerDelta, Mul, Pow, Rational, Sum, exp, log, sign
from sympy.core.relational import Eq, Ne
from sympy.printing.printer import Printer

from derivations.printing.expression_forms import (
    bare,
    decimal,
    excluded,
    is_fraction,
    is_open,
    is_reciprocal,
    is_signed,
    is_simple,
    is_whole,
    split_sign,
)
from derivations.printing.mark import Mark
from derivations.printing.marks import Marks
from derivations.symbols import Partial

_HALF = Rational(1, 2)


class LinePrinter(Marks, Printer):  # type: ignore[misc]
    """Walks an expression; what a subclass overrides are its marks."""

    def emptyPrinter(self, expr: Any) -> str:
        """Refuse what has no notation here, rather than print something that looks like maths."""
        raise TypeError(f"no notation for {type(expr).__name__}")

    def _print_Symbol(self, e: Any) -> str:
        return self._atom(e.name)

    _print_Dummy = _print_Symbol

    def _print_Integer(self, e: Any) -> str:
        return str(e.p)

    def _print_Float(self, e: Any) -> str:
        return str(e)

    def _print_Rational(self, e: Any) -> str:
        sign = self.minus if e.p < 0 else ""
        shown = decimal(e)
        if shown is None:
            return sign + self._fraction(str(abs(e.p)), str(e.q))
        mantissa, exponent = shown
        if not exponent:
            return sign + mantissa
        power = self._raised("10", str(exponent))
        return sign + (power if mantissa == "1" else f"{mantissa} {self.dot} {power}")

    def _print_Exp1(self, _e: Any) -> str:
        return "e"

    def _print_Indexed(self, e: Any) -> str:
        return self._atom(str(e.base.label), self._indices(e.indices))

    def _print_IndexedBase(self, e: Any) -> str:
        return self._atom(str(e.label))

    def _print_KroneckerDelta(self, e: Any) -> str:
        return self._atom("delta", self._indices(e.args))

    def _indices(self, indices: Any) -> str:
        parts = [str(x) for x in indices]
        return ("" if all(len(x) == 1 for x in parts) else ",").join(parts)

    def _print_Shifted(self, e: Any) -> str:
        quantity, array, amount = map(self._print, e.args)
        return f"{quantity}({array} + {amount})"

    def _print_Add(self, e: Any) -> str:
        result = ""
        for place, term in enumerate(e.args):
            sign, size = split_sign(bare(term))
            needs = isinstance(bare(size), Add) or is_signed(size)
            text = self._in_brackets(size) if needs else self._print(size)
            text = f"{self.minus if sign else '+'} {text}" if place else self.minus * sign + text
            text = self._marked(text, term.depth) if isinstance(term, Mark) else text
            result += f" {text}" if place else text
        return result

    def _print_Mul(self, e: Any) -> str:
        sign, size = split_sign(e)
        if sign:
            needs = isinstance(bare(size), Add) or is_signed(size)
            return self.minus + (self._in_brackets(size) if needs else self._print(size))
        above = [x for x in e.args if not is_reciprocal(x)]
        below = [
            Pow(x.base, split_sign(x.exp)[1], evaluate=False) for x in e.args if is_reciprocal(x)
        ]
        below = [x.base if x.exp == 1 else x for x in below]
        if not below:
            return self._factors(above)
        above = [x for x in above if x != 1] or [Integer(1)]
        closed = not any(is_open(x) or is_fraction(x) for x in above)
        whole = (
            closed and not (len(above) == 1 and isinstance(bare(above[0]), Add)),
            len(below) == 1 and is_whole(below[0]),
        )
        return self._fraction(self._factors(above), self._factors(below), whole=whole)

    def _factors(self, factors: Any, *, leading: bool = True) -> str:
        if len(factors) == 1:
            return str(self._print(factors[0]))
        last = len(factors) - 1
        parts = [
            self._factor(x, is_first=leading and q == 0, is_last=q == last)
            for q, x in enumerate(factors)
        ]
        return "".join(f"{self._times(x) if q else ''}{x}" for q, x in enumerate(parts))

    def _times(self, factor: str) -> str:
        """Set a factor apart from the one before it, by a dot where it begins with a number."""
        return f" {self.dot} " if factor[0].isdigit() else " "

    def _factor(self, e: Any, *, is_first: bool, is_last: bool) -> str:
        alone = not isinstance(bare(e), Add) and (is_last or not is_open(e))
        alone = alone and (is_first or not is_signed(e))
        if self.in_one_row:
            alone = alone and not is_fraction(e) and not isinstance(bare(e), Partial)
        return self._print(e) if alone else self._in_brackets(e)

    def _in_brackets(self, e: Any) -> str:
        return self._brackets(self._print(e))

    def _print_Pow(self, e: Any) -> str:
        if is_reciprocal(e):
            return self._print_Mul(Mul(1, e, evaluate=False))
        if e.exp == _HALF:
            return self._root(self._print(e.base))
        base = self._print(e.base)
        if not is_simple(e.base) or isinstance(bare(e.base), Pow | exp | KroneckerDelta | sign):
            base = self._brackets(base)
        return self._raised(base, self._print(e.exp))

    def _print_Abs(self, e: Any) -> str:
        return self._absolute(self._print(e.args[0]))

    def _print_sign(self, e: Any) -> str:
        return self._sign_of(self._print(e.args[0]))

    def _print_exp(self, e: Any) -> str:
        return self._exponential(self._print(e.args[0]))

    def _print_log(self, e: Any) -> str:
        inner = e.args[0]
        text = self._print(inner)
        if not (is_simple(inner) or isinstance(bare(inner), Sum)):
            text = self._brackets(text)
        return self._logarithm(text)

    def _print_Sum(self, e: Any) -> str:
        function, left_out = e.function, {}
        if isinstance(function, Mul) and len(e.limits) == 1:
            index = e.limits[0][0]
            other = excluded(function.args[0], index)
            if other is not None:
                left_out[index] = self._print(other)
                rest = function.args[1:]
                function = rest[0] if len(rest) == 1 else Mul(*rest, evaluate=False)
        signs = [
            self._sum_sign(self._print(x[0]), self._print(x[2]), left_out.get(x[0], ""))
            for x in reversed(e.limits)
        ]
        body = self._summand(bare(function))
        if isinstance(function, Mark):
            body = self._marked(body, function.depth)
        return " ".join([*signs, body])

    def _summand(self, e: Any) -> str:
        if isinstance(e, Mul) and not e.args[0].is_Number:
            return self._print(e) if is_fraction(e) else self._factors(e.args, leading=False)
        if isinstance(e, Add) or split_sign(e)[0]:
            return self._in_brackets(e)
        return str(self._print(e))

    def _print_Partial(self, e: Any) -> str:
        variables: list[str] = []
        quantity = e
        while isinstance(quantity, Partial):
            variables.insert(0, self._print(quantity.variable))
            quantity = quantity.quantity
        text = self._print(quantity)
        if isinstance(quantity, log) and is_simple(quantity.args[0]):
            return self._derivative(self._brackets(text) if self.in_one_row else text, variables)
        if is_simple(quantity):
            return self._derivative(text, variables)
        alone = isinstance(bare(quantity), Sum | log)
        alone = alone or (is_fraction(quantity) and not self.in_one_row)
        if not alone:
            text = self._brackets(text)
        return f"{self._derivative('', variables)} {text}"

    def _print_Mark(self, e: Any) -> str:
        return self._marked(self._print(bare(e)), e.depth)

    def _print_Piecewise(self, e: Any) -> str:
        before: list[str] = []
        rows = []
        for value, condition in e.args:
            shown = ", ".join(before) if condition in (True,) else self._print(condition)
            rows.append((self._print(value), shown))
            if isinstance(condition, Eq):
                before.append(self._print(Ne(*condition.args, evaluate=False)))
        return self._cases(rows)

    def _print_Relational(self, e: Any) -> str:
        return self._relation(self._print(e.args[0]), type(e).__name__, self._print(e.args[1]))


class OneRowPrinter(LinePrinter):
    """Writes all of a line in one row, by a slash and round brackets, as text has it."""

    in_one_row = True

    def _brackets(self, inner: str) -> str:
        return f"({inner})"

    def _fraction(self, above: str, below: str, *, whole: tuple[bool, bool] = (True, True)) -> str:
        parts = zip((above, below), whole, strict=True)
        return "/".join(x if ok else f"({x})" for x, ok in parts)

    def _exponential(self, exponent: str) -> str:
        return f"exp({exponent})"
