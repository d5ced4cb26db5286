"""The cross-entropy lesson's tables, picture and sentences about the learner's numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pages.lessons.cross_entropy import numbers
from pages.lessons.cross_entropy.surprise_figure import surprise_figure
from pages.visit.samples import Sample
from pages.widgets.figure import Vector, indexed
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

# With spaces that do not break: a heading stays on one line on a phone, too.
PAID, LEAST, EXTRA = "−P\u00a0ln\u00a0Q", "−P\u00a0ln\u00a0P", "P\u00a0ln(P/Q)"


def pair_table(pair: Sample, words: Wording) -> tuple[list[str], Rows]:
    """Lay out what each class adds, with the sums in nats and in bits below."""
    t = numbers.terms(pair)
    columns: dict[str, Sequence[float] | Vector] = {
        "target": pair.p,
        "probability": pair.q,
        "surprise": t.surprise,
        "loss": t.paid,
        "entropy": t.least,
        "kl": t.extra,
    }
    rows: list[list[str | Number]] = [
        [name, *(fixed_cell(quantity, v[i], i) for quantity, v in columns.items())]
        for i, name in enumerate(words.class_names([""] * len(pair.p)))
    ]
    whole = {
        "loss": numbers.cross_entropy(pair),
        "entropy": numbers.least_cross_entropy(pair),
        "kl": numbers.divergence(pair),
    }
    nats = [fixed_cell(quantity, value) for quantity, value in whole.items()]
    bits = [fixed_cell(f"{q}_in_bits", value / math.log(2)) for q, value in whole.items()]
    rows.append([words("cross_entropy.pair.nats"), "", "", "", *nats])
    rows.append([words("cross_entropy.pair.bits"), "", "", "", *bits])
    return [words("lesson.class"), "P", "Q", "−ln\u00a0Q", PAID, LEAST, EXTRA], rows


def pair_picture(pair: Sample, words: Wording, theme: Theme) -> Picture:
    """Draw what each class costs, and all together."""
    t = numbers.terms(pair)
    names = [*words.class_names([""] * len(pair.p)), words("cross_entropy.pair.sum")]
    paid = np.append(t.paid, numbers.cross_entropy(pair))
    least = np.append(t.least, numbers.least_cross_entropy(pair))
    extra = np.append(t.extra, numbers.divergence(pair))
    rows: list[list[str | Number]] = [
        [name, fixed_cell("entropy", h), fixed_cell("kl", d), fixed_cell("loss", c)]
        for name, h, d, c in zip(names, least, extra, paid, strict=True)
    ]
    return Picture(
        surprise_figure(names, least, paid, words, theme),
        words("cross_entropy.pair.alt", **sums(pair)),
        [words("lesson.class"), LEAST, EXTRA, PAID],
        rows,
    )


def sums(pair: Sample) -> dict[str, str]:
    """Write H(P, Q), H(P) and KL(P || Q) for a sentence."""
    return {
        "paid": fixed_text(numbers.cross_entropy(pair)),
        "least": fixed_text(numbers.least_cross_entropy(pair)),
        "extra": fixed_text(numbers.divergence(pair)),
    }


def both_ways_table(pair: Sample, words: Wording) -> tuple[list[str], Rows]:
    """Lay out the two divergences, one a row."""
    there, back = numbers.divergence(pair), numbers.divergence(Sample(pair.q, pair.p))
    head = [words("cross_entropy.both_ways.direction"), words("cross_entropy.both_ways.value")]
    return head, [["KL(P‖Q)", fixed_cell("kl", there)], ["KL(Q‖P)", fixed_cell("kl_back", back)]]


def both_ways_sentence(pair: Sample, words: Wording) -> str:
    """Say which of the two divergences is larger, or why they are equal."""
    there, back = numbers.divergence(pair), numbers.divergence(Sample(pair.q, pair.p))
    extra = numbers.terms(pair if there > back else Sample(pair.q, pair.p)).extra
    return words(
        f"cross_entropy.both_ways.{numbers.compared(pair)}",
        difference=fixed_text(abs(there - back)) if math.isfinite(there - back) else "∞",
        number=int(np.argmax(extra)) + 1,
    )


def is_finite(pair: Sample) -> bool:
    """Whether Q leaves out no class that P needs."""
    return math.isfinite(numbers.cross_entropy(pair))


def zero_remarks(pair: Sample, words: Wording) -> list[str]:
    """Say what each kind of 0 in the pair does; of no 0, say where one would hurt."""
    p, q = np.array(pair.p), np.array(pair.q)
    kinds = {
        "infinite": (q == 0) & (p > 0),
        "neither": (q == 0) & (p == 0),
        "unneeded": (q > 0) & (p == 0),
    }
    said = [
        words(
            f"cross_entropy.zero.{kind}", classes=_numbered(where), share=short_text(q[where].sum())
        )
        for kind, where in kinds.items()
        if where.any()
    ]
    return said or [words("cross_entropy.zero.none")]


def batch_table(samples: Sequence[Sample], words: Wording) -> tuple[list[str], Rows]:
    """Lay out the loss of each sample and its gradient, with sum and mean of the losses below."""
    losses = [numbers.cross_entropy(sample) for sample in samples]
    gradient = numbers.batch_gradient(tuple(samples))
    rows: list[list[str | Number]] = [
        [
            str(s + 1),
            fixed_cell("loss", loss, s),
            *(
                fixed_cell("gradient_below" if g < 0 else "gradient", g, k)
                for k, g in enumerate(row)
            ),
        ]
        for s, (loss, row) in enumerate(zip(losses, gradient, strict=True))
    ]
    blank = [""] * len(samples[0].q)
    rows.append([words("cross_entropy.batch.sum"), fixed_cell("sum_loss", sum(losses)), *blank])
    mean = fixed_cell("mean_loss", sum(losses) / len(losses))
    rows.append([words("cross_entropy.batch.mean"), mean, *blank])
    slopes = [f"∂/∂{indexed('Q', k)}" for k in range(len(blank))]
    return [words("cross_entropy.batch.sample"), "H(P, Q)", *slopes], rows


def _numbered(where: Vector) -> str:
    return ", ".join(str(index + 1) for index in np.flatnonzero(where))
