"""The screen of one pair P, Q: what each class costs, and all together."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.cross_entropy import numbers
from pages.lessons.cross_entropy.controls import claim_truth
from pages.lessons.cross_entropy.surprise_bars import surprise_bars
from pages.visit.choices import Choices
from pages.visit.samples import Sample
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

# With spaces that do not break: a heading stays on one line on a phone, too.
SURPRISE = "−ln\u00a0Q"
PAID, LEAST, EXTRA = "−P\u00a0ln\u00a0Q", "−P\u00a0ln\u00a0P", "P\u00a0ln(P/Q)"


def show() -> None:
    """Draw what each class costs, with all of its numbers as the picture's table."""
    words, pair = visit().words, visit().choices.samples[0]
    lesson.section("cross_entropy", "pair", _PREDICTION)
    lesson.picture("cross_entropy", "pair", pair_picture(pair, words, theme()))
    lesson.remark(words("cross_entropy.pair.result", **_sums(pair)))
    lesson.prose("cross_entropy", "pair_seen")
    with lesson.fold(words("cross_entropy.pair.more"), "pair-more") as is_open:
        if is_open:
            lesson.prose("cross_entropy", "pair_more")


def _least(_state: LabState, choices: Choices) -> dict[str, str]:
    return {"least": fixed_text(numbers.least_cross_entropy(choices.samples[0]))}


_PREDICTION = Prediction(
    "cross_entropy.pair",
    ("truth", "sharper", "flatter"),
    right=lambda _state, _choices: "truth",  # the divergence is 0 there, and above 0 elsewhere
    move=claim_truth,
    numbers=_least,
)


def pair_rows(pair: Sample, words: Wording) -> list[list[str | Number]]:
    """Lay out what each class adds, with the sums in nats and in bits below."""
    cells = class_cells(pair)
    names = words.class_names([""] * len(pair.p))
    rows: list[list[str | Number]] = [[name, *row] for name, row in zip(names, cells, strict=True)]
    whole = {
        "loss": numbers.cross_entropy(pair),
        "entropy": numbers.least_cross_entropy(pair),
        "kl": numbers.divergence(pair),
    }
    columns = list(zip(*cells, strict=True))[3:]
    nats = [
        fixed_cell(quantity, value).total_of(terms)
        for (quantity, value), terms in zip(whole.items(), columns, strict=True)
    ]
    bits = [
        fixed_cell(f"{n.quantity}_in_bits", n.value / math.log(2)).computed("", "{} / ln 2", n)
        for n in nats
    ]
    rows.append([words("cross_entropy.pair.nats"), "", "", "", *nats])
    rows.append([words("cross_entropy.pair.bits"), "", "", "", *bits])
    return rows


def class_cells(pair: Sample) -> list[list[Number]]:
    """Return for each class P, Q, -ln Q, -P ln Q, -P ln P and P ln(P / Q).

    What is 0 because P is 0 has no calculation: 0 ln 0 is 0 by agreement.
    """
    t = numbers.terms(pair)
    rows = []
    for i in range(len(pair.p)):
        p, q = fixed_cell("target", pair.p[i], i), fixed_cell("probability", pair.q[i], i)
        surprise = fixed_cell("surprise", t.surprise[i], i).computed(SURPRISE, "−ln {}", q)
        sums = [
            fixed_cell("loss", t.paid[i], i),
            fixed_cell("entropy", t.least[i], i),
            fixed_cell("kl", t.extra[i], i),
        ]
        if p.value:
            paid, least, extra = sums
            sums = [
                paid.computed(PAID, "{} · {}", p, surprise),
                least.computed(LEAST, "−{0} · ln {0}", p),
                extra.computed(EXTRA, "{0} · ln({0} / {1})", p, q),
            ]
        rows.append([p, q, surprise, *sums])
    return rows


def pair_picture(pair: Sample, words: Wording, theme: Theme) -> Picture:
    """Draw what each class costs, and all together."""
    t = numbers.terms(pair)
    names = [*words.class_names([""] * len(pair.p)), words("cross_entropy.pair.sum")]
    paid = np.append(t.paid, numbers.cross_entropy(pair))
    least = np.append(t.least, numbers.least_cross_entropy(pair))
    return Picture(
        surprise_bars(names, least, paid, words, theme),
        words("cross_entropy.pair.alt", **_sums(pair)),
        [words("lesson.class"), "P", "Q", SURPRISE, PAID, LEAST, EXTRA],
        pair_rows(pair, words),
    )


def _sums(pair: Sample) -> dict[str, str]:
    """Write H(P, Q), H(P) and KL(P || Q) for a sentence."""
    return {
        "paid": fixed_text(numbers.cross_entropy(pair)),
        "least": fixed_text(numbers.least_cross_entropy(pair)),
        "extra": fixed_text(numbers.divergence(pair)),
    }
