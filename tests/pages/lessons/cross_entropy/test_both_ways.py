"""Both directions of the divergence, and what is said of them."""

from __future__ import annotations

import re

import pytest

from pages.visit.samples import Sample
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.cross_entropy.opening import ALL_PAIRS, START, divergence, opened
from tests.pages.reading import numbers, passages, tables

SENTENCES = {
    "equal": "same",
    "right": "back_infinite",
    "missed": "there_infinite",
    "soft": "back_larger",
    "mirrored": "mirrored",
    "two": "mirrored",
    "nothing_shared": "both_infinite",
    "ten": "there_larger",
    "near": "chance",
}


def test_both_directions_and_which_is_larger(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        for name, sentence in SENTENCES.items():
            with subtests.test(language=language, name=name, sentence=sentence):
                pair = ALL_PAIRS[name]
                at = opened(pair, language, screen="both_ways", guess="equal")
                there, back = divergence(pair.p, pair.q), divergence(pair.q, pair.p)
                (both,) = tables(at)
                assert numbers(both, "kl") == pytest.approx([there], rel=1e-13, abs=1e-14)
                assert numbers(both, "kl_back") == pytest.approx([back], rel=1e-13, abs=1e-14)
                label = wording(language).label(f"cross_entropy.both_ways.{sentence}")
                pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
                assert re.search(pattern, passages(at)), sentence
                if sentence.endswith("_larger"):
                    assert (there > back) == sentence.startswith("there")


def test_the_class_that_pays_most_is_named() -> None:
    # The terms of KL(P || Q) at the start: 0.5 ln 2.5 and two below 0.
    at = opened(screen="both_ways", guess="equal")
    assert "class 1, where P has more than Q" in passages(at)
    swapped = Sample(START.samples[0].q, START.samples[0].p)
    # Now the larger is KL(Q || P), which is the same sum.
    at = opened(swapped, screen="both_ways", guess="equal")
    assert "class 1, where Q has more than P" in passages(at)


def test_the_way_back_is_not_shown_before_there_is_a_guess() -> None:
    at = opened(screen="both_ways")
    (one,) = tables(at)
    assert len(numbers(one, "kl")) == 1
    assert numbers(one, "kl_back") == []
    assert "where P has more than Q" not in passages(at)
