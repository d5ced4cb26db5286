"""A run's numbers are core's, whoever else trains; what became of them is said as it was."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from core import initial_layer
from pages.lessons.training import run as run_module
from pages.lessons.training.csv.cells import LARGEST_NUMBER
from pages.lessons.training.data_set import DataSet, Part, generators, given_data, made_data
from pages.lessons.training.progress import MOST_ROWS, run_status, table_steps
from pages.lessons.training.run import LARGEST_WEIGHT, Run, Settings, finished
from pages.lessons.training.train import course_of, course_sentence, curves_table
from pages.visit.training_plan import Plan
from pages.writing.numerals import significant_text
from pages.writing.wording import LANGUAGES, wording
from tests.pages.training import cores_by

SPIRAL = made_data(Plan(points=40))
DIGITS = made_data(Plan(data="digits"))
SOURCE = Settings(1.0, 1e-3, 1)
LONG = 60.0  # s: until the goal is reached


def ran(data: DataSet, steps: int, settings: Settings = SOURCE) -> Run:
    run = Run(data, settings)
    run.advance(steps, LONG)
    return run


def share_right(part: Part, weights: np.ndarray, bias: np.ndarray) -> float:
    right = 0
    for x, y in zip(part.inputs, part.labels, strict=True):
        scores = [float(sum(w * x)) + float(b) for w, b in zip(weights, bias, strict=True)]
        right += scores.index(max(scores)) == y
    return right / len(part)


def file_of(*columns: list[float], labels: list[int], features: str = "raw") -> DataSet:
    inputs = np.array(columns).T
    names = range(1, len(columns) + 1), [f"c{k}" for k in sorted(set(labels))]
    return given_data(inputs, np.array(labels), np.arange(len(labels)), names, 1, features)


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("data", [SPIRAL, DIGITS], ids=["spiral", "digits"])
def test_a_run_begins_at_the_seeds_weights(data: DataSet, l2: float) -> None:
    run = Run(data, Settings(1.0, l2, 6))
    weights, bias = initial_layer(len(data.classes), len(data.features), generators(6)[1])
    assert np.array_equal(run.model.weights, weights)
    assert not bias.any()
    assert not run.model.bias.any()
    surprise = 0.0
    for x, y in zip(data.train.inputs, data.train.labels, strict=True):
        z = (weights @ x).tolist()
        surprise += math.log(sum(math.exp(v) for v in z)) - z[y]
    penalty = l2 / 2 * sum(w * w for w in weights.ravel().tolist())
    assert run.losses == [pytest.approx(surprise / len(data.train) + penalty, rel=1e-12)]
    assert run.accuracies == [share_right(data.train, weights, bias)]
    assert run.steps == 0


@pytest.mark.parametrize(
    ("data", "settings"),
    [
        (SPIRAL, SOURCE),
        (SPIRAL, Settings(0.3, 0.1, 5, "mean_squared_error")),
        (DIGITS, Settings(0.5, 0.0, 2)),
    ],
    ids=["spiral", "squared error", "digits"],
)
def test_each_step_is_cores(data: DataSet, settings: Settings) -> None:
    run, states = ran(data, 35, settings), cores_by(data, 35, settings)
    assert run.losses[1:] == [state.loss for state in states]
    assert run.accuracies[1:] == [state.accuracy for state in states]
    assert np.array_equal(run.model.weights, states[-1].weights)
    assert np.array_equal(run.model.bias, states[-1].bias)
    assert [*run.held_out] == [*range(36)]
    for step in (1, 2, 9, 10, 30):
        state = states[step - 1]
        assert run.held_out[step] == share_right(data.test, state.weights, state.bias)
    assert run.held_out[30] != share_right(data.train, states[29].weights, states[29].bias)


def test_slices_come_to_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count()
    monkeypatch.setattr(run_module.time, "perf_counter", lambda: float(next(ticks)))
    run, seen = Run(SPIRAL, SOURCE), []
    while not run.ended(20):
        run.advance(20, seconds=3.5)
        seen.append(run.steps)
    assert seen == [3, 6, 9, 12, 15, 18, 20], "a slice ends with its time, and a run with its goal"
    monkeypatch.undo()
    assert run.losses == ran(SPIRAL, 20).losses
    run.advance(20, LONG)
    assert run.steps == 20
    assert finished(run, 50).losses == ran(SPIRAL, 50).losses


OVERFLOWS = {
    "penalty": (SPIRAL, Settings(1e6, 0.1, 1)),
    "digits": (DIGITS, Settings(1e6, 100.0, 1)),
    "raw numbers": (
        file_of([1e8, -1e8, 3e8, 5e8] * 3, [0.0] * 12, labels=[0, 1, 1, 0] * 3),
        Settings(1e6, 1e-3, 1),
    ),
    "the largest numbers of a file": (
        file_of([LARGEST_NUMBER, -LARGEST_NUMBER, 1, 0] * 3, labels=[0, 1, 1, 0] * 3),
        Settings(1e6, 100.0, 1),
    ),
}


@pytest.mark.parametrize("kind", OVERFLOWS)
def test_a_run_stops_before_its_weights_are_beyond_all_use(kind: str) -> None:
    data, settings = OVERFLOWS[kind]
    run = ran(data, 20_000, settings)
    assert run.overflow
    assert run.steps < 1000
    assert np.abs(run.model.weights).max() <= LARGEST_WEIGHT
    assert np.isfinite(run.model.bias).all()
    assert np.isfinite(run.losses).all()
    assert np.isfinite(run.model.scores(data.train.inputs)).all()
    assert len(run.losses) == len(run.accuracies) == run.steps + 1
    kept = run.steps
    assert run.ended(20_000)
    run.advance(20_000, LONG)
    assert run.steps == kept, "it goes no further"
    assert course_of(run) == "overflow"
    beyond = cores_by(data, kept + 1, settings)[-1]
    assert max(np.abs(beyond.weights).max(), np.abs(beyond.bias).max()) > LARGEST_WEIGHT == 1e100


def test_a_tiny_file_holds_nothing_out() -> None:
    tiny = file_of([1.0, 2.0, 5.0], labels=[0, 1, 0], features="scaled")
    run = ran(tiny, 30)
    assert run.held_out == {}
    assert run.losses[-1] < run.losses[0]
    words = wording("en")
    assert words.label("training.status_held_out").split("}")[-1] not in run_status(run, words)


COURSES = {
    "start": (SPIRAL, SOURCE, 0),
    "fell": (SPIRAL, SOURCE, 200),
    "mostly": (DIGITS, Settings(2.5, 1e-3, 1), 300),
    "bumpy": (SPIRAL, Settings(10.0, 1e-3, 1), 100),
    "grew": (SPIRAL, Settings(30.0, 1e-3, 1), 100),
    "overflow": (SPIRAL, Settings(1e6, 0.1, 1), 100),
}


@pytest.mark.parametrize("name", COURSES)
def test_what_became_of_the_loss(name: str) -> None:
    data, settings, steps = COURSES[name]
    run = ran(data, steps, settings)
    assert course_of(run) == name
    before, after = run.losses[:-1], run.losses[1:]
    rises = sum(b > a for a, b in zip(before, after, strict=True))
    for language in LANGUAGES:
        words = wording(language)
        said = course_sentence(run, words)
        wanted = {
            "steps": run.steps,
            "next": run.steps + 1,
            "start": significant_text(run.losses[0]),
            "now": significant_text(run.losses[-1]),
            "highest": significant_text(max(run.losses)),
            "rises": rises,
            "classes": len(data.classes),
            "even": significant_text(math.log(len(data.classes))),
        }
        assert said == words(f"training.course.{name}", **wanted)
        assert words("training.step", step=run.steps) in run_status(run, words)


@pytest.mark.parametrize(("rate", "l2", "steps"), [(3.0, 0.1, 300), (1.0, 0.5, 600)])
def test_a_loss_that_has_settled_does_not_rise(rate: float, l2: float, steps: int) -> None:
    run = ran(SPIRAL, steps, Settings(rate, l2, 1))
    changes = np.diff(run.losses)
    assert np.abs(changes[-50:]).max() < 1e-14
    assert (changes > 0).any(), "it wavers by what rounding leaves"
    assert course_of(run) == "fell"


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        (0, [0]),
        (7, [0, 7]),
        (10, [0, 10]),
        (35, [0, 10, 20, 30, 35]),
        (200, [*range(0, 201, 10)]),
        (1000, [*range(0, 1001, 10)]),
        (1010, [*range(0, 1001, 20), 1010]),
        (20_000, [*range(0, 20_001, 200)]),
    ],
)
def test_the_steps_of_a_table(last: int, shown: list[int]) -> None:
    assert table_steps(last) == shown
    assert len(shown) <= MOST_ROWS + 2


def test_the_table_of_the_curves_is_the_run() -> None:
    run = ran(SPIRAL, 35)
    rows = curves_table(run, wording("en")).rows
    assert [row[0] for row in rows] == ["0", "10", "20", "30", "35"]
    for row, step in zip(rows, (0, 10, 20, 30, 35), strict=True):
        assert row[1].value == run.losses[step]  # type: ignore[union-attr]
        assert row[2].value == run.accuracies[step]  # type: ignore[union-attr]
        seen = ran(SPIRAL, step).model
        right = share_right(SPIRAL.test, seen.weights, seen.bias)
        assert row[3].value == right  # type: ignore[union-attr]
