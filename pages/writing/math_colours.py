"""The quantities' colours in the formulas of a text, the same as on the bench."""

from __future__ import annotations

import re
from functools import lru_cache

from pages.writing.palette import Theme, ink

# A formula, in a coloured span or not, and the punctuation after it.
_FORMULA = re.compile(
    r"(:[a-z]+\[)?(\$\$?)(.+?)\2((?(1)\]))([,.;:!?)，。；：！？、）]*)", re.DOTALL
)
# A letter by itself with its index; not one within a command or a word.
_SYMBOL = re.compile(r"(?<![\\_^A-Za-z])([A-Za-z])(_\{[^{}]*\}|_\w)?(?![A-Za-z])")
# A gradient's colour is that of its sign, which a symbol does not have.
SYMBOLS = {"z": "logit", "a": "probability", "y": "target", "L": "loss"}
# Where the letters mean this; elsewhere Q is the queries of attention.
_OF_PAGE = {"cross_entropy": {"P": "target", "Q": "probability"}}


@lru_cache(maxsize=1000)
def coloured(text: str, theme: Theme, page: str = "") -> str:
    """Colour z, a, y and L, and a page's own, in the formulas between dollar signs of a text.

    No line is to begin with the comma after a formula. Browsers break lines there, even before a
    word joiner, so the formula takes it in; where the next formula begins at once, a space of no
    width keeps the two dollar signs from being read as one fence.
    """
    quantities = SYMBOLS | _OF_PAGE.get(page, {})

    def symbol(match: re.Match[str]) -> str:
        quantity = quantities.get(match[1])
        return rf"\textcolor{{{ink(quantity, theme)}}}{{{match[0]}}}" if quantity else match[0]

    def formula(match: re.Match[str]) -> str:
        start, fence, body, end, after = match.groups("")
        body = _SYMBOL.sub(symbol, body)
        if fence == "$" and after:
            apart = "\u200b" if text.startswith("$", match.end()) else ""
            return rf"{start}${body}\text{{{after}}}${end}{apart}"
        return start + fence + body + fence + end + after

    return _FORMULA.sub(formula, text)
