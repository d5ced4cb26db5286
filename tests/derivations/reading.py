"""Reads a line of numbers in LaTeX, as a person would work it out: an oracle without SymPy."""

from __future__ import annotations

import math
import re

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\\[a-z]+|[-+(){}^e]")


def worked_out(latex: str) -> float:
    r"""Compute e.g. `\frac{e^{2}}{82.0727} (1 - 0.0900)`; ValueError for anything else."""
    plain = latex.replace(r"\left", "").replace(r"\right", "")
    reader = _Reader(_TOKEN.findall(plain))
    value = reader.sum()
    if reader.tokens:
        raise ValueError(f"not read: {reader.tokens}")
    return value


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def next_is(self, *wanted: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in wanted

    def take(self, wanted: str = "") -> str:
        mark = self.tokens.pop(0)
        if wanted and mark != wanted:
            raise ValueError(f"{mark} where {wanted} belongs")
        return mark

    def sum(self) -> float:
        total = -self.product() if self.next_is("-") and self.take() else self.product()
        while self.next_is("+", "-"):
            sign = 1 if self.take() == "+" else -1
            total += sign * self.product()
        return total

    def product(self) -> float:
        result = self.power()
        while self.tokens and not self.next_is("+", "-", ")", "}"):
            if self.next_is(r"\cdot"):
                self.take()
            result *= self.power()
        return result

    def power(self) -> float:
        base = self.atom()
        return base ** self.braced() if self.next_is("^") and self.take() else base

    def braced(self, left: str = "{", right: str = "}") -> float:
        self.take(left)
        value = self.sum()
        self.take(right)
        return value

    def atom(self) -> float:
        if self.next_is("("):
            return self.braced("(", ")")
        mark = self.take()
        if mark == r"\frac":
            above = self.braced()
            return above / self.braced()
        if mark == r"\ln":
            return math.log(self.atom())
        if mark == "e":
            return math.e
        return float(mark)
