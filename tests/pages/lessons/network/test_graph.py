"""The layer as a graph: core's numbers in picture and table, fields, the way to the bench."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import cycle

import numpy as np
import pytest

from core import layer_loss, one_hot
from pages.lessons.network.descent import descend
from pages.lessons.network.graph_figure import symbol, weight_symbol
from pages.visit.layer import BIAS, Layer
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.network.reading import (
    DRAWN,
    drawn,
    layer_of,
    opened_graph,
    press,
    svg,
    typed,
)
from tests.pages.reading import clean, numbers, passages, tables, visit_of


def test_it_begins_at_the_logits_of_the_bench() -> None:
    at = opened_graph()
    assert drawn(at, "score") == [2, 3, 4] == list(visit_of(at).state.logits)
    assert drawn(at, "target") == [1, 0, 0]


def test_picture_and_table_are_cores(subtests: pytest.Subtests) -> None:
    queries: tuple[dict[str, str], ...] = (
        {},
        {"label": "3", "o": "0,2,-0.25", "b": "0,0,1"},
        {"target": "0.1,0.2,0.7", "steps": "7"},
        {"z": "1,2", "label": "2"},
        {"z": "1,2,3,4,5,-inf", "label": "6", "steps": "1", "eta": "3", "l2": "0"},
    )
    for query, language in zip(queries, cycle(LANGUAGES), strict=False):
        with subtests.test(query=query, language=language):
            shows_cores_numbers(language, query)


def shows_cores_numbers(language: str, query: dict[str, str]) -> None:
    at = opened_graph(language, **query)
    state, layer = visit_of(at).state, layer_of(at).for_classes(visit_of(at).state.classes)
    descent = descend(state, layer)
    result = layer_loss(
        descent.weights, descent.bias, np.array([layer.inputs]), state.distribution[None]
    )
    wanted = {
        "input": layer.inputs,
        "weight": descent.weights.ravel(),
        "bias": descent.bias,
        "score": descent.weights @ layer.inputs + descent.bias,
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
    assert places == {(k + 1, d + 1): w for (k, d), w in np.ndenumerate(descent.weights)}
    assert "NaN" not in svg(at) + "".join(tables(at))
    assert wording(language)("network.graph.shown", steps=descent.steps) in passages(at)


def test_nodes_from_ten_on_keep_their_numbers_apart() -> None:
    assert symbol("w", 4, 1) == "w₄₁"
    assert weight_symbol(7, 0) == "w₁₁,₁"
    assert weight_symbol(9, BIAS) == "b₁₃"


def test_an_edit_leads_back_to_the_start(subtests: pytest.Subtests) -> None:
    cases: tuple[tuple[str, str, Callable[[Layer], bool]], ...] = (
        ("layer_inputs", "[1； 2; 3]", lambda x: x.inputs == (1, 2, 3)),
        ("layer_bias", "1 2 3", lambda x: x.bias == (1, 2, 3)),
        ("layer_weights_1", "0,0,−1", lambda x: x.weights[1] == (0, 0, -1)),
    )
    for field, text, is_read in cases:
        with subtests.test(field=field):
            at = typed(opened_graph(steps="5"), field, text)
            assert is_read(layer_of(at))
            assert layer_of(at).steps == 0
            assert at.text_input(key=f"{field}_text").value == text


HOSTILE = [
    "",
    "cat",
    "<img src=x onerror=alert(1)>",
    "nan, 1, 2",
    "-inf, 1, 2",
    "1, 2",
    "1e7, 0, 0",
]
FIELDS = ["layer_inputs", "layer_bias", "layer_weights_2"]


def test_bad_text_is_refused_beside_the_field(subtests: pytest.Subtests) -> None:
    cases = [("en", FIELDS[place % 3], text) for place, text in enumerate(HOSTILE)]
    cases += [("zh", field, "1, 2") for field in FIELDS]
    for language, field, text in cases:
        with subtests.test(language=language, field=field, text=text):
            at = typed(opened_graph(language), field, text)
            assert layer_of(at) == Layer()
            assert at.text_input(key=f"{field}_text").value == text
            (warning,) = at.warning
            name = {"i": "inputs", "b": "bias", "w": "weights"}[field.removeprefix("layer_")[0]]
            called = wording(language).field_name(name, {"z": "z₆"})
            assert re.split("[:：]", warning.value.replace("\\", ""))[0] == called
            assert not re.search(r"(?<!\\)<", warning.value)
            assert not typed(at, field, "1, 2, 3").warning


def test_the_scores_go_to_the_bench_and_its_logits_come_back() -> None:
    at = press(opened_graph(z="5,6,7", o="1,1,1", names="cat,dog,owl"), "to_bench")
    assert visit_of(at).state.logits == tuple(drawn(at, "score")) != (5, 6, 7)
    assert visit_of(at).state.names == ("cat", "dog", "owl")
    at = press(opened_graph(z="5,6,7", o="1,1,1", steps="3"), "from_bench")
    assert drawn(at, "score") == pytest.approx([5, 6, 7])
    assert layer_of(at).steps == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_taken_over_is_refused(language: str) -> None:
    at = press(opened_graph(language, z="-inf,6,7"), "from_bench")
    assert [w.value.replace("\\", "") for w in at.warning] == [
        wording(language).refusal(Refused("bias", "masked"))
    ]
    at = press(opened_graph(language, eta="30", steps="60", l2="0.1"), "to_bench")
    assert visit_of(at).state.logits == (2, 3, 4)
    (warning,) = at.warning
    assert "1,000,000" in warning.value.replace("\\", "")


def test_the_label_is_the_benchs() -> None:
    at = opened_graph()
    clean(at.selectbox(key="label").set_value(2).run())
    assert visit_of(at).state.target == 2
    assert drawn(at, "target") == one_hot(2, 3).tolist()
