"""The network lesson as a page: links keep its layer, and so do other pages and languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.visit.layer import BIAS, Layer
from pages.visit.links import decode
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.network.reading import layer_of, opened, press, svg, typed
from tests.pages.reading import clean, listed, tables, visit_of


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
