"""What a share of 0 does is said, and one click makes one."""

from __future__ import annotations

import math
import re

import pytest

from pages.visit.samples import Sample
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.cross_entropy.opening import (
    ALL_PAIRS,
    cross_entropy,
    opened,
    pair_of,
    pair_table,
    term,
)
from tests.pages.reading import clean, numbers, passages, press, tables, visit_of

INF = math.inf


def test_what_a_zero_does_is_said_when_there_is_one(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        for name, expected in [
            ("equal", {"none"}),
            ("missed", {"infinite"}),
            ("neither", {"neither"}),
            ("unneeded", {"unneeded"}),
            ("nothing_shared", {"infinite", "unneeded"}),
            ("tiny", {"none"}),
        ]:
            with subtests.test(language=language, name=name, expected=expected):
                at = opened(ALL_PAIRS[name], language, screen="zero")
                lesson_text, words = passages(at), wording(language)
                kinds = ("infinite", "neither", "unneeded", "none")
                patterns = {
                    kind: re.sub(
                        r"\\{\w+\\}", ".+", re.escape(words.label(f"cross_entropy.zero.{kind}"))
                    )
                    for kind in kinds
                }
                assert {
                    kind for kind in kinds if re.search(patterns[kind], lesson_text)
                } == expected
                offered = [
                    b
                    for b in at.button
                    if b.label == words("cross_entropy.zero.rule_out", number=1)
                ]
                assert bool(offered) == ("infinite" not in expected)


def test_one_click_rules_a_class_out() -> None:
    at = press(opened(screen="zero"), wording("en")("cross_entropy.zero.rule_out", number=1))
    pair = Sample((0.5, 0.3, 0.2), (0.0, 0.625, 0.375))
    assert pair_of(at) == pair
    assert numbers(tables(at)[0], "loss")[-1] == INF
    assert numbers(pair_table(pair), "loss")[-1] == INF
    visit_of(at).turn_to("batch")
    assert numbers(tables(clean(at.run()))[0], "gradient_below")[0] == -INF


@pytest.mark.parametrize("name", ["neither", "unneeded", "missed"])
def test_what_is_paid_is_the_surprise_times_how_often(name: str) -> None:
    pair = ALL_PAIRS[name]
    (shown,) = tables(opened(pair, screen="zero"))
    surprise = [term(1.0, q) for q in pair.q]
    assert numbers(shown, "surprise") == pytest.approx(surprise)
    paid = [term(*both) for both in zip(pair.p, pair.q, strict=True)]
    assert numbers(shown, "loss") == pytest.approx([*paid, cross_entropy(pair.p, pair.q)])
