r"""Printed formulas, LaTeX or plain text, as what the parser reads.

    \frac{1}{n} \sum_{k=1}^{n} (a_k - y_k)^2        (1/n) Σ_(k=1..n) (a_k - y_k)²

    formula := [sign] product (("+" | "-") product)*
    product := power ([dot | "/" [sign]] power)*     factors stand beside one another
    power   := atom ["^" script]
    atom    := number | name | bracket formula bracket | "|" formula "|" | \frac {} {}
             | \sqrt [degree] {} | function ["^" script] (bracket | power) | \sum scripts product
             | \frac {∂ formula} {∂ name} | \frac {∂} {∂ name} power | ∂ power / ∂ name

Each token that comes out has the place of what it stands for. Names, sizes and all else are left
to the parser. Nothing is guessed: ln a b could mean two things, and is refused.
"""

from __future__ import annotations

from derivations.symbols import upper_limit
from derivations.typed.formula_parts import FUNCTIONS
from derivations.typed.indexed_names import INDICES
from derivations.typed.parse_error import ParseError
from derivations.typed.printed_derivative import DerivativeWalk
from derivations.typed.printed_signs import typeset_signs
from derivations.typed.printed_walk import OPENING
from derivations.typed.tokens import Token


def typeset_tokens(text: str) -> list[Token]:
    """Take a printed formula apart; ParseError where it is none, or could mean two things."""
    return _Reader(typeset_signs(text)).tokens()


def written(tokens: list[Token]) -> str:
    """Write tokens as one would type them: a_1 - 2*(a_2)."""
    result = ""
    for token in tokens:
        is_operator = token.text in ("+", "-") and result[-1:] not in ("", *"(*/")
        result += f" {token.text} " if is_operator else token.text + " " * (token.text == ",")
    return result


