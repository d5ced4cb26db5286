"""The screen of a batch: its loss is the mean, and so is its gradient."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core import LOSSES
from pages.lessons.cross_entropy.controls import change_samples, distribution_field
from pages.lessons.cross_entropy.numbers import cross_entropy
from pages.visit.samples import FEWEST_SAMPLES, MOST_SAMPLES, Sample, with_sample_count
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import choice_of, mirror
from pages.widgets.figure import Vector, indexed
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import short_text
from pages.writing.wording import Wording


def show() -> None:
    """Let the learner edit two or three samples, and lay out their losses and gradients."""
    words, samples = visit().words, visit().choices.samples
    lesson.section("cross_entropy", "batch", _PREDICTION)
    _batch_fields()
    table(*batch_table(samples, words))
    if not visit().veiled:  # it answers the question
        lesson.remark(words("cross_entropy.batch.result", n=len(samples)))
    lesson.prose("cross_entropy", "batch_seen")
    with lesson.fold(words("cross_entropy.batch.rate"), "batch-rate") as is_open:
        if is_open:
            lesson.prose("cross_entropy", "batch_rate")


def _batch_fields() -> None:
    """Choose the number of samples, and edit all but the first."""
    current = visit()
    words = current.words
    mirror("samples", len(current.choices.samples))
    st.radio(
        words("cross_entropy.batch.count"),
        range(FEWEST_SAMPLES, MOST_SAMPLES + 1),
        key="samples",
        horizontal=True,
        on_change=_take_count,
    )
    for sample in range(1, len(current.choices.samples)):
        with st.container(horizontal=True):
            for side in ("p", "q"):
                label = words(f"cross_entropy.batch.{side}", number=sample + 1)
                distribution_field(sample, side, label)


def _take_count() -> None:
    count = choice_of("samples", range(FEWEST_SAMPLES, MOST_SAMPLES + 1))
    if count is not None:
        _take(count)


def _take(count: int) -> None:
    change_samples("samples", lambda samples: with_sample_count(samples, count))


_PREDICTION = Prediction(
    "cross_entropy.batch",
    ("same", "smaller", "larger"),
    right=lambda _state, _choices: "smaller",  # divided by 3 where it was divided by 2
    move=lambda: _take(MOST_SAMPLES),
)


def batch_table(samples: Sequence[Sample], words: Wording) -> Table:
    """Lay out the loss of each sample and its gradient, with sum and mean of the losses below."""
    losses = [fixed_cell("loss", cross_entropy(x), s) for s, x in enumerate(samples)]
    gradient = _gradient(samples)
    rows: list[list[str | Number]] = [
        [
            str(s + 1),
            losses[s],
            *(_slope(gradient[s][k], sample, k, len(samples)) for k in range(len(sample.q))),
        ]
        for s, sample in enumerate(samples)
    ]
    blank = [""] * len(samples[0].q)
    value = sum(loss.value for loss in losses)
    total = fixed_cell("sum_loss", value).total_of(losses)
    rows.append([words("cross_entropy.batch.sum"), total, *blank])
    mean = fixed_cell("mean_loss", value / len(losses))
    mean = mean.computed("", f"{{}} / {len(losses)}", total)
    rows.append([words("cross_entropy.batch.mean"), mean, *blank])
    slopes = [f"∂/∂{indexed('Q', k)}" for k in range(len(blank))]
    head = [words("cross_entropy.batch.sample"), "H(P, Q)", *slopes]
    return Table(words("cross_entropy.batch.table"), head, rows)


def _slope(value: float, sample: Sample, k: int, count: int) -> Number:
    cell = fixed_cell("gradient_below" if value < 0 else "gradient", value, k)
    if not sample.p[k]:
        return cell  # nothing is paid, whatever Q is
    p, q = short_text(sample.p[k]), short_text(sample.q[k])
    return cell.computed("−P / Q / N", f"−{p} / {q} / {count}")


def _gradient(samples: Sequence[Sample]) -> Vector:
    """Return the gradient of the mean loss in the Q of each sample, shape (N, n)."""
    p, q = (np.array([getattr(sample, side) for sample in samples]) for side in ("p", "q"))
    return np.asarray(LOSSES["cross_entropy"].gradient(q, p) / len(samples) + 0.0)
