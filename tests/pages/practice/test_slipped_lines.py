"""Lines with a slip: one of them is wrong, by numbers, and it is the one that the slip gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations import DERIVATIONS as CATALOGUE
from derivations import Step, evaluate, slips_at, verify
from pages.practice import slipped_lines
from pages.practice.exercises import Exercise
from pages.practice.slip_task import SlipTask
from pages.practice.slipped_lines import MOST_LINES, SLIPS, slip_of, slipped_line
from pages.visit.practice import DERIVATIONS

VARIANTS = range(1, 71)


def test_the_derivations_are_those_of_the_catalogue_in_its_order() -> None:
    assert list(CATALOGUE) == list(DERIVATIONS)
    assert set(SLIPS) == set(DERIVATIONS)


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_slips_that_are_known_beforehand_are_those_that_can_be_made(name: str) -> None:
    one = CATALOGUE[name]
    made = {slip for line in range(1, len(one.lines)) for slip in slips_at(one, line)}
    assert set(SLIPS[name]) == made


@pytest.mark.parametrize("variant", VARIANTS)
def test_one_line_is_wrong_and_only_one(variant: int) -> None:
    slipped = slipped_line(Exercise("slip", variant))
    one, places = slipped.derivation, range(slipped.first, slipped.last + 1)
    assert slipped.first < slipped.wrong <= slipped.last
    assert len(places) == min(MOST_LINES, len(one.lines))
    numbers = dict(slipped.evidence.numbers)
    if one.id == "cross_entropy_hessian":  # some of its lines have a target, which drops out
        numbers["y"] = [1.0, *[0.0] * (len(numbers["z"]) - 1)]
    values = {place: float(evaluate(one, slipped.shown(place), **numbers)) for place in places}
    assert values == pytest.approx({place: slipped.value(place) for place in places})
    right = values[slipped.first]
    off = [place for place, value in values.items() if abs(value - right) > 1e-9]
    assert off == [slipped.wrong]
    assert slipped.evidence.after == pytest.approx(values[slipped.wrong])
    assert slipped.evidence.before == pytest.approx(right)
    # By the engine that proves the derivations, which knows nothing of slips.
    step = Step("", slipped.line)
    verdict = verify(replace(one, start=one.lines[slipped.wrong - 1], steps=(step,)))[0]
    assert verdict.ok is False


def test_a_derivation_that_is_asked_for_is_the_one_shown() -> None:
    for name in DERIVATIONS:
        for variant in range(1, 6):
            exercise = Exercise("slip", variant, name)
            derivation, slip = slip_of(exercise)
            assert (derivation, slip in SLIPS[name]) == (name, True)
            assert slipped_line(exercise).derivation.id == name


@pytest.mark.parametrize("name", DERIVATIONS)
def test_every_slip_that_is_drawn_is_the_one_shown(name: str) -> None:
    left, variant = set(SLIPS[name]), 1
    while left:
        exercise = Exercise("slip", variant, name)
        _, drawn = slip_of(exercise)
        if drawn in left:
            assert slipped_line(exercise).slip == drawn
        left.discard(drawn)
        variant += 1


def test_a_slip_that_no_line_lets_one_make_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = ("batch_maximum", "transposed_weights", "double_softmax")
    monkeypatch.setattr(slipped_lines, "SLIPS", {"softmax_jacobian": listed})
    for variant in range(500_000, 500_030):
        exercise = Exercise("slip", variant, "softmax_jacobian")
        task = SlipTask(exercise)
        assert task.slips[0] in listed
        assert slipped_line(exercise).slip == task.slipped.slip == "double_softmax"
        assert task.slips == ("double_softmax",), "the one that is counted"
    drawn = {slip_of(Exercise("slip", x, "softmax_jacobian"))[1] for x in range(500_000, 500_030)}
    assert drawn == set(listed)


def test_every_slip_comes() -> None:
    found = {slip_of(Exercise("slip", variant))[1] for variant in range(1, 200)}
    assert found == {slip for slips in SLIPS.values() for slip in slips}
