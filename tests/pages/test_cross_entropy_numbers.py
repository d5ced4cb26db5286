"""The lesson on cross-entropy: its numbers against plain formulas, and what is said of them."""

from __future__ import annotations

import math
import re

import pytest

from pages.lessons.cross_entropy.pairs import PAIRS
from pages.visit.samples import Sample
from pages.writing.wording import LANGUAGES, wording
from tests.pages.cross_entropy import START, choices_of, opened, pair_of
from tests.pages.reading import CELL, clean, numbers, passages, press, tables

INF = math.inf
TINY = 1e-300
ODD_PAIRS = {
    "ten": Sample((0.1,) * 10, (0.91, *(0.01,) * 9)),
    "two": Sample((0.3, 0.7), (0.7, 0.3)),
    "nothing_shared": Sample((1.0, 0.0), (0.0, 1.0)),
    "neither": Sample((0.5, 0.5, 0.0), (0.25, 0.75, 0.0)),
    "unneeded": Sample((1.0, 0.0, 0.0), (0.5, 0.3, 0.2)),
    "tiny": Sample((0.5, 0.5), (1.0, TINY)),
    "near": Sample((0.5, 0.3, 0.2), (0.500000001, 0.3, 0.199999999)),
}
pairs = pytest.mark.parametrize("pair", [*PAIRS.values(), *ODD_PAIRS.values()], ids=str)


def term(weight: float, value: float) -> float:
    """-weight ln value, with 0 ln 0 = 0."""
    if weight == 0:
        return 0.0
    return INF if value == 0 else -weight * math.log(value)


def cross_entropy(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return math.fsum(term(*both) for both in zip(p, q, strict=True))


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return cross_entropy(p, q) - cross_entropy(p, p)


@pairs
def test_each_class_and_the_sums(pair: Sample) -> None:
    at = opened(pair)
    whole = tables(at)[0]
    p, q = pair.p, pair.q
    assert pair_of(at) == pair
    assert numbers(whole, "target") == list(p)
    assert numbers(whole, "probability") == list(q)
    assert numbers(whole, "surprise") == pytest.approx([term(1.0, x) for x in q])
    paid = [term(*both) for both in zip(p, q, strict=True)]
    least = [term(x, x) for x in p]
    extra = [c - h for c, h in zip(paid, least, strict=True)]
    wanted = {"loss": (paid, p, q), "entropy": (least, p, p)}
    for quantity, (each, weights, values) in wanted.items():
        total = cross_entropy(weights, values)
        assert numbers(whole, quantity) == pytest.approx([*each, total], rel=1e-13)
        bits = numbers(whole, f"{quantity}_in_bits")
        assert bits == pytest.approx([total / math.log(2)], rel=1e-13)
    assert numbers(whole, "kl") == pytest.approx([*extra, divergence(p, q)], rel=1e-13, abs=1e-14)
    assert numbers(whole, "kl")[-1] >= 0
    assert "nan" not in "".join(tables(at)).lower()
    assert "inf" not in "".join(text for table in tables(at) for *_, text in CELL.findall(table))
    assert ("∞" in whole) == (0.0 in q)


def test_the_textbook_case() -> None:
    whole = tables(opened(PAIRS["one_hot"]))[0]
    assert numbers(whole, "loss")[-1] == pytest.approx(1.2039728043259361)
    assert numbers(whole, "entropy")[-1] == 0


@pairs
def test_the_pictures_twin_adds_up(pair: Sample) -> None:
    twin = tables(opened(pair))[1]
    for least, extra, paid in zip(
        *(numbers(twin, quantity) for quantity in ("entropy", "kl", "loss")), strict=True
    ):
        assert least + extra == pytest.approx(paid, rel=1e-13, abs=1e-14)


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_both_directions_and_which_is_larger(language: str, name: str, sentence: str) -> None:
    pair = (PAIRS | ODD_PAIRS)[name]
    at = opened(pair, language)
    there, back = divergence(pair.p, pair.q), divergence(pair.q, pair.p)
    both = tables(at)[2]
    assert numbers(both, "kl") == pytest.approx([there], rel=1e-13, abs=1e-14)
    assert numbers(both, "kl_back") == pytest.approx([back], rel=1e-13, abs=1e-14)
    label = wording(language).label(f"cross_entropy.both_ways.{sentence}")
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
    assert re.search(pattern, passages(at)), sentence
    if sentence.endswith("_larger"):
        assert (there > back) == sentence.startswith("there")


def test_the_class_that_pays_most_is_named() -> None:
    # The terms of KL(P || Q) at the start: 0.5 ln 2.5 and two below 0.
    assert "class 1, where P has more than Q" in passages(opened())
    swapped = Sample(START.samples[0].q, START.samples[0].p)
    # Now the larger is KL(Q || P), which is the same sum.
    assert "class 1, where Q has more than P" in passages(opened(swapped))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("equal", {"none"}),
        ("missed", {"infinite"}),
        ("neither", {"neither"}),
        ("unneeded", {"unneeded"}),
        ("nothing_shared", {"infinite", "unneeded"}),
        ("tiny", {"none"}),
    ],
)
def test_what_a_zero_does_is_said_when_there_is_one(
    language: str, name: str, said: set[str]
) -> None:
    at = opened((PAIRS | ODD_PAIRS)[name], language)
    shown, words = passages(at), wording(language)
    kinds = ("infinite", "neither", "unneeded", "none")
    patterns = {
        kind: re.sub(r"\\{\w+\\}", ".+", re.escape(words.label(f"cross_entropy.zero.{kind}")))
        for kind in kinds
    }
    assert {kind for kind in kinds if re.search(patterns[kind], shown)} == said
    offered = [b for b in at.button if b.label == words("cross_entropy.zero.rule_out", number=1)]
    assert bool(offered) == ("infinite" not in said)


def test_one_click_rules_a_class_out() -> None:
    at = press(opened(), wording("en")("cross_entropy.zero.rule_out", number=1))
    assert pair_of(at) == Sample((0.5, 0.3, 0.2), (0.0, 0.625, 0.375))
    assert numbers(tables(at)[0], "loss")[-1] == INF
    assert numbers(tables(at)[3], "gradient_below")[0] == -INF


@pytest.mark.parametrize("count", [2, 3])
def test_the_batch_is_the_mean(count: int) -> None:
    at = opened()
    at.radio(key="samples").set_value(count).run()
    at.text_input(key="p1_text").set_value("0, 0, 1").run()
    at.text_input(key="q1_text").set_value("0.25, 0.25, 0.5").run()
    samples = choices_of(clean(at)).samples
    assert len(samples) == count
    assert samples[1] == Sample((0, 0, 1), (0.25, 0.25, 0.5))
    batch = tables(at)[3]
    losses = [cross_entropy(s.p, s.q) for s in samples]
    assert numbers(batch, "loss") == pytest.approx(losses)
    assert numbers(batch, "sum_loss") == pytest.approx([math.fsum(losses)])
    assert numbers(batch, "mean_loss") == pytest.approx([math.fsum(losses) / count])
    slopes = [-p / q / count for s in samples for p, q in zip(s.p, s.q, strict=True) if p]
    assert numbers(batch, "gradient_below") == pytest.approx(slopes)
    zeros = [p for s in samples for p in s.p if p == 0]
    assert numbers(batch, "gradient") == zeros
    assert f"1/{count}" in passages(at)
