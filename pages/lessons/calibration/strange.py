"""A model of digits, asked for images that are none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import softmax
from pages.lessons.calibration.chosen import Chosen, ready_judgement
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.tables import Row, Table, share_text
from pages.lessons.training.data_set import LARGEST_PIXEL, Whole
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.scale import Matrix
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.palette import Theme
from pages.writing.wording import Wording

HIGH = 0.9
KINDS = ("digit", "inverted", "noise", "blank")


class Strange(NamedTuple):
    """Images as they come, 0..16: a digit of the held-out ones, and three that are none."""

    raw: Matrix  # (4, 64)
    label: int  # of the digit


def strange_images(found: Judgement, number: int) -> Strange:
    """Return a held-out digit, the same inverted, noise and a blank one; `number` from 1."""
    data = found.model.data
    place = number - 1
    digit = data.raw[place]
    noise = np.random.default_rng(number).uniform(0, LARGEST_PIXEL, digit.shape)
    blank = np.zeros_like(digit)
    return Strange(
        np.stack([digit, LARGEST_PIXEL - digit, noise, blank]), int(data.test.labels[place])
    )


def asked_strange(shown: Chosen) -> Chosen:
    """Return the model of digits that is asked: the page's, or else the source's."""
    if shown.found.model.data.kind == "digits":
        return shown
    return Chosen("source", ready_judgement("source"))


def said_of(found: Judgement, raw: Matrix) -> tuple[Whole, Matrix]:
    """Return what a model says of raw images (m, 64), and how sure it is."""
    shares = softmax(found.model.scores(found.model.data.scale.seen(raw)))
    return np.asarray(shares.argmax(axis=1)), np.asarray(shares.max(axis=1))


def strange_picture(shown: Chosen, number: int, words: Wording, theme: Theme) -> Picture:
    """Draw the four images with what is said of each."""
    asked = strange_images(shown.found, number)
    said, sure = said_of(shown.found, asked.raw)
    names = [words(f"calibration.strange.{kind}", digit=asked.label) for kind in KINDS]
    answers = list(zip(names, map(str, said), map(float, sure), strict=True))
    rows: list[Row] = [
        [name, k, Number("strange_confidence", a, share_text(a), place)]
        for place, (name, k, a) in enumerate(answers, 1)
    ]
    titles = [f"{name}<br><b>→ {k}</b>: {share_text(a)}" for name, k, a in answers]
    alt = "; ".join(f"{name} → {k}: {share_text(a)}" for name, k, a in answers)
    return Picture(
        images_figure(asked.raw, titles, theme, columns=4),
        words("calibration.strange.alt", said=alt),
        [words(f"calibration.strange.{name}") for name in ("image", "said", "confidence")],
        rows,
    )


def strange_table(shown: Chosen, words: Wording) -> Table:
    """Ask for all held-out digits, for all of them inverted, and for as many images of noise."""
    data = shown.found.model.data
    real = data.raw
    noise = np.random.default_rng(0).uniform(0, LARGEST_PIXEL, real.shape)
    blank = np.zeros((1, real.shape[1]))
    kinds = zip(KINDS, (real, LARGEST_PIXEL - real, noise, blank), strict=True)
    rows: list[Row] = []
    for place, (kind, raw) in enumerate(kinds, 1):
        _, sure = said_of(shown.found, raw)
        mean, high = float(sure.mean()), float((sure > HIGH).mean())
        rows.append(
            [
                words(f"calibration.strange.all_{kind}"),
                Number("asked", len(raw), str(len(raw)), place),
                Number("strange_mean", mean, share_text(mean), place),
                Number("strange_high", high, share_text(high), place),
            ]
        )
    head = [words(f"calibration.strange.{name}") for name in ("images", "asked", "mean", "high")]
    return words("calibration.strange.table"), head, rows
