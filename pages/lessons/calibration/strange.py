"""Screen "strange": a model of digits, asked for images that are none."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from core import softmax
from pages.lessons.calibration.bins import Row, share_text
from pages.lessons.calibration.side import learners_subject, shown_sentence
from pages.lessons.calibration.subject import (
    Subject,
    judged_model,
    ready_judgement,
    subject_of,
)
from pages.lessons.training.data_set import LARGEST_PIXEL, DataSet, Whole
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.run import Model
from pages.lessons.training.scale import Matrix
from pages.visit.choices import Choices
from pages.visit.judging import MOST_IMAGES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import choice_slider
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

HIGH = 0.9
KINDS = ("digit", "inverted", "noise", "blank")


class Strange(NamedTuple):
    """Images as they come, 0..16: a digit of the held-out ones, and three that are none."""

    raw: Matrix  # (4, 64)
    label: int  # of the digit


def show() -> None:
    """Ask the lesson's model, or else the source's, if that knows no digits, for images of none."""
    words = visit().words
    lesson.section("calibration", "strange", _PREDICTION)
    chosen = learners_subject()
    subject = of_digits(chosen)
    model = subject.judgement.model
    lesson.remark(shown_sentence("strange", subject, chosen, words))
    number = _image_slider()
    lesson.picture("calibration", "strange", strange_picture(model, number, words, theme()))
    lesson.prose("calibration", "strange_seen")
    with lesson.fold(words("calibration.strange.table"), "strange-all") as is_open:
        if is_open:
            table(*strange_table(model, words))


def of_digits(chosen: Subject) -> Subject:
    """Return the chosen model, or the source's, if that knows no digits."""
    if chosen.judgement.model.data.kind == "digits":
        return chosen
    return Subject("source", ready_judgement("source"))


_GUESSED, _SURE = 2, 0.5


def _of_inverted() -> tuple[int, int, float]:
    """Return which digit the guessed image is, what is said of it inverted, and how surely."""
    model = of_digits(subject_of(judged_model())).judgement.model
    asked = strange_images(model.data, _GUESSED)
    predicted, confidences = answers_of(model, asked.raw)
    inverted = KINDS.index("inverted")
    return asked.label, int(predicted[inverted]), float(confidences[inverted])


def _said(_state: LabState, _choices: Choices) -> str:
    label, predicted, confidence = _of_inverted()
    if predicted == label:
        return "right"
    return "sure" if confidence > _SURE else "unsure"


def _numbers(_state: LabState, _choices: Choices) -> dict[str, str]:
    label, predicted, confidence = _of_inverted()
    return {"digit": str(label), "said": str(predicted), "confidence": share_text(confidence)}


_PREDICTION = Prediction(
    "calibration.strange",
    ("right", "unsure", "sure"),
    right=_said,
    move=lambda: _take(_GUESSED),
    numbers=_numbers,
)


def _take(number: int) -> None:
    """Show the images that belong to a held-out digit."""
    visit().choose("image", lambda c: replace(c, judging=replace(c.judging, image=number)))


def _image_slider() -> int:
    """Choose the held-out digit, and the noise; return which, from 1."""
    return choice_slider(
        "image",
        visit().words("calibration.strange.slider"),
        (1, MOST_IMAGES),
        visit().choices.judging.image,
        1,
        lambda c, value: replace(c, judging=replace(c.judging, image=value)),
    )


def strange_images(data: DataSet, number: int) -> Strange:
    """Return a held-out digit, the same inverted, noise and a blank one; `number` from 1."""
    place = number - 1
    digit = data.raw[place]
    noise = np.random.default_rng(number).uniform(0, LARGEST_PIXEL, digit.shape)
    blank = np.zeros_like(digit)
    return Strange(
        np.stack([digit, LARGEST_PIXEL - digit, noise, blank]), int(data.test.labels[place])
    )


def answers_of(model: Model, raw: Matrix) -> tuple[Whole, Matrix]:
    """Return what a model says of raw images (m, 64), and how sure it is."""
    shares = softmax(model.scores(model.data.scale.apply(raw)))
    return np.asarray(shares.argmax(axis=1)), np.asarray(shares.max(axis=1))


def strange_picture(model: Model, number: int, words: Wording, theme: Theme) -> Picture:
    """Draw the four images with what is said of each."""
    asked = strange_images(model.data, number)
    predicted, confidences = answers_of(model, asked.raw)
    names = [words(f"calibration.strange.{kind}", digit=asked.label) for kind in KINDS]
    answers = list(zip(names, map(str, predicted), map(float, confidences), strict=True))
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


def strange_table(model: Model, words: Wording) -> Table:
    """Ask for all held-out digits, for all of them inverted, and for as many images of noise."""
    real = model.data.raw
    noise = np.random.default_rng(0).uniform(0, LARGEST_PIXEL, real.shape)
    blank = np.zeros((1, real.shape[1]))
    kinds = zip(KINDS, (real, LARGEST_PIXEL - real, noise, blank), strict=True)
    rows: list[Row] = []
    for place, (kind, raw) in enumerate(kinds, 1):
        _, confidences = answers_of(model, raw)
        mean, high = float(confidences.mean()), float((confidences > HIGH).mean())
        rows.append(
            [
                words(f"calibration.strange.all_{kind}"),
                Number("asked", len(raw), str(len(raw)), place),
                Number("strange_mean", mean, share_text(mean), place),
                Number("strange_high", high, share_text(high), place),
            ]
        )
    head = [words(f"calibration.strange.{name}") for name in ("images", "asked", "mean", "high")]
    return Table(words("calibration.strange.table"), head, rows)
