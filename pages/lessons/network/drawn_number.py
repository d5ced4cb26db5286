"""The numbers of the drawn layer as SVG: what each is, how it reads, and the grip it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from pages.writing.numerals import fixed_text, number_text, short_text, significant_text
from pages.writing.wording import Wording

# Where a number stands, from 1: row and column of a weight, or the place in a vector.
Place: TypeAlias = tuple[()] | tuple[int] | tuple[int, int]
_LONGEST = 8  # characters of a number in a node, as of −12.3456
_ENDS = 10  # of a handle, wider where its number lies outside


@dataclass(frozen=True)
class DrawnNumber:
    """One number of the drawing: `before` is what is written in front of it."""

    quantity: str
    value: float
    text: str
    before: str


def compact_number(quantity: str, value: float, before: str = "") -> DrawnNumber:
    """Return a number that fits into a node, however large it has grown."""
    return DrawnNumber(quantity, value, _compact(value), before)


def fixed_number(quantity: str, value: float, before: str = "") -> DrawnNumber:
    """Return a number with four decimals."""
    return DrawnNumber(quantity, value, fixed_text(value), before)


def gradient_number(quantity: str, value: float) -> DrawnNumber:
    """Return a gradient, with its sign."""
    return DrawnNumber(quantity, value, f"{'+' if value > 0 else ''}{fixed_text(value)}", "∂ ")


def _compact(value: float) -> str:
    plain = short_text(value)
    return plain if len(plain) <= _LONGEST else significant_text(value)


def sign(value: float) -> Literal["plus", "minus", "zero"]:
    """Return the sign as the style sheet names it."""
    return "plus" if value > 0 else "minus" if value < 0 else "zero"


def drawn_number(
    x: float,
    y: float,
    number: DrawnNumber,
    colour: str | None,
    place: Place = (),
    *,
    heading: bool = False,
    fits: tuple[int, int] | None = None,
) -> str:
    """Write a number.

    colour   None is the one of its sign
    heading  bold, and ending at x, not in its middle
    fits     so many characters; a longer text has letters of the size that follows
    """
    written = number.before + number.text
    style = ' text-anchor="end" font-weight="600"' if heading else ' text-anchor="middle"'
    if fits is not None:
        style += f' data-fits="{fits[0]},{fits[1]}"'
        style += f' font-size="{fits[1]}"' if len(written) > fits[0] else ""
    style += f' fill="{colour}"' if colour else f' data-sign="{sign(number.value)}"'
    names = ("row", "col") if len(place) == 2 else ("index",)
    at = "".join(f' data-{name}="{i}"' for name, i in zip(names, place, strict=False))
    value = f' data-value="{number_text(number.value)}"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}"{style} '
        f'data-before="{number.before}" data-quantity="{number.quantity}"'
        f"{at + value if len(place) > 1 else value + at}>{written}</text>"
    )


def grip(
    kind: Literal["weight", "bias", "input", "target"],
    place: tuple[int, ...],
    name: str,
    value: float,
    words: Wording | None,
) -> str:
    """Return the attributes of the handle of a number; none where the layer is to be read only.

    place   from 0: class and input of a weight, or the place of a bias, an input or a target
    """
    if words is None:
        return ""
    label = escape(words(f"network.edit.{kind}", name=name))
    low, high = (0, 1) if kind == "target" else (min(-_ENDS, value), max(_ENDS, value))
    return (
        f' data-edit="{kind}" data-place="{",".join(map(str, place))}" role="slider" tabindex="0" '
        f'aria-label="{label}" aria-valuemin="{low:g}" '
        f'aria-valuemax="{high:g}" aria-valuenow="{number_text(value)}" '
        f'aria-valuetext="{_compact(value)}"'
    )
