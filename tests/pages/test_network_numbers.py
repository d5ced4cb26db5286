"""The network lesson's numbers: graph, table, chain and derivations show core's."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from core import layer_loss
from pages.derivation.lesson_derivation import example
from pages.lessons.network.chain import symbols
from pages.lessons.network.descent import descent
from pages.lessons.network.graph import symbol, weight_symbol
from pages.lessons.network.tables import check_of
from pages.visit.choices import Choices
from pages.visit.layer import BIAS, Layer
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.derived import DERIVED
from tests.pages.network import DRAWN, drawn, layer_of, opened, svg
from tests.pages.reading import clean, numbers, passages, tables, visit_of

EN = wording("en")
COLOUR = re.compile(r"\\textcolor\{[^}]*\}")


def test_it_begins_at_the_logits_of_the_bench() -> None:
    at = opened()
    assert drawn(at, "score") == [2, 3, 4] == list(visit_of(at).state.logits)
    assert drawn(at, "target") == [1, 0, 0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"label": "3", "o": "0,2,-0.25", "b": "0,0,1"},
        {"target": "0.1,0.2,0.7", "steps": "7"},
        {"z": "1,2", "label": "2"},
        {"z": "1,2,3,4,5,-inf", "label": "6", "steps": "1", "eta": "3", "l2": "0"},
    ],
    ids=str,
)
def test_picture_and_table_are_cores(language: str, query: dict[str, str]) -> None:
    at = opened(language, **query)
    state, layer = visit_of(at).state, layer_of(at).for_classes(visit_of(at).state.classes)
    seen = descent(state, layer)
    result = layer_loss(seen.weights, seen.bias, np.array([layer.inputs]), state.distribution[None])
    wanted = {
        "input": layer.inputs,
        "weight": seen.weights.ravel(),
        "bias": seen.bias,
        "score": seen.weights @ layer.inputs + seen.bias,
        "probability": result.probabilities.ravel(),
        "grad_weight": result.grad_weights.ravel(),
        "grad_score": result.grad_scores.ravel(),
        "grad_input": result.grad_inputs.ravel(),
        "loss": [result.value],
    }
    whole = tables(at)[0]
    for quantity, values in wanted.items():
        assert sorted(drawn(at, quantity)) == pytest.approx(sorted(values), abs=1e-15), quantity
        if quantity not in ("loss", "score"):
            assert numbers(whole, quantity) == pytest.approx(list(values), abs=1e-15), quantity
    places = {(int(r), int(c)): float(v) for q, r, c, v in DRAWN.findall(svg(at)) if q == "weight"}
    assert places == {(k + 1, d + 1): w for (k, d), w in np.ndenumerate(seen.weights)}
    assert "NaN" not in svg(at) + "".join(tables(at))
    assert wording(language)("network.graph.shown", steps=seen.steps) in passages(at)


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
)
def test_the_chain_in_symbols(k: int, d: int, lines: tuple[str, ...]) -> None:
    assert tuple(COLOUR.sub("", line) for line in symbols(k, d, "light")) == lines


@pytest.mark.parametrize("chosen", [(0, 0), (1, 2), (2, 1), (2, BIAS)], ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chosen_weight_and_its_difference(language: str, chosen: tuple[int, int]) -> None:
    at = opened(language, steps="2")
    k, d = chosen
    at.segmented_control(key="chain_to").set_value(k).run()
    at.segmented_control(key="chain_from").set_value(d).run()
    assert layer_of(clean(at)).chosen == chosen
    seen = descent(visit_of(at).state, layer_of(at))
    gradient = seen.result.grad_bias[k] if d == BIAS else seen.result.grad_weights[k, d]
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
    seen = descent(LabState(), Layer())
    right = check_of(seen, (1, 1))
    assert right.passed
    assert right.conclusive
    # As if the weight into the next class had been taken.
    assert abs(right.numeric[0] - seen.result.grad_weights[2, 1]) > 0.1


@pytest.mark.parametrize("size", [1e6, -1e6, 1e-6], ids=str)
@pytest.mark.parametrize("chosen", [(0, 0), (2, BIAS)], ids=str)
def test_the_difference_fits_numbers_of_any_size(size: float, chosen: tuple[int, int]) -> None:
    for layer in (
        Layer(inputs=(size, size, 1.0)),
        Layer(weights=((size, 0, 1), (0, 1, 0), (1, 0, size))),
        Layer(bias=(size, 0, size)),
    ):
        assert check_of(descent(LabState(), layer), chosen).passed


def test_more_and_fewer_classes_keep_the_rows_that_remain() -> None:
    three = Layer()
    five = three.for_classes(5)
    assert five.weights[:3] == three.weights
    assert (len(five.weights), len(five.bias)) == (5, 5)
    assert five.for_classes(2).weights == three.weights[:2]
    assert replace(five, chosen=(4, 1)).for_classes(2).chosen == (1, 1)


def test_the_derivations_have_the_numbers_on_the_page() -> None:
    layer = replace(Layer(), inputs=(0.5, 1.0, 2.0), steps=4)
    seen = descent(LabState(), layer)
    shown = example(DERIVED["layer_gradient"], LabState(), Choices(layer=layer)).numbers
    assert shown["w"].tolist() == seen.weights.tolist()
    assert shown["o"].tolist() == [0.5, 1, 2]


@pytest.mark.parametrize(
    "query", [{"eta": "30", "steps": "600", "l2": "0.1"}, {"b": "1e6,-1e6,0"}], ids=str
)
def test_the_derivations_bear_any_numbers(query: dict[str, str]) -> None:
    at = opened(**query)
    for name in ("layer_gradient", "layer_bias_gradient", "layer_input_gradient"):
        at.toggle(key=f"numbers-{name}").set_value(True)
        at.segmented_control(key=f"mode-{name}").set_value("all_steps")
    told = [info.value for info in clean(at.run()).info]
    assert told.count(EN("derivation_ui.large")) == (3 if "steps" in query else 0)


def test_nodes_from_ten_on_keep_their_numbers_apart() -> None:
    assert symbol("w", 4, 1) == "w₄₁"
    assert weight_symbol(7, 0) == "w₁₁,₁"
    assert weight_symbol(9, BIAS) == "b₁₃"
