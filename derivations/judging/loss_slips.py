"""Slips in the gradient of a loss: what each makes of dL/dz wherever a line holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sympy import Add, Expr, Indexed, Integer, KroneckerDelta, Mul, Pow, Sum, log

from derivations.evaluating.unfolding import base
from derivations.judging.places import each_place, everywhere, product_of, renamed, unused_letter
from derivations.model import Derivation
from derivations.printing.expression_forms import excluded, split_sign
from derivations.symbols import (
    Partial,
    a,
    batch_a,
    batch_y,
    batch_z,
    delta,
    g,
    k,
    loss,
    n,
    sample_losses,
    y,
    z,
)
from derivations.writing import frac, mul, neg, sub, total

# Of a class (or sample and class) p: dL/dz_p as the slip has it.
_New: TypeAlias = Callable[[tuple[Any, ...]], Expr]


def own_path_only(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Keep of a sum over the outputs the logit's own class alone: g_i a_i (1 - a_i)."""
    if _has_free_target(derivation):
        return
    if _is_by_logit(derivation):
        (i,) = derivation.indices

        def own(e: Any) -> Expr | None:
            if not isinstance(e, Sum) or e.limits[0][2] != n or not e.has(a, y, Partial):
                return None
            index = e.limits[0][0]
            is_rest = any(excluded(x, index) == i for x in Mul.make_args(e.function))
            return Integer(0) if is_rest else renamed(e.function, index, i)

        yield everywhere(line, own)
    else:
        yield from _with_logit_gradient(
            line,
            derivation,
            lambda p: mul(_upstream(derivation, p), _a(p), sub(1, _a(p))),
        )


def cross_entropy_gradient_for_other_loss(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Take a - y where the loss is another one."""
    if not _is_cross_entropy(derivation):
        yield from _with_logit_gradient(line, derivation, lambda p: sub(_a(p), _y(p)))


def probability_not_logit_gradient(line: Any, derivation: Derivation) -> Iterator[Any]:
    """dL/da where dL/dz is asked."""
    yield from _with_logit_gradient(line, derivation, lambda p: _upstream(derivation, p))
    if _has_free_target(derivation) and not line.has(Partial):
        yield neg(frac(1, a[derivation.indices[0]]))


def log_softmax_as_softmax(line: Any, derivation: Derivation) -> Iterator[Any]:
    """Take d log a / dz as da / dz: the 1/a of the logarithm is lost."""
    start = derivation.start
    is_of_log = isinstance(start, Partial) and isinstance(start.quantity, log)
    if is_of_log and start.quantity.has(a) and not line.has(Partial):
        yield mul(start.quantity.args[0], line)
    if not _is_cross_entropy(derivation):
        return

    def without(e: Any) -> Iterator[Expr]:
        if isinstance(e, Mul) and any(map(_is_one_over_a, e.args)):
            yield product_of(x for x in e.args if not _is_one_over_a(x))

    yield from each_place(line, without)

    letter = unused_letter(line, *derivation.indices)

    def of_class(p: tuple[Any, ...]) -> Expr:
        each = (*p[:-1], letter)
        return mul(_a(p), sub(total(mul(_y(each), _a(each)), letter), _y(p)))

    yield from _with_logit_gradient(line, derivation, of_class)


def _is_one_over_a(e: Any) -> bool:
    is_power = isinstance(e, Pow) and e.exp == -1
    return is_power and isinstance(e.base, Indexed) and e.base.base in (a, batch_a)


def _with_logit_gradient(line: Any, derivation: Derivation, new: _New) -> Iterator[Any]:
    """Yield the line with another dL/dz: as it is named, as a - y, and where it is the line."""
    if line == derivation.start:
        return
    if _is_by_logit(derivation) and not line.has(Partial):
        yield new(derivation.indices[-1:])

    def change(e: Any) -> Expr | None:
        if isinstance(e, Partial) and getattr(e.variable, "base", None) in (z, batch_z):
            is_loss = base(e.quantity) in (loss, sample_losses)
            return new(e.variable.indices) if is_loss else None
        p = _error_place(e) if _is_cross_entropy(derivation) else None
        return None if p is None else new(p)

    yield everywhere(line, change)


def _upstream(derivation: Derivation, p: tuple[Any, ...]) -> Expr:
    """Write dL/da_p as the derivation does."""
    if _has_free_target(derivation):
        return neg(frac(delta(p[-1], derivation.indices[0]), _a(p)))
    if _is_cross_entropy(derivation):
        return neg(frac(_y(p), _a(p)))
    slopes = [x.args[1] for x in derivation.definitions if x.args[0] == g[k]]
    if slopes and not slopes[0].has(Partial):
        return everywhere(slopes[0], lambda e: e.base[p] if isinstance(e, Indexed) else None)
    return g[p] if any(x.has(g) for x in derivation.lines) else Partial(loss, a[p])


def _error_place(e: Any) -> tuple[Any, ...] | None:
    """Find the p of a_p - y_p; None for anything else."""
    if isinstance(e, Add) and len(e.args) == 2 and isinstance(e.args[0], Indexed):
        p: tuple[Any, ...] = e.args[0].indices
        if e.args[0] == _a(p) and split_sign(e.args[1]) == (True, _y(p)):
            return p
    return None


def _is_by_logit(derivation: Derivation) -> bool:
    start = derivation.start
    return isinstance(start, Partial) and start == Partial(loss, z[derivation.indices[-1:]])


def _is_cross_entropy(derivation: Derivation) -> bool:
    return any(x.args[1].has(log) for x in derivation.definitions)


def _has_free_target(derivation: Derivation) -> bool:
    """Whether the target is one class, which is a free index."""
    return any(isinstance(x.args[1], KroneckerDelta) for x in derivation.assumptions)


def _a(p: tuple[Any, ...]) -> Expr:
    return (a if len(p) == 1 else batch_a)[p]


def _y(p: tuple[Any, ...]) -> Expr:
    return (y if len(p) == 1 else batch_y)[p]
