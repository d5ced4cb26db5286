"""The grammar of the learner's notation: tokens -> the expressions that derivations are made of.

    formula := [sign] product (("+" | "-") product)*
    product := factor (("*" | "/") factor)*
    factor  := sign factor | power
    power   := atom ["**" factor]
    atom    := number | name | "(" formula ")" | function "(" formula ")"
             | "sum" "(" formula "," index ")" | derivative
    derivative := "d" quantity "/" "d" name          dL/dz_i, d(L)/d(z_i), d/dz_i(L)

SymPy keeps what is written and works nothing out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from sympy import Expr, Indexed, Symbol

from derivations.symbols import SIZES, Partial, upper_limit
from derivations.typed.formula_parts import (
    FUNCTIONS,
    Part,
    inverse,
    joined,
    literal,
    negative,
    raised,
)
from derivations.typed.indexed_names import SUM_INDICES, Names
from derivations.typed.parse_error import ParseError
from derivations.typed.tokens import Token
from derivations.writing import add, mul, total

DEEPEST, MOST_SUMS, MOST_DIFFERENTIALS = 16, 2, 2


class Reading(NamedTuple):
    """What was read: the expression, and where its names stand.

    names  tokens of the names, and of the indices that sums run over
    free   letters among the indices that no sum runs over, each with its token
    """

    expr: Expr
    names: list[Token]
    free: list[tuple[Symbol, Token]]


def reading(tokens: list[Token], known: Names) -> Reading:
    """Read tokens, of which the last is the end, with these names; ParseError for anything else."""
    return _Parser(tokens, known).reading()


@dataclass
class _Parser:
    """Takes one token after the other; nothing is gone back to."""

    tokens: list[Token]
    known: Names
    place: int = 0
    depth: int = 0
    differentials: int = 0
    names: list[Token] = field(default_factory=list)
    free: list[tuple[Symbol, Token]] = field(default_factory=list)
    summed: list[Symbol] = field(default_factory=list)

    def reading(self) -> Reading:
        part = self.formula()
        if self.next.kind != "end":
            self.refuse_rest()
        return Reading(part.expr, self.names, self.free)

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def next_is(self, *signs: str) -> bool:
        return self.next.text in signs

    def formula(self) -> Part:
        parts = [self.product_with_sign()]
        at = self.next
        while self.next_is("+", "-"):
            at = self.take()
            part = self.product()
            parts.append(negative(part) if at.text == "-" else part)
        return joined(add, parts, at, math.fsum) if len(parts) > 1 else parts[0]

    def product_with_sign(self) -> Part:
        if self.next_is("-") and self.take():
            return negative(self.product())
        return self.product()

    def product(self) -> Part:
        parts = [self.factor()]
        at = self.next
        while self.next_is("*", "/"):
            at = self.take()
            part = self.factor()
            parts.append(inverse(part, at) if at.text == "/" else part)
        return joined(mul, parts, at, math.prod) if len(parts) > 1 else parts[0]

    def factor(self) -> Part:
        if self.next_is("-", "+"):
            sign = self.take()
            part = self.deeper(self.factor, sign)
            return negative(part) if sign.text == "-" else part
        base = self.atom()
        if not self.next_is("**"):
            return base
        sign = self.take()
        return raised(base, self.deeper(self.factor, sign), sign)

    def atom(self) -> Part:
        token = self.take()
        if token.kind == "number":
            return literal(token)
        if token.text == "(":
            part = self.deeper(self.formula, token)
            self.close(token)
            return part
        if token.text in FUNCTIONS or token.text == "sum":
            return self.function(token)
        if token.kind == "name":
            return self.derivative(token) if self.is_differential(token) else self.name(token)
        self.refuse_end(token)
        raise ParseError("operand_missing", token.at, token.text)

    def name(self, token: Token) -> Part:
        expr, letters = self.known.named(token)
        self.names.append(token)
        self.free += [(x, token) for x in letters]
        return Part(expr, float(expr) if expr.is_number else None)

    def is_differential(self, token: Token) -> bool:
        """Whether a name is d and a quantity: dL, da_j, the d of d(L) and of d/dz_i."""
        if token.text == "d":
            return self.next_is("(", "/")
        stem = token.text[1:].partition("_")[0]
        known = stem in self.known.scalars or self.known.has_array(stem)
        return token.text[0] == "d" and known

    def derivative(self, token: Token) -> Part:
        self.names.append(token)
        self.differentials += 1
        if self.differentials > MOST_DIFFERENTIALS:
            raise ParseError("too_deep", token.at, token.text, limit=MOST_DIFFERENTIALS)
        comes_after = token.text == "d" and self.next_is("/")
        part = None if comes_after else self.differential(token)
        if not self.next_is("/"):
            raise ParseError("derivative", token.at, token.text)
        self.take()
        below = self.take()
        self.refuse_end(below)
        is_operator = below.text == "d" and self.next_is("/")
        if below.kind != "name" or is_operator or not self.is_differential(below):
            raise ParseError("derivative", below.at, below.text)
        variable = self.differential(below).expr
        if not isinstance(variable, Indexed | Symbol) or variable in SIZES:
            raise ParseError("derivative", below.at, below.text)
        if part is None:
            part = self.deeper(self.atom, token)
        self.differentials -= 1
        return part._replace(expr=Partial(part.expr, variable), number=None)

    def differential(self, token: Token) -> Part:
        """Read the rest of d(...), or the quantity of dL."""
        if token.text != "d":
            return self.name(token._replace(text=token.text[1:], at=token.at + 1))
        opening = self.take()
        part = self.deeper(self.formula, opening)
        self.close(opening)
        return part

    def function(self, name: Token) -> Part:
        if not self.next_is("("):
            raise ParseError("function_brackets", name.at, name.text)
        opening = self.take()
        if name.text == "sum":
            return self.sum(name, opening)
        part = self.deeper(self.formula, opening)
        self.close(opening)
        build, value = FUNCTIONS[name.text]
        return joined(build, [part], name, lambda numbers: value(*numbers))

    def sum(self, name: Token, opening: Token) -> Part:
        outside = len(self.free), len(self.summed)
        body = self.deeper(self.formula, opening)
        if body.sums == MOST_SUMS:
            raise ParseError("too_many_sums", name.at, name.text, limit=MOST_SUMS)
        if not self.next_is(","):
            self.close(opening)
            raise ParseError("sum_index", self.tokens[self.place - 1].at, ")")
        self.take()
        token = self.take()
        index = SUM_INDICES.get(token.text)
        if index is None:
            self.refuse_end(token)
            raise ParseError("sum_index", token.at, token.text)
        if index in self.summed[outside[1] :]:
            raise ParseError("index_taken", token.at, token.text)
        self.close(opening, "sum_index")
        self.names.append(token)
        self.summed.append(index)
        inside = self.free[outside[0] :]
        self.free[outside[0] :] = [x for x in inside if x[0] != index]
        return Part(total(body.expr, index, upper_limit(index)), None, body.degree, body.sums + 1)

    def deeper(self, inner: Callable[[], Part], at: Token) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ParseError("too_deep", at.at, at.text, limit=DEEPEST)
        part = inner()
        self.depth -= 1
        return part

    def close(self, opening: Token, otherwise: str = "") -> None:
        if self.next_is(")"):
            self.take()
        elif self.next.kind == "end":
            raise ParseError("bracket_open", opening.at, opening.text)
        elif otherwise:
            raise ParseError(otherwise, self.next.at, self.next.text)
        else:
            self.refuse_rest()

    def refuse_end(self, token: Token) -> None:
        if token.kind == "end":
            raise ParseError("incomplete", token.at - 1)

    def refuse_rest(self) -> NoReturn:
        reasons = {")": "bracket_extra", ",": "argument_count"}
        reason = reasons.get(self.next.text, "operator_missing")
        raise ParseError(reason, self.next.at, self.next.text)
