"""What a notation has a mark of its own for."""

from __future__ import annotations


class Marks:
    """The marks that LinePrinter puts together; each notation says what they look like."""

    minus = "-"
    dot = ""
    in_one_row = False

    def _atom(self, name: str, indices: str = "") -> str:
        raise NotImplementedError

    def _brackets(self, inner: str) -> str:
        raise NotImplementedError

    def _fraction(self, above: str, below: str, *, whole: tuple[bool, bool] = (True, True)) -> str:
        raise NotImplementedError

    def _raised(self, base: str, exponent: str) -> str:
        raise NotImplementedError

    def _exponential(self, exponent: str) -> str:
        raise NotImplementedError

    def _logarithm(self, inner: str) -> str:
        raise NotImplementedError

    def _root(self, inner: str) -> str:
        raise NotImplementedError

    def _absolute(self, inner: str) -> str:
        raise NotImplementedError

    def _sign_of(self, inner: str) -> str:
        raise NotImplementedError

    def _sum_sign(self, index: str, upper: str, left_out: str) -> str:
        raise NotImplementedError

    def _derivative(self, quantity: str, variables: list[str]) -> str:
        raise NotImplementedError

    def _cases(self, rows: list[tuple[str, str]]) -> str:
        raise NotImplementedError

    def _relation(self, left: str, sign: str, right: str) -> str:
        raise NotImplementedError

    def _marked(self, inner: str, depth: int) -> str:
        raise NotImplementedError
