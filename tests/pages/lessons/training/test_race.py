"""Two losses race from the same weights; and a session keeps its runs until they are others."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from core import layer_loss, train
from pages.lessons.training import workplace as workplace_module
from pages.lessons.training.course import film
from pages.lessons.training.data_set import DataSet, generators, made_data
from pages.lessons.training.race import WRONG_STEPS, race_sentence, race_table, racers
from pages.lessons.training.run import Run, finished
from pages.lessons.training.workplace import Workplace, data_of, main_run
from pages.visit.training_plan import Plan
from pages.writing.numerals import percent_text
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, no_nan, numbers, passages, visit_of
from tests.pages.training import (
    clicked,
    cores,
    headings,
    opened,
    plan_of,
    share_right,
    table_of,
    typed,
)

PLANS = {
    "spiral": Plan(points=40, raced=60, rival_rate=5.0),
    "digits": Plan(data="digits", raced=60, rival_rate=20.0),
}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """The workplace of one session."""
    own = Workplace()
    monkeypatch.setattr(workplace_module, "workplace", lambda: own)
    return own


def raced(plan: Plan) -> tuple[DataSet, dict[str, Run]]:
    data = made_data(plan)
    return data, {name: finished(run, plan.raced) for name, run in racers(data, plan).items()}


def taught_wrong(data: DataSet, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """The weights and the bias after 200 steps with each label moved on by one, by core alone."""
    wrong = [(int(k) + 1) % len(data.classes) for k in data.train.labels]
    *_, last = train(
        data.train.inputs,
        wrong,
        learning_rate=plan.rate,
        l2=plan.decay,
        steps=200,
        rng=generators(plan.seed)[1],
    )
    return last.weights, last.bias


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("begin", ["initial", "wrong"])
@pytest.mark.parametrize("kind", PLANS)
def test_both_race_from_the_same_weights_by_core(kind: str, begin: str) -> None:
    plan = replace(PLANS[kind], begin=begin)
    data, runs = raced(plan)
    assert [*runs] == ["ce", "mse"]
    start = taught_wrong(data, plan) if begin == "wrong" else None
    for loss, rate, run in zip(
        ("cross_entropy", "mean_squared_error"), (1.0, plan.rival_rate), runs.values(), strict=True
    ):
        states = train(
            data.train.inputs,
            data.train.labels,
            loss=loss,
            learning_rate=rate,
            l2=plan.decay,
            steps=60,
            rng=generators(plan.seed)[1],
            start=start,
        )
        *_, last = states
        assert run.steps == 60
        assert run.losses[-1] == last.loss
        assert run.accuracies[-1] == last.accuracy
        if start is not None:
            own = layer_loss(*start, data.train.inputs, data.train.labels, loss=loss, l2=plan.decay)
            assert run.losses[0] == float(own.value)
    assert runs["ce"].accuracies[0] == runs["mse"].accuracies[0]


@pytest.mark.usefixtures("here")
def test_taught_wrong_first_is_surely_wrong_and_squared_error_hardly_learns() -> None:
    data, runs = raced(Plan(data="digits", raced=60, begin="wrong"))
    assert runs["ce"].accuracies[0] < 0.02, "chance would be a tenth"
    model = Run(data, runs["ce"].settings, taught_wrong(data, Plan())).model
    found = layer_loss(model.weights, model.bias, data.train.inputs, data.train.labels)
    assert np.median(found.probabilities.max(axis=1)) > 0.8
    # What the lesson says of them: one gets over it, the other does not.
    assert runs["ce"].accuracies[-1] > 0.9
    assert runs["mse"].accuracies[-1] < 0.3
    assert WRONG_STEPS == 200, "the passage says so"


@pytest.mark.usefixtures("here")
def test_a_larger_step_size_makes_up_for_most_of_it_as_the_passage_says() -> None:
    data, runs = raced(Plan(data="digits", raced=200, rival_rate=20.0))
    ce, mse = (100 * run.accuracies[200] for run in runs.values())
    for language in LANGUAGES:
        said = wording(language).prose("training", "race_why")
        assert re.findall(r"(\d+)%", said) == [f"{mse:.0f}", f"{ce:.0f}"]
    slow = finished(racers(data, Plan(data="digits", raced=200))["mse"], 200).accuracies[200]
    assert (mse - 100 * slow) > 0.8 * (ce - 100 * slow), "most of what it lags behind"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_race_in_words_and_in_a_table(language: str) -> None:
    words, plan = wording(language), replace(PLANS["spiral"], raced=25)
    _, runs = raced(plan)
    first, second = (percent_text(run.accuracies[-1]) for run in runs.values())
    said = words("training.race.said", steps=25, first=first, second=second)
    assert race_sentence(runs, words, 25) == said
    rows = race_table(runs, words).rows
    assert [row[0] for row in rows] == ["0", "10", "20", "25"]
    for row in rows:
        step = int(str(row[0]))
        for run, cells in zip(runs.values(), (row[1:3], row[3:5]), strict=True):
            right, left = (cell.value for cell in cells)  # type: ignore[union-attr]
            assert right == run.accuracies[step]
            assert left == run.losses[step] / run.losses[0]
    assert rows[0][2].value == rows[0][4].value == 1  # type: ignore[union-attr]


@pytest.mark.usefixtures("here")
def test_one_that_leaves_the_range_of_numbers_does_not_hold_up_the_other() -> None:
    words, plan = wording("en"), Plan(points=40, decay=1.0, rate=1e-3, rival_rate=1e6, raced=90)
    _, runs = raced(plan)
    assert (runs["ce"].steps, runs["ce"].overflow, runs["mse"].overflow) == (90, False, True)
    assert runs["mse"].steps < 90
    own = words("training.race.overflow", name=words("training.race.mse"), steps=runs["mse"].steps)
    assert race_sentence(runs, words, 90).endswith(own)
    before = race_sentence(runs, words, runs["mse"].steps - 1)
    assert not before.endswith(own), "it had not happened yet"
    cells = race_table(runs, words).rows[-1]
    assert (cells[0], [*cells[3:]]) == ("90", ["", ""]), "there is no such step"


def test_a_run_is_kept_until_it_is_another(here: Workplace) -> None:
    plan = Plan(points=40, trained=30)
    data = data_of(plan)
    assert data is not None
    run = finished(main_run(data, plan), 30)
    for same in (plan, replace(plan, trained=50), replace(plan, click=7, sample=3, raced=9)):
        again = data_of(same)
        assert again is data
        assert main_run(again, same) is run
    for other in (
        replace(plan, trained=10),  # back
        replace(plan, rate=2.0),
        replace(plan, decay=0.0),
        replace(plan, seed=2),
        replace(plan, points=50),
        replace(plan, arms=4),
        replace(plan, noise=0.0),
        replace(plan, data="digits"),
    ):
        here.runs["main"] = (data, workplace_module.settings_of(plan)), run
        fresh_data = data_of(other)
        assert fresh_data is made_data(other)
        fresh = main_run(fresh_data, other)
        assert fresh is not run
        assert fresh.steps == 0


@pytest.mark.usefixtures("here")
def test_no_data_before_a_file_has_come() -> None:
    assert data_of(Plan(data="csv")) is None


@pytest.mark.usefixtures("here")
def test_a_start_that_costs_nothing_has_no_share_of_its_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = Plan(points=10, raced=10, decay=0.0)
    data = made_data(plan)
    # Far on their own sides of all boundaries: the first loss is exactly 0.
    far = np.eye(3)[data.train.labels] * 1e6
    certain = replace(data, parts=(replace(data.train, inputs=far), *data.parts[1:]))
    certain = replace(certain, features=("", "", ""), parts=(certain.train,) * 3)
    start = np.eye(3), np.zeros(3)
    monkeypatch.setattr("pages.lessons.training.race._start", lambda *_: start)
    runs = {name: finished(run, 10) for name, run in racers(certain, plan).items()}
    assert runs["ce"].losses[0] == 0
    for language in LANGUAGES:
        rows = race_table(runs, wording(language)).rows
        assert [len(row) for row in rows] == [5] * len(rows)
        assert rows[0][2] == ""
        assert race_sentence(runs, wording(language), 10)
        quantities = [
            line["quantity"]
            for panel in json.loads(film(runs, wording(language), "light"))["panels"]
            for line in panel["lines"]
        ]
        assert quantities == ["accuracy", "accuracy"], "of nothing there is no share"


def test_other_data_let_the_runs_on_the_last_ones_go(here: Workplace) -> None:
    plan = Plan(points=20)
    data = data_of(plan)
    assert data is not None
    racers(data, plan)
    main_run(data, plan)
    assert len(here.runs) == 3
    data_of(replace(plan, data="digits"))
    assert not here.runs


def test_the_race_is_cores_and_one_may_diverge_alone() -> None:
    at = clicked(typed(opened(points=30, decay=1, rate=0.01), "click", "90"), "raced_more")
    shown = table_of(at, "training.race.picture")
    assert headings(shown) == [str(step) for step in range(0, 91, 10)]
    states = cores(made_data(plan_of(at)), 90, plan_of(at))
    assert numbers(shown, "accuracy")[::2][1:] == [state.accuracy for state in states[9::10]]
    at = typed(at, "rival_rate", "1e6")
    words = visit_of(at).words
    said = words.label("training.race.overflow").format(name=words("training.race.mse"), steps=17)
    assert re.search(re.escape(said).replace("17", r"\d+"), passages(at))
    at = clicked(at, "raced_more")
    assert plan_of(at).raced == 180, "so many steps more than the one that has not diverged"
    assert headings(table_of(at, "training.race.picture"))[-1] == "180"
    no_nan(at)


def test_the_race_may_begin_taught_wrong() -> None:
    at = opened(points=30, trained=200, raced=20)
    before = numbers(table_of(at, "training.race.picture"), "accuracy")
    own = table_of(at, "training.curves.picture")
    at = clean(at.segmented_control(key="plan_begin").set_value("wrong").run())
    after = numbers(table_of(at, "training.race.picture"), "accuracy")
    data = made_data(plan_of(at))
    moved = replace(data.train, labels=(data.train.labels + 1) % 3)
    taught = cores(replace(data, parts=(moved, data.validation, data.test)), 200, Plan())[-1]
    assert after[:2] == [share_right(data.train, taught)] * 2
    assert after != before
    assert table_of(at, "training.curves.picture") == own, "the learner's own model is untouched"
    rights = [percent_text(share) for share in after[-2:]]
    assert all(right in passages(at) for right in rights)
