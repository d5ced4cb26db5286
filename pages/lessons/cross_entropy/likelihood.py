"""The screen of the likelihood: the product whose logarithm, mean and minus is cross-entropy."""

from __future__ import annotations

import math

from pages.lessons.cross_entropy import numbers
from pages.lessons.cross_entropy.controls import claim_truth
from pages.visit.samples import Sample
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import fixed_text, short_text
from pages.writing.wording import Wording

OBSERVED = 10  # outcomes: enough for a product, few enough to read its factors
SEEN, FACTOR, LOG_FACTOR = "N\u00a0P", "Q^(N\u00a0P)", "N\u00a0P\u00a0ln\u00a0Q"


def show() -> None:
    """Multiply what Q gave to each outcome, and take the logarithm, the mean and the minus."""
    words, pair = visit().words, visit().choices.samples[0]
    lesson.section("cross_entropy", "likelihood", _PREDICTION)
    table(*likelihood_table(pair, words))
    lesson.remark(
        words(
            "cross_entropy.likelihood.result",
            likelihood=fixed_text(math.exp(-OBSERVED * numbers.cross_entropy(pair))),
            best=fixed_text(math.exp(-OBSERVED * numbers.least_cross_entropy(pair))),
        )
    )
    lesson.prose("cross_entropy", "likelihood_seen")
    with lesson.fold(words("cross_entropy.likelihood.labels"), "likelihood-labels") as is_open:
        if is_open:
            lesson.prose("cross_entropy", "likelihood_labels")


_PREDICTION = Prediction(
    "cross_entropy.likelihood",
    ("rise", "fall", "either"),
    right=lambda _state, _choices: "rise",  # it is e^(-N H(P, Q))
    move=claim_truth,
)


def likelihood_table(pair: Sample, words: Wording) -> Table:
    """Lay out the factor and the logarithm of each class; below, the product, sum and mean."""
    paid = numbers.terms(pair).paid
    names = words.class_names([""] * len(pair.p))
    rows: list[list[str | Number]] = []
    for i, (name, p, q) in enumerate(zip(names, pair.p, pair.q, strict=True)):
        seen = Number("observed", OBSERVED * p, short_text(OBSERVED * p), i + 1)
        share = fixed_cell("probability", q, i)
        factor = fixed_cell("likelihood", math.exp(-OBSERVED * paid[i]), i)
        log = fixed_cell("log_likelihood", -OBSERVED * paid[i] + 0.0, i)
        if p:  # what was never seen has the factor 1, whatever Q is
            factor = factor.computed(FACTOR, "{}^{}", share, seen)
            log = log.computed(LOG_FACTOR, "{} · ln {}", seen, share)
        rows.append([name, seen, share, factor, log])
    loss = numbers.cross_entropy(pair)
    factors = [row[3] for row in rows if isinstance(row[3], Number)]
    product = fixed_cell("likelihood", math.exp(-OBSERVED * loss))
    product = product.computed("", " · ".join(["{}"] * len(factors)), *factors)
    total = fixed_cell("log_likelihood", -OBSERVED * loss + 0.0)
    total = total.total_of([row[4] for row in rows if isinstance(row[4], Number)])
    mean = fixed_cell("loss", loss).computed("", f"−{{}} / {OBSERVED}", total)
    rows.append([words("cross_entropy.likelihood.whole"), "", "", product, total])
    rows.append([words("cross_entropy.likelihood.mean"), "", "", "", mean])
    head = [words("lesson.class"), SEEN, "Q", FACTOR, LOG_FACTOR]
    return Table(words("cross_entropy.likelihood.table", n=OBSERVED), head, rows)
