"""Texts made from the grammar, by any source of chance: `random.Random` or Hypothesis's own."""

from __future__ import annotations

from random import Random

from derivations import ParseError, TypedLoss, read_loss

ALL_NAMES = ("a", "y", "z", "g", "o")
LETTERS = "ijkm"
NUMBERS = ("0", "1", "2", "3", "0.5", "0.1", "1e-3", "12", "2.25", "1e30", "9")
EXPONENTS = ("2", "3", "0.5", "-1", "-2", "1.5", "n", "0", "1")


class Formulas:
    """Writes formulas of about a given size.

    names   arrays to use; "a" and "y" for a loss
    closed  whether every index must be summed over, or be t or a number
    """

    def __init__(self, rng: Random, names: tuple[str, ...] = ALL_NAMES, *, closed: bool) -> None:
        self.rng, self.names, self.closed = rng, names, closed

    def formula(self, size: int, bound: str = "") -> str:
        """Write a formula whose free indices are among `bound`."""
        if size <= 1:
            return self._atom(bound)
        kinds = ["pair", "pair", "pair", "power", "minus", "function", "function", "brackets"]
        kinds += ["sum", "sum"] if len(bound) < 2 else []
        write = getattr(self, "_" + self.rng.choice(kinds))
        return str(write(size, bound))

    def _atom(self, bound: str) -> str:
        kind = self.rng.choice(["array"] * 6 + ["number", "number", "n", "e", "delta"])
        if kind == "number":
            return self.rng.choice(NUMBERS)
        if kind == "delta":
            return f"delta_{self._index(bound)}{self._index(bound)}"
        if kind == "array":
            name = self.rng.choice(self.names)
            index = self.rng.choice("dr") if name == "o" else self._index(bound)
            return f"{name}_{index}"
        return kind

    def _index(self, bound: str) -> str:
        likely = bound * 4 + "t12" + ("" if self.closed else LETTERS)
        return self.rng.choice(likely)

    def _split(self, size: int) -> tuple[int, int]:
        left = self.rng.randint(1, max(1, size - 1))
        return left, max(1, size - left)

    def _pair(self, size: int, bound: str) -> str:
        kind = self.rng.choice("+-**/")
        left, right = (self.formula(x, bound) for x in self._split(size))
        space = self.rng.choice(["", " "])
        if kind in "*/" and self.rng.random() < 0.7:
            left, right = f"({left})", f"({right})"
        return f"{left}{space}{kind}{space}{right}"

    def _power(self, size: int, bound: str) -> str:
        base = self.formula(size - 1, bound)
        if self.rng.random() < 0.2:
            return f"({base})**({self.formula(size // 2, bound)})"
        return f"({base})**{self.rng.choice(EXPONENTS)}"

    def _minus(self, size: int, bound: str) -> str:
        return f"-{self.formula(size - 1, bound)}"

    def _brackets(self, size: int, bound: str) -> str:
        return f"({self.formula(size - 1, bound)})"

    def _function(self, size: int, bound: str) -> str:
        name = self.rng.choice(["exp", "log", "ln", "sqrt", "abs"])
        return f"{name}({self.formula(size - 1, bound)})"

    def _sum(self, size: int, bound: str) -> str:
        index = self.rng.choice([x for x in LETTERS if x not in bound])
        return f"sum({self.formula(size - 1, bound + index)}, {index})"


def some_loss(rng: Random, size: int) -> TypedLoss | None:
    """Return a loss made by chance, or None where what was made is not one."""
    try:
        return read_loss(Formulas(rng, ("a", "y"), closed=True).formula(size))
    except ParseError:
        return None
