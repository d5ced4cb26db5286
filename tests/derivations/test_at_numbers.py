"""Lines with numbers in them: worked out as they stand, they give the line's value."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from sympy import Float

from derivations import Derivation, at_numbers, evaluate, number_latex, with_places
from tests.derivations.reading import worked_out
from tests.derivations.registry import ALL, numbers_for


def chosen(one: Derivation, at: int) -> dict[str, int]:
    """One place for each free index: class, input and sample 1 or 2."""
    return {str(index): at for index in one.indices}


@pytest.mark.parametrize("most_terms", [0, 3])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("name", ALL)
def test_every_line_gives_its_value(name: str, at: int, most_terms: int) -> None:
    one = ALL[name]
    for seed in range(3):
        numbers = numbers_for(name, seed) | chosen(one, at)
        for line in range(len(one.lines)):
            filled, value = at_numbers(one, line, most_terms=most_terms, **numbers)
            exact = evaluate(one, line, **numbers)
            # Four decimals a number, several numbers a line.
            assert worked_out(filled) == pytest.approx(exact, rel=2e-3, abs=2e-3), filled
            assert worked_out(value) == pytest.approx(exact, rel=5.1e-4, abs=5.1e-5)


def test_a_wrong_number_would_be_noticed() -> None:
    one = ALL["softmax_jacobian"]
    numbers = numbers_for(one.id, 0) | {"i": 1, "j": 1}
    right, _ = at_numbers(one, -1, **numbers)
    wrong, _ = at_numbers(one, -1, **numbers | {"j": 2})
    assert abs(worked_out(right) - worked_out(wrong)) > 1e-2


def test_the_reader_reads() -> None:
    line = r"-\frac{2^{2} \cdot 3}{8} (1 - \left(e^{-(2 - 3)} + 1\right)) + \ln 2.5000 \cdot (-2)"
    assert worked_out(line) == pytest.approx(1.5 * math.e - 2 * math.log(2.5))
    with pytest.raises(ValueError, match="not read"):
        worked_out("1 } 2")


def test_as_it_is_read() -> None:
    one = ALL["softmax_jacobian"]
    numbers = {"z": [2.0, 3.0, 4.0], "i": 1, "j": 2}
    assert at_numbers(one, -1, **numbers) == ("0.09003 (0 - 0.2447)", "-0.02203")
    cases = [step.rule for step in one.steps].index("two_cases") + 1
    assert at_numbers(one, cases, **numbers)[0] == r"-0.09003 \cdot 0.2447"
    numbers["j"] = 1
    assert at_numbers(one, cases, **numbers)[0] == "0.09003 (1 - 0.09003)"


def test_signs_and_sizes_are_not_confused_with_those_of_a_moment_ago() -> None:
    one = ALL["upstream_gradient"]
    z, z4 = [2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0]
    shown = [
        at_numbers(one, 2, z=z, g=[1.0, 2.0, 3.0], i=1)[0],
        at_numbers(one, 2, z=z, g=[1.0, -2.0, 3.0], i=1)[0],
        at_numbers(one, 2, z=z4, g=[1.0, 2.0, 3.0, 4.0], i=1)[0],
        at_numbers(one, 2, z=z, g=[1.0, 2.0, 3.0], i=2)[0],
        at_numbers(one, 2, z=z, g=[1.0, 2.0, 3.0], i=1)[0],
    ]
    assert shown[0] == shown[4]
    assert len(set(shown)) == 4


def test_a_sum_over_the_others_leaves_its_own_term_out() -> None:
    one = ALL["cross_entropy_gradient"]
    line = [step.rule for step in one.steps].index("distribute") + 1
    shown, _ = at_numbers(one, line, z=[2.0, 3.0, 4.0], y=[0.1, 0.2, 0.7], i=2)
    others = r"0.1000 \cdot 0.2447 + 0.7000 \cdot 0.2447"
    assert shown == rf"-0.2000 + 0.2000 \cdot 0.2447 + ({others})"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (2, "2"),
        (0.25, "0.2500"),
        (0.00012, "0.0001200"),
        (0.0123456, "0.01235"),
        (0.9999977, "0.9999977"),
        (1 - 1e-15, "0.999999999999999"),
        (3.14e-7, r"3.140 \cdot 10^{-7}"),
        (2.5e9, r"2.500 \cdot 10^{9}"),
        (Float("1e-400", 17), r"1.000 \cdot 10^{-400}"),
        (999999.5, "999999.5000"),
    ],
)
def test_numbers_of_any_size(value: object, shown: str) -> None:
    assert number_latex(value) == shown


def test_large_logits_stay_readable() -> None:
    one = ALL["softmax_jacobian"]
    for line in range(len(one.lines)):
        shown = "".join(at_numbers(one, line, z=[1000.0, 0.0, -1000.0], i=1, j=2))
        assert "inf" not in shown
        assert "nan" not in shown


def test_many_classes_are_not_written_out() -> None:
    one = ALL["cross_entropy_gradient"]
    numbers = {"z": [0.0] * 10, "y": [1.0] + [0.0] * 9, "i": 1}
    assert at_numbers(one, 1, **numbers) == ("-0.9000", "-0.9000")


@pytest.mark.parametrize(
    "z", [[2.0, 3.0, 11.0], [14.0, 13.0, 12.0], [-10.0, -11.0, -12.0], [9.0, 1.0, -9.0]]
)
def test_numbers_of_very_different_size_still_work_out(z: list[float]) -> None:
    for name in ("softmax_jacobian", "cross_entropy_gradient", "log_softmax_gradient"):
        one = ALL[name]
        numbers = {"z": z, "y": [1.0, 0.0, 0.0], "i": 1, "j": 1}
        used = {x: numbers[x] for x in ("z", *(["y"] if "cross" in name else []))}
        for line in range(len(one.lines)):
            filled, _ = at_numbers(one, line, **used, **chosen(one, 1))
            exact = evaluate(one, line, **used, **chosen(one, 1))
            assert worked_out(filled) == pytest.approx(exact, rel=2e-3, abs=1e-5), filled


@pytest.mark.parametrize("z", [[1000.0, 0.0, 0.0], [14.0, 13.0, 12.0], [-20.0, -21.0, -22.0]])
@pytest.mark.parametrize("name", sorted(set(ALL) - {"sigmoid_as_two_classes"}))
def test_a_power_of_ten_is_never_raised_without_brackets(name: str, z: list[float]) -> None:
    one = ALL[name]
    numbers = numbers_for(name, 0)
    numbers |= {"z": [z, z] if "batch" in name else z, "b": z}
    for line in range(len(one.lines)):
        filled, value = at_numbers(one, line, **numbers | chosen(one, 1))
        assert "}^" not in filled + value


def test_a_long_sum_is_written_as_its_first_and_last_term() -> None:
    one = ALL["cross_entropy_gradient"]
    numbers = {"z": [float(k) for k in range(10)], "y": [1.0] + [0.0] * 9, "i": 1}
    line = [step.rule for step in one.steps].index("recombine_sum") + 1
    shown, value = at_numbers(one, line, elided=True, **numbers)
    a = number_latex(evaluate(one, -1, **numbers) + 1)
    assert shown == rf"-1.0000 + (1.0000 \cdot {a} + \dots + 0 \cdot {a})".replace("1.0000", "1")
    assert value == at_numbers(one, line, **numbers)[1]
    double = ALL["cross_entropy_convexity"]
    ten = {"z": [0.0] * 3, "y": [0.0, 1.0, 0.0], "v": [1.0, 2.0, 5.0]}
    assert at_numbers(double, 0, **ten) == ("2.8889", "2.8889")
    first, last = at_numbers(double, 0, elided=True, **ten)[0].split(r" + \dots + ")
    assert worked_out(first) == pytest.approx(1 * (1 / 3 - 1 / 9) * 1, abs=1e-4)
    assert worked_out(last) == pytest.approx(5 * (1 / 3 - 1 / 9) * 5, abs=2e-3)


def without_brackets(text: str) -> str:
    """A calculation's numbers and signs: what is left of a - (b + c) and of - a + -b alike."""
    text = re.sub(r"\\left|\\right|[()]", "", text)
    return text.replace("+ -", "- ").replace("  ", " ")


