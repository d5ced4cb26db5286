"""The two notations: LaTeX for formulas on pages and documents, Unicode for plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from derivations.printing.line_printer import LinePrinter, OneRowPrinter

_COLOUR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?")
_SHORT = re.compile(r"-?[\w.]+")
_STYLES = (r"\displaystyle", r"\textstyle", r"\scriptstyle")  # of a line, a fraction, one in one
_BOX = re.compile(r"(?:\\fbox\{\$\\[a-z]+ )+")
_TALL = re.compile(r"\\(?:frac|sum|begin)")


def latex(line: Any, *, colours: Mapping[str, str] | None = None, dots: bool = False) -> str:
    r"""Print a line, an equation or a definition as LaTeX for KaTeX or amsmath.

    colours   names (`z`, `a`, `y`, `L`, `g`, `w`, `o`, `T`, ...) and their hex colours such as
              "#1b6ca8"; each such name is put in \textcolor, its index with it
    dots      whether every product has its dot, as between numbers it must

    Raises ValueError for what is no hex colour, TypeError for what has no notation.
    """
    return str(_Latex(colours or {}, dots=dots).doprint(line))


def text(line: Any) -> str:
    """Print a line, an equation or a definition as plain Unicode text; TypeError as `latex`."""
    return str(_Text().doprint(line))


class _Latex(LinePrinter):
    dot = r"\cdot"

    def __init__(self, colours: Mapping[str, str], *, dots: bool) -> None:
        super().__init__()
        self.dots = dots
        for name, colour in colours.items():
            if not _COLOUR.fullmatch(colour):
                raise ValueError(f"colour of {name}: {colour!r} is no hex colour such as #1b6ca8")
        self.colours = dict(colours)

    def _times(self, factor: str) -> str:
        factor = _BOX.sub("", factor)
        dotted = self.dots and not factor.startswith(("(", r"\left("))
        return rf" {self.dot} " if dotted else super()._times(factor)

    def _atom(self, name: str, indices: str = "") -> str:
        shown = {"delta": r"\delta", "l2": r"\lambda", "mu": r"\mu"}.get(name, name)
        if indices:
            shown += f"_{indices}" if len(indices) == 1 else f"_{{{indices}}}"
        colour = self.colours.get(name)
        return rf"\textcolor{{{colour}}}{{{shown}}}" if colour else shown

    def _brackets(self, inner: str) -> str:
        return rf"\left({inner}\right)" if _TALL.search(inner) else f"({inner})"

    def _fraction(self, above: str, below: str, *, whole: tuple[bool, bool] = (True, True)) -> str:
        return rf"\frac{{{above}}}{{{below}}}"

    def _raised(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def _exponential(self, exponent: str) -> str:
        return f"e^{{{exponent}}}"

    def _logarithm(self, inner: str) -> str:
        return rf"\ln {inner}"

    def _root(self, inner: str) -> str:
        return rf"\sqrt{{{inner}}}"

    def _absolute(self, inner: str) -> str:
        left, right = (r"\left", r"\right") if _TALL.search(inner) else ("", "")
        return rf"{left}\lvert {inner} {right}\rvert"

    def _sign_of(self, inner: str) -> str:
        return rf"\operatorname{{sign}} {self._brackets(inner)}"

    def _sum_sign(self, index: str, upper: str, left_out: str) -> str:
        if left_out:
            return rf"\sum_{{{index} \neq {left_out}}}"
        return rf"\sum_{{{index}=1}}^{{{upper}}}"

    def _derivative(self, quantity: str, variables: list[str]) -> str:
        order = f"^{{{len(variables)}}}" if len(variables) > 1 else ""
        above = rf"\partial{order}" + (f" {quantity}" if quantity else "")
        below = r" \, ".join(rf"\partial {x}" for x in variables)
        return rf"\frac{{{above}}}{{{below}}}"

    def _cases(self, rows: list[tuple[str, str]]) -> str:
        body = r" \\ ".join(f"{value} & {condition}" for value, condition in rows)
        return rf"\begin{{cases}} {body} \end{{cases}}"

    def _relation(self, left: str, sign: str, right: str) -> str:
        shown = {"Equality": "=", "Unequality": r"\neq", "GreaterThan": r"\ge"}
        return f"{left} {shown[sign]} {right}"

    def _marked(self, inner: str, depth: int) -> str:
        # A box is set as text, and would begin with formulas of full size.
        style = _STYLES[min(depth, len(_STYLES) - 1)]
        return rf"\fbox{{${style} {inner}$}}"


class _Text(OneRowPrinter):
    dot = "·"

    def _atom(self, name: str, indices: str = "") -> str:
        shown = {"delta": "δ", "l2": "λ", "mu": "μ"}.get(name, name)
        return f"{shown}_{indices}" if indices else shown

    def _raised(self, base: str, exponent: str) -> str:
        if exponent == "2":
            return f"{base}²"
        return f"{base}^{exponent}" if _SHORT.fullmatch(exponent) else f"{base}^({exponent})"

    def _logarithm(self, inner: str) -> str:
        return f"ln {inner}"

    def _root(self, inner: str) -> str:
        return f"√({inner})"

    def _absolute(self, inner: str) -> str:
        return f"|{inner}|"

    def _sign_of(self, inner: str) -> str:
        return f"sign({inner})"

    def _sum_sign(self, index: str, upper: str, left_out: str) -> str:
        if left_out:
            return f"Σ_({index}≠{left_out})"
        return f"Σ_({index}=1..{upper})"

    def _derivative(self, quantity: str, variables: list[str]) -> str:
        order = "²" if len(variables) == 2 else ""
        return f"∂{order}{quantity}/{''.join(f'∂{x}' for x in variables)}"

    def _cases(self, rows: list[tuple[str, str]]) -> str:
        return "{ " + "; ".join(f"{value} [{condition}]" for value, condition in rows) + " }"

    def _relation(self, left: str, sign: str, right: str) -> str:
        shown = {"Equality": "=", "Unequality": "≠", "GreaterThan": "≥"}
        return f"{left} {shown[sign]} {right}"

    def _marked(self, inner: str, depth: int) -> str:
        return f"[{inner}]"
