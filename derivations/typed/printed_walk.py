"""A walk over the signs of a printed formula, and what it puts out for the parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from derivations.typed.parse_error import ParseError
from derivations.typed.tokens import MOST_TOKENS, Token

_DEEPEST = 32  # twice the parser's: a fraction is two of its brackets
OPENING = ("(", "[", "{")
_CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}


class Walk:
    """Signs to be taken one after the other, and tokens put out; nothing is gone back to."""

    def __init__(self, signs: list[Token]) -> None:
        self.signs = signs
        self.place = 0
        self.depth = 0
        self.out: list[Token] = []

    @property
    def next(self) -> Token:
        """Sign that is to be taken next; the end stays."""
        return self.signs[self.place]

    def take(self) -> Token:
        """Take the next sign."""
        token = self.next
        self.place += token.kind != "end"
        return token

    def refuse(self) -> NoReturn:
        """Raise ParseError for the next sign, which stands where it cannot."""
        token = self.next
        if token.kind == "end":
            raise ParseError("incomplete", max(token.at - 1, 0))
        reasons = {**dict.fromkeys(")]}", "bracket_extra"), ",": "argument_count"}
        reasons |= dict.fromkeys(("+", "-", "*", "/", "**", "|"), "operand_missing")
        raise ParseError(reasons.get(token.text, "unknown_character"), token.at, token.text)

    def put(self, kind: str, mark: str, at: Token) -> None:
        """Put out a token in the place of a sign; ParseError where there are too many."""
        if len(self.out) >= MOST_TOKENS:
            raise ParseError("too_many_parts", at.at, at.text, limit=MOST_TOKENS)
        self.out.append(Token(kind, mark, at.at))

    def put_signs(self, *wanted: str) -> None:
        """Take the next sign and put it out, if it is one of those wanted."""
        if self.next.text in wanted:
            self.put("sign", self.next.text, self.take())

    def bracketed(self, inner: Callable[[], None], at: Token) -> None:
        """Put out what `inner` puts out, in brackets."""
        self.deeper(at)
        self.put("sign", "(", at)
        inner()
        self.put("sign", ")", at)
        self.depth -= 1

    def deeper(self, at: Token) -> None:
        """Go one level deeper; ParseError where that is too deep."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ParseError("too_deep", at.at, at.text, limit=_DEEPEST // 2)

    def held_back(self, inner: Callable[[], None]) -> list[Token]:
        """Return what `inner` puts out, to be put out later."""
        start = len(self.out)
        inner()
        held = self.out[start:]
        del self.out[start:]
        return held

    def close(self, opening: Token) -> None:
        """Take the bracket that closes this one."""
        if self.next.kind == "end":
            raise ParseError("bracket_open", opening.at, opening.text)
        if self.next.text != _CLOSING[opening.text]:
            self.refuse()
        self.take()

    def split(self, length: int) -> None:
        """Make two tokens of the next one, the first of them so long."""
        kind, mark, at = self.next
        if length < len(mark):
            two = Token(kind, mark[:length], at), Token(kind, mark[length:], at + length)
            self.signs[self.place : self.place + 1] = two

    def listed(self) -> list[str]:
        """Return what stands in brackets as it is."""
        opening = self.take()
        parts = []
        while self.next.text != _CLOSING[opening.text]:
            if self.next.kind == "end":
                raise ParseError("bracket_open", opening.at, opening.text)
            parts.append(self.take().text)
        self.take()
        return parts
