"""Lines at numbers of one's own: shapes, indices, precision, extreme logits and refusals."""

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from mpmath import mp, mpf
from sympy import Float, Integer, Rational

from derivations import DERIVATIONS, evaluate
from derivations.symbols import a, i, j, k, z
from derivations.writing import total

from .registry import ALL, IN_BATCHES, flat, numbers_for

JACOBIAN = DERIVATIONS["softmax_jacobian"]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ALL)
def test_every_line_has_the_value_of_the_result(name: str, seed: int) -> None:
    derivation, numbers = ALL[name], numbers_for(name, seed)
    result = evaluate(derivation, -1, **numbers)
    for place in range(len(derivation.lines)):
        found = evaluate(derivation, place, **numbers)
        assert np.shape(found) == np.shape(result)
        assert flat(found) == pytest.approx(flat(result), rel=1e-13, abs=1e-15), place


@pytest.mark.parametrize("name", ALL)
def test_a_picked_entry_is_that_of_the_whole(name: str) -> None:
    derivation, numbers = ALL[name], numbers_for(name, 3)
    whole = np.array(evaluate(derivation, 1, **numbers))
    for at in np.ndindex(whole.shape):
        picked = {x.name: q + 1 for x, q in zip(derivation.indices, at, strict=True)}
        entry = evaluate(derivation, 1, **numbers, **picked)
        assert isinstance(entry, float)
        assert entry == whole[at]


def test_one_index_gives_a_row_or_a_column() -> None:
    whole = np.array(evaluate(JACOBIAN, -1, z=[2, 3, 4]))
    assert evaluate(JACOBIAN, -1, z=[2, 3, 4], i=2) == list(whole[1])
    assert evaluate(JACOBIAN, -1, z=[2, 3, 4], j=3) == list(whole[:, 2])


def test_a_line_may_be_given_by_place_or_as_an_expression() -> None:
    numbers: dict[str, Any] = {"z": [2, 3, 4], "i": 1, "j": 2}
    line = JACOBIAN.lines[-1]
    assert evaluate(JACOBIAN, line, **numbers) == evaluate(JACOBIAN, -1, **numbers)
    assert evaluate(JACOBIAN, np.int64(1), **numbers) == evaluate(JACOBIAN, 1, **numbers)
    assert evaluate(JACOBIAN, Integer(3), **numbers) == 3
    assert evaluate(JACOBIAN, total(a[k], k), **numbers) == pytest.approx(1)
    with pytest.raises(IndexError):
        evaluate(JACOBIAN, len(JACOBIAN.lines), **numbers)


@pytest.mark.parametrize(
    "z_given",
    [
        (2, 3, 4),
        np.array([2, 3, 4]),
        np.array([2.0, 3.0, 4.0], dtype=np.float32),
        [Fraction(2), Rational(3), Decimal(4)],
        [mpf(2), Float(3), Integer(4)],
    ],
    ids=["tuple", "integers", "float32", "fractions", "mpmath and sympy"],
)
def test_numbers_of_every_kind(z_given: object) -> None:
    assert evaluate(JACOBIAN, -1, z=z_given) == evaluate(JACOBIAN, -1, z=[2.0, 3.0, 4.0])


def test_thirty_digits() -> None:
    # a_1 (1 - a_1) for z = 2, 3, 4, by mpmath at 50 digits.
    with mp.workdps(50):
        first = mp.e**2 / (mp.e**2 + mp.e**3 + mp.e**4)
        expected = first * (1 - first)
        for place in range(len(JACOBIAN.lines)):
            found = evaluate(JACOBIAN, place, z=[2, 3, 4], i=1, j=1, digits=30)
            assert isinstance(found, Float)
            assert abs(mpf(found._mpf_) - expected) < mpf(10) ** -30


@pytest.mark.parametrize("place", range(len(JACOBIAN.lines)))
def test_differences_of_nearly_equal_probabilities_keep_their_digits(place: int) -> None:
    # 1 - a_1 is about 2e-22 here, far below the spacing of doubles near 1.
    exact = math.exp(-50) / (1 + math.exp(-50)) ** 2
    found = evaluate(JACOBIAN, place, z=[50, 0], i=1, j=1)
    assert found == pytest.approx(exact, rel=1e-14)


@pytest.mark.parametrize("name", [x for x in ALL if x not in IN_BATCHES])
def test_extreme_logits(name: str) -> None:
    numbers = numbers_for(name, 4)
    numbers["z"] = [1e4, -1e4] if name == "sigmoid_as_two_classes" else [1e4, 0.0, -1e4]
    numbers["w"] = [[1e4, 1.0], [0.0, 1e4], [-1e4, 3.0]]
    values = [flat(evaluate(ALL[name], x, **numbers)) for x in range(len(ALL[name].lines))]
    assert all(map(math.isfinite, values[-1]))
    for found in values:
        assert found == pytest.approx(values[-1], rel=1e-13, abs=1e-300)


def test_extreme_logits_by_hand() -> None:
    gradient = DERIVATIONS["cross_entropy_one_hot"]
    assert evaluate(gradient, 0, z=[1e4, 0, -1e4], t=3) == [1.0, 0.0, -1.0]
    tiny = evaluate(JACOBIAN, 5, z=[1e4, 0, -1e4], i=1, j=1, digits=30)
    with mp.workdps(40):
        assert abs(mpf(tiny._mpf_) / mp.exp(-10000) - 1) < mpf(10) ** -29


