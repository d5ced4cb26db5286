"""Numbers as learners type and paste them, and as programs print them."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.writing.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.writing.refusal import Refused

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
# Where something else stands between the numbers, a comma stands before decimals.
PASTED |= {
    "2,5; 3; 4": [2.5, 3, 4],
    "2,5 3 4": [2.5, 3, 4],
    "2,5\t3\t4,25": [2.5, 3, 4.25],
    "2,5、3、4": [2.5, 3, 4],
    "-0,5; −1,25": [-0.5, -1.25],
    "-inf; 0,5": [-math.inf, 0.5],
    "1.250,5; 3": [1250.5, 3],
    "1,250.5; 3": [1250.5, 3],
    "1'000; 2’000,5": [1000, 2000.5],
    "1,000,000; 2": [1_000_000, 2],
    "0,125; 0,875": [0.125, 0.875],
    "-1,-2,3,0.5": [-1, -2, 3, 0.5],
    "1,2,3; 4": [1, 2, 3, 4],
    "2，5，3": [2, 5, 3],
    "2, 3, 4。": [2, 3, 4],
    "[0.1; 0.2 0.3, 0.4]": [0.1, 0.2, 0.3, 0.4],
    "[2, 3, 4].": [2, 3, 4],
    "1.234.567; 2": [1_234_567, 2],
}
FRACTIONS = {
    "1/3, 1/3, 1/3": [1 / 3] * 3,
    "1/3,1/3,1/3": [1 / 3] * 3,
    "1 / 3; -2 / 3": [1 / 3, -2 / 3],
    "１／４　３⁄４": [0.25, 0.75],
    "½ ¼ 1½": [0.5, 0.25, 1.5],
    "20 %, 30%, 50 ％": [0.2, 0.3, 0.5],
    "0,5/2; 1": [0.25, 1],
}
PRINTED = {
    "array([1., 2.], dtype=float32)": [1, 2],
    "[1. 2. 3.]": [1, 2, 3],
    "[np.float64(1.0), np.float64(-2.0)]": [1, -2],
    "[[1.]\n [2.]]": [1, 2],
    "[[1] [2] [3]]": [1, 2, 3],
    "[ 1.0000e+00 -2.5000e-03]": [1, -0.0025],
    "array([-inf,   0.])": [-math.inf, 0],
    "[-np.inf, 0.0]": [-math.inf, 0],
    "float('-inf'), -float('inf'), 0": [-math.inf, -math.inf, 0],
    "Out[3]: array([1, 2])": [1, 2],
    "tensor([1., 2.], device='cuda:0')": [1, 2],
    "tensor([0.1000, 0.9000], dtype=torch.float64, requires_grad=True)": [0.1, 0.9],
    "tensor([1., 2.], device='cuda:0', grad_fn=<SoftmaxBackward0>)": [1, 2],
    "tensor([[0.1, 0.2, 0.7]], grad_fn=<X>)": [0.1, 0.2, 0.7],
    "[tensor(1.), tensor(2.)]": [1, 2],
    "Parameter containing:\ntensor([1., -2.], requires_grad=True)": [1, -2],
    "tf.Tensor([1. 2. 3.], shape=(3,), dtype=float32)": [1, 2, 3],
    "<tf.Tensor: shape=(2,), dtype=float32, numpy=array([1., 2.], dtype=float32)>": [1, 2],
    "Array([1., 2.], dtype=float32, weak_type=True)": [1, 2],
    "Tensor(shape=[2], dtype=float32, place=Place(cpu), stop_gradient=True,\n  [1., 2.])": [1, 2],
    "ans =\n\n    1.0000    2.0000\n": [1, 2],
    "x = [1 2 3]": [1, 2, 3],
    "x =\n\n  1×3 single row vector\n\n    1.0000    2.0000    3.0000\n": [1, 2, 3],
    "x =\n\n  2x1 int32 column vector\n\n   1\n   2\n": [1, 2],
    "   1.0e+05 *\n\n    0.0000    1.2346": [0, 123_460],
    "     [,1] [,2]\n[1,]  0.5    2": [0.5, 2],
    "In [3]: [1, 2]": [1, 2],
    "<tf.Variable 'w:0' shape=(2,) dtype=float32, numpy=array([1., 2.], dtype=float32)>": [1, 2],
    "[<tf.Tensor: shape=(), dtype=float32, numpy=1.0>, <tf.Tensor: shape=(), numpy=2.0>]": [1, 2],
    "[1; 2; 3]": [1, 2, 3],
    " Columns 1 through 3\n 1.0 2.0 3.0\n Columns 4 and 5\n 4.0 5.0\n Column 6\n 6": [*range(1, 7)],
    "   1.0e+03 *\n\n    1.0000    2.5000": [1000, 2500],
    "[1] 0.1 0.2 0.7": [0.1, 0.2, 0.7],
    "[1] 0.1 0.2 [3] 0.7": [0.1, 0.2, 0.7],
    "x <- c(0.1, 0.9)": [0.1, 0.9],
    "3-element Vector{Float64}:\n 1.0\n 2.0\n 3.0": [1, 2, 3],
    "{0.1, 0.9}": [0.1, 0.9],
    "['1.0', \"2.0\"]": [1, 2],
    r"\frac{1}{3}, \tfrac{2}{3}": [1 / 3, 2 / 3],
    r"$\begin{pmatrix} 1 \\ -2 \end{pmatrix}$": [1, -2],
    r"\left[ 1 & 2{,}5 & -\infty \right]": [1, 2.5, -math.inf],
    "3.00·10⁻⁷, 2·10^-3, 1.5×10⁴, 10⁻² 5e−1": [3e-7, 2e-3, 15_000, 0.01, 0.5],
}
DASHES = "-‐‑‒–—―−﹘﹣－˗"
UNSEEN = "\u200b\u200d\u2060\ufeff\u202d\u00ad"
TWO_WAYS = {
    "1,000; 2,000": ["1, 2", "1000, 2000"],
    "1,000 2,000": ["1, 2", "1000, 2000"],
    "1,000, 2,000": ["1, 2", "1000, 2000", "1, 0, 2, 0"],
    "1.250; 2,5": ["1.25, 2.5", "1250, 2.5"],
    "1 000; 2 000": ["1000, 2000", "1, 0, 2, 0"],
    "0,2, 0,3, 0,5": ["0.2, 0.3, 0.5", "0, 2, 0, 3, 0, 5"],
    "2, 3,4": ["2, 3.4", "2, 3, 4"],
    "12,34,567; 3": ["1234567, 3", "12, 34, 567, 3"],
    "10\u202f000 20\u202f000": ["10000, 20000", "10, 0, 20, 0"],
    "1 050 2": ["1050, 2", "1, 50, 2"],
    "1 1/2, 2": ["1.5, 2", "1, 0.5, 2"],
}
SINGLE = {
    "0,5": 0.5,
    "0，5": 0.5,
    "0。5": 0.5,
    "-2,25": -2.25,
    "1/3": 1 / 3,
    "½": 0.5,
    "50 %": 0.5,
    "1,000,000": 1e6,
    "1.000,5": 1000.5,
    "1 000": 1000,
    "1 000,5": 1000.5,
    "1'000": 1000,
    "1.000": 1,
    "0,125": 0.125,
    "1 1/2": 1.5,
    "-1 1/4": -1.25,
    "12,34,567": 1_234_567,
    "1.234.567": 1_234_567,
    "— 2": -2,
    "--2": -2,
    "np.float64(0.5)": 0.5,
    "tensor(0.5000)": 0.5,
    "T = 0.5": 0.5,
    "10⁻⁷": 1e-7,
    "1.5·10⁻⁵": 1.5e-5,
}
REFUSED = ["cat", "nan", "inf", "+inf", "∞", "1-2", "1__0", "1_0", "0x1f", "1e", "e5"]
REFUSED += ["1/0", "1/2/3", "2²", "1.25(3)", "sin(2)", "1 - 2", "3D2", "2 3", "1,2,3", "0.5."]
REFUSED += ["1.2.3", "1+2j", "True", "1e9999", "<img src=x>", "[2", "2)"]


def named(texts: Iterable[str]) -> list[str]:
    return [ascii(text) for text in texts]


ALL = PASTED | FRACTIONS | PRINTED


def test_what_learners_paste(subtests: pytest.Subtests) -> None:
    for text, values in ALL.items():
        with subtests.test(text=text):
            for field in ("logits", "target"):
                assert parse_numbers(text, field) == values
            # As a field of one line has it.
            assert parse_numbers(text.replace("\n", " "), "logits") == values


@pytest.mark.parametrize(("text", "value"), SINGLE.items(), ids=named(SINGLE))
def test_where_one_number_is_asked_for(text: str, value: float) -> None:
    assert parse_number(text, "temperature") == value


@pytest.mark.parametrize("dash", DASHES, ids=ascii)
def test_any_dash_is_a_minus(dash: str) -> None:
    assert parse_numbers(f"{dash}1, 2e{dash}3, {dash}{dash}4", "logits") == [-1, 2e-3, -4]
    assert parse_number(f"{dash}0,5", "l2") == -0.5


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_nobody_sees_changes_nothing(unseen: str) -> None:
    assert parse_numbers(f"{unseen}2{unseen},{unseen} 3.{unseen}5", "logits") == [2, 3.5]


@pytest.mark.parametrize(("text", "readings"), TWO_WAYS.items(), ids=named(TWO_WAYS))
def test_what_can_be_read_in_two_ways_is_asked(text: str, readings: list[str]) -> None:
    with pytest.raises(Refused, match="logits: ambiguous") as caught:
        parse_numbers(text, "logits")
    assert list(caught.value.readings) == readings
    for reading in readings:  # each of which can be read in one way
        assert numbers_text(tuple(parse_numbers(reading, "logits")), ", ") == reading


def test_one_number_in_two_ways() -> None:
    with pytest.raises(Refused, match="temperature: ambiguous") as caught:
        parse_number("1,000", "temperature")
    assert caught.value.readings == ("1", "1000")


def test_a_percentage_in_a_field_of_percents() -> None:
    assert parse_number("0,05 %", "percent") == parse_number("0.05", "percent") == 0.05


@pytest.mark.parametrize(
    "text",
    [
        "[[1, 2], [3, 4]]",
        "tensor([[1., 2.],\n [3., 4.]])",
        "[1 2; 3 4]",
        "     [,1] [,2]\n[1,]    1    2\n[2,]    3    4",
    ],
)
def test_a_table_is_no_list(text: str) -> None:
    with pytest.raises(Refused, match="logits: table"):
        parse_numbers(text, "logits")


def test_one_number_refused(subtests: pytest.Subtests) -> None:
    for text in REFUSED:
        with subtests.test(text=text):
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
