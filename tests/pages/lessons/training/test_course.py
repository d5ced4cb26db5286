"""The course of a training as it is sent: at every stop the model and the numbers are core's."""

from __future__ import annotations

import json
import math
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from core import TrainingState, softmax
from pages.film.stops import round_ticks
from pages.lessons.training.course import film, stop_at, stops_of
from pages.lessons.training.course_models import on_plane, plane
from pages.lessons.training.course_panels import scale
from pages.lessons.training.data_set import given_data, made_data
from pages.lessons.training.race import racers
from pages.lessons.training.run import MOST_SENT, MOST_STOPS, Run, Settings, finished
from pages.lessons.training.workplace import Workplace, settings_of
from pages.visit.training_plan import MOST_STEPS, Plan
from pages.writing.wording import wording
from tests.pages.lessons.training.test_race import here  # noqa: F401 (a fixture)
from tests.pages.reading import numbers, passages
from tests.pages.training import (
    clicked,
    cores,
    headings,
    judged,
    opened,
    plan_of,
    share_right,
    table_of,
)

EN = wording("en")
SPIRAL = Plan(points=40, seed=3)
DIGITS = Plan(data="digits")


def trained(plan: Plan, steps: int) -> Run:
    return finished(Run(made_data(plan), settings_of(plan)), steps)


def states(plan: Plan, steps: int) -> list[TrainingState | None]:
    """Core's states by step; of step 0 there is none."""
    return [None, *cores(made_data(plan), steps, plan)]


def sent(runs: dict[str, Run]) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(film(runs, EN, "light"))
    return written


