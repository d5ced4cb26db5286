"""Numbers as a question and its working write them: in LaTeX, four decimals."""

from __future__ import annotations

from pages.widgets.figure import Vector


def shown(values: Vector, decimals: int = 4) -> str:
    """Write numbers as a list, the decimals of probabilities among them."""
    return ", ".join(text_of(x, decimals) for x in values)


def text_of(value: float, decimals: int = 4) -> str:
    """Write a number: whole ones without decimals."""
    return f"{value:.{0 if value == int(value) else decimals}f}".replace("-", "−")


def in_brackets(value: float) -> str:
    """Write a number as a factor: a negative one in brackets."""
    return f"({text_of(value)})" if value < 0 else text_of(value)


def differences(a: Vector, y: Vector) -> str:
    """Write a - y, entry by entry."""
    terms = ", ".join(rf"{text_of(p)} - {text_of(q)}" for p, q in zip(a, y, strict=True))
    return rf"a - y = ({terms})"
