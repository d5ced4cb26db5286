"""All lines of a derivation at the learner's own numbers, whatever these are."""

from __future__ import annotations

import math

import pytest
from streamlit.testing.v1 import AppTest

from core import softmax_loss
from pages.derivation.lines import FAMILY, formulas, marked_step
from pages.writing.wording import LANGUAGES, wording
from tests.pages.derived import PLACES, opened
from tests.pages.reading import CELL, clean, passages, tables, visit_of


def opened_with_numbers(page: str, **query: str) -> AppTest:
    """A whole lesson, all of its derivations at the learner's numbers."""
    return opened(page, numbers="yes", **query)


def witnesses_of(at: AppTest, page: str, name: str) -> str:
    """The table at the end of a derivation, on the page with all of the lesson."""
    title = visit_of(at).words("derivation_ui.witnesses")
    return [table for table in tables(at) if title in table][PLACES[page].index(name)]


def whole(name: str) -> list[str]:
    """All lines of a derivation, what is new in each of them marked."""
    steps = range(len(FAMILY[name].steps))
    return [formulas(name, "light")[0], *(marked_step(name, k, "light")[1] for k in steps)]


@pytest.mark.parametrize("page", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_at_once_with_numbers_and_witnesses(page: str, language: str) -> None:
    at = opened_with_numbers(page, lang=language)
    shown, words = passages(at), wording(language)
    two = [name for name in PLACES[page] if name == "sigmoid_as_two_classes"]
    every = [name for name in PLACES[page] if name not in two]
    for proved, names in (("proved_two", two), ("proved_every_n", every)):
        said = shown.count(words(f"derivation_ui.{proved}"))
        assert said >= sum(len(FAMILY[name].steps) + 1 for name in names)
    assert shown.count(r"\approx ") >= sum(len(FAMILY[name].lines) for name in PLACES[page])
    for name in PLACES[page]:
        assert all(line in shown for line in whole(name)), name
        found = CELL.findall(witnesses_of(at, page, name))
        assert {quantity for quantity, *_ in found} == {
            "witness_symbolic",
            "witness_core",
            "witness_other",
            "residual_core",
            "residual_other",
        }
        for quantity, _, value, _ in found:
            if quantity.startswith("residual"):
                assert float(value) <= (1e-15 if quantity == "residual_core" else 1e-9), name


@pytest.mark.parametrize("page", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_masked_class_is_explained(page: str, language: str) -> None:
    at = opened_with_numbers(page, lang=language, z="-inf,0,1", label="3")
    told = [info.value for info in at.info]
    masked = wording(language)("derivation_ui.masked")
    # Two classes are chosen among those that are not masked; a layer has scores of its own.
    without = {"sigmoid_as_two_classes", *PLACES["network"]}
    expected = len(set(PLACES[page]) - without)
    assert told.count(masked) == expected
    assert all(line in passages(at) for name in PLACES[page] for line in whole(name))


def test_fewer_classes_leave_a_chosen_index_inside() -> None:
    at = opened("any_loss", z="1,2,3,4")
    at.toggle(key="numbers-upstream_gradient").set_value(True)
    clean(at.run())
    at.segmented_control(key="index-i-upstream_gradient").set_value(4)
    clean(at.run())
    at.text_input(key="logits_text").set_value("1, 2").run()
    assert clean(at).segmented_control(key="index-i-upstream_gradient").value == 2


def test_the_target_is_chosen_here_as_on_the_bench() -> None:
    at = opened("cross_entropy", label="1")
    witnessed = witnesses_of(at, "cross_entropy", "cross_entropy_gradient")
    expected = softmax_loss([2.0, 3.0, 4.0], 0).grad_logits
    shown = [float(v) for q, _, v, _ in CELL.findall(witnessed) if q == "witness_core"]
    assert shown == pytest.approx(expected.tolist(), rel=1e-15)


def test_an_infinite_gradient_is_explained() -> None:
    at = opened("any_loss", z="2000,0", label="2")
    assert wording("en")("derivation_ui.infinite") in [info.value for info in at.info]


def test_extreme_logits_break_nothing() -> None:
    for z in ("1e6,-1e6,0", "0,0", ",".join(["1"] * 10)):
        for page in PLACES:
            at = opened_with_numbers(page, z=z, label="1", temperature="0.01")
            assert not any(math.isnan(float(v)) for *_, v, _ in CELL.findall("".join(tables(at))))


def test_the_class_of_a_one_hot_target_is_said() -> None:
    for query, label in (({}, "label"), ({"target": "0.1,0.2,0.7"}, "soft")):
        at = opened("cross_entropy", **query)
        at.toggle(key="numbers-cross_entropy_one_hot").set_value(True)
        clean(at.run())
        at_class = 2 if label == "label" else 3
        said = wording("en")(f"derivation_ui.fixed_{label}", index="t", at=at_class)
        assert said in passages(at)


def test_own_numbers_are_wanted_everywhere_and_in_the_link() -> None:
    at = opened("cross_entropy", screen="cross_entropy_gradient")
    assert "numbers" not in visit_of(at).link
    clean(at.toggle(key="numbers-cross_entropy_gradient").set_value(True).run())
    clean(at.segmented_control(key="index-i-cross_entropy_gradient").set_value(3).run())
    link = visit_of(at).link
    assert "numbers=yes" in link
    assert "places=i3" in link
    clean(at.button(key="on-step-cross_entropy_gradient").click().run())
    assert at.toggle(key="numbers-cross_entropy_gradient").value
    for page, name in (("network", "batch_mean_gradient"), ("any_loss", "upstream_gradient")):
        there = opened(page, screen=name, numbers="yes", places="i3,k2")
        assert there.toggle(key=f"numbers-{name}").value
        assert r"\approx " in passages(there)
    assert there.segmented_control(key="index-i-upstream_gradient").value == 3
