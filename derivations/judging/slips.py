"""What each slip makes of a line: functions of a line and its derivation that yield lines.

They only change the line as a learner would; some of what they yield equals the line after all, as
`slip_lines` finds out. The ids are those of `Verdict.misconception`. Not among them is
`batch_maximum`: whatever is subtracted from all logits of a sample, its probabilities are equal, so
it changes no line (only numbers in floating point).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sympy import Add, Expr, Indexed, Integer, Mul, Piecewise, Pow, Sum, Symbol

from derivations.judging.places import each_place, everywhere, renamed
from derivations.model import Derivation
from derivations.printing.expression_forms import excluded, split_sign
from derivations.symbols import (
    Partial,
    a,
    batch_a,
    batch_y,
    batch_z,
    bound,
    loss,
    n,
    upper_limit,
    y,
    z,
)
from derivations.writing import add, frac, mul, neg, power, sub, total

Slip: TypeAlias = Callable[[Any, Derivation], Iterator[Any]]


def _own_path_only(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Of a sum over the outputs only the term of the logit's own class."""
    if not _is_loss_gradient(derivation) or not _through_outputs(derivation):
        return
    for i in derivation.indices:

        def own(e: Any, i: Symbol = i) -> Expr | None:
            if isinstance(e, Sum) and e.limits[0][2] == n and upper_limit(i) == n:
                index = e.limits[0][0]
                if any(excluded(x, index) == i for x in Mul.make_args(e.function)):
                    return Integer(0)
                return renamed(e.function, index, i) if e.function.has(a, y, Partial) else None
            return None

        yield _tidy(everywhere(line, own))
    if derivation.start.variable.base == z:
        return
    yield from _with_logit_gradient(
        line, lambda p: mul(_upstream(derivation, p), a[p], sub(1, a[p]))
    )


