"""Columns of any size and settings at their limits: a sentence each time, and nothing broken."""

from __future__ import annotations

import json
import math
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from pages.film import Film
from pages.lessons.calibration import (
    bench,
    far,
    meaning,
    noise,
    reliability,
    side,
    temperature,
    worth,
)
from pages.lessons.calibration import mistakes as surest
from pages.lessons.calibration.judgement import Judgement, judge
from pages.lessons.calibration.subject import Subject
from pages.lessons.calibration.temperature_film import temperature_film
from pages.lessons.network.chain import chain_table, check_of
from pages.lessons.network.graph_figure import graph_svg
from pages.lessons.training import confusion, learnt, mistakes, progress, race, sample, train
from pages.lessons.training.course import film
from pages.lessons.training.data_set import DataSet, given_data
from pages.lessons.training.run import LARGEST_WEIGHT, Run, Settings
from pages.lessons.training.scale import FARTHEST
from pages.visit.state import LabState
from pages.visit.training_plan import LIMITS, Plan
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.wording import LANGUAGES, Wording, wording
from tests.pages.csv_files import given
from tests.pages.figures import can_be_drawn
from tests.pages.reading import clean, no_nan, passages, visit_of
from tests.pages.training import opened

Column = Callable[[np.random.Generator, int], np.ndarray]
WORDS = wording("en")
LARGEST = 1e100  # that a file may hold


