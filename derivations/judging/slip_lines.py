"""The lines that slips give, each proved wrong by numbers; and the slip that a line is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy import Expr

from derivations.evaluating.unfolding import NotUnfoldableError, unfold
from derivations.judging import loss_slips, softmax_slips
from derivations.judging.points import Values, differ, points
from derivations.model import Derivation
from derivations.symbols import N, T, free_indices, n

_LARGEST = 4
_Values: TypeAlias = tuple[Values, ...] | None

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
        "missing_temperature": softmax_slips.without_division(T),
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
    names = _names(derivation)
    found: dict[str, Expr] = {}
    for slip, written in _made(derivation, line):
        if slip not in found and names.get(written) == slip:
            found[slip] = written
    return found


def _made(derivation: Derivation, line: int) -> Iterator[tuple[str, Expr]]:
    """Yield what every slip makes of a line; some of it may equal the line."""
    if line == 0:
        return
    right = derivation.lines[line]
    for slip, make in SLIPS.items():
        for written in make(right, derivation):
            if written != right:
                yield slip, written


@lru_cache(maxsize=64)
def _names(derivation: Derivation) -> dict[Expr, str]:
    """Name the slip of every wrong line that slips can make of this derivation's lines."""
    made = [x for line in range(len(derivation.lines)) for x in _made(derivation, line)]
    right = _values(derivation.result, derivation)
    known: list[tuple[str, _Values]] = []
    names: dict[Expr, str] = {}
    for slip in SLIPS:
        for line in dict.fromkeys(written for name, written in made if name == slip):
            values = _values(line, derivation)
            if values is None or not _differ(right, values):
                continue
            name = next((name for name, other in known if not _differ(values, other)), None)
            if name is None:
                known.append((slip, values))
            names.setdefault(line, name or slip)
    return names


def _values(line: Expr, derivation: Derivation) -> _Values:
    """Compute a line at the sets of numbers up to n = 4; None where it has no meaning."""
    try:
        unfolded = unfold(line, derivation)
    except NotUnfoldableError:
        return None
    indices = tuple(dict.fromkeys((*derivation.indices, *free_indices(unfolded))))
    if indices != derivation.indices:
        return None
    few = (x for x in points(derivation) if x.sizes[n] <= _LARGEST)
    return tuple(x.values(unfolded, indices) for x in few)


def _differ(left: Any, right: Any) -> bool:
    return any(
        differ(left_at[at], right_at[at])
        for left_at, right_at in zip(left, right, strict=True)
        for at in left_at
    )
