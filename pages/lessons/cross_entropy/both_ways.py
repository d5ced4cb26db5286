"""The screen of both directions: KL(P || Q) beside KL(Q || P)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pages.lessons.cross_entropy.numbers import divergence, terms
from pages.visit.choices import Choices
from pages.visit.samples import Sample
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Rows, Table, fixed_cell, operand, table
from pages.writing.numerals import fixed_text
from pages.writing.wording import Wording

# Where two divergences are closer, only rounding tells them apart.
NEAR = 1e-14


def show() -> None:
    """Show both divergences of the pair, and which is larger."""
    words, pair = visit().words, visit().choices.samples[0]
    lesson.section("cross_entropy", "both_ways", _PREDICTION)
    ways = both_ways_table(pair, words)
    if visit().veiled:  # the other way is what the question asks for
        table(*ways._replace(rows=ways.rows[:1]))
    else:
        table(*ways)
        lesson.remark(both_ways_sentence(pair, words))
    lesson.prose("cross_entropy", "both_ways_seen")


def _way_back(_state: LabState, choices: Choices) -> str:
    """Say how KL(Q || P) compares with KL(P || Q)."""
    comparison = _comparison(choices.samples[0])
    if comparison.startswith("back"):
        return "larger"
    return "smaller" if comparison.startswith("there") else "equal"


def _way_there(_state: LabState, choices: Choices) -> dict[str, str]:
    there = divergence(choices.samples[0])
    return {"there": fixed_text(there) if math.isfinite(there) else "∞"}


_PREDICTION = Prediction(
    "cross_entropy.both_ways",
    ("equal", "larger", "smaller"),
    right=_way_back,
    # No move: the way back comes with the answer
    numbers=_way_there,
)


def both_ways_table(pair: Sample, words: Wording) -> Table:
    """Lay out the two divergences, one a row."""
    there, back = divergence(pair), divergence(Sample(pair.q, pair.p))
    head = [words("cross_entropy.both_ways.direction"), words("cross_entropy.both_ways.value")]
    rows: Rows = [
        ["KL(P‖Q)", fixed_cell("kl", there).computed("", _divergence(pair.p, pair.q))],
        ["KL(Q‖P)", fixed_cell("kl_back", back).computed("", _divergence(pair.q, pair.p))],
    ]
    return Table(words("cross_entropy.both_ways.table"), head, rows)


def _divergence(p: Sequence[float], q: Sequence[float]) -> str:
    """Write the sum with the numbers in, without the classes that P gives nothing."""
    shares = [(_share(x), _share(y)) for x, y in zip(p, q, strict=True) if x]
    return " + ".join(f"{x} · ln({x} / {y})" for x, y in shares)


def _share(value: float) -> str:
    return operand(value, fixed_text(value))


def both_ways_sentence(pair: Sample, words: Wording) -> str:
    """Say which of the two divergences is larger, or why they are equal."""
    there, back = divergence(pair), divergence(Sample(pair.q, pair.p))
    extra = terms(pair if there > back else Sample(pair.q, pair.p)).extra
    return words(
        f"cross_entropy.both_ways.{_comparison(pair)}",
        difference=fixed_text(abs(there - back)) if math.isfinite(there - back) else "∞",
        number=int(np.argmax(extra)) + 1,
    )


def _comparison(pair: Sample) -> str:
    """Say how KL(P || Q) stands to KL(Q || P), as the id of a sentence."""
    there, back = divergence(pair), divergence(Sample(pair.q, pair.p))
    if pair.p == pair.q:
        return "same"
    if there == back == math.inf:
        return "both_infinite"
    if math.inf in (there, back):
        return "there_infinite" if there == math.inf else "back_infinite"
    pairs = list(zip(pair.p, pair.q, strict=True))
    if sorted(pairs) == sorted((q, p) for p, q in pairs):
        return "mirrored"
    if abs(there - back) <= NEAR:
        return "chance"
    return "there_larger" if there > back else "back_larger"
