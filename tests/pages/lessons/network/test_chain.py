"""The chain rule at one weight: its lines are those that are proved, its numbers core's."""

from __future__ import annotations

import re
from itertools import cycle

import pytest

from pages.lessons.network.chain import check_of, symbols
from pages.lessons.network.descent import descend
from pages.lessons.network.graph_figure import weight_symbol
from pages.visit.layer import BIAS, Layer
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.network.reading import layer_of, opened, svg
from tests.pages.reading import clean, numbers, passages, tables, visit_of

COLOUR = re.compile(r"\\textcolor\{[^}]*\}")


@pytest.mark.parametrize(
    ("k", "d", "lines"),
    [
        (
            0,
            0,
            (
                r"\frac{\partial {L}}{\partial w_{41}}",
                r"\frac{\partial {L}}{\partial {z_4}} \frac{\partial {z_4}}{\partial w_{41}}",
                r"\frac{\partial {L}}{\partial {z_4}} o_1",
                r"({a_4} - {y_4}) o_1",
            ),
        ),
        (
            2,
            BIAS,
            (
                r"\frac{\partial {L}}{\partial b_6}",
                r"\frac{\partial {L}}{\partial {z_6}} \frac{\partial {z_6}}{\partial b_6}",
                r"\frac{\partial {L}}{\partial {z_6}}",
                r"{a_6} - {y_6}",
            ),
        ),
    ],
    ids=("weight", "bias"),
)
def test_the_chain_in_symbols(k: int, d: int, lines: tuple[str, ...]) -> None:
    assert tuple(COLOUR.sub("", line) for line in symbols(k, d, "light")) == lines


def test_a_chosen_weight_and_its_difference(subtests: pytest.Subtests) -> None:
    weights = ((0, 0), (1, 2), (2, 1), (2, BIAS))
    for language, weight in zip(cycle(LANGUAGES), weights, strict=False):
        with subtests.test(language=language, weight=weight):
            shows_the_chain(language, *weight)


def shows_the_chain(language: str, k: int, d: int) -> None:
    at = opened(language, steps="2")
    at.segmented_control(key="chain_to").set_value(k).run()
    at.segmented_control(key="chain_from").set_value(d).run()
    assert layer_of(clean(at)).edge == (k, d)
    result = descend(visit_of(at).state, layer_of(at)).result
    gradient = result.grad_bias[k] if d == BIAS else result.grad_weights[k, d]
    chain = tables(at)[1]
    assert numbers(chain, "chain") == [gradient]
    (slope,), (pull,) = numbers(chain, "grad_score"), numbers(chain, "pull")
    assert slope * pull == gradient
    (difference,), (residual,) = numbers(chain, "difference"), numbers(chain, "residual")
    assert residual == abs(gradient - difference) < 1e-9
    assert all(COLOUR.sub("", s) in COLOUR.sub("", passages(at)) for s in symbols(k, d, "light"))
    assert wording(language).label("network.chain.agree").split("{")[0] in passages(at)
    assert weight_symbol(k, d) in chain
    assert 'class="label chosen"' in svg(at) if d < BIAS else 'font-weight="600"' in svg(at)


def test_a_wrong_gradient_would_not_agree() -> None:
    descent = descend(LabState(), Layer())
    right = check_of(descent, (1, 1))
    assert right.passed
    assert right.conclusive
    # As if the weight into the next class had been taken.
    assert abs(right.numeric[0] - descent.result.grad_weights[2, 1]) > 0.1


@pytest.mark.parametrize("size", [1e6, -1e6, 1e-6], ids=str)
def test_the_difference_fits_numbers_of_any_size(size: float) -> None:
    layers = (
        Layer(inputs=(size, size, 1.0)),
        Layer(weights=((size, 0, 1), (0, 1, 0), (1, 0, size))),
        Layer(bias=(size, 0, size)),
    )
    weights = ((0, 0), (2, BIAS))
    failed = [
        (layer, weight)
        for layer in layers
        for weight in weights
        if not check_of(descend(LabState(), layer), weight).passed
    ]
    assert not failed