def lines(course: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    return {
        (line["quantity"], line["index"]): line
        for panel in course["panels"]
        for line in panel["lines"]
    }


@pytest.mark.parametrize("plan", [SPIRAL, DIGITS], ids=["spiral", "digits"])
def test_every_number_of_a_course_is_cores(plan: Plan) -> None:
    run, own = trained(plan, 60), states(plan, 60)
    course = sent({"": run})
    assert course["stops"] == [*range(61)]
    drawn = lines(course)
    assert [*drawn] == [("loss", 1), ("accuracy", 1), ("held_out", 1)]
    for step in (1, 2, 17, 59, 60):
        state = own[step]
        assert state is not None
        assert drawn["loss", 1]["values"][step] == state.loss
        assert drawn["accuracy", 1]["values"][step] == state.accuracy
        assert drawn["held_out", 1]["values"][step] == share_right(run.data.test, state)


def test_the_plane_is_the_softmax_of_the_layer_at_each_stop() -> None:
    run, own = trained(SPIRAL, 40), states(SPIRAL, 40)
    course = sent({"": run})
    (model,) = course["models"]
    scores = np.frombuffer(b64decode(model["values"]), "<f4").reshape(41, 3, 3)
    reach = 1.08 * np.abs(run.data.train.inputs).max()
    for step in (1, 23, 40):
        state = own[step]
        assert state is not None
        for across, up in ((0.0, 0.0), (0.25, 0.9), (1.0, 0.5)):
            x = np.array([2 * across - 1, 2 * up - 1]) * reach
            wanted = softmax(state.weights @ x + state.bias)
            assert softmax(scores[step] @ [1, across, up]) == pytest.approx(wanted, abs=1e-6)
    places = np.frombuffer(b64decode(course["plane"]["places"]), "<u2").reshape(-1, 2) / 65535
    shown = (2 * places - 1) * reach
    assert shown == pytest.approx(run.data.train.inputs, abs=1e-4 * reach)
    labels = np.frombuffer(b64decode(course["plane"]["labels"]), np.uint8)
    assert labels.tolist() == run.data.train.labels.tolist()


def test_scores_beyond_all_floats_of_four_bytes_stay_numbers() -> None:
    inputs = np.array([[1e90, -1e90], [-1e90, 1e90], [5e89, 1e90], [1.0, 2.0]] * 3)
    names = [1, 2], ["a", "b"]
    data = given_data(inputs, np.arange(12) % 2, np.arange(12), names, 1, "raw")
    run = Run(data, Settings(1.0, 0.0, 1), (np.full((2, 2), 1e90), np.zeros(2)))
    scores = np.frombuffer(b64decode(on_plane([run.model])), "<f4").reshape(2, 3)
    assert np.isfinite(scores.sum(axis=1)).all()
    assert plane(data, EN)["axes"] == [EN("training.feature", number=k) for k in (1, 2)]


def test_the_weights_of_a_course_are_pictures_of_cores() -> None:
    run, own = trained(DIGITS, 30), states(DIGITS, 30)
    (model,) = sent({"": run})["models"]
    drawn = np.frombuffer(b64decode(model["values"]), np.int8).reshape(31, 10, 64)
    largest = max(np.abs(state.weights).max() for state in own if state)
    for step in (1, 12, 30):
        state = own[step]
        assert state is not None
        assert drawn[step] / 127 * largest == pytest.approx(state.weights, abs=largest / 250)


@pytest.mark.parametrize(("steps", "every"), [(200, 1), (255, 1), (256, 2), (511, 2), (1300, 8)])
def test_a_long_course_has_fewer_stops_and_keeps_its_ends(steps: int, every: int) -> None:
    run = trained(Plan(points=10), steps)
    stops = stops_of([run])
    assert stops == sorted({*range(0, steps + 1, every), steps})
    assert len(stops) <= MOST_STOPS + 1
    own = states(Plan(points=10), steps)
    for asked in (every, steps - 1, steps, MOST_STEPS):
        stop = min(asked, steps) if asked >= steps else asked - asked % every
        assert stop_at([run], asked) == run.stop_at(asked) == stop
        state = own[stop]
        assert state is not None
        assert np.array_equal(run.model_at(asked).weights, state.weights)
        assert np.array_equal(run.model_at(asked).bias, state.bias)


@pytest.mark.parametrize(
    ("rows", "width", "classes", "every"),
    [(200, 99, 20, 8), (10_000, 2, 20, 2), (10_000, 99, 20, 8), (300, 9, 3, 1)],
)
def test_no_file_makes_a_course_heavier_than_a_film_may_be(
    rows: int, width: int, classes: int, every: int
) -> None:
    inputs = np.random.default_rng(0).normal(size=(rows, width))
    names = [f"特征{d}号的名称" for d in range(width)], [f"第{k}类的名称" for k in range(classes)]
    labels = np.arange(rows) % classes
    data = given_data(inputs, labels, np.arange(rows), names, 1, "raw")
    run = finished(Run(data, Settings(0.1, 0.0, 1)), 200)
    assert run.every == every
    for runs in ({"": run}, {"ce": run, "mse": run}):
        course, most = film(runs, wording("zh"), "light"), MOST_SENT[data.kind]
        assert len(course) <= most
        stops = json.loads(course)["stops"]
        assert stops[-1] == 200
        assert len(stops) > 12
        assert all(stop % run.every == 0 for stop in stops)
        thinner = len(stops) < len(run.kept)
        assert len(course) > 0.6 * most or not (thinner or run.every > 1)


def test_the_images_of_a_race_of_digits_weigh_what_they_may() -> None:
    run = trained(DIGITS, 255)
    assert run.every == 1
    runs = {"ce": run, "mse": run}
    assert len(stops_of([*runs.values()])) == 256
    assert len(film(runs, EN, "light")) <= MOST_SENT["digits"]


@pytest.mark.usefixtures("here")
def test_both_racers_are_played_and_one_may_end_early(here: Workplace) -> None:  # noqa: F811
    plan = Plan(points=40, decay=1.0, rate=1e-3, rival_rate=1e6, raced=90)
    runs = {name: finished(run, 90) for name, run in racers(made_data(plan), plan).items()}
    ended = runs["mse"].steps
    assert runs["mse"].overflow
    assert ended < 90
    course, drawn = sent(runs), lines(sent(runs))
    assert [model["name"] for model in course["models"]] == [
        EN("training.race.ce"),
        EN("training.race.mse"),
    ]
    for index, run in enumerate(runs.values(), 1):
        right, left = drawn["accuracy", index], drawn["loss_left", index]
        assert right["last"] == left["last"] == run.steps
        for stop in (0, ended // 2, ended, 90):
            step = min(stop, run.steps)
            assert right["values"][stop] == run.accuracies[step]
            assert left["values"][stop] == run.losses[step] / run.losses[0]


@pytest.mark.parametrize(
    ("losses", "log"),
    [([2.0, 1.0], False), ([2.0, 1999.0], False), ([2.0, 2001.0], True), ([0.0, 1e9], False)],
)
def test_a_loss_that_runs_away_is_drawn_by_its_powers(losses: list[float], log: bool) -> None:
    found = scale(losses)
    assert found["log"] == log
    low, high = found["range"]
    assert low <= min(losses)
    assert high >= max(losses)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 200), (0, 20), (-1.08, 1.08), (1950, 2011), (0, 1.1), (3e-7, 9e-7)]
)
def test_ticks_are_few_and_round(low: float, high: float) -> None:
    found = round_ticks(low, high)
    assert 3 <= len(found) <= 7
    steps = np.diff([value for value, _ in found])
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert all(low - 1e-12 <= value <= high + 1e-12 for value, _ in found)
    digits = steps[0] / 10.0 ** math.floor(math.log10(steps[0]) + 1e-9)
    assert min(abs(digits - d) for d in (1, 2, 5)) < 1e-6


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_one_stops_at_is_what_all_screens_speak_of(language: str) -> None:
    at = opened(language, trained=60, at=7)
    words, data = wording(language), made_data(plan_of(at))
    state = cores(data, 60, plan_of(at))[6]
    layer = table_of(at, "training.regions.picture")
    assert numbers(layer, "weight") == state.weights.ravel().tolist()
    shown = numbers(table_of(at, "training.confusion.picture"), "count")
    said = np.argmax(judged(data.test, state), axis=1)
    counts = np.bincount(3 * data.test.labels + said, minlength=9)
    assert shown == counts.tolist()
    (sure, *_) = numbers(table_of(at, "training.mistakes.picture"), "probability")
    wrong = [
        (-share[y], max(share))
        for share, y in zip(judged(data.test, state), data.test.labels, strict=True)
        if max(share) != share[y]
    ]
    assert sure == pytest.approx(max(wrong)[1], rel=1e-9)
    assert words("training.at.said", step=7, last=60) in passages(at)
    assert headings(table_of(at, "training.curves.picture"))[-1] == "60", "the course goes on"
    at = clicked(at, "confusion_last")
    assert words("training.at.said", step=7, last=60) not in passages(at)
    last = cores(data, 60, plan_of(at))[-1]
    layer = table_of(at, "training.regions.picture")
    assert numbers(layer, "weight") == last.weights.ravel().tolist()


def test_more_steps_lead_to_the_last_of_them() -> None:
    at = clicked(opened(trained=20, at=5, click=10), "trained_more")
    assert (plan_of(at).trained, plan_of(at).at) == (30, Plan().at)


def test_a_race_is_told_as_it_stood_at_the_stop() -> None:
    at = opened(points=30, raced=40, race_at=3)
    data = made_data(plan_of(at))
    state = cores(data, 40, plan_of(at))[2]
    first = f"{100 * state.accuracy:.1f}%"
    said = EN.label("training.race.said").split("{second}")[0].format(steps=3, first=first)
    assert said in passages(at)
