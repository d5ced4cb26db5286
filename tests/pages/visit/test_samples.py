"""A small batch: its samples are distributions over the same classes, whatever is done to one."""

from __future__ import annotations

import pytest

from pages.visit.samples import START_SAMPLES, Sample, with_distribution, with_sample_count
from pages.writing.refusal import Refused


def test_more_classes_are_taken_up_by_every_distribution() -> None:
    changed = with_distribution(START_SAMPLES, 0, "q", (0.1, 0.2, 0.3, 0.4))
    assert changed[0] == Sample((0.5, 0.3, 0.2, 0.0), (0.1, 0.2, 0.3, 0.4))
    assert changed[1] == Sample((0.0, 1.0, 0.0, 0.0), (0.1, 0.8, 0.1, 0.0))


def test_fewer_classes_share_what_the_lost_ones_had() -> None:
    changed = with_distribution(START_SAMPLES, 0, "p", (0.5, 0.5))
    assert changed[0].p == (0.5, 0.5)
    assert changed[0].q == pytest.approx((2 / 7, 5 / 7))
    assert sum(changed[1].q) == pytest.approx(1, abs=1e-12)
    all_lost = with_distribution(START_SAMPLES, 1, "p", (0.0, 0.0, 1.0))
    assert with_distribution(all_lost, 0, "p", (1.0, 0.0))[1].p == (0.5, 0.5)


def test_a_batch_of_two_or_three() -> None:
    three = with_sample_count(START_SAMPLES, 3)
    assert three[:2] == START_SAMPLES
    assert sum(three[2].p) == sum(three[2].q) == pytest.approx(1)
    assert with_sample_count(three, 2) == START_SAMPLES


def test_what_the_sum_may_be_off_is_divided_out() -> None:
    thirds = with_distribution(START_SAMPLES, 0, "p", (0.3333333, 0.3333333, 0.3333333))[0].p
    assert thirds == pytest.approx((1 / 3, 1 / 3, 1 / 3), abs=1e-15)
    assert with_distribution(START_SAMPLES, 0, "p", thirds)[0].p == thirds


def test_what_is_no_distribution_is_refused() -> None:
    with pytest.raises(Refused):
        with_distribution(START_SAMPLES, 0, "p", (float("nan"), 1.0))
