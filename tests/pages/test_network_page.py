"""The network lesson as a page: its fields, the way to the bench and back, links, refusals."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core import one_hot
from pages.visit.layer import BIAS, Layer
from pages.visit.links import decode
from pages.writing.wording import LANGUAGES, wording
from tests.pages.network import drawn, layer_of, opened, press, svg
from tests.pages.reading import clean, tables, visit_of
from tests.pages.test_links import listed


def typed(at: AppTest, field: str, text: str) -> AppTest:
    return clean(at.text_input(key=f"{field}_text").set_value(text).run())


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
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/network/page.py").run()
    at.button(key="language_zh").click().run()
    assert layer_of(clean(at)) == kept
    assert at.text_input(key="layer_inputs_text").value == "3, 2, 1"
    assert at.title[0].value == wording("zh")("network.title")