def _whole(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.integers(-3, 4, n).astype(float)


def _with_outlier(values: np.ndarray, rng: np.random.Generator, outlier: float) -> np.ndarray:
    values[rng.integers(len(values))] = outlier
    return values


COLUMNS: Mapping[str, Column] = {
    "zero": lambda _, n: np.zeros(n),
    "constant": lambda _, n: np.full(n, 14.62),
    "constant, large": lambda _, n: np.full(n, LARGEST),
    "constant, tiny": lambda _, n: np.full(n, 5e-324),
    "denormal": lambda rng, n: 5e-324 * abs(_whole(rng, n)),
    "nearly denormal": lambda rng, n: 1e-310 * _whole(rng, n),
    "tiny": lambda rng, n: 1e-200 * _whole(rng, n),
    "tiny squares": lambda rng, n: 1e-150 * _whole(rng, n),
    "usual": lambda rng, n: rng.normal(1, 1, n),
    "far from zero": lambda rng, n: 1e16 + 2 * _whole(rng, n),
    "large": lambda rng, n: LARGEST * rng.uniform(-1, 1, n),
    "any size": lambda rng, n: _whole(rng, n) * 10.0 ** rng.integers(-200, 100, n),
    "outlier": lambda rng, n: _with_outlier(rng.normal(0, 1, n), rng, 1e6),
    "outlier above tiny": lambda rng, n: _with_outlier(1e-150 * _whole(rng, n), rng, LARGEST),
    "outlier above denormal": lambda rng, n: _with_outlier(5e-324 * _whole(rng, n), rng, -LARGEST),
    "one other": lambda rng, n: _with_outlier(np.full(n, 7.0), rng, 7.5),
}
RATES, DECAYS = (LIMITS["rate"].least, 0.01, 1.0, 1e3, LIMITS["rate"].most), (0.0, 1e-3, 0.9, 100.0)
CLASSES, STEPS = (2, 3, 7, 20), (1, 20, 400)


def data_of(columns: list[np.ndarray], classes: int, seed: int, features: str) -> DataSet:
    n = len(columns[0])
    names = [*range(1, len(columns) + 1)], [f"class {k}" for k in range(classes)]
    return given_data(
        np.stack(columns, axis=1), np.arange(n) % classes, np.arange(n) + 2, names, seed, features
    )


def some(turn: int) -> tuple[DataSet, Settings, int]:
    """Every column by turns, with others beside it, and settings drawn from the limits."""
    rng = np.random.default_rng(turn)
    classes = int(rng.choice(CLASSES))
    kinds = [list(COLUMNS)[turn % len(COLUMNS)], *rng.choice(list(COLUMNS), turn % 3)]
    columns = [COLUMNS[kind](rng, 7 * classes) for kind in kinds]
    data = data_of(columns, classes, turn % 5, ("scaled", "raw")[turn // len(COLUMNS) % 2])
    settings = Settings(float(rng.choice(RATES)), float(rng.choice(DECAYS)), turn % 5)
    return data, settings, int(rng.choice(STEPS))


def shown_of_training(run: Run, words: Wording) -> Iterator[Any]:
    """All that the training page shows of a run: sentences, pictures, heads with rows."""
    model, names = run.model, words.class_names(run.data.classes)
    yield progress.run_status(run, words)
    yield train.course_sentence(run, words)
    yield train.curves_table(run, words)[1:]
    yield train.curves_alt(run, words)
    yield json.loads(film({"": run}, words, "light"))
    if len(run.data.features) == 2:
        yield learnt.regions_picture(model, words, "light")
    yield learnt.weights_picture(model, words, "light")
    yield confusion.confusion_picture(model, words, "light")
    yield mistakes.mistakes_table(model, mistakes.largest_losses(model), words)[1:]
    seen = sample.sample_of(model, sample.sample_with_largest_loss(model) - 1)
    yield sample.sample_table(seen, model, words)[1:]
    yield sample.pull_picture(seen, model, words, "light")
    for weight in ((0, 0), (len(names) - 1, seen.width)):
        check = check_of(seen, weight)
        yield chain_table(seen, weight, check, words)[1:]
        yield words(f"network.chain.{check.verdict}", step=short_text(check.step))
        if sample.can_be_drawn(seen):
            yield graph_svg(seen, weight, words, "light", names)


def shown_of_race(data: DataSet, settings: Settings, words: Wording) -> Iterator[Any]:
    plan = Plan(rate=settings.rate, decay=settings.l2, rival_rate=settings.rate, raced=20)
    taught = Run(data, settings)
    taught.advance(20, seconds=60)
    for start in (None, (taught.model.weights, taught.model.bias)):
        runs = {}
        for name, loss in race.LOSSES.items():
            runs[name] = Run(data, Settings(plan.rate, plan.decay, 1, loss), start)
            runs[name].advance(plan.raced, seconds=60)
        yield race.race_sentence(runs, words, plan.raced)
        yield race.race_table(runs, words)[1:]
        yield json.loads(film(runs, words, "light"))


def shown_of_calibration(found: Judgement, words: Wording) -> Iterator[Any]:
    """All that the calibration page shows of a judgement."""
    before, bins = found.before, 15
    yield side.about(Subject("own", found), words)
    yield reliability.reliability_picture(before, bins, words, "light")
    yield reliability.summary_table("", {"3": before}, bins, words, "samples")[1:]
    yield reliability.verdict_sentence(before, bins, words)
    yield noise.thinnest_sentence(before, bins, words)
    yield noise.by_bins_table(before, bins, words)[1:]
    yield worth.worth_film(before, 0.99, words, "light")
    yield surest.mistakes_table(found, words)[1:]
    yield temperature.temperature_sentence(found, words)
    if found.after is not None:
        both = before, found.after
        yield temperature_film(found, bins, 1.0, words, "light")
        yield temperature.beside_table(*both, bins, words)[1:]
        yield temperature.effect_sentence(*both, bins, words)
        if len(before) > 1:
            yield temperature.halves_table(*both, words)[1:]
            yield temperature.halves_sentence(found.after, words)
        yield bench.bench_table(LabState(), found.after.temperature, words)[1:]
    if len(found.model.data.features) == 2:
        yield far.far_film(found, 100, words, "light")
    yield meaning.base_rate_table(found, bins, words)[1:]


def is_sound(shown: Any) -> None:
    """A sentence, a picture or a film with its table, or a head with rows: no number is broken."""
    if isinstance(shown, Picture):
        can_be_drawn(shown.figure)
        is_sound(shown.alt)
        is_sound((shown.head, shown.rows))
    elif isinstance(shown, Film):
        json.dumps([panel.part() for panel in shown.panels], allow_nan=False)
        for text in (shown.alt, *shown.shown, *shown.says):
            is_sound(text)
        is_sound((shown.head, shown.rows))
    elif isinstance(shown, dict):
        course_is_sound(shown)
    elif isinstance(shown, str):
        assert not re.search(r"(?<!\w)(nan|inf|infinity|none)(?!\w)", shown, re.IGNORECASE), shown
        assert "∞" not in shown
        assert "−0.0000" not in shown
    else:
        head, rows = shown
        rows_are_sound(head, rows)


def course_is_sound(film: dict[str, Any]) -> None:
    """All that can be drawn has its place, in a panel and in the plane."""
    for panel in film["panels"]:
        low, high = panel["range"]
        for value, text in panel["ticks"]:
            assert low <= value <= high * (1 + 1e-9)
            is_sound(text)
        for line in panel["lines"]:
            assert len(line["values"]) == len(line["texts"]) == len(film["stops"])
            assert all(low <= value <= high for value in line["values"])
            is_sound(" ".join(line["texts"]))
    for model in film["models"] if "plane" in film else ():
        scores = np.frombuffer(b64decode(model["values"]), "<f4")
        assert np.isfinite(scores).all()
        assert np.isfinite(np.sum(np.abs(scores.reshape(-1, 3)), axis=1)).all()


def rows_are_sound(head: Any, rows: Rows) -> None:
    for row in rows:
        assert len(row) == len(head)
        for cell in row:
            is_sound(cell.text if isinstance(cell, Number) else cell)
            assert not isinstance(cell, Number) or math.isfinite(cell.value)


def test_every_column_and_setting_comes_to_a_sentence_and_to_pictures() -> None:
    outcomes: Counter[str] = Counter()
    for turn in range(5 * len(COLUMNS)):
        data, settings, steps = some(turn)
        for part in data.parts:
            assert np.abs(part.inputs).max() <= FARTHEST
        run = Run(data, settings)
        run.advance(steps, seconds=60)
        assert np.abs(run.model.weights).max() <= LARGEST_WEIGHT
        outcomes[train.course_of(run)] += 1
        for shown in shown_of_training(run, WORDS):
            is_sound(shown)
        if turn % 3 == 0:
            for shown in shown_of_race(data, settings, WORDS):
                is_sound(shown)
        if not run.overflow:
            found = judge(run.model)
            outcomes[found.why_none or "fitted"] += 1
            for shown in shown_of_calibration(found, WORDS):
                is_sound(shown)
    assert {"fell", "grew", "overflow", "fitted", "flat", "zero", "infinite"} <= set(outcomes)


def csv(columns: list[list[float]], labels: list[str]) -> bytes:
    rows = zip(*columns, labels, strict=True)
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def _mixed(rng: np.random.Generator) -> list[list[float]]:
    """A tiny column with an outlier that is held out, beside one that tells the classes apart."""
    return [
        [*(1e-150 * (np.arange(75) % 5)), LARGEST],
        [*(np.arange(76) % 3 + rng.normal(0, 0.3, 76))],
    ]


# A file, the settings of a link, and what is said of it on the page and on that of calibration.
Said = tuple[bytes, dict[str, object], str, str]
FILES: Mapping[str, Said] = {
    "balanced constants": (
        csv([[14.62] * 60, [3.0] * 60], ["a", "b"] * 30),
        {"features": "raw", "rate": 0.01, "trained": 600},
        "training.course.fell",
        "calibration.temperature.flat",
    ),
    "a balanced constant": (
        csv([[1.0] * 12], ["k0", "k1"] * 6),
        {"features": "raw", "decay": 0, "seed": 2, "trained": 200},
        "training.course.fell",
        "calibration.temperature.flat",
    ),
    "denormal": (
        csv([[5e-324, 1e-323, 0.0] * 20], ["a", "b", "a"] * 20),
        {"trained": 200},
        "training.course.fell",
        "calibration.temperature.zero",
    ),
    "denormal, as they are": (
        csv([[5e-324, 1e-323, 0.0] * 20] * 2, ["a", "b", "a"] * 20),
        {"features": "raw", "trained": 200},
        "training.course.fell",
        "calibration.temperature.sharper",
    ),
    "an outlier at a step size of a million": (
        csv(_mixed(np.random.default_rng(1)), ["a", "b", "c", "a"] * 19),
        {"rate": 1e6, "trained": 200},
        "training.course.overflow",
        "calibration.own.diverged",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_any_size_is_answered_in_words(name: str, language: str) -> None:
    content, settings, course_said, calibration_said = FILES[name]
    at = given(opened(language, data="csv", model="own", **settings), content)
    words = wording(language)
    assert words.label(course_said).split("{")[0] in passages(at)
    no_nan(at)
    clean(at.switch_page("lessons/calibration/page.py").run())
    visit_of(at).turn_to("", whole=True)
    clean(at.run())
    shown = passages(at) + "".join(info.value for info in at.info)
    assert words.label(calibration_said).split("{")[0] in shown
    no_nan(at)
