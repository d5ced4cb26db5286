"""The data in three parts: nothing is lost, nothing is in two, and the scale is the training's."""

from __future__ import annotations

import numpy as np
import pytest

from core import digits, spiral
from pages.lessons.training.data_set import DataSet, Part, generators, given_data, made_data, parted
from pages.visit.training_plan import Plan


def samples(*sizes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """So many samples of each class, shuffled; the input says which one it is."""
    labels = np.random.default_rng(7).permutation(np.repeat(np.arange(len(sizes)), sizes))
    numbers = np.arange(100, 100 + len(labels))
    return np.stack([numbers, numbers % 7], axis=1).astype(float), labels, numbers


def sizes(part: Part, classes: int) -> list[int]:
    return np.bincount(part.labels, minlength=classes).tolist()


def of_a_file(features: str = "scaled") -> tuple[np.ndarray, DataSet]:
    """Three columns of very different size, the last one constant; no two parts are alike."""
    n, rng = 60, np.random.default_rng(7)
    inputs = np.stack(
        [1e4 * rng.standard_normal(n) ** 3, 5 + 1e-3 * np.arange(n), np.full(n, 42.0)], axis=1
    )
    names = ("grams", "share", "same"), ("a", "b")
    return inputs, given_data(inputs, np.arange(n) % 2, np.arange(2, n + 2), names, 3, features)


def test_the_parts_are_disjoint_and_complete() -> None:
    inputs, labels, numbers = samples(50, 31, 4)
    parts = parted(inputs, labels, numbers, 5)
    assert sorted(np.concatenate([part.numbers for part in parts])) == numbers.tolist()
    for part in parts:
        places = part.numbers - 100
        assert part.inputs.tolist() == inputs[places].tolist()
        assert part.labels.tolist() == labels[places].tolist()
        assert sorted(part.numbers) == part.numbers.tolist(), "in the order of the file"


@pytest.mark.parametrize(
    ("size", "train", "validation", "test"),
    [(60, 30, 10, 20), (6, 3, 1, 2), (1, 1, 0, 0), (2, 2, 0, 0), (3, 2, 0, 1), (5, 4, 0, 1)],
)
def test_each_class_is_parted_alike(size: int, train: int, validation: int, test: int) -> None:
    parts = parted(*samples(60, size), seed=5)
    assert [sizes(part, 2) for part in parts] == [[30, train], [10, validation], [20, test]]


def test_the_seed_says_how_it_is_parted() -> None:
    given = samples(40, 40)
    one, again, other = (parted(*given, seed)[2].numbers.tolist() for seed in (1, 1, 2))
    assert one == again != other
    assert max(np.diff(one)) > 1, "not one stretch of the file"


def test_a_spiral_for_each_part() -> None:
    data = made_data(Plan(arms=4, points=30, noise=0.3, seed=9))
    rng = generators(9)[0]
    for part in data.parts:
        inputs, labels = spiral(classes=4, points=30, noise=0.3, rng=rng)
        assert part.inputs.tolist() == inputs.tolist()
        assert part.labels.tolist() == labels.tolist()
    assert len({part.inputs.tobytes() for part in data.parts}) == 3
    assert np.concatenate([part.numbers for part in data.parts]).tolist() == [*range(1, 361)]
    assert data.classes == ("",) * 4
    assert len(data.features) == 2
    other = made_data(Plan(arms=4, points=30, noise=0.3, seed=10))
    assert other.train.inputs.tolist() != data.train.inputs.tolist()


@pytest.mark.parametrize(("features", "largest"), [("scaled", 16), ("raw", 1)])
def test_digits_are_cores_divided_by_the_largest_pixel(features: str, largest: int) -> None:
    raw, labels = digits()
    data = made_data(Plan(data="digits", features=features))
    assert [len(part) for part in data.parts] == [905, 296, 596]
    for part in data.parts:
        places = part.numbers - 1
        assert np.array_equal(part.inputs, raw[places] / largest)
        assert np.array_equal(part.labels, labels[places])
        assert np.array_equal(part.inputs, data.scale.apply(raw[places]))
    assert data.classes == tuple("0123456789")


def test_the_same_digits_are_held_out_scaled_or_not() -> None:
    scaled, raw = (made_data(Plan(data="digits", features=kind)) for kind in ("scaled", "raw"))
    assert np.array_equal(scaled.test.numbers, raw.test.numbers)
    other = made_data(Plan(data="digits", seed=2))
    assert not np.array_equal(other.test.numbers, scaled.test.numbers)


def test_a_file_is_scaled_by_what_is_trained_on() -> None:
    inputs, data = of_a_file()
    seen = data.train.inputs
    assert seen.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-12)
    assert seen.std(axis=0) == pytest.approx([1, 1, 0])
    assert not seen[:, 2].any(), "a column that is the same throughout becomes 0"
    raw = inputs[data.train.numbers - 2]
    centre, spread = raw.mean(axis=0), np.where(raw.std(axis=0) > 0, raw.std(axis=0), 1)
    for part in data.parts:
        assert part.inputs == pytest.approx((inputs[part.numbers - 2] - centre) / spread)
        assert part.inputs == pytest.approx(data.scale.apply(inputs[part.numbers - 2]))
    whole = (inputs.mean(axis=0), inputs.std(axis=0))
    assert abs(whole[0][0] - centre[0]) > 1, "scaled by all rows it would be another scale"
    assert abs(whole[1][0] / spread[0] - 1) > 0.01


