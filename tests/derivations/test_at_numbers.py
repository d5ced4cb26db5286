"""Lines with numbers in them: worked out as they stand, they give the line's value."""

from __future__ import annotations

import re

import pytest
from sympy import Expr, Float, N

from derivations import Derivation, at_numbers, evaluate, latex, number_latex
from derivations.at_numbers import Value
from tests.derivations.registry import ALL, numbers_for

POWER = re.compile(r"(.+) \\cdot 10\^\{(-?\d+)\}")


def chosen(one: Derivation, at: int) -> dict[str, int]:
    """One place for each free index: class, input and sample 1 or 2."""
    return {str(index): at for index in one.indices}


def worked_out(filled: Expr) -> float:
    """The value of a line of numbers, from the numbers as they are written."""
    values = {x: read(x.name) for x in filled.atoms(Value)}
    return float(N(filled.xreplace(values)))


def read(written: str) -> Float:
    power = POWER.fullmatch(written)
    return Float(f"{power[1]}e{power[2]}" if power else written, 15)


@pytest.mark.parametrize("most_terms", [0, 3])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("name", ALL)
def test_every_line_gives_its_value(name: str, at: int, most_terms: int) -> None:
    one = ALL[name]
    for seed in range(3):
        numbers = numbers_for(name, seed) | chosen(one, at)
        for line in range(len(one.lines)):
            filled = at_numbers(one, line, most_terms=most_terms, **numbers)
            exact = evaluate(one, line, **numbers)
            # Four decimals a number, several numbers a line.
            assert worked_out(filled) == pytest.approx(exact, rel=2e-3, abs=2e-3), line
            assert not filled.free_symbols - filled.atoms(Value)


def test_a_wrong_number_would_be_noticed() -> None:
    one = ALL["softmax_jacobian"]
    numbers = numbers_for(one.id, 0) | {"i": 1, "j": 1}
    right = at_numbers(one, -1, **numbers)
    wrong = at_numbers(one, -1, **numbers | {"j": 2})
    assert abs(worked_out(right) - worked_out(wrong)) > 1e-2


def test_as_it_is_read() -> None:
    one = ALL["softmax_jacobian"]
    numbers = {"z": [2.0, 3.0, 4.0], "i": 1, "j": 2}
    assert latex(at_numbers(one, -1, **numbers), dots=True) == "0.0900 (0 - 0.2447)"
    cases = [step.rule for step in one.steps].index("two_cases") + 1
    assert latex(at_numbers(one, cases, **numbers), dots=True) == r"-0.0900 \cdot 0.2447"
    numbers["j"] = 1
    assert latex(at_numbers(one, cases, **numbers), dots=True) == "0.0900 (1 - 0.0900)"


def test_a_sum_over_the_others_leaves_its_own_term_out() -> None:
    one = ALL["cross_entropy_gradient"]
    line = [step.rule for step in one.steps].index("distribute") + 1
    numbers = {"z": [2.0, 3.0, 4.0], "y": [0.1, 0.2, 0.7], "i": 2}
    shown = latex(at_numbers(one, line, **numbers), dots=True)
    others = r"0.1000 \cdot 0.2447 + 0.7000 \cdot 0.2447"
    assert shown == rf"-0.2000 + 0.2000 \cdot 0.2447 + ({others})"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (2, "2"),
        (0.25, "0.2500"),
        (0.00012, "0.0001"),
        (3.14e-7, r"3.1 \cdot 10^{-7}"),
        (2.5e9, r"2.5 \cdot 10^{9}"),
        (Float("1e-400", 17), r"1.0 \cdot 10^{-400}"),
        (999999.5, "999999.5000"),
    ],
)
def test_numbers_of_any_size(value: object, shown: str) -> None:
    assert number_latex(value) == shown


def test_large_logits_stay_readable() -> None:
    one = ALL["softmax_jacobian"]
    for line in range(len(one.lines)):
        shown = latex(at_numbers(one, line, z=[1000.0, 0.0, -1000.0], i=1, j=2), dots=True)
        assert "inf" not in shown
        assert "nan" not in shown


def test_many_classes_are_not_written_out() -> None:
    one = ALL["cross_entropy_gradient"]
    numbers = {"z": [0.0] * 10, "y": [1.0] + [0.0] * 9, "i": 1}
    assert latex(at_numbers(one, 1, **numbers), dots=True) == "-0.9000"
