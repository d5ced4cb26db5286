"""Lines as they are typed, where they are in a derivation, and what is left to do in them."""

from __future__ import annotations

import pytest

from derivations import DERIVATIONS as CATALOGUE
from derivations import Derivation, judge, latex, read_line
from pages.practice.line_forms import (
    GAP,
    is_same,
    left_over,
    limits,
    next_place,
    place_of,
    typed_line,
    with_gap,
)
from pages.practice.line_keys import line_keys
from pages.visit.practice import DERIVATIONS
from pages.writing.wording import LANGUAGES

# All lines but those that are written as two cases, or as a function of z + c.
UNTYPED = {("softmax_jacobian", 12), ("cross_entropy_one_hot", 8), ("shift_invariance", 0)}

SUM_OF_TWO = ("sigmoid_as_two_classes", 1)  # a sum to 2, which is typed as any other


@pytest.fixture(params=DERIVATIONS)
def one(request: pytest.FixtureRequest) -> Derivation:
    return CATALOGUE[request.param]


def typed(one: Derivation) -> dict[int, str]:
    texts = {place: typed_line(one, place) for place in range(len(one.lines))}
    return {place: text for place, text in texts.items() if text is not None}


def test_every_line_can_be_typed_and_means_the_same(one: Derivation) -> None:
    texts = typed(one)
    missing = {(one.id, place) for place in range(len(one.lines)) if place not in texts}
    assert missing == {x for x in UNTYPED if x[0] == one.id}
    for place, text in texts.items():
        if (one.id, place) != SUM_OF_TWO:
            assert is_same(read_line(one, text), one.lines[place]), text
        assert judge(one, place, text).ok, text


def test_a_line_of_the_derivation_is_found_at_its_place(one: Derivation) -> None:
    for place, text in typed(one).items():
        assert place_of(one, read_line(one, text), 0) == place


def test_the_way_leads_through_every_line_that_can_be_typed(one: Derivation) -> None:
    texts = [place for place in typed(one) if place]
    at, way = 0, []
    while (place := next_place(one, at)) is not None:
        way.append(place)
        at = place
    assert way == texts


def test_the_result_and_no_earlier_derivative_has_its_form(one: Derivation) -> None:
    assert left_over(one.result, one) == []
    for line in one.lines:
        if limits(one).get("derivative") == 0 and "∂" in latex(line).replace(r"\partial", "∂"):
            assert "derivative" in left_over(line, one)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("cross_entropy_gradient", "a_i - y_i", []),
        ("cross_entropy_gradient", "-(y_i - a_i)", []),
        ("cross_entropy_gradient", "a_i*sum(y_k, k) - y_i", ["sum"]),
        ("cross_entropy_gradient", "sum(dL/da_k*da_k/dz_i, k)", ["derivative", "sum"]),
        ("cross_entropy_one_hot", "-(1/a_t)*a_t*(delta_it - a_i)", ["fraction"]),
        ("cross_entropy_one_hot", "a_i - y_i", ["letters"]),
        ("softmax_jacobian", "a_i*delta_ij - a_i*a_j", []),
        ("softmax_jacobian", "a_i*(delta_ij - exp(z_j))", ["exponential"]),
        ("mean_squared_error_gradient", "a_i*(g_i - sum(g_k*a_k, k))", ["letters"]),
        ("sigmoid_as_two_classes", "exp(z_1)/(exp(z_1) + exp(z_2))", ["exponential"]),
        ("sigmoid_as_two_classes", "1/(1 + exp(z_2 - z_1))", []),
    ],
)  # fmt: skip
def test_what_is_left_is_named(name: str, text: str, left: list[str]) -> None:
    one = CATALOGUE[name]
    assert left_over(read_line(one, text), one) == left


def test_a_gap_hides_a_part_and_not_all(one: Derivation) -> None:
    for before, after in zip(one.lines, one.lines[1:], strict=False):
        shown = with_gap(before, after)
        assert shown.has(GAP)
        assert latex(shown) != latex(after)
        # A line of one letter, or of cases, is a gap as a whole.
        if len(latex(after)) > 6 and "cases" not in latex(after):
            assert shown != GAP


def test_a_line_of_ones_own_is_somewhere_before_what_it_leads_to() -> None:
    one = CATALOGUE["cross_entropy_gradient"]
    line = read_line(one, "sum(-y_k/a_k*da_k/dz_i, k)")
    assert place_of(one, line, 0) <= 4
    assert place_of(one, line, 4) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_types_what_can_be_read(one: Derivation, language: str) -> None:
    keys = line_keys(one, language)
    assert len({sign for sign, _, _ in keys}) == len(keys)
    assert all(name.strip() for _, _, name in keys)
    inside = next(text for _, text, _ in keys if "|" not in text)
    for _, text, _ in keys:
        if len(text) > 1 or text.isalpha():
            read_line(one, text.replace("|", inside))