@pytest.mark.parametrize(
    "values",
    [[0.0, 5e-324, 1e-323], [1e-310, -2e-310, 7e-310], [0, 1e-200, 3e-200], [0, -1e100, 1]],
)
def test_columns_of_any_size_are_scaled_alike(values: list[float]) -> None:
    inputs = np.stack([np.tile(values, 20), np.tile(np.array(values) / values[1], 20)], axis=1)
    labels, numbers = np.arange(60) % 2, np.arange(60)
    names = ("tiny", "usual"), ("a", "b")
    data = given_data(inputs, labels, numbers, names, 3, "scaled")
    for part in data.parts:
        tiny, usual = part.inputs.T
        assert np.sign(values[1]) * tiny == pytest.approx(usual, rel=1e-12, abs=1e-12)
    assert data.train.inputs.std(axis=0) == pytest.approx([1, 1])
    assert data.train.inputs.mean(axis=0) == pytest.approx([0, 0], abs=1e-12)
    assert data.too_far == 0


def test_what_is_held_out_is_seen_no_further_away_than_numbers_of_a_file_are() -> None:
    inputs = np.stack([1e-150 * (np.arange(40) % 5), np.arange(40.0)], axis=1)
    names, labels, numbers = ((1, 2), ("a", "b")), np.arange(40) % 2, np.arange(40)
    near = given_data(inputs, labels, numbers, names, 3, "scaled")
    for k, raw in enumerate((1e100, -1e100)):
        inputs[near.test.numbers[k], 0] = raw
    data = given_data(inputs, labels, numbers, names, 3, "scaled")
    assert np.array_equal(data.train.inputs, near.train.inputs)
    assert data.test.inputs[:2, 0].tolist() == [1e100, -1e100]
    assert np.array_equal(data.test.inputs[2:], near.test.inputs[2:])
    assert (data.too_far, near.too_far) == (2, 0)
    assert data.raw[:2, 0].tolist() == [1e100, -1e100], "and shown as it came"


def test_a_file_as_it_is() -> None:
    inputs, data = of_a_file("raw")
    for part in data.parts:
        assert np.array_equal(part.inputs, inputs[part.numbers - 2])
    assert (data.features, data.classes) == (("grams", "share", "same"), ("a", "b"))


def test_data_and_weights_do_not_share_their_randomness() -> None:
    (data, weights), (again, _) = generators(4), generators(4)
    data.standard_normal(1000)
    untouched = generators(4)[1].standard_normal(5).tolist()
    assert weights.standard_normal(5).tolist() == untouched
    assert again.standard_normal(5).tolist() != untouched


@pytest.mark.parametrize("value", [0.1, 42.0, 1e100])
def test_a_column_that_is_the_same_throughout_says_nothing_of_any_sample(value: float) -> None:
    inputs = np.stack([np.arange(40.0), np.full(40, value)], axis=1)
    names = ("x", "same"), ("a", "b")
    labels, numbers = np.arange(40) % 2, np.arange(40)
    held_out = given_data(inputs, labels, numbers, names, 3, "scaled").test.numbers[0]
    inputs[held_out, 1] = 2 * value  # what training cannot know
    data = given_data(inputs, labels, numbers, names, 3, "scaled")
    assert data.train.inputs[:, 1].tolist() == [0] * len(data.train)
    assert data.test.inputs[:, 1].tolist() == [0] * len(data.test)
    assert data.scale.apply(inputs)[held_out, 1] == 0
    assert data.raw[0].tolist() == inputs[held_out].tolist(), "and shown as it came"
