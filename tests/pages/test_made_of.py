"""What the numbers of a lesson's tables are made of: each formula, calculated, gives its number."""

from __future__ import annotations

import ast
import math
import re
from decimal import Decimal
from html import unescape

import numpy as np
import pytest

from pages.writing.wording import LANGUAGES
from tests.pages.reading import opened_lesson, tables

Interval = tuple[float, float]
CELL = re.compile(r'[^>]*data-formula="(.*?)" data-uses="(.*?)".*>(.*)$')
NAMED = re.compile(r'data-quantity="(\w+)"(?: data-index="(\d+)")?')
POWER = re.compile(r"(?:([\d.]+)·)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
LEVEL = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
STATES = ({"z": "2,3,4", "label": "1"}, {"z": "0.5,-1.25,3,0", "target": "0.1,0.2,0.3,0.4"})
AT_LEAST = {
    "softmax": 50,
    "jacobian": 24,
    "cross_entropy": 30,
    "any_loss": 45,
    "network": 20,
    "gradient_check": 3,
    "training": 25,
    "calibration": 15,
    "stability": 145,
}
# Beside the states.
MORE = {"training": ({"trained": "20"}, {"trained": "20", "data": "digits"})}


def rounding(numeral: str) -> float:
    """By how much the number behind a printed one may differ from it."""
    mantissa, _, exponent = numeral.replace(",", "").partition("e")
    digits, decimals = mantissa.replace(".", "").lstrip("0"), len(mantissa.partition(".")[2])
    if numeral.isdecimal() and len(digits) < 4:
        return 1e-9
    # Fewer digits than are written are all that there are, to four decimals.
    half = 0.5 * 10.0**-decimals if exponent or len(digits) >= 4 or decimals >= 4 else 5e-5
    return half * 10.0 ** int(exponent or 0) * (1 + 1e-9)


def plain(text: str) -> str:
    """A calculation as it is read, as Python writes it."""
    text = POWER.sub(lambda m: f"{m[1] or '1.0'}e{m[2].translate(LEVEL)}", text)
    text = text.replace("−", "-").replace("·", "*").replace("\u00a0", " ").replace("²", "**2")
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", re.sub(r"(\d)%", r"\1 / 100", text))
    text = re.sub(r"\bln (\([^()]*\)|[\d.e-]+)", r"ln(\1)", text)
    return re.sub(r"e\^(?=\()", "exp", text).replace("^", "**").replace(",", "")


def logarithm(numeral: str) -> Interval:
    """The logarithm of a numeral; the largest double, rounded to three digits, is none."""
    mantissa, power, exponent = numeral.partition("e")
    half = Decimal(rounding(f"{mantissa}e0" if power else numeral))
    scale = int(exponent or 0) * Decimal(10).ln()
    low, high = (float((Decimal(mantissa) + way * half).ln() + scale) for way in (-1, 1))
    return low, high


def interval(node: ast.expr, source: str) -> Interval:
    """Calculate with what each printed number can stand for; only arithmetic is known."""
    match node:
        case ast.Constant():
            text = ast.get_source_segment(source, node) or ""
            return float(text) - rounding(text), float(text) + rounding(text)
        case ast.UnaryOp(op=ast.USub()):
            low, high = interval(node.operand, source)
            return -high, -low
        case ast.BinOp(op=ast.Pow()):
            left, right = interval(node.left, source), interval(node.right, source)
            ends = [x**y for x in left for y in right]
            return min(ends), max(ends)
        case ast.BinOp():
            left, right = interval(node.left, source), interval(node.right, source)
            calculate = {
                ast.Add: lambda x, y: x + y,
                ast.Sub: lambda x, y: x - y,
                ast.Mult: lambda x, y: x * y,
                ast.Div: lambda x, y: x / y,
            }[type(node.op)]
            ends = [calculate(x, y) for x in left for y in right]
            return min(ends), max(ends)
        case ast.Call(func=ast.Name(id="ln"), args=[ast.Constant() as argument]):
            return logarithm(ast.get_source_segment(source, argument) or "")
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            low, high = interval(argument, source)
            if name == "abs":
                low, high = (0.0 if low < 0 < high else min(abs(low), abs(high))), max(-low, high)
            function = {"ln": math.log, "exp": math.exp, "abs": abs}[name]
            return function(low), function(high)
    raise AssertionError(f"{ast.dump(node)} in {source}")


def calculated(text: str) -> Interval:
    source = plain(text)
    return interval(ast.parse(source, mode="eval").body, source)


def assert_holds(formula: str) -> None:
    """Whether the last calculation of a formula gives, to its digits, the number at its end."""
    calculation, result = formula.split(" = ")[-2:]
    (low, high), (least, most) = calculated(calculation), calculated(result.lstrip("+"))
    if where := re.match(r"(float\d+): ", formula):
        rounded = float(np.finfo(where[1]).eps) * abs(most)
        least, most = least - rounded, most + rounded
    if result.lstrip("−").isdecimal():
        least, most = least - 5e-5, most + 5e-5
    assert low <= most, f"{formula}: at least {low}"
    assert least <= high, f"{formula}: at most {high}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", AT_LEAST)
def test_formulas_give_their_numbers(lesson: str, language: str) -> None:
    for state, more in zip(STATES, MORE.get(lesson, ({}, {})), strict=True):
        count = 0
        for table in tables(opened_lesson(lesson, lang=language, **state, **more)):
            names = set(NAMED.findall(table))
            for row in table.split("<td ")[1:]:
                cell = row.partition("</td>")[0]
                found = CELL.match(cell)
                if not found:
                    continue
                count += 1
                formula, uses, text = map(unescape, found.groups())
                assert formula.endswith(f" = {text}"), formula
                assert_holds(formula)
                for use in uses.split():
                    quantity, _, index = use.partition(":")
                    assert (quantity, index) in names, f"{use} of {formula}"
        assert count >= AT_LEAST[lesson], f"{count} formulas at {state}"


@pytest.mark.parametrize(
    "wrong",
    [
        "a = 0.2447 · (1 − 0.2447) = 0.1851",
        "−0.2447 · 0.0900 = 0.0220",
        "e^(2) / (e^(2) + e^(3)) = 0.2690",
        "−ln 0.5 = −0.6931",
        "3.00·10⁻⁷ / 2 = 1.60·10⁻⁷",
        "0.5000^3 = 0.2500",
        "|0.5 − 0.75| = −0.25",
        "float16: L = −ln 0.09009 = 2.412",
        "ln 1.80·10³⁰⁸ = 710",
    ],
)
def test_a_wrong_number_is_told(wrong: str) -> None:
    with pytest.raises(AssertionError):
        assert_holds(wrong)