def _diagonal_only(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """The Jacobian a_i (1 - a_i) on its diagonal, and off it 0, or the same for every pair."""

    def change(e: Any) -> Iterator[Expr]:
        if isinstance(e, Piecewise):
            (first, condition), *_ = (x.args for x in e.args)
            if first.has(a):
                yield Piecewise((first, condition), (Integer(0), True), evaluate=False)
                yield first
        for before, delta, rest, after in _delta_terms(e):
            yield mul(delta, add(*before, rest, *after))
        if isinstance(e, Mul):
            for at, factor in enumerate(e.args):
                for before, delta, rest, after in _delta_terms(factor):
                    for p in (x for x in delta.args if rest == 1 and len([*before, *after]) == 1):
                        others = [*e.args[:at], *e.args[at + 1 :]]
                        yield mul(*others, sub(1, a[p]))
                        swapped = [a[p] if x in [a[y] for y in delta.args] else x for x in others]
                        yield mul(*swapped, sub(1, a[p]))

    yield from each_place(line, change)


def _missing_delta(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """The delta of the Jacobian taken as 1 or 0 for every pair: a_i (1 - a_j) or -a_i a_j."""

    def change(e: Any) -> Iterator[Expr]:
        for before, _, rest, after in _delta_terms(e):
            yield add(*before, rest, *after)
            others = [*before, *after]
            yield others[0] if len(others) == 1 else add(*others)
        if isinstance(e, Piecewise) and e.args[-1].args[0].has(a):
            yield e.args[-1].args[0]

    yield from each_place(line, change)


def _sign_flipped(line: Any, _derivation: Derivation) -> Iterator[Any]:
    """A difference turned round, y - a for a - y, or the line with the other sign."""

    def change(e: Any) -> Iterator[Expr]:
        if isinstance(e, Add) and len(e.args) == 2:
            signs, parts = zip(*map(split_sign, e.args), strict=True)
            if signs == (False, True):
                yield sub(parts[1], parts[0])
            elif signs == (True, False):
                yield sub(parts[0], parts[1])

    yield from each_place(line, change)
    if not line.has(Partial):
        signed, rest = split_sign(line)
        yield rest if signed else neg(line)


def _cross_entropy_gradient(line: Any, derivation: Derivation) -> Iterator[Any]:
    """A - y where the loss is another one."""
    if _is_cross_entropy(derivation) or not _is_loss_gradient(derivation):
        return
    yield from _with_logit_gradient(line, lambda p: sub(a[p], y[p]))
    if derivation.start.variable.base == z and line == derivation.result:
        (i,) = derivation.indices
        yield sub(a[i], y[i])


def _probability_gradient(line: Any, derivation: Derivation) -> Iterator[Any]:
    """dL/da where dL/dz is asked."""
    if not _is_loss_gradient(derivation):
        return
    if derivation.start.variable.base == z and not line.has(Partial):
        i = derivation.indices[-1]
        yield _upstream(derivation, i)
        if derivation.indices[:-1]:
            yield neg(frac(1, a[derivation.indices[0]]))
    if derivation.start.variable.base != z:
        yield from _with_logit_gradient(line, lambda p: Partial(loss, a[p]))

    def of_sample(e: Any) -> Expr | None:
        if isinstance(e, Partial) and getattr(e.variable, "base", None) == batch_z:
            return Partial(e.quantity, batch_a[e.variable.indices])
        place = _sample_error(e)
        return neg(frac(batch_y[place], batch_a[place])) if place else None

    if line != derivation.start:
        yield everywhere(line, of_sample)


def _log_softmax_as_softmax(line: Any, derivation: Derivation) -> Iterator[Any]:
    """D log a / dz taken as da / dz."""
    if derivation.id == "log_softmax_gradient" and not line.has(Partial):
        yield mul(a[derivation.indices[0]], line)
    if not _is_cross_entropy(derivation):
        return

    def change(e: Any) -> Iterator[Expr]:
        if isinstance(e, Pow) and e.exp == -1 and isinstance(e.base, Indexed) and e.base.base == a:
            yield Integer(1)
        if isinstance(e, Mul) and any(
            isinstance(x, Pow) and x.exp == -1 and x.base.has(a) for x in e.args
        ):
            rest = [x for x in e.args if not (isinstance(x, Pow) and x.exp == -1)]
            yield rest[0] if len(rest) == 1 else mul(*rest)

    yield from map(_tidy, each_place(line, change))

    def of_sample(e: Any) -> Expr | None:
        place = _sample_error(e)
        if place is None:
            return None
        k = bound()
        mean = total(mul(batch_y[place[0], k], batch_a[place[0], k]), k)
        return mul(batch_a[place], sub(mean, batch_y[place]))

    yield everywhere(line, of_sample)
    if line == derivation.result and line == sub(
        a[derivation.indices[-1]], y[derivation.indices[-1]]
    ):
        i, k = derivation.indices[-1], bound()
        yield mul(a[i], sub(total(mul(y[k], a[k]), k), y[i]))


def _without_power(name: Symbol) -> Slip:
    """Dividing by a name left out, everywhere or in one place."""

    def is_power(e: Any) -> bool:
        return isinstance(e, Pow) and e.base == name and split_sign(e.exp)[0]

    def drop(e: Any) -> Expr | None:
        return _product(x for x in e.args if not is_power(x)) if _holds(e) else None

    def _holds(e: Any) -> bool:
        return isinstance(e, Mul) and any(map(is_power, e.args))

    def one(e: Any) -> Iterator[Expr]:
        if _holds(e):
            yield _product(x for x in e.args if not is_power(x))

    def slip(line: Any, _derivation: Derivation) -> Iterator[Any]:
        yield _deep(line, drop)
        yield from each_place(line, one)
        # Once of twice: 1/T for 1/T**2.
        yield everywhere(line, lambda e: power(name, e.exp + 1) if is_square(e) else None)

    def is_square(e: Any) -> bool:
        return (is_power(e) and e.exp == -2) or (isinstance(e, Pow) and e.base == name and e.exp == 2)

    return slip
