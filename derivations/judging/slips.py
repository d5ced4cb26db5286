"""The lines that slips give, each proved wrong by numbers; and the slip that a line is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy import Expr

from derivations.evaluating.unfolding import NotUnfoldableError
from derivations.judging import loss_slips, softmax_slips
from derivations.judging.points import differ
from derivations.judging.reference import free_letters, reference
from derivations.model import Derivation
from derivations.symbols import N, Partial, n

Values: TypeAlias = tuple[Any, ...]  # None among them where a line has no value
_LARGEST = 3  # n up to which values are compared to tell slips from one another

# In this order: of slips that come to the same in a derivation the first gives its name. So the
# diagonal alone is own_path_only where the gradient of a loss adds up paths, as both are
# g_i a_i (1 - a_i) there, and diagonal_only in the Jacobian itself.
SLIPS: Mapping[str, Any] = MappingProxyType(
    {
        "own_path_only": loss_slips.own_path_only,
        "diagonal_only": softmax_slips.diagonal_only,
        "missing_delta": softmax_slips.missing_delta,
        "sign_flipped": softmax_slips.sign_flipped,
        "cross_entropy_gradient_for_other_loss": loss_slips.cross_entropy_gradient_for_other_loss,
        "probability_not_logit_gradient": loss_slips.probability_not_logit_gradient,
        "log_softmax_as_softmax": loss_slips.log_softmax_as_softmax,
        "missing_class_mean": softmax_slips.without_division(n),
        "missing_batch_mean": softmax_slips.without_division(N),
        "missing_temperature": softmax_slips.missing_temperature,
        "double_softmax": softmax_slips.double_softmax,
        "transposed_weights": softmax_slips.transposed_weights,
        "wrong_axis": softmax_slips.wrong_axis,
    }
)


def slips_at(derivation: Derivation, line: int) -> Mapping[str, Expr]:
    """Return the lines that slips would give in the place of one of a derivation's lines.

    By the slip's id (those of `Verdict.misconception`), in the order of SLIPS; each is written as
    that line is, and differs from it at numbers. Empty for line 0, and where none can be made;
    negative lines count from the end.
    """
    return MappingProxyType(_slips_at(derivation, range(len(derivation.lines))[line]))


@lru_cache(maxsize=256)
def _slips_at(derivation: Derivation, line: int) -> dict[str, Expr]:
    found: dict[str, Expr] = {}
    for slip, written in _made(derivation, line):
        values = None if slip in found else _values(written, derivation)
        is_wrong = values and _differ(values, _right(derivation))
        if is_wrong and slip_of(written, derivation) == slip:
            found[slip] = written
    return found


def _made(derivation: Derivation, line: int) -> Iterator[tuple[str, Expr]]:
    """Yield what every slip makes of a line; some of it may equal the line."""
    right = derivation.lines[line]
    for slip, make in SLIPS.items() if line else ():
        for written in dict.fromkeys(make(right, derivation)):
            if written != right:
                yield slip, written


@lru_cache(maxsize=64)
def known_slips(derivation: Derivation) -> tuple[tuple[str, Expr, Values], ...]:
    """List lines of different values that slips give, with the slip, in the order of SLIPS.

    They are made of the first line without a derivative and of the last two: what a slip gives in
    another line has the same value.
    """
    lines = range(1, len(derivation.lines))
    plain = [x for x in lines if not derivation.lines[x].has(Partial)] or [lines[-1]]
    chosen = sorted({plain[0], *plain[-2:]}, reverse=True)
    made = [x for line in chosen for x in _made(derivation, line)]
    known: list[tuple[str, Expr, Values]] = []
    for slip in SLIPS:
        for line in dict.fromkeys(written for name, written in made if name == slip):
            values = _values(line, derivation)
            others = (_right(derivation), *(x for _, _, x in known))
            if values and all(_differ(values, x) for x in others):
                known.append((slip, line, values))
    return tuple(known)


def slip_of(line: Expr, derivation: Derivation) -> str | None:
    """Name the slip that gives a plain line of this derivation, wherever it is made; or None."""
    left, values = known_slips(derivation), list[Any]()
    for more in _values_by_point(line, derivation):
        at = slice(len(values), len(values) + len(more))
        left = tuple(x for x in left if not _differ(more, x[-1][at]))
        if not left:
            return None
        values += more
    return next((slip for slip, _, x in left if _is_seen(values, x)), None)


def _is_seen(values: Sequence[Any], slip: Values) -> bool:
    """Whether a line that does not differ from a slip has values at most of the slip's places."""
    both = sum(None not in pair for pair in zip(values, slip, strict=False))
    return 2 * both > sum(x is not None for x in slip)


@lru_cache(maxsize=64)
def _right(derivation: Derivation) -> Values:
    """Compute the derivation's last line."""
    return _values(derivation.result, derivation)


def _values(line: Expr, derivation: Derivation) -> Values:
    """Compute a line at a few sets of numbers; nothing where it has no meaning."""
    return tuple(chain.from_iterable(_values_by_point(line, derivation)))


def _values_by_point(line: Expr, derivation: Derivation) -> Iterator[Values]:
    meant = reference(derivation)
    try:
        plain = meant.plain(line)
    except NotUnfoldableError:
        return
    indices = derivation.indices
    if set(indices).issuperset(free_letters(plain)):
        few = (x for x in meant.points if x.sizes[n] <= _LARGEST)
        yield from (tuple(meant.values(plain, x, indices).values()) for x in few)


def _differ(left: Values, right: Values) -> bool:
    return any(map(differ, left, right))
