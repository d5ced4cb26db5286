"""The spiral's geometry, and the digits as they were collected."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from core import InvalidInput, digits, spiral


def test_the_spiral_without_noise_lies_on_its_arms() -> None:
    inputs, labels = spiral(classes=4, points=50, noise=0, rng=np.random.default_rng(0))
    assert inputs.shape == (200, 2)
    assert labels.tolist() == [k for k in range(4) for _ in range(50)]
    radius = np.hypot(*inputs.T)
    assert radius.max() == pytest.approx(1)
    for (x, y), r, k in zip(inputs, radius, labels, strict=True):
        turn = 4 * r + 2 * np.pi * k / 4
        assert (x, y) == pytest.approx((r * np.sin(turn), r * np.cos(turn)))


def test_noise_turns_points_and_moves_none_outwards() -> None:
    calm, _ = spiral(noise=0, rng=np.random.default_rng(0))
    noisy, _ = spiral(noise=0.5, points=100, rng=np.random.default_rng(0))
    assert np.hypot(*noisy.T) == pytest.approx(np.hypot(*calm.T))
    turned = np.angle((noisy @ [1, 1j]) * np.conj(calm @ [1, 1j]))
    assert np.std(turned) == pytest.approx(0.5, rel=0.15)


def test_the_same_generator_gives_the_same_points() -> None:
    first, again, other = (spiral(rng=np.random.default_rng(seed))[0] for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    rng = np.random.default_rng(7)
    assert not np.array_equal(spiral(rng=rng)[0], spiral(rng=rng)[0])


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"classes": 1}, "classes"),
        ({"classes": 2.5}, "classes"),
        ({"points": 1}, "points"),
        ({"noise": -0.1}, "noise"),
        ({"noise": np.inf}, "noise"),
        ({"rng": 7}, "rng"),
    ],
)
def test_the_spiral_refuses(wrong: dict[str, object], name: str) -> None:
    with pytest.raises(InvalidInput, match=f"^{name}: .*; accepted: "):
        spiral(**({"rng": np.random.default_rng(0)} | wrong))  # type: ignore[arg-type]


def test_the_digits_are_all_there() -> None:
    inputs, labels = digits()
    assert inputs.shape == (1797, 64)
    assert inputs.dtype == np.float64
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (inputs.min(), inputs.max()) == (0, 16)
    assert np.array_equal(inputs, np.round(inputs))
    # The first is a nought: ink around an empty middle.
    first = inputs[0].reshape(8, 8)
    assert labels[0] == 0
    assert first[3:5, 3:5].max() == 0
    assert first[3, 2] > 0 < first[3, 5]
    digest = hashlib.sha256(inputs.astype(np.uint8).tobytes() + labels.astype(np.uint8).tobytes())
    assert digest.hexdigest() == "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"


def test_the_digits_are_the_callers_own() -> None:
    inputs, labels = digits()
    inputs[:] = 1
    labels[:] = 1
    assert digits()[0].max() == 16
    assert digits()[1].max() == 9
