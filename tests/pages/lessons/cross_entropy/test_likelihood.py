"""The likelihood of Q: a product over outcomes, whose logarithm is minus N times cross-entropy."""

from __future__ import annotations

import math

import pytest

from pages.lessons.cross_entropy.likelihood import OBSERVED, likelihood_table
from pages.visit.samples import Sample
from pages.widgets.tables import Number
from pages.writing.wording import LANGUAGES, wording

PAIRS = (
    Sample((0.5, 0.3, 0.2), (0.2, 0.5, 0.3)),
    Sample((0.0, 1.0), (0.25, 0.75)),
    Sample((0.5, 0.5, 0.0), (0.5, 0.5, 0.0)),
)


def values(pair: Sample, quantity: str) -> list[float]:
    rows = likelihood_table(pair, wording("en")).rows
    return [
        c.value for row in rows for c in row if isinstance(c, Number) and c.quantity == quantity
    ]


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_the_product_runs_over_every_outcome(pair: Sample) -> None:
    *factors, product = values(pair, "likelihood")
    # One factor after the other, as the outcomes come.
    outcomes = [q for p, q in zip(pair.p, pair.q, strict=True) for _ in range(round(OBSERVED * p))]
    assert len(outcomes) == OBSERVED
    assert product == pytest.approx(math.prod(outcomes), rel=1e-12)
    assert product == pytest.approx(math.prod(factors), rel=1e-12)
    (loss,) = values(pair, "loss")
    assert loss == pytest.approx(-math.log(product) / OBSERVED, rel=1e-12)
    assert sum(values(pair, "log_likelihood")[:-1]) == pytest.approx(-OBSERVED * loss)


def test_no_other_shares_are_more_likely() -> None:
    p = (0.5, 0.3, 0.2)
    best = values(Sample(p, p), "likelihood")[-1]
    for q in ((0.51, 0.29, 0.2), (0.5, 0.31, 0.19), (0.48, 0.3, 0.22)):
        assert values(Sample(p, q), "likelihood")[-1] < best


def test_what_is_ruled_out_and_happens_makes_all_impossible() -> None:
    pair = Sample((0.5, 0.3, 0.2), (0.6, 0.4, 0.0))
    assert values(pair, "likelihood")[-2:] == [0, 0]
    assert values(pair, "log_likelihood")[-1] == -math.inf
    assert values(pair, "loss") == [math.inf]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_how_many_outcomes_there_are(language: str) -> None:
    words = wording(language)
    assert str(OBSERVED) in likelihood_table(PAIRS[0], words).caption
    for section in ("likelihood", "likelihood_seen"):
        assert words.prose("cross_entropy", section)
    assert f"$N = {OBSERVED}$" in words.prose("cross_entropy", "likelihood")
