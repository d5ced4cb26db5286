"""The plan of a training: every part of it travels in a link, and what is refused is named."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.parameters import written
from pages.visit.state import LabState
from pages.visit.training_plan import (
    IN_LINK,
    LIMITS,
    ONE_OF,
    PARAMETERS,
    Plan,
    with_choice,
    with_number,
)
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import listed

OTHER = Plan(
    data="digits",
    arms=5,
    points=77,
    noise=0.35,
    seed=12,
    features="raw",
    rate=0.125,
    decay=0.0,
    click=33,
    trained=450,
    at=37,
    sample=9,
    weight_class=3,
    weight_input=2,
    begin="wrong",
    rival_rate=20.0,
    raced=60,
    race_at=20,
)
NAMES = [field.name for field in fields(Plan)]
FRACTION = 0.5
BAD_CHOICES = ["", "Spiral", "spiral ", "<b>", "x" * 1000]


def read(query: str) -> tuple[Plan, list[tuple[str, Refused]]]:
    _, choices, refusals = decode(listed(query))
    return choices.plan, refusals


def test_every_part_of_a_plan_has_its_limits_or_its_choices() -> None:
    assert {*LIMITS, *ONE_OF} == set(NAMES)
    assert all(getattr(OTHER, name) != getattr(Plan(), name) for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_part_travels_in_a_link(name: str) -> None:
    value = getattr(OTHER, name)
    plan = Plan(**{name: value})
    assert [*written(PARAMETERS, plan, Plan())] == [IN_LINK.get(name, name)]
    back, refusals = read(encode(LabState(), "en", Choices(plan=plan)))
    assert (back, refusals) == (plan, [])
    assert type(getattr(back, name)) is type(value)


def test_a_whole_plan_travels_in_a_link() -> None:
    assert read(encode(LabState(), "zh", Choices(plan=OTHER))) == (OTHER, [])
    backwards = {
        name: [text] for name, text in reversed(written(PARAMETERS, OTHER, Plan()).items())
    }
    assert decode(backwards)[1].plan == OTHER, "the data first, or they would undo the steps"
    assert written(PARAMETERS, Plan(), Plan()) == {}


@pytest.mark.parametrize(("goal", "looked_at"), [("trained", "at"), ("raced", "race_at")])
def test_whoever_trains_on_looks_at_the_last_step(goal: str, looked_at: str) -> None:
    plan = with_number(OTHER, goal, 900)
    assert plan == replace(OTHER, **{goal: 900, looked_at: getattr(Plan(), looked_at)})
    assert with_number(OTHER, "click", 7) == replace(OTHER, click=7), "other numbers leave it alone"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LIMITS)
def test_a_number_beyond_its_limits_is_refused_by_name(name: str, language: str) -> None:
    words, (least, most, whole) = wording(language), LIMITS[name]
    start = words.field_name(name, {})
    beyond = [math.nextafter(least, -math.inf), math.nextafter(most, math.inf), math.inf, -math.inf]
    for value in [*beyond, math.nan, *([least + FRACTION] if whole else [])]:
        with pytest.raises(Refused) as refused:
            with_number(OTHER, name, value)
        reason = "not_whole" if value == least + FRACTION else "range"
        assert (refused.value.field, refused.value.reason) == (name, reason)
        assert words.refusal(refused.value).startswith(start)
    for value in (least, most):
        assert getattr(with_number(OTHER, name, value), name) == value
    for text in ("", "many", "nan", "1,5", "<b>"):
        in_link = IN_LINK.get(name, name)
        plan, refusals = read(f"{in_link}={text}x")
        assert plan == Plan()
        ((parameter, wrong),) = refusals
        assert (parameter, wrong.field, wrong.reason) == (in_link, name, "not_a_number")
        assert words.refusal(wrong)


@pytest.mark.parametrize("name", ONE_OF)
@pytest.mark.parametrize("text", BAD_CHOICES)
def test_an_unknown_choice_is_refused(name: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        with_choice(OTHER, name, text)
    assert ", ".join(ONE_OF[name]) in wording("zh").refusal(refused.value)
    assert len(wording("en").refusal(refused.value)) < 200
    plan, refusals = read(f"{name}={text}&rate=2")
    assert plan == replace(Plan(), rate=2.0)
    assert [parameter for parameter, _ in refusals] == [name]


def test_other_data_lead_back_to_the_start() -> None:
    other = with_choice(OTHER, "data", "csv")
    kept = ("features", "rate", "decay", "click", "seed", "begin", "rival_rate", "arms")
    assert (other.data, other.trained, other.raced) == ("csv", 0, 0)
    assert (other.sample, other.weight_class, other.weight_input) == (Plan.sample, 0, 0)
    assert all(getattr(other, name) == getattr(OTHER, name) for name in kept)
    assert with_choice(OTHER, "data", "digits") == OTHER, "the same data are not new"
    assert with_choice(OTHER, "features", "scaled") == replace(OTHER, features="scaled")
