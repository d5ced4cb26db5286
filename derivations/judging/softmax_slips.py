"""Slips in the Jacobian of softmax, its temperature, its inputs; in signs, means and weights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sympy import (
    Add,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Symbol,
    exp,
    preorder_traversal,
)

from derivations.judging.places import each_place, everywhere, product_of, unused_letter
from derivations.model import Derivation
from derivations.printing.expression_forms import split_sign
from derivations.symbols import N, Partial, T, a, batch_a, batch_z, n, upper_limit, w, z
from derivations.writing import add, e_to, frac, mul, neg, power, sub, total

_Slip: TypeAlias = Callable[[Any, Derivation], Iterator[Any]]


def diagonal_only(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """Take the Jacobian as its diagonal a_i (1 - a_i), and off it 0, or the same for every pair."""

    def change(e: Any) -> Iterator[Expr]:
        if isinstance(e, Piecewise) and e.args[0].args[0].has(a):
            value, condition = e.args[0].args
            yield Piecewise((value, condition), (Integer(0), True), evaluate=False)
            yield value
        for before, one, rest, after in _delta_terms(e):
            yield mul(one, add(*before, rest, *after))
        if isinstance(e, Mul):
            yield from _every_pair(e)

    yield from each_place(line, change)


def _every_pair(e: Mul) -> Iterator[Expr]:
    """Yield a_p (1 - a_p) and a_q (1 - a_q) for a_p (delta_pq - a_q)."""
    for others, own, partner in _pairs(e):
        if own in others or partner in others:
            for x in (partner, own):
                yield mul(*(x if y in (own, partner) else y for y in others), sub(1, x))


def _pairs(e: Any) -> Iterator[tuple[tuple[Any, ...], Expr, Expr]]:
    """Find factors delta_pq - a_q: yield the other factors, a_q and a_p."""
    factors = Mul.make_args(e)
    for place, factor in enumerate(factors):
        for before, one, rest, after in _delta_terms(factor):
            entries = [a[x] for x in one.args]
            own = split_sign(after[0])[1] if len(after) == 1 else None
            if not before and rest == 1 and own in entries:
                partner = entries[1 - entries.index(own)]
                yield (*factors[:place], *factors[place + 1 :]), own, partner


def missing_delta(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """Take the delta of the Jacobian as 1, or 0, for every pair: a_i (1 - a_j) or -a_i a_j.

    The Jacobian is symmetric, so taken as 1 it gives a_j (1 - a_i), too.
    """

    def change(e: Any) -> Iterator[Expr]:
        for before, _, rest, after in _delta_terms(e):
            yield add(*before, rest, *after)
            others = (*before, *after)
            yield others[0] if len(others) == 1 else add(*others)
        if isinstance(e, Piecewise) and e.args[-1].args[0].has(a):
            yield e.args[-1].args[0]

    def turned(e: Any) -> Iterator[Expr]:
        for others, own, partner in _pairs(e):
            if partner in others or e == line:
                yield product_of((*(own if x == partner else x for x in others), sub(1, partner)))

    yield from each_place(line, change)
    yield from each_place(line, turned)


def _delta_terms(e: Any) -> Iterator[tuple[tuple[Any, ...], Expr, Expr, tuple[Any, ...]]]:
    """Find terms with a delta of two classes in a sum that has probabilities, too.

    Yields the terms before, the delta, the rest of its term, and the terms after.
    """
    if not isinstance(e, Add):
        return
    for place, term in enumerate(e.args):
        found = _delta_and_rest(term)
        before, after = e.args[:place], e.args[place + 1 :]
        if found and any(x.has(a, exp) for x in (*before, *after)):
            yield before, *found, after


def _delta_and_rest(term: Any) -> tuple[Any, Any] | None:
    if isinstance(term, KroneckerDelta):
        is_of_classes = all(isinstance(x, Symbol) and upper_limit(x) == n for x in term.args)
        return (term, Integer(1)) if is_of_classes else None
    for place, factor in enumerate(term.args if isinstance(term, Mul) else ()):
        found = _delta_and_rest(factor)
        if found:
            return found[0], product_of((*term.args[:place], found[1], *term.args[place + 1 :]))
    return None


def sign_flipped(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Turn a difference round, y - a for a - y, or the sign of the whole line, or lose a minus.

    The minus is that of the Jacobian off its diagonal: a_i (delta_ij + a_j), or a_i (1 - a_i) on
    the diagonal and a_i a_j off it.
    """

    def change(e: Any) -> Iterator[Expr]:
        if isinstance(e, Add) and len(e.args) == 2:
            (first, p), (second, q) = map(split_sign, e.args)
            if first != second:
                yield sub(q, p) if second else sub(p, q)

    yield from each_place(line, change)
    if line == derivation.result or not line.has(Partial):
        signed, rest = split_sign(line)
        yield rest if signed else neg(line)
    yield from each_place(line, _minus_lost)


