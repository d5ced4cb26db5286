"""Numbers as learners type and paste them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.blocks.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.blocks.refusal import Refused

PASTED = {
    "2, 3, 4": [2, 3, 4],
    "2 3 4": [2, 3, 4],
    "2,3,4,": [2, 3, 4],
    "2;3;4": [2, 3, 4],
    "2\t3\n4\r\n": [2, 3, 4],
    "[2, 3, 4]": [2, 3, 4],
    "[2 3 4]": [2, 3, 4],
    "(2, 3, 4)": [2, 3, 4],
    "[[2, 3, 4]]": [2, 3, 4],
    "[2. 3. 4.]": [2, 3, 4],
    "array([2, 3, 4])": [2, 3, 4],
    "np.array([2., 3.])": [2, 3],
    "numpy.array([.5, 3.])": [0.5, 3],
    "tensor([2.0000, 3.0000])": [2, 3],
    "torch.tensor([2.0, -3.0])": [2, -3],
    "2，3，4": [2, 3, 4],
    "２，３；４": [2, 3, 4],
    "2、3": [2, 3],
    "［２　３］": [2, 3],
    "−1, –2, —3": [-1, -2, -3],
    "-inf, 0": [-math.inf, 0],
    "−∞ 0": [-math.inf, 0],
    "-Infinity, 0": [-math.inf, 0],
    "+1 -.5 1e3 1.5E-7": [1, -0.5, 1000, 1.5e-7],
}
REFUSED = ["cat", "nan", "inf", "+inf", "∞", "1-2", "1__0", "1_0", "0x1f", "1e", "e5"]
REFUSED += ["1.2.3", "1+2j", "True", "1e9999", "<img src=x>", "[2", "2)"]


@pytest.mark.parametrize(("text", "values"), PASTED.items(), ids=[ascii(t) for t in PASTED])
def test_what_learners_paste(text: str, values: list[float]) -> None:
    assert parse_numbers(text, "logits") == values


@pytest.mark.parametrize("text", REFUSED)
def test_one_number_refused(text: str) -> None:
    with pytest.raises(Refused, match="logits: not_a_number") as caught:
        parse_number(text, "logits")
    assert caught.value.details["value"] == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("[]", "empty"),
        (", ,", "empty"),
        ("1, cat", "not_a_number"),
        ("1, nan", "not_a_number"),
        ("1 " * 10_000, "long"),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_a_list_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=f"target: {reason}"):
        parse_numbers(text, "target")


@given(text=st.text(max_size=30))
def test_any_text_gives_numbers_or_is_refused(text: str) -> None:
    try:
        values = parse_numbers(text, "logits")
    except Refused:
        return
    assert values
    assert not any(math.isnan(value) for value in values)


@given(value=st.floats(allow_nan=False, max_value=1.7e308))
def test_a_number_comes_back_exactly(value: float) -> None:
    assert parse_number(number_text(value), "logits") == value, number_text(value)


@given(values=st.lists(st.floats(-1e6, 1e6) | st.just(-math.inf), min_size=1, max_size=10))
@pytest.mark.parametrize("separator", [",", ", "], ids=["link", "field"])
def test_a_vector_comes_back_exactly(values: list[float], separator: str) -> None:
    assert parse_numbers(numbers_text(tuple(values), separator), "logits") == values


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (0.1, "0.1"), (-math.inf, "-inf"), (1e22, "1e+22"), (-0.5, "-0.5")],
    ids=str,
)
def test_a_number_as_it_would_be_typed(value: float, text: str) -> None:
    assert number_text(value) == text
