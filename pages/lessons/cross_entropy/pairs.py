"""The pair P, Q of the cross-entropy lesson: worked examples, and what can be done to a pair."""

from __future__ import annotations

from collections.abc import Mapping

from pages.visit.samples import Sample, Samples

PAIRS: Mapping[str, Sample] = {
    "equal": Sample((0.5, 0.3, 0.2), (0.5, 0.3, 0.2)),
    "right": Sample((1.0, 0.0, 0.0), (0.96, 0.03, 0.01)),
    "wrong": Sample((1.0, 0.0, 0.0), (0.01, 0.03, 0.96)),
    "missed": Sample((0.5, 0.3, 0.2), (0.6, 0.4, 0.0)),
    "one_hot": Sample((0.0, 1.0, 0.0), (0.2, 0.3, 0.5)),
    "soft": Sample((0.9, 0.05, 0.05), (0.7, 0.2, 0.1)),
    "mirrored": Sample((0.8, 0.2), (0.2, 0.8)),
}


def pair_of(samples: Samples) -> str | None:
    """Return the name of the example that the pair is, or None."""
    return next((name for name, pair in PAIRS.items() if pair == samples[0]), None)


def most_needed(pair: Sample) -> int:
    """Return the class that has the largest share of P, from 0; of equals the first."""
    return pair.p.index(max(pair.p))
