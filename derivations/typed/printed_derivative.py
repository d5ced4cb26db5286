r"""Printed derivatives, \frac{\partial L}{\partial z_i}, ∂L/∂z_i and ∂/∂z_i L, as the parser's."""

from __future__ import annotations

from abc import ABC, abstractmethod

from derivations.typed.parse_error import ParseError
from derivations.typed.printed_walk import Walk
from derivations.typed.tokens import Token


class DerivativeWalk(Walk, ABC):
    """A walk that knows derivatives; formulas, powers and names are the reader's."""

    @abstractmethod
    def formula(self) -> None:
        """Put out a formula."""

    @abstractmethod
    def power(self) -> None:
        """Put out an atom and its exponent."""

    @abstractmethod
    def name(self) -> None:
        """Put out a name with its index."""

    def starts_derivative(self) -> bool:
        """Whether the next sign is the first of a derivative."""
        after = [x.text for x in self.signs[self.place + 1 :][:2]]
        return self.next.text == "∂" or (self.next.text == "frac" and after == ["{", "∂"])

    def derivative(self) -> None:
        """Put out a derivative, first or second, as d(L)/dz_i."""
        self.deeper(self.next)
        at = self.take()
        is_fraction = at.text == "frac"
        if is_fraction:
            opening = self.take()
            self.take()
        twice = self.next.text == "**"
        if twice:
            self.take()
            degree = self.listed() if self.next.text == "{" else [self.take().text]
            if degree != ["2"]:
                raise ParseError("derivative", at.at, at.text)
        comes_after = self.next.text in ("}", "/")
        quantity = (
            [] if comes_after else self.held_back(self.formula if is_fraction else self.power)
        )
        if is_fraction:
            self.close(opening)
            opening = self.take()
        elif self.take().text != "/":
            raise ParseError("derivative", at.at, at.text)
        variables = [self.held_back(self.differential) for _ in range(1 + twice)]
        if is_fraction:
            self.close(opening)
        if comes_after:
            quantity = self.held_back(self.power)
        self.put_derivative(quantity, variables, at)
        self.depth -= 1

    def differential(self) -> None:
        """Put out the name below the line, without its ∂."""
        if self.take().text != "∂" or self.next.kind != "name":
            self.refuse()
        self.name()

    def put_derivative(
        self, quantity: list[Token], variables: list[list[Token]], at: Token
    ) -> None:
        """Put out d(quantity)/d variable, and that by the next variable."""
        for variable in variables:
            start = len(self.out)
            self.put("name", "d", at)
            self.put("sign", "(", at)
            self.out += quantity
            self.put("sign", ")", at)
            self.put("sign", "/", at)
            self.out += [variable[0]._replace(text=f"d{variable[0].text}")]
            quantity = self.out[start:]
            del self.out[start:]
        self.out += quantity