class _Reader(DerivativeWalk):
    in_bars = False

    def tokens(self) -> list[Token]:
        if self.next.kind == "end":
            raise ParseError("empty", 0)
        self.formula()
        if self.next.kind in ("number", "name") or self.next.text in OPENING:
            raise ParseError("operator_missing", self.next.at, self.next.text)
        if self.next.kind != "end":
            self.refuse()
        return [*self.out, self.next]

    def formula(self) -> None:
        self.put_signs("+", "-")
        self.product()
        while self.next.text in ("+", "-"):
            self.put_signs("+", "-")
            self.product()

    def product(self) -> None:
        self.power()
        while True:
            if self.next.text in ("*", "/"):
                self.put_signs("*", "/")
                self.put_signs("+", "-")
            elif self.starts_factor():
                self.put("sign", "*", self.next)
            else:
                return
            self.power()

    def starts_factor(self) -> bool:
        bar = self.next.text == "|" and not self.in_bars
        return self.next.kind == "name" or self.next.text in (*OPENING, "∂") or bar

    def power(self) -> None:
        self.atom()
        self.exponent()

    def exponent(self) -> None:
        if self.next.text == "**":
            self.put_signs("**")
            self.put_signs("+", "-")
            self.atom()

    def atom(self) -> None:
        token = self.next
        if token.kind == "number":
            self.put("number", self.take().text, token)
        elif token.text in OPENING:
            self.bracketed(self.inside, token)
        elif token.text == "|":
            self.put("name", "abs", token)
            self.bracketed(self.inside, token)
        elif self.starts_derivative():
            self.derivative()
        elif token.text == "frac":
            self.bracketed(self.fraction, token)
        elif token.text == "sum":
            self.sum()
        elif token.text in FUNCTIONS:
            self.function()
        elif token.kind == "name":
            self.name()
        else:
            self.refuse()

    def inside(self) -> None:
        """Put out what stands in brackets of any sort, without them."""
        opening = self.take()
        before, self.in_bars = self.in_bars, opening.text == "|"
        self.formula()
        self.in_bars = before
        self.close(opening)

    def fraction(self) -> None:
        at = self.take()
        self.argument(at)
        self.put("sign", "/", at)
        self.argument(at)

    def argument(self, at: Token) -> None:
        r"""Put out the argument of a command: {...}, or one figure or name, as in \frac12."""
        if self.next.text == "{":
            self.bracketed(self.inside, at)
            return
        token = self.next
        if token.kind == "number" and token.text.isdigit():
            self.split(1)
        self.atom()

    def function(self) -> None:
        name = self.take()
        if name.text == "sqrt" and self.next.text == "[":
            self.bracketed(lambda: self.root(name), name)
            return
        exponent = self.held_back(self.exponent)  # as in \ln^2 a
        self.put("name", name.text, name)
        if self.next.text in OPENING:
            self.bracketed(self.inside, name)
        elif name.text == "sqrt" and self.next.kind == "number":
            self.bracketed(lambda: self.argument(name), name)
        else:
            self.bracketed(self.power, name)
            if self.next.text == "/" or self.next.kind == "number" or self.starts_factor():
                raise ParseError("function_brackets", name.at, name.text)
        self.out += exponent

    def root(self, name: Token) -> None:
        """Put out a root of some degree as a power."""
        degree = self.held_back(lambda: self.bracketed(self.inside, name))
        self.argument(name)
        for kind, mark in (("sign", "**"), ("sign", "("), ("number", "1"), ("sign", "/")):
            self.put(kind, mark, name)
        self.out += degree
        self.put("sign", ")", name)

    def name(self) -> None:
        token = self.take()
        if token.text[0] == "\\":
            raise ParseError("unknown_name", token.at, token.text)
        index = ""
        if self.next.text == "_":
            self.take()
            index = "_" + self.index()
        self.put("name", token.text + index, token)

    def index(self) -> str:
        """Read an index: {ij}, {i,j}, ij, or the i of iy, where the y is a name by itself."""
        if self.next.text in ("{", "("):
            parts = self.listed()
            if not all(x.isalnum() or x == "," for x in parts):
                self.refuse()
            return "".join(parts).replace(",", "")
        if self.next.kind not in ("name", "number"):
            self.refuse()
        result = ""
        while self.next.kind == "number" or (
            self.next.kind == "name" and self.next.text[0] in INDICES
        ):
            text = self.next.text
            length = next((q for q, x in enumerate(text) if x not in INDICES), len(text))
            self.split(length or len(text))
            token = self.take()
            result += token.text
            if self.next.at != token.at + len(token.text):
                break
        return result or self.take().text

    def sum(self) -> None:
        name = self.take()
        if self.next.text == "(":
            self.put("name", "sum", name)
            self.bracketed(self.typed_sum, name)
            return
        scripts: dict[str, list[str]] = {"_": [], "**": []}
        at = self.next
        while self.next.text in scripts and not scripts[self.next.text]:
            script = self.take().text
            scripts[script] = self.listed() if self.next.text in ("{", "(") else [self.take().text]
        index, *rest = scripts["_"] or [""]
        upper = str(upper_limit(INDICES.get(index, "")))
        one_left_out = rest[:1] == ["≠"] and len(rest) == 2
        known = one_left_out or rest in ([], ["=", "1"], ["=", "1", "..", upper])
        if index not in INDICES or not known or scripts["**"] not in ([], [upper]):
            raise ParseError("sum_index", at.at, at.text)
        self.put("name", "sum", name)
        self.bracketed(lambda: self.summand(name, index, rest[1] if one_left_out else ""), name)

    def summand(self, name: Token, index: str, left_out: str) -> None:
        if left_out:
            delta = ("name", f"delta_{index}{left_out}")
            for kind, mark in (("sign", "("), ("number", "1"), ("sign", "-"), delta):
                self.put(kind, mark, name)
            self.put("sign", ")", name)
            self.put("sign", "*", name)
        self.put_signs("+", "-")
        self.product()
        self.put("sign", ",", name)
        self.put("name", index, name)

    def typed_sum(self) -> None:
        """Put out sum(..., k), of which the summand may be printed."""
        opening = self.take()
        self.formula()
        if self.next.text != ",":
            raise ParseError("sum_index", self.next.at, self.next.text)
        self.put_signs(",")
        index = self.take()
        self.put(index.kind, index.text, index)
        self.close(opening)
