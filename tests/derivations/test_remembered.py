"""What `evaluate` keeps between calls and shares within one: quick, bounded, never confused."""

import sys
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pytest
from sympy import Expr

from derivations import DERIVATIONS, Derivation, evaluate, latex
from derivations.symbols import Partial, T, a, i, j, k, m, y, z
from derivations.writing import add, e_to, equation, frac, mul, power, sub, total
from tests.calls import calls_again

from .registry import ALL

JACOBIAN = DERIVATIONS["softmax_jacobian"]
Z = np.array([2.0, 3.0, 4.0])
TEN = [x / 3 for x in range(10)]


def with_line(derivation: Derivation, place: int, line: Expr) -> Derivation:
    steps = list(derivation.steps)
    steps[place - 1] = replace(steps[place - 1], after=line)
    return replace(derivation, steps=tuple(steps))


def test_a_replaced_line_is_not_served_from_the_old_one() -> None:
    before = evaluate(JACOBIAN, 3, z=Z, i=1, j=2)
    changed = with_line(JACOBIAN, 3, mul(2, JACOBIAN.lines[3]))
    assert evaluate(changed, 3, z=Z, i=1, j=2) == 2 * before
    assert evaluate(JACOBIAN, 3, z=Z, i=1, j=2) == before


def test_a_replaced_definition_or_assumption_counts_as_well() -> None:
    halved = equation(a[i], frac(e_to(z[i] / 2), total(e_to(z[k] / 2), k)))
    line = JACOBIAN.result
    assert evaluate(JACOBIAN, line, z=Z) == evaluate(JACOBIAN, -1, z=Z)
    found = evaluate(replace(JACOBIAN, definitions=(halved,)), line, z=Z, i=1)
    assert found == pytest.approx(evaluate(JACOBIAN, -1, z=Z / 2, i=1))
    two = DERIVATIONS["sigmoid_as_two_classes"]
    with pytest.raises(ValueError, match="n = 2 elsewhere"):
        evaluate(two, 0, z=Z)
    assert evaluate(replace(two, assumptions=()), 0, z=Z) < evaluate(two, 0, z=Z[:2])


def test_a_free_loss_changes_with_what_is_given() -> None:
    upstream = DERIVATIONS["upstream_gradient"]
    by_gradient = partial(evaluate, upstream, -1, z=Z, g=[1, 2, 4])
    by_target = partial(evaluate, upstream, -1, z=Z, y=[0, 0, 1])
    first = by_gradient(), by_target()
    assert first[0] != first[1]
    assert (by_gradient(), by_target()) == first


def test_equal_lines_are_written_alike() -> None:
    lines = [x for derivation in ALL.values() for x in derivation.lines]
    lines += [add(z[i], z[j]), add(z[j], z[i]), mul(z[i], T), mul(T, z[i])]
    for left, right in combinations(lines, 2):
        if left == right:
            assert hash(left) == hash(right)
            assert latex(left) == latex(right)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (sub(power(z[i], 2), mul(z[i], z[j])), Z[:, None] ** 2 - np.outer(Z, Z)),
        (total(mul(z[i], power(z[k], 2)), k), np.outer(Z, [29, 29, 29])),
        (
            sub(total(mul(z[i], power(z[k], 2)), k), total(mul(power(z[j], 2), z[k]), k)),
            np.outer(Z, [29, 29, 29]) - np.outer([9, 9, 9], Z**2),
        ),
        (
            total(mul(z[k], total(mul(z[m], sub(z[i], z[j])), m)), k),
            81 * (Z[:, None] - Z),
        ),
        (
            sub(total(total(mul(z[k], z[i]), k), m), total(total(mul(z[m], z[j]), k), m)),
            27 * (Z[:, None] - Z),
        ),
        (
            sub(frac(e_to(z[i]), e_to(z[j])), frac(e_to(z[j]), e_to(z[i]))),
            np.exp(Z[:, None] - Z) - np.exp(Z - Z[:, None]),
        ),
    ],
)
def test_parts_alike_up_to_their_indices_are_not_confused(line: Expr, expected: object) -> None:
    assert np.array(evaluate(JACOBIAN, line, z=Z)) == pytest.approx(np.array(expected))


def test_an_index_of_an_array_is_none_of_another() -> None:
    line = sub(total(mul(z[k], y[i]), k), total(mul(z[i], y[k]), k))
    found = evaluate(JACOBIAN, line, z=Z, y=[0.5, 0.25, 0.25], j=1)
    assert found == pytest.approx(9 * np.array([0.5, 0.25, 0.25]) - Z)


def test_what_is_remembered_is_bounded() -> None:
    modules = [x for name, x in sys.modules.items() if name.startswith("derivations")]
    caches = {x for module in modules for x in vars(module).values() if hasattr(x, "cache_info")}
    assert caches
    assert all(x.cache_info().maxsize is not None for x in caches)


def test_a_refusal_is_not_remembered() -> None:
    lines = DERIVATIONS["upstream_gradient"]
    second = Partial(lines.start, z[j])
    for _ in range(2):
        with pytest.raises(ValueError, match="left free"):
            evaluate(lines, second, z=Z, g=[1, 2, 3], j=1)
    assert len(evaluate(lines, second, z=Z, y=[0, 0, 1], j=1)) == 3


@pytest.mark.parametrize("place", range(len(JACOBIAN.lines)))
def test_a_line_asked_for_again_is_little_work(place: int) -> None:
    # A page shows some 15 lines in a rerun, the whole of some of them at 30 digits.
    assert calls_again(partial(evaluate, JACOBIAN, place, z=Z, i=1, j=2)) < 600
    assert calls_again(partial(evaluate, JACOBIAN, place, z=Z, digits=30)) < 2_000
    assert calls_again(partial(evaluate, JACOBIAN, place, z=TEN, digits=30)) < 16_000