def test_a_one_hot_target_may_be_given_as_class_or_as_distribution() -> None:
    derivation = DERIVATIONS["cross_entropy_one_hot"]
    by_class = evaluate(derivation, -1, z=[2, 3, 4], t=2)
    assert by_class == pytest.approx([0.09003057, -0.75527153, 0.66524096], abs=5e-9)
    for place in range(len(derivation.lines)):
        assert evaluate(derivation, place, z=[2, 3, 4], y=[0, 1, 0]) == pytest.approx(by_class)
    every_class = evaluate(derivation, -1, z=[2, 3, 4])
    assert every_class[1] == by_class
    with pytest.raises(ValueError, match=r"^y: a target that is 1 for one of 3 classes"):
        evaluate(derivation, -1, z=[2, 3, 4], y=[0.5, 0.5, 0])
    with pytest.raises(ValueError, match=r"^y: its class is 2, but t = 1"):
        evaluate(derivation, -1, z=[2, 3, 4], y=[0, 1, 0], t=1)


def test_a_loss_left_free_takes_g_or_else_y_for_cross_entropy() -> None:
    derivation = DERIVATIONS["upstream_gradient"]
    z_, y_ = [0.5, -1.0, 2.0], [0.2, 0.3, 0.5]
    by_target = evaluate(derivation, -1, z=z_, y=y_)
    cross_entropy = evaluate(DERIVATIONS["cross_entropy_gradient"], -1, z=z_, y=y_)
    assert by_target == pytest.approx(cross_entropy)
    by_gradient = evaluate(derivation, -1, z=z_, y=y_, g=[1, 1, 1])
    assert by_gradient == pytest.approx([0, 0, 0], abs=1e-15)


def test_neutral_values_stand_in() -> None:
    z_ = [2, 3, 4]
    assert evaluate(DERIVATIONS["temperature_gradient"], -1, z=z_) == evaluate(JACOBIAN, -1, z=z_)
    layer = DERIVATIONS["layer_gradient"]
    given: dict[str, Any] = {"w": [[1, 2], [3, 4]], "o": [0.5, 1], "g": [1, -1]}
    assert evaluate(layer, -1, **given) == evaluate(layer, -1, **given, b=[0, 0])


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ({}, "z: this line needs it"),
        ({"z": []}, "z: it is empty"),
        ({"z": 3}, "z: a list of n entries is needed, not 3"),
        ({"z": "123"}, "z: a list of n entries is needed, not '123'"),
        ({"z": [[1], [2]]}, r"z: \[1\] is no number"),
        ({"z": [1, "2"]}, "z: '2' is no number"),
        ({"z": [1, True]}, "z: True is no number"),
        ({"z": [1, 1j]}, "z: 1j is no number"),
        ({"z": [1, -math.inf]}, "z: -inf stands in no formula"),
        ({"z": [1, mpf("inf")]}, "z: inf stands in no formula"),
        ({"z": [1, Float("nan")]}, "z: nan"),
        ({"z": [1, math.nan]}, "z: nan stands in no formula"),
        ({"z": [1, 2], "i": 0}, r"i: 0 is not within 1 \.\. 2"),
        ({"z": [1, 2], "j": 3}, r"j: 3 is not within 1 \.\. 2"),
        ({"z": [1, 2], "i": 1.0}, "i: 1.0 is no whole number"),
        ({"z": [1, 2], "n": 3}, "z: n = 2 here, but n = 3 elsewhere"),
        ({"z": [1, 2], "k": 1}, "k: no such name here; known are z, y"),
        ({"zz": [1, 2]}, "zz: no such name here"),
    ],
    ids=str,
)
def test_refusals(numbers: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        evaluate(JACOBIAN, -1, **numbers)


def test_refusals_of_other_derivations() -> None:
    with pytest.raises(ValueError, match=r"^T: a temperature is above 0"):
        evaluate(DERIVATIONS["temperature_gradient"], -1, z=[1, 2], T=0)
    with pytest.raises(ValueError, match=r"^z: n = 3 here, but n = 2 elsewhere"):
        evaluate(DERIVATIONS["sigmoid_as_two_classes"], -1, z=[1, 2, 3])
    with pytest.raises(ValueError, match=r"^y: n = 3 here, but n = 2 elsewhere"):
        evaluate(DERIVATIONS["cross_entropy_gradient"], -1, z=[1, 2], y=[0, 1, 0])
    with pytest.raises(ValueError, match=r"^k: this index of the line is needed"):
        evaluate(JACOBIAN, z[k] + a[i] * a[j], z=[1, 2])


def test_what_cancels_to_nothing_is_nothing() -> None:
    """Equal logits: every line of the derivative by T is 0, not what rounding leaves of it."""
    sensitivity = ALL["temperature_sensitivity"]
    for tied in ([1.0, 1.0], [2.0, 2.0, 2.0], [0.1, 0.1, 0.1, 0.1]):
        for temperature in (0.01, 1.0, 3.0):
            numbers = {"z": tied, "T": temperature, "i": 1}
            for line in range(len(sensitivity.lines)):
                assert evaluate(sensitivity, line, **numbers) == 0
                assert evaluate(sensitivity, line, digits=30, **numbers) == 0


def test_what_is_small_is_not_nothing() -> None:
    """1 - a is 1e-40 here, and no rounding."""
    jacobian = ALL["softmax_jacobian"]
    lines = range(len(jacobian.lines))
    values = [evaluate(jacobian, line, z=[92.0, 0.0], i=1, j=1) for line in lines]
    assert values == pytest.approx([1.1089e-40] * len(values), rel=1e-3)
    assert max(values) == pytest.approx(min(values), rel=1e-15)
