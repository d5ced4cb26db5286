"""The learner's own notation: a line as one would type it, for `read_line` to read back."""

# ruff: noqa: N802 - SymPy finds a printer's methods by the name of the class they print

from __future__ import annotations

from typing import Any

from derivations.printing.line_printer import OneRowPrinter


def as_typed(line: Any) -> str:
    """Write a line as one would type it: sum(g_k*a_k*(delta_ik - a_i), k).

    Raises TypeError for what cannot be typed, such as cases.
    """
    return str(_Typed().doprint(line))


class _Typed(OneRowPrinter):
    dot = "*"

    def _atom(self, name: str, indices: str = "") -> str:
        name = {"l2": "lambda"}.get(name, name)
        return f"{name}_{indices}" if indices else name

    def _times(self, factor: str) -> str:
        return "*"

    def _raised(self, base: str, exponent: str) -> str:
        return f"{base}**{exponent if exponent.isdigit() else f'({exponent})'}"

    def _print_log(self, e: Any) -> str:
        return f"log({self._print(e.args[0])})"

    def _print_Sum(self, e: Any) -> str:
        result = self._print(e.function)
        for limit in e.limits:
            result = f"sum({result}, {self._print(limit[0])})"
        return str(result)

    def _print_Partial(self, e: Any) -> str:
        quantity, variable = self._print(e.quantity), self._print(e.variable)
        is_name = e.quantity.is_Atom or hasattr(e.quantity, "indices")
        return f"d{quantity if is_name else f'({quantity})'}/d{variable}"

    def _print_Piecewise(self, e: Any) -> str:
        return self.emptyPrinter(e)

    def _print_Shifted(self, e: Any) -> str:
        return self.emptyPrinter(e)
