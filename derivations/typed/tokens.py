"""A typed text as numbers, names and signs, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivations.typed.other_notations import is_other_notation
from derivations.typed.parse_error import ParseError

MOST_CHARACTERS, MOST_TOKENS = 500, 200
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>∂?[A-Za-z_][A-Za-z0-9_]*|∂)"
    r"|(?P<sign>\*\*|[-+*/(),·⋅×])"
    r"|[ \t\r\n]+"
)

# As long as what they are written for, so that every place stays what it is.
_SAME = str.maketrans("∂·⋅×", "d***")


class Token(NamedTuple):
    """A part of the text: its kind ("number", "name", "sign" or "end"), itself, its offset."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Split a text; the last token is the end.

    Raises ParseError for an empty text, one that is too long, and a character of no token.
    """
    if len(text) > MOST_CHARACTERS:
        raise ParseError("too_long", MOST_CHARACTERS, limit=MOST_CHARACTERS)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            known = is_other_notation(text[at])
            reason = "other_notation" if known else "unknown_character"
            raise ParseError(reason, at, text[at])
        if match.lastgroup:
            if len(found) == MOST_TOKENS:
                raise ParseError("too_many_parts", at, match[0], limit=MOST_TOKENS)
            found.append(Token(match.lastgroup, match[0].translate(_SAME), at))
        at = match.end()
    if not found:
        raise ParseError("empty", 0)
    return [*found, Token("end", "", found[-1].at + len(found[-1].text))]