def _minus_lost(e: Any) -> Iterator[Expr]:
    """Yield delta + a, and 1 - a where delta = 1 and a elsewhere, for delta - a."""
    for before, one, rest, after in _delta_terms(e):
        if before or rest != 1 or len(after) != 1:
            continue
        signed, entry = split_sign(after[0])
        if signed:
            yield add(one, entry)
            yield add(mul(one, sub(1, entry)), mul(sub(1, one), entry))


def without_division(name: Symbol) -> _Slip:
    """Leave out a division by this name: everywhere, in one place, once of twice, or in a sum."""

    def is_below(e: Any) -> bool:
        return isinstance(e, Pow) and e.base == name and bool(e.exp.is_negative)

    def once_more(e: Any) -> Iterator[Expr]:
        if is_below(e):
            yield Integer(1)
        if isinstance(e, Pow) and e.base == power(name, 2):
            yield power(name, -1)

    def slip(line: Any, _derivation: Derivation) -> Iterator[Any]:
        yield everywhere(line, lambda e: Integer(1) if is_below(e) or is_below_square(e) else None)
        yield from each_place(line, once_more)
        if isinstance(line, Add) and any(map(is_below, preorder_traversal(line))):
            yield mul(name, line)

    def is_below_square(e: Any) -> bool:
        return isinstance(e, Pow) and e.base == power(name, 2)

    return slip


def missing_temperature(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Leave out a division by T: before softmax, where it is of z / T, after it, or both."""
    lines = [line, *without_division(T)(line, derivation)]
    yield from lines[1:]
    letter = unused_letter(line, *derivation.indices)

    def of_logits(e: Any) -> Expr | None:
        if isinstance(e, Indexed) and e.base == a:
            return frac(e_to(z[e.indices]), total(e_to(z[letter]), letter))
        return None

    if any(x.args[1].has(T) for x in derivation.definitions) and not line.has(Partial):
        yield from (everywhere(x, of_logits) for x in lines)


def double_softmax(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Take softmax of what is a softmax already: a for z in exponents, softmax(a) for a."""
    if line == derivation.start or line.has(Partial):
        return

    letter = unused_letter(line, *derivation.indices)

    def change(e: Any) -> Expr | None:
        if isinstance(e, exp):
            return e_to(everywhere(e.args[0], _probability))
        if isinstance(e, Indexed) and e.base in (a, batch_a):
            every = e.base[(*e.indices[:-1], letter)]
            return frac(e_to(e), total(e_to(every), letter))
        return None

    yield everywhere(line, change)


def _probability(e: Any) -> Expr | None:
    if isinstance(e, Indexed) and e.base in (z, batch_z):
        return (a if e.base == z else batch_a)[e.indices]
    return None


def transposed_weights(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """Take W for its transpose: w_dk for w_kd. It has values where n = D."""

    def change(e: Any) -> Expr | None:
        if isinstance(e, Partial) and e.variable.has(w):
            return Partial(everywhere(e.quantity, change), e.variable)
        return w[e.indices[::-1]] if isinstance(e, Indexed) and e.base == w else None

    yield everywhere(line, change)


def wrong_axis(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Take softmax along the samples instead of the classes."""
    if not line.has(batch_a):
        return
    letter = unused_letter(line, *derivation.indices, of_samples=True)

    def change(e: Any) -> Expr | None:
        if not (isinstance(e, Indexed) and e.base == batch_a):
            return None
        every = batch_z[letter, e.indices[1]]
        return frac(e_to(batch_z[e.indices]), total(e_to(every), letter, N))

    yield everywhere(line, change)
