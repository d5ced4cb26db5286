"""The network lesson's derivations have the layer's numbers, and bear any."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.derivation.lesson_derivation import example
from pages.lessons.network.descent import descend
from pages.visit.choices import Choices
from pages.visit.layer import Layer
from pages.visit.state import LabState
from pages.writing.wording import wording
from tests.pages.derived import DERIVED, PLACES
from tests.pages.lessons.network.reading import opened
from tests.pages.reading import clean

EN = wording("en")


def test_the_derivations_have_the_numbers_on_the_page() -> None:
    layer = replace(Layer(), inputs=(0.5, 1.0, 2.0), steps=4)
    descent = descend(LabState(), layer)
    numbers = example(DERIVED["layer_gradient"], LabState(), Choices(layer=layer)).numbers
    assert numbers["w"].tolist() == descent.weights.tolist()
    assert numbers["o"].tolist() == [0.5, 1, 2]


@pytest.mark.parametrize(
    "query", [{"eta": "30", "steps": "600", "l2": "0.1"}, {"b": "1e6,-1e6,0"}], ids=str
)
def test_the_derivations_bear_any_numbers(query: dict[str, str]) -> None:
    at = opened(**query)
    for name in PLACES["network"]:
        at.toggle(key=f"numbers-{name}").set_value(True)
    infos = [info.value for info in clean(at.run()).info]
    assert infos.count(EN("derivation_ui.large")) == (
        len(PLACES["network"]) if "steps" in query else 0
    )
