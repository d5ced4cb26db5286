"""The loss of a batch and its gradient are means."""

from __future__ import annotations

import math

import pytest

from pages.visit.samples import Sample
from tests.pages.lessons.cross_entropy.opening import choices_of, cross_entropy, opened
from tests.pages.reading import clean, numbers, passages, tables


def test_the_batch_is_the_mean(subtests: pytest.Subtests) -> None:
    for count in [2, 3]:
        with subtests.test(count=count):
            at = opened(screen="batch")
            at.radio(key="samples").set_value(count).run()
            at.text_input(key="p1_text").set_value("0, 0, 1").run()
            at.text_input(key="q1_text").set_value("0.25, 0.25, 0.5").run()
            samples = choices_of(clean(at)).samples
            assert len(samples) == count
            assert samples[1] == Sample((0, 0, 1), (0.25, 0.25, 0.5))
            (batch,) = tables(at)
            losses = [cross_entropy(s.p, s.q) for s in samples]
            assert numbers(batch, "loss") == pytest.approx(losses)
            assert numbers(batch, "sum_loss") == pytest.approx([math.fsum(losses)])
            assert numbers(batch, "mean_loss") == pytest.approx([math.fsum(losses) / count])
            slopes = [-p / q / count for s in samples for p, q in zip(s.p, s.q, strict=True) if p]
            assert numbers(batch, "gradient_below") == pytest.approx(slopes)
            zeros = [p for s in samples for p in s.p if p == 0]
            assert numbers(batch, "gradient") == zeros
            assert f"1/{count}" in passages(at)
