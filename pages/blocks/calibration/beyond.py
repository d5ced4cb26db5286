"""What a model says of inputs unlike all that it was trained on: far points, images of no digit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core import softmax
from pages.blocks import figures
from pages.blocks.calibration.chosen import Chosen, ready_judgement
from pages.blocks.calibration.numbers import Judgement, Predictions
from pages.blocks.calibration.tables import Table
from pages.blocks.figures.frame import POINTS
from pages.blocks.lesson import Picture
from pages.blocks.numerals import fixed_text, short_text, significant_text
from pages.blocks.palette import Theme
from pages.blocks.tables import Number
from pages.blocks.training.data_set import LARGEST_PIXEL, DataSet, Matrix, Whole
from pages.blocks.wording import Wording

MOST_SHOWN = 8  # mistakes
SINGLE = (0.05, 0.25, 0.5, 0.75, 0.95)  # which samples are followed, by their place in confidence
MOST_INPUTS = 4  # written in a table
HIGH = 0.9
KINDS = ("digit", "inverted", "noise", "blank")


def as_given(data: DataSet) -> Matrix:
    """Return the held-out inputs as they were before they were scaled, (N, D)."""
    return np.asarray(data.test.inputs * data.spread + data.centre)


def worst_mistakes(found: Judgement) -> list[int]:
    """Return the places of the most confident mistakes among the held-out samples."""
    wrong = np.flatnonzero(~found.before.right)
    order = np.argsort(-found.before.sure[wrong], kind="stable")
    return wrong[order][:MOST_SHOWN].tolist()


def mistakes_picture(found: Judgement, words: Wording, theme: Theme) -> Picture:
    """Draw digits that the model got wrong: what each is, what was said, how sure it was."""
    places = worst_mistakes(found)
    titles = [
        f"<b>{found.before.labels[k]} → {found.before.said[k]}</b><br>"
        f"{fixed_text(float(found.before.sure[k]))}"
        for k in places
    ]
    return Picture(
        figures.images(found.model.data.test.inputs[places], titles, theme, columns=4),
        words("calibration.mistakes.alt", n=len(places)),
        *mistakes_table(found, words)[1:],
    )


def mistakes_table(found: Judgement, words: Wording) -> Table:
    """Write the most confident mistakes: which sample, its class, what was said, how sure."""
    data, before = found.model.data, found.before
    names = [words.class_name(name, k) for k, name in enumerate(data.classes)]
    inputs = list(data.features) if len(data.features) <= MOST_INPUTS else []
    rows = []
    for k in worst_mistakes(found):
        sure, raw = float(before.sure[k]), as_given(data)[k]
        rows.append(
            [
                str(data.test.numbers[k]),
                *(short_text(float(x)) for x in (raw if inputs else [])),
                names[before.labels[k]],
                names[before.said[k]],
                Number("mistake_confidence", sure, fixed_text(sure), int(data.test.numbers[k])),
            ]
        )
    head = [
        words("calibration.mistakes.line" if data.kind == "csv" else "calibration.mistakes.number"),
        *(
            name or words("calibration.mistakes.input", number=d)
            for d, name in enumerate(inputs, 1)
        ),
        *(words(f"calibration.mistakes.{name}") for name in ("true", "said", "confidence")),
    ]
    return words("calibration.mistakes.picture"), head, rows


def asked_far(shown: Chosen) -> Chosen:
    """Return the model of two inputs that is asked far away: the page's, or else the spiral's."""
    if len(shown.found.model.data.features) == 2:
        return shown
    return Chosen("spiral", ready_judgement("spiral"))


def at_distance(found: Judgement, factor: float) -> Predictions:
    """Ask again for all held-out samples, each so many times as far from the origin."""
    test = found.model.data.test
    return Predictions(found.model.scores(factor * test.inputs), test.labels)


def far_picture(shown: Chosen, factor: float, words: Wording, theme: Theme) -> Picture:
    """Draw confidence and accuracy against the distance."""
    found = shown.found
    order = np.argsort(found.before.sure, kind="stable")
    followed = order[[round(share * (len(order) - 1)) for share in SINGLE]]
    factors = np.unique([*np.geomspace(1, figures.STOPS[-1], POINTS // 2), *figures.STOPS])
    asked = [at_distance(found, float(f)) for f in factors]
    sure = np.array([[p.confidence, *p.sure[followed]] for p in asked]).T
    right = np.array([p.accuracy for p in asked])
    at_stops = {float(f): p for f, p in zip(factors, asked, strict=True) if f in figures.STOPS}
    rows = [
        [
            f"{f:g}×",
            Number("far_confidence", p.confidence, fixed_text(p.confidence)),
            Number("far_accuracy", p.accuracy, fixed_text(p.accuracy)),
            Number("far_nll", p.loss, fixed_text(p.loss)),
        ]
        for f, p in at_stops.items()
    ]
    names = ("axis.factor", "quantity.mean_confidence", "quantity.accuracy", "quantity.nll")
    first, last = at_stops[1.0], at_stops[float(figures.STOPS[-1])]
    return Picture(
        figures.far(factors, sure, right, factor, words, theme),
        words(
            "calibration.far.alt",
            near=fixed_text(first.confidence),
            far=fixed_text(last.confidence),
            right=fixed_text(last.accuracy),
        ),
        [words(f"calibration.{name}") for name in names],
        rows,
    )


def far_sentence(shown: Chosen, factor: float, words: Wording) -> str:
    """Say how sure the model is at that distance, and how often it is right."""
    near, asked = shown.found.before, at_distance(shown.found, factor)
    return words(
        "calibration.far.result",
        factor=f"{factor:g}",
        confidence=fixed_text(asked.confidence),
        near=fixed_text(near.confidence),
        accuracy=fixed_text(asked.accuracy),
        near_accuracy=fixed_text(near.accuracy),
    )


class Strange(NamedTuple):
    """Images as they come, 0..16: a digit of the held-out ones, and three that are none."""

    raw: Matrix  # (4, 64)
    label: int  # of the digit


def strange_images(found: Judgement, number: int) -> Strange:
    """Return a held-out digit, the same inverted, noise and a blank one; `number` from 1."""
    data = found.model.data
    place = number - 1
    digit = as_given(data)[place]
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
    shares = softmax(found.model.scores(found.model.data.seen(raw)))
    return np.asarray(shares.argmax(axis=1)), np.asarray(shares.max(axis=1))


def strange_picture(shown: Chosen, number: int, words: Wording, theme: Theme) -> Picture:
    """Draw the four images with what is said of each."""
    asked = strange_images(shown.found, number)
    said, sure = said_of(shown.found, asked.raw)
    names = [words(f"calibration.strange.{kind}", digit=asked.label) for kind in KINDS]
    titles = [
        f"{name}<br><b>→ {k}</b>: {fixed_text(float(a))}"
        for name, k, a in zip(names, said, sure, strict=True)
    ]
    rows = [
        [name, str(k), Number("strange_confidence", float(a), fixed_text(float(a)), place)]
        for place, (name, k, a) in enumerate(zip(names, said, sure, strict=True), 1)
    ]
    return Picture(
        figures.images(asked.raw, titles, theme, columns=4),
        words(
            "calibration.strange.alt",
            said="; ".join(t.replace("<br>", " ") for t in _plain(titles)),
        ),
        [words(f"calibration.strange.{name}") for name in ("image", "said", "confidence")],
        rows,
    )


def _plain(titles: Sequence[str]) -> list[str]:
    return [title.replace("<b>", "").replace("</b>", "") for title in titles]


def strange_table(shown: Chosen, words: Wording) -> Table:
    """Ask for all held-out digits, for all of them inverted, and for as many images of noise."""
    data = shown.found.model.data
    real = as_given(data)
    noise = np.random.default_rng(0).uniform(0, LARGEST_PIXEL, real.shape)
    blank = np.zeros((1, real.shape[1]))
    rows = []
    for place, (kind, raw) in enumerate(
        zip(KINDS, (real, LARGEST_PIXEL - real, noise, blank), strict=True), 1
    ):
        _, sure = said_of(shown.found, raw)
        mean, high = float(sure.mean()), float((sure > HIGH).mean())
        rows.append(
            [
                words(f"calibration.strange.all_{kind}"),
                Number("asked", float(len(raw)), str(len(raw)), place),
                Number("strange_mean", mean, fixed_text(mean), place),
                Number("strange_high", high, significant_text(high), place),
            ]
        )
    head = [words(f"calibration.strange.{name}") for name in ("images", "asked", "mean", "high")]
    return words("calibration.strange.table"), head, rows
