"""The formula line: its numbers, worked out, give the number that it explains."""

from __future__ import annotations

import re
from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from core import LOSSES
from tests.e2e.instrument import assert_core, entry, number, open_bench, root
from tests.e2e.mathml import READ, sides, value

STATES = [
    ("z=2,3,4&label=2", 1.0),
    ("z=1,2,3,0,1&label=4&temperature=0.5", 0.5),
    ("z=1,-1,0.5&target=0.2,0.5,0.3&temperature=2", 2.0),
]
QUANTITIES = ("exponential", "probability", "gradient_probability", "gradient")


# The formulas of a number's line, once it is pointed at: a tree each, in one call to the page.
POINTED = f"""cell => {{
    cell.dispatchEvent(new PointerEvent("pointerover", {{ bubbles: true, composed: true }}));
    const bench = cell.closest("[data-bench]");
    return [...bench.querySelectorAll(".formula math")].map({READ});
}}"""


def assert_explained(cell: Locator, shown: float) -> None:
    """Point at a number; work out the numbers of each line that has any, and compare."""
    worked_out = 0
    for line in cell.evaluate(POINTED):
        *_, numbers, result = ["?", *sides(line)]
        if not re.fullmatch(r"[-+*/().\de ln]+", numbers):
            continue  # a definition, such as y' = 0.9 y + 0.1/n
        scale = max(1.0, abs(shown))
        assert value(result) == pytest.approx(shown, rel=2e-3, abs=1e-4), line
        # The numbers are rounded to four decimals, and a quotient by a small one magnifies that.
        assert value(numbers) == pytest.approx(shown, rel=2e-2, abs=2e-3 * scale), numbers
        worked_out += 1
    assert worked_out


def test_pointing_writes_a_right_formula(page: Page, subtests: pytest.Subtests) -> None:
    for (query, temperature), loss in product(STATES, LOSSES):
        with subtests.test(query=query, loss=loss):
            open_bench(page, f"{query}&loss={loss}")
            assert_formulas(page, loss, temperature)


def assert_formulas(page: Page, loss: str, temperature: float) -> None:
    shown = assert_core(page, loss, temperature)
    for quantity in QUANTITIES:
        for index in (1, 2):
            if quantity == "gradient_probability" and shown[quantity][index - 1] == 0:
                continue
            assert_explained(number(page, quantity, index), shown[quantity][index - 1])
            expect(number(page, quantity, index)).to_contain_class("pointed")
    if len(shown["logit"]) <= 3:
        assert_explained(root(page).locator('[data-quantity="loss"]'), shown["loss"][0])
        expect(root(page).locator(".formula")).to_have_attribute("data-explains", "loss")


def test_a_jacobian_entry_shows_its_case(page: Page, subtests: pytest.Subtests) -> None:
    for query, temperature in STATES:
        with subtests.test(query=query):
            open_bench(page, query)
            jacobian = assert_core(page, temperature=temperature)["jacobian"]
            for i, j in ((1, 1), (1, 2), (3, 2), (2, 2)):
                assert_explained(entry(page, i, j), jacobian[i - 1, j - 1])
                case = "case i = j" if i == j else "case i ≠ j"
                expect(root(page).locator(".formula")).to_contain_text(case)


def test_overflow_is_explained_by_the_shift(page: Page) -> None:
    open_bench(page, "z=1000,999,0&label=2")
    number(page, "probability", 2).hover()
    expect(root(page).locator(".hint")).to_contain_text("subtracts the largest logit")
    first = root(page).locator(".formula math").first.evaluate(READ)
    *_, numbers, result = sides(first)
    assert value(numbers) == pytest.approx(value(result), abs=1e-4)


def test_the_reader_of_formulas_reads() -> None:
    tree = ["math", [["mfrac", [["mn", "1"], ["mn", "4"]]], ["mo", "="], ["mn", "0.25"]]]
    assert [value(side) for side in sides(tree)] == [0.25, 0.25]
    logarithm = ["math", [["mo", "−"], ["mi", "ln"], ["mspace", ""], ["mn", "2.5·10⁻³"]]]
    assert value(sides(logarithm)[0]) == pytest.approx(5.991464547)
