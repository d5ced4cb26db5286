"""The network lesson as its tests read it: the layer, and the numbers of the drawing."""

from __future__ import annotations

import json
import re

from streamlit.testing.v1 import AppTest

from pages.visit.layer import Layer
from tests.pages.reading import clean, opened_lesson, visit_of

DRAWN = re.compile(
    r'data-quantity="(\w+)"(?: data-row="(\d+)" data-col="(\d+)")? data-value="([^"]+)"'
)


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("network", lang=language, **query)


def opened_graph(language: str = "en", **query: str) -> AppTest:
    """The screen of the drawn layer, its fields and its table open."""
    folds = ("layer-numbers", "layer-table")
    return opened_lesson("network", folds, lang=language, screen="graph", **query)


def layer_of(at: AppTest) -> Layer:
    return visit_of(at).choices.layer


def typed(at: AppTest, field: str, text: str) -> AppTest:
    return clean(at.text_input(key=f"{field}_text").set_value(text).run())


def press(at: AppTest, key: str) -> AppTest:
    return clean(at.button(key=key).click().run())


def svg(at: AppTest) -> str:
    sent = [json.loads(c.proto.json) for c in at.get("bidi_component")]  # type: ignore[attr-defined]
    (drawn,) = [data["svg"] for data in sent if "svg" in data]
    return str(drawn)


def drawn(at: AppTest, quantity: str) -> list[float]:
    return [float(value) for found, *_, value in DRAWN.findall(svg(at)) if found == quantity]
