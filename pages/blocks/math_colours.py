"""The quantities' colours in the formulas of a text, the same as on the bench."""

from __future__ import annotations

import re
from functools import lru_cache

from pages.blocks.palette import Theme, ink

_FORMULA = re.compile(r"(\$\$?)(.+?)\1", re.DOTALL)
# A letter by itself with its index; not one within a command or a word.
_SYMBOL = re.compile(r"(?<![\\_^A-Za-z])([zayL])(_\{[^{}]*\}|_\w)?(?![A-Za-z])")
_QUANTITY = {"z": "logit", "a": "probability", "y": "target", "L": "loss"}


@lru_cache(maxsize=1000)
def coloured(text: str, theme: Theme) -> str:
    """Colour z, a, y and L in every formula between dollar signs of a Markdown text."""

    def symbol(match: re.Match[str]) -> str:
        return rf"\textcolor{{{ink(_QUANTITY[match[1]], theme)}}}{{{match[0]}}}"

    return _FORMULA.sub(lambda m: m[1] + _SYMBOL.sub(symbol, m[2]) + m[1], text)
