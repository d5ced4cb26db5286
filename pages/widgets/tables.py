"""Tables of numbers: the text twin of a picture, or a calculation laid out class by class.

Drawn as plain HTML with every text escaped: class names are the learner's, and Markdown would
read them as markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

import streamlit as st

from pages.writing.numerals import exact_text, fixed_text, number_text


@dataclass(frozen=True)
class Number:
    """One number in a table: what it is, its value, how it reads; `index` counts from 1.

    formula  what it is made of, with the numbers in; shown when it is pointed at
    uses     those numbers, as far as they stand in the same table: quantity and index
    NaN, where a lesson is about it, has no value in the page: its cell is marked as undefined.
    """

    quantity: str
    value: float
    text: str
    index: int | None = None
    formula: str = ""
    uses: Sequence[tuple[str, int | None]] = ()

    def made_of(self, formula: str, *uses: tuple[str, int | None]) -> Number:
        """Return the number with what it is made of."""
        return replace(self, formula=formula, uses=uses)

    def computed(self, symbols: str, numbers: str, *uses: Number) -> Number:
        """Return the number with "symbols = numbers = number" as what it is made of.

        numbers   with a {} for each of the numbers used, as they read in the same table
        Where one of them is infinite or undefined there is nothing to calculate, nor to write.
        """
        line = numbers.format(*(operand(used.value, used.text) for used in uses))
        if not all(math.isfinite(n.value) for n in (self, *uses)) or "∞" in line:
            return self
        made_of = " = ".join([*([symbols] if symbols else []), line, self.text])
        return self.made_of(made_of, *((used.quantity, used.index) for used in uses))

    def total_of(self, terms: Sequence[Number]) -> Number:
        """Return the number as the sum of others."""
        return self.computed("", " + ".join(["{}"] * len(terms)), *terms)

    def cell(self) -> str:
        """Write the cell: its colour and full value come with the quantity's name."""
        made_of = ""
        if self.formula:
            names = " ".join(q if i is None else f"{q}:{i}" for q, i in self.uses)
            made_of = f' tabindex="-1" data-formula="{escape(self.formula)}" data-uses="{names}"'
        index = "" if self.index is None else f' data-index="{self.index}"'
        value = f' data-value="{number_text(self.value).replace("inf", "Infinity")}"'
        if math.isnan(self.value):
            value = " data-undefined"
        return (
            f'<td class="number"{made_of} data-quantity="{self.quantity}"{index}{value}>'
            f"{escape(self.text)}</td>"
        )


Rows = Sequence[Sequence[str | Number]]


class Table(NamedTuple):
    """A table as `table` shows it: what it is of, its headings, and a row a line."""

    caption: str
    head: Sequence[str]
    rows: Rows


def fixed_cell(quantity: str, value: float, place: int | None = None) -> Number:
    """Return the cell of a number with four decimals; `place` counts from 0."""
    return Number(quantity, float(value), fixed_text(value), None if place is None else place + 1)


def within(rows: Rows) -> list[list[str | Number]]:
    """Return the rows of a table, each number pointing only at numbers that it holds."""
    held = {(n.quantity, n.index) for row in rows for n in row if isinstance(n, Number)}

    def pointing(cell: str | Number) -> str | Number:
        if isinstance(cell, str):
            return cell
        return replace(cell, uses=[use for use in cell.uses if use in held])

    return [[pointing(cell) for cell in row] for row in rows]


def operand(value: float, text: str) -> str:
    """Write a number as part of a calculation: a negative one in parentheses."""
    if text == "1.0000":  # 1 − 1.0000 would leave nothing of what there is
        text = exact_text(value)
    return f"({text})" if text.startswith("−") else text


def table(caption: str, head: Sequence[str], rows: Rows) -> None:
    """Show a table; the first cell of each row is its heading."""
    st.html(table_html(caption, head, rows))


def table_html(caption: str, head: Sequence[str], rows: Rows) -> str:
    """Write a table as HTML."""
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    # One stop for the Tab key; arrow keys walk on from there (pages/browser/assets/tables.js).
    body = body.replace(' tabindex="-1" data-formula', ' tabindex="0" data-formula', 1)
    made_of = '<p class="made-of" aria-live="polite"></p>' if "data-formula" in body else ""
    return (
        f'<div class="lab-table"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{made_of}</div>"
    )


def _row(row: Sequence[str | Number]) -> str:
    first, *rest = row
    heading = first.text if isinstance(first, Number) else first
    cells = (c.cell() if isinstance(c, Number) else f"<td>{escape(c)}</td>" for c in rest)
    return f'<th scope="row"><bdi>{escape(heading)}</bdi></th>{"".join(cells)}'