@pytest.mark.parametrize("name", ALL)
def test_rows_are_the_terms_of_the_line(name: str) -> None:
    one = ALL[name]
    numbers = numbers_for(name, 1) | chosen(one, 1)
    for line in range(len(one.lines)):
        filled, value = at_numbers(one, line, **numbers)
        in_rows, same = at_numbers(one, line, in_rows=True, **numbers)
        assert value == same
        # A term in a row of its own needs no brackets around it.
        in_one = in_rows.replace(r" \\[4pt] & \quad {}", "")
        assert worked_out(in_one) == pytest.approx(worked_out(filled), rel=1e-12, abs=1e-12)
        assert without_brackets(in_one) == without_brackets(filled)


@pytest.mark.parametrize("name", ALL)
def test_places_stand_for_indices(name: str) -> None:
    """A line with numbers for its indices has the value of the line at these indices."""
    one = ALL[name]
    numbers = numbers_for(name, 2)
    for at in (1, 2):
        places = chosen(one, at)
        for line in one.lines:
            placed = with_places(line, places)
            assert not placed.free_symbols & set(one.indices)
            # What a line names by a letter of its own, such as g = exp(z_i), still has its index.
            shown = replace(one, start=placed, steps=())
            expected = evaluate(replace(one, start=line, steps=()), 0, **numbers | places)
            assert evaluate(shown, 0, **numbers | places) == pytest.approx(
                expected, rel=1e-12, abs=1e-14
            )
