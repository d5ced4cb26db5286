"""How the sample that is followed looks: its numbers, its image, its pull on every weight."""

from __future__ import annotations

import numpy as np

from pages.lessons.network.one_sample import OneSample
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.images_figure import digits_picture
from pages.lessons.training.run import Model
from pages.lessons.training.weights_figure import weights_or_images
from pages.widgets.lesson import Picture
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, fixed_cell
from pages.writing.numerals import short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording


def sample_table(one: OneSample, model: Model, words: Wording) -> Table:
    """Lay the sample out class by class: score, probability, target, gradient in the score."""
    result = one.result
    z = [fixed_cell("logit", score, k) for k, score in enumerate(one.scores)]
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(model.data.classes)):
        share, target = float(result.probabilities[0, k]), float(one.targets[0, k])
        slope = float(result.grad_scores[0, k])
        a, y = (
            share_cell(share, k, one.scores, z),
            Number("target", target, short_text(target), k + 1),
        )
        apart = fixed_cell("grad_score", slope, k).computed("a − y", "{} − {}", a, y)
        rows.append([name, z[k], a, y, apart])
    head = [words("lesson.class"), "z", "a", "y", "∂L/∂z = a − y"]
    return Table(words("training.sample.numbers"), head, rows)


def sample_image(model: Model, place: int, words: Wording, theme: Theme) -> Picture:
    """Draw a digit."""
    label = model.data.classes[model.data.train.labels[place]]
    alt = words("training.sample.image_alt", digit=label)
    return digits_picture(model.data, [place], alt, words, theme)


def pull_picture(one: OneSample, model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the gradient of the sample's loss in every weight; the table has the strongest."""
    gradient = one.result.grad_weights
    names, features = words.class_names(model.data.classes), feature_names(model.data, words)
    figure = weights_or_images(gradient, model.data, "gradient", words, theme)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        d = int(np.abs(gradient[k]).argmax())
        o = fixed_cell("input", one.inputs[0, d], k)
        slope = fixed_cell("grad_score", one.result.grad_scores[0, k], k)
        pull = fixed_cell("grad_weight", gradient[k, d], k)
        rows.append(
            [name, features[d], o, slope, pull.computed("(a − y) · o", "{} · {}", slope, o)]
        )
    strongest_at, strongest = (
        words(f"training.sample.{name}") for name in ("strongest_at", "strongest")
    )
    head = [words("lesson.class"), strongest_at, "o", "a − y", strongest]
    return Picture(figure, words("training.sample.alt"), head, rows)
