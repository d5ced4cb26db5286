"""What can be read in two ways is shown in both, and one click takes the one that is meant."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES
from tests.pages.reading import clean, opened_lesson, press, visit_of

FIELDS = [
    ("bench", "logits", "1,000; 2,000", [("1, 2", (1, 2)), ("1000, 2000", (1000, 2000))]),
    ("bench", "temperature", "12,345", [("12.345", 12.345), ("12345", 1)]),
    ("cross_entropy", "q0", "0,25, 0,75", [("0.25, 0.75", (0.25, 0.75))]),
    ("any_loss", "upstream", "1,000 2,000 3", [("1000, 2000, 3", (1000, 2000, 3))]),
    ("network", "layer_bias", "1.250; 2,5; 1", [("1250, 2.5, 1", (1250, 2.5, 1))]),
    ("network", "l2", "10,000", [("10", 10)]),
    ("training", "click", "1,000", [("1000", 1000), ("1", 1)]),
]


def value(at: AppTest, field: str) -> Any:
    state, choices = visit_of(at).state, visit_of(at).choices
    return {
        "logits": state.logits,
        "temperature": state.temperature,
        "q0": choices.samples[0].q,
        "upstream": choices.own_loss.upstream,
        "layer_bias": choices.layer.bias,
        "l2": choices.layer.l2,
        "click": choices.plan.click,
    }[field]


@pytest.mark.parametrize(("case", "language"), [*zip(FIELDS, cycle(LANGUAGES), strict=False)])
def test_a_field_offers_both(
    case: tuple[str, str, str, list[tuple[str, Any]]], language: str
) -> None:
    page, field, typed, readings = case
    for label, wanted in readings:
        at = opened_lesson(page, lang=language)
        before = value(at, field)
        clean(at.text_input(key=f"{field}_text").set_value(typed).run())
        assert value(at, field) == before
        (warning,) = at.warning
        said = warning.value.replace("\\", "")
        assert typed in said
        assert label in said
        assert at.text_input(key=f"{field}_text").value == typed
        press(at, label)
        assert value(at, field) == wanted
        # 12345 is no temperature: it is refused in its turn, with nothing left to choose.
        assert len(at.warning) == (label == "12345")
        assert not [button for button in at.button if "_reading_" in str(button.key)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_offers_both(language: str) -> None:
    at = opened_lesson("softmax", lang=language, z="1,000;2,000", temperature="2", names="a,b")
    assert visit_of(at).state == LabState(temperature=2)  # the names fit no three classes
    assert len(at.warning) == 2
    press(at, "1000, 2000")
    assert visit_of(at).state == LabState((1000, 2000), temperature=2, names=("a", "b"))
    assert not at.warning
    assert at.text_input(key="logits_text").value == "1000, 2000"


def test_a_link_with_several_lists() -> None:
    at = opened_lesson("cross_entropy", lang="en", p="0,250; 0,750_1,0", q="0.5,0.5_0.25;0.75")
    assert [(s.p, s.q) for s in visit_of(at).choices.samples] == [
        ((0.25, 0.75), (0.5, 0.5)),
        ((1, 0), (0.25, 0.75)),
    ]
    at = opened_lesson("network", lang="en", w="1,000; 2; 3_4,5,6_7,8,9")
    press(at, "1000, 2, 3")
    assert visit_of(at).choices.layer.weights == ((1000, 2, 3), (4, 5, 6), (7, 8, 9))


def test_a_reading_of_a_link_that_was_edited_since_is_not_taken() -> None:
    at = opened_lesson("bench", lang="en", z="1,000;2,000")
    (refusal,) = visit_of(at).link_refusals
    clean(at.text_input(key="logits_text").set_value("5, 6").run())
    visit_of(at).read_link_as(*refusal, "1000, 2000")
    assert visit_of(at).state.logits == (5, 6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_number_of_classes_is_said(language: str) -> None:
    at = opened_lesson("bench", lang=language, label="3")
    words = visit_of(at).words
    clean(at.text_input(key="logits_text").set_value("5, 6, 7, 8").run())
    assert [c.value for c in at.caption] == [words("controls.classes_now", now=4, before=3)]
    clean(at.text_input(key="logits_text").set_value("5, 6").run())
    lost = [words("controls.classes_now", now=2, before=4), words("controls.label_now")]
    assert [c.value for c in at.caption] == lost
    assert visit_of(at).state.target == 0
    clean(at.text_input(key="logits_text").set_value("7, 6").run())
    assert not at.caption

    at = opened_lesson("cross_entropy", lang=language)
    clean(at.text_input(key="p0_text").set_value("0,5; 0,5").run())
    assert words("controls.classes_now", now=2, before=3) in [c.value for c in at.caption]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_shows_by_what_it_is_wrong(language: str) -> None:
    cases = {
        "target": ("0.33333,0.33333,0.33333", "0.99999"),
        "temperature": ("0.0099999", "0.0099999"),
        "p": ("1.00000001,0,0", "1.00000001"),
        "eta": ("1000000.5", "1000000.5"),
        "percent": ("-100.00001", "-100.00001"),
        "h": ("0.100001", "0.100001"),
        "x": ("0.999999", "0.999999"),
        "z": ("1e300,0,0", "1e300"),
    }
    for parameter, (text, shown) in cases.items():
        at = opened_lesson("bench", **{parameter: text, "lang": language})
        (warning,) = at.warning
        assert shown in warning.value.replace("\\", ""), parameter
