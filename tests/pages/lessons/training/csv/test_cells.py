"""Numbers in every spelling, and which sign is the decimal one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pages.csv_files import read_csv

# What people write between thousands, for a minus and for a decimal sign.
APART = ["", " ", "\xa0", "\u202f", "\u2009", "'", "’"]


DASHES = ["-", "‐", "‑", "‒", "–", "—", "―", "−", "﹣", "－"]


UNSEEN = ["", " ", "\u200b", "\ufeff", "\xa0", "\u2060", "\u200e", "\u3000", "\xad"]


def written(number: float, apart: str, decimal: str, dash: str) -> str:
    text = f"{abs(number):,.2f}".replace(",", "A").replace(".", decimal).replace("A", apart)
    return (dash if number < 0 else "") + text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(-(10**9), 10**9).map(lambda n: n / 100), min_size=2, max_size=8),
    st.sampled_from([(";", ","), (";", "."), ("\t", ","), ("\t", "."), (",", ".")]),
    st.data(),
)
def test_numbers_in_every_spelling(
    numbers: list[float], signs: tuple[str, str], draw: st.DataObject
) -> None:
    delimiter, decimal = signs
    other = {",": ".", ".": ","}[decimal]
    apart = draw.draw(st.sampled_from([*APART, *([other] if delimiter != other else [])]))
    rows = []
    for j, number in enumerate(numbers):
        dash, ends = draw.draw(st.sampled_from(DASHES)), draw.draw(st.sampled_from(UNSEEN))
        text = written(number, apart, decimal, dash)
        if draw.draw(st.booleans()):  # in the full width of an East Asian keyboard
            text = text.translate({c: c + 0xFEE0 for c in range(ord("0"), ord("9") + 1)})
        rows.append(f"{ends}{text}{ends}{delimiter}{'ab'[j % 2]}")
    data = ("\n".join([f"x{delimiter}kind", *rows])).encode()
    file = read_csv(data, header=True)
    assert file.inputs[:, 0].tolist() == pytest.approx([n + 0.0 for n in numbers], abs=0)


DOUBTFUL = {
    "thousands beside decimal commas": ("1.250;0,5;a\n980;1,5;b\n", [1250, 980]),
    "thousands twice": ("1.250.000;a\n1.250;b\n", [1250000, 1250]),
    "both signs in one number": ("1.250;a\n1.250,5;b\n", [1250, 1250.5]),
    "a leading zero": ("0.250;a\n1.250;b\n", [0.25, 1.25]),
    "two decimals": ("1.25;a\n1.250;b\n", [1.25, 1.25]),
    "a long number": ("1250.500;a\n1.250;b\n", [1250.5, 1.25]),
    "commas beside decimal points": ("12,500\t0.5\ta\n980\t1.5\tb\n", [12500, 980]),
    "commas beside decimal commas": ("12,500;0,5;a\n980;1,5;b\n", [12.5, 980]),
    "points between commas": ("1.250,a\n980,b\n", [1.25, 980]),
    "commas in quotes beside points": ('"12,500",0.5,a\n980,1.5,b\n', [12500, 980]),
    "decimal commas in quotes": ('"1,250","0,5",a\n980,"1,5",b\n', [1.25, 980]),
    "the Indian way": ("1,00,000\ta\n980\tb\n", [100000, 980]),
    "percentages": ("12%;a\n12,5 %;b\n−0,5％;c\n", [0.12, 0.125, -0.005]),
    "a percentage in thousands": ("1.250%;0,5;a\n980%;1,5;b\n", [12.5, 9.8]),
    "fractions": ("1/2;a\n−3/4;b\n0,25;c\n", [0.5, -0.75, 0.25]),
    "fractions of one sign": ("½;0,5;a\n−1¾;2,500;b\n", [0.5, -1.75]),
    "full width": ("１．２５０;0,5;a\n980;1,5;b\n", [1250, 980]),
}


def test_the_other_numbers_tell_which_sign_is_the_decimal_one(subtests: pytest.Subtests) -> None:
    for name, (text, numbers) in DOUBTFUL.items():
        with subtests.test(name=name):
            file = read_csv(text.encode(), header=False)
            assert file.inputs[:, 0].tolist() == numbers
