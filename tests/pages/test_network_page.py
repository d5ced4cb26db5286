"""The network lesson: every number is core's, steps can be taken back, and nothing overflows."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import layer_loss, one_hot
from pages.blocks.derivation.chain import symbols
from pages.blocks.derivation.examples import example
from pages.blocks.layer.descent import descent
from pages.blocks.layer.graph import symbol, weight_symbol
from pages.blocks.layer.tables import check_of
from pages.blocks.layer.value import BIAS, Layer
from pages.blocks.links import LANGUAGES, decode
from pages.blocks.state import LabState
from pages.blocks.wording import wording
from tests.pages.reading import clean, numbers, opened_lesson, passages, tables, visit_of
from tests.pages.test_links import listed

EN = wording("en")
COLOUR = re.compile(r"\\textcolor\{[^}]*\}")
DRAWN = re.compile(
    r'data-quantity="(\w+)"(?: data-row="(\d+)" data-col="(\d+)")? data-value="([^"]+)"'
)


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("network", 60, lang=language, **query)


def layer_of(at: AppTest) -> Layer:
    return visit_of(at).choices.layer


def press(at: AppTest, key: str) -> AppTest:
    return clean(at.button(key=key).click().run())


def typed(at: AppTest, field: str, text: str) -> AppTest:
    return clean(at.text_input(key=f"{field}_text").set_value(text).run())


def svg(at: AppTest) -> str:
    sent = [json.loads(c.proto.json) for c in at.get("bidi_component")]  # type: ignore[attr-defined]
    (drawn,) = [data["svg"] for data in sent if "svg" in data]
    return str(drawn)


def drawn(at: AppTest, quantity: str) -> list[float]:
    return [float(value) for found, *_, value in DRAWN.findall(svg(at)) if found == quantity]


def by_hand(layer: Layer, target: list[float], steps: int) -> tuple[list[float], list[list[float]]]:
    """The losses and the weights after plain gradient steps, without core."""
    w, b, o = [list(row) for row in layer.weights], list(layer.bias), layer.inputs
    losses = []
    for step in range(steps + 1):
        z = [
            sum(x * y for x, y in zip(row, o, strict=True)) + c for row, c in zip(w, b, strict=True)
        ]
        e = [math.exp(x) for x in z]
        a = [x / sum(e) for x in e]
        loss = -sum(y * math.log(p) for y, p in zip(target, a, strict=True) if y)
        losses.append(loss + layer.l2 / 2 * sum(x * x for row in w for x in row))
        if step == steps:
            break
        for k in range(len(w)):
            slope = a[k] - target[k]
            w[k] = [
                x - layer.step_size * (slope * i + layer.l2 * x)
                for x, i in zip(w[k], o, strict=True)
            ]
            b[k] -= layer.step_size * slope
    return losses, w


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


@pytest.mark.parametrize("query", [{}, {"target": "0.2,0.3,0.5"}, {"eta": "5", "l2": "0"}], ids=str)
def test_steps_are_gradient_steps(query: dict[str, str]) -> None:
    at = opened(**query)
    target = visit_of(at).state.distribution.tolist()
    start = layer_of(at)
    at = press(press(press(at, "take_1"), "take_10"), "take_1")
    losses, weights = by_hand(start, target, 12)
    shown = tables(at)[2]
    assert numbers(shown, "loss") == pytest.approx([*losses[:11], losses[12]], rel=1e-9)
    assert drawn(at, "weight") == pytest.approx([x for row in weights for x in row], rel=1e-9)
    assert at.text_input(key="layer_bias_text").value == "1, 0.5, -0.5", "the start is kept"
    back = press(at, "back_to_start")
    assert layer_of(back) == start
    assert drawn(back, "weight") == [x for row in start.weights for x in row]
    assert back.button(key="back_to_start").disabled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("eta", "l2", "steps", "target", "course"),
    [
        ("0.5", "0.1", "0", "1,0,0", "start"),
        ("0.5", "0.1", "30", "1,0,0", "fell"),
        ("5", "0.1", "30", "1,0,0", "bumpy"),
        ("20", "0.1", "5", "1,0,0", "grew"),
        ("30", "0", "11", "0.3,0.3,0.4", "grew"),
        ("30", "0.1", "10", "1,0,0", "runaway"),
        ("30", "0.1", "1000", "1,0,0", "overflow"),
        ("1e6", "100", "1000", "1,0,0", "overflow"),
    ],
)
def test_what_became_of_the_loss_is_said(
    language: str, eta: str, l2: str, steps: str, target: str, course: str
) -> None:
    at = opened(language, eta=eta, l2=l2, steps=steps, target=target)
    seen = descent(visit_of(at).state, layer_of(at))
    assert seen.course == course
    label = wording(language).label(f"network.course.{course}")
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
    assert re.search(pattern, passages(at))
    assert not re.search(r"\bnan\b|NaN", passages(at) + svg(at) + "".join(tables(at)))
    assert at.button(key="take_1").disabled == (course == "overflow" or steps == "1000")


def test_the_last_finite_state_is_kept() -> None:
    at = opened(eta="30", steps="500", l2="0.1")
    while not at.button(key="take_10").disabled:
        at = press(at, "take_10")
    state = visit_of(at).state
    seen = descent(state, layer_of(at))
    assert seen.overflow
    assert all(np.isfinite(x).all() for x in (seen.weights, seen.bias, seen.losses))
    one_more = layer_loss(seen.weights, seen.bias, seen.inputs, seen.targets, l2=0.1)
    assert one_more.value == seen.losses[-1]
    further = seen.weights - 30 * one_more.grad_weights
    assert math.log(0.05 * np.sum((further / 1e100) ** 2)) + math.log(1e200) > math.log(1.79e308)
    assert layer_of(press(at, "back_to_start")) == replace(layer_of(at), steps=0)
    calm = clean(at.text_input(key="step_size_text").set_value("0.5").run())
    assert descent(state, layer_of(calm)).course == "start"


def test_another_step_size_takes_the_steps_anew() -> None:
    at = opened(steps="10")
    clean(at.text_input(key="step_size_text").set_value("2").run())
    losses, _ = by_hand(replace(Layer(), step_size=2.0), [1, 0, 0], 10)
    assert numbers(tables(at)[2], "loss") == pytest.approx(losses, rel=1e-9)
    clean(at.text_input(key="l2_text").set_value("0.3").run())
    assert layer_of(at).l2 == 0.3


@pytest.mark.parametrize(
    ("field", "text", "read"),
    [
        ("layer_inputs", "[1； 2; 3]", lambda x: x.inputs == (1, 2, 3)),
        ("layer_bias", "1 2 3", lambda x: x.bias == (1, 2, 3)),
        ("layer_weights_1", "0,0,−1", lambda x: x.weights[1] == (0, 0, -1)),
    ],
)
def test_an_edit_leads_back_to_the_start(field: str, text: str, read: object) -> None:
    assert callable(read)
    at = typed(opened(steps="5"), field, text)
    assert read(layer_of(at))
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


@pytest.mark.parametrize(
    ("language", "field", "text"),
    [
        *(("en", FIELDS[place % 3], text) for place, text in enumerate(HOSTILE)),
        *(("zh", field, "1, 2") for field in FIELDS),
    ],
)
def test_bad_text_is_refused_beside_the_field(language: str, field: str, text: str) -> None:
    at = typed(opened(language), field, text)
    assert layer_of(at) == Layer()
    assert at.text_input(key=f"{field}_text").value == text
    (warning,) = at.warning
    name = {"i": "inputs", "b": "bias", "w": "weights"}[field.removeprefix("layer_")[0]]
    accepted = wording(language).label(f"refused.{name}.empty")
    assert re.split("[:：]", warning.value.replace("\\", ""))[0] == re.split("[:：]", accepted)[0]
    assert not re.search(r"(?<!\\)<", warning.value)
    assert not typed(at, field, "1, 2, 3").warning


def test_the_scores_go_to_the_bench_and_its_logits_come_back() -> None:
    at = press(opened(z="5,6,7", o="1,1,1", names="cat,dog,owl"), "to_bench")
    assert visit_of(at).state.logits == tuple(drawn(at, "score")) != (5, 6, 7)
    assert visit_of(at).state.names == ("cat", "dog", "owl")
    at = press(opened(z="5,6,7", o="1,1,1", steps="3"), "from_bench")
    assert drawn(at, "score") == pytest.approx([5, 6, 7])
    assert layer_of(at).steps == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_taken_over_is_refused(language: str) -> None:
    at = press(opened(language, z="-inf,6,7"), "from_bench")
    assert [w.value.replace("\\", "") for w in at.warning] == [
        wording(language)("refused.bias.masked")
    ]
    at = press(opened(language, eta="30", steps="60", l2="0.1"), "to_bench")
    assert visit_of(at).state.logits == (2, 3, 4)
    (warning,) = at.warning
    assert "1,000,000" in warning.value.replace("\\", "")


def test_the_label_is_the_benchs() -> None:
    at = opened()
    clean(at.selectbox(key="label").set_value(2).run())
    assert visit_of(at).state.target == 2
    assert drawn(at, "target") == one_hot(2, 3).tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_restores_what_was_seen(language: str) -> None:
    at = typed(opened(language, label="2"), "layer_inputs", "0.5, -1, 2")
    clean(at.text_input(key="step_size_text").set_value("0.25").run())
    at = press(press(at, "take_10"), "take_1")
    clean(at.segmented_control(key="chain_from").set_value(BIAS).run())
    query = listed(visit_of(at).link)
    assert (query["o"], query["steps"], query["weight"]) == (["0.5,-1,2"], ["11"], ["4,b"])
    assert decode(query)[1:] == (visit_of(at).choices, [])
    again = opened(
        language, **{name: values[0] for name, values in query.items() if name != "lang"}
    )
    assert svg(again) == svg(at)
    assert tables(again) == tables(at)
    assert again.text_input(key="layer_inputs_text").value == "0.5, -1, 2"


def test_a_bad_link_is_named_and_the_rest_kept() -> None:
    at = opened(steps="many", eta="2")
    assert layer_of(at) == replace(Layer(), step_size=2.0)
    assert "steps" in at.warning[0].value
    assert not press(at, "take_1").warning


def test_the_layer_survives_other_pages_and_the_language() -> None:
    at = press(typed(opened(), "layer_inputs", "3, 2, 1"), "take_1")
    kept = layer_of(at)
    at.switch_page("softmax.py").run().switch_page("network.py").run()
    at.button(key="language_zh").click().run()
    assert layer_of(clean(at)) == kept
    assert at.text_input(key="layer_inputs_text").value == "3, 2, 1"
    assert at.title[0].value == wording("zh")("network.title")


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
    shown = example("layer_gradient", LabState(), own_layer=layer).numbers
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
