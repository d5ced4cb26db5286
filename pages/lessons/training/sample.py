"""One training sample followed through the model: its scores, its gradients, what it pulls on."""

from __future__ import annotations

import numpy as np

from core import one_hot, softmax_loss
from pages.lessons.network.one_sample import OneSample
from pages.lessons.training.learnt import digits_picture, drawn_weights, feature_names
from pages.lessons.training.run import Model
from pages.visit.training_plan import Plan
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

MOST_INPUTS, MOST_CLASSES = 3, 10  # of a layer that can be drawn with an edge for each weight


def place_of(model: Model, plan: Plan) -> int:
    """Return which training sample is followed, from 0: the last where there are fewer now."""
    return min(plan.sample, len(model.data.train)) - 1


def sample_of(model: Model, place: int) -> OneSample:
    """Return a training sample before the model's layer."""
    part = model.data.train
    target = one_hot(part.labels[[place]], len(model.bias))
    return OneSample(model.weights, model.bias, part.inputs[[place]], target)


def weight_of(seen: OneSample, plan: Plan) -> tuple[int, int]:
    """Return the weight whose chain is spelled out: class and input, from 0.

    What was not chosen, or is no longer there, is the true class and the largest input.
    """
    k, d = plan.to - 1, plan.source - 1
    if not 0 <= k < len(seen.bias):
        k = int(seen.targets[0].argmax())
    if not 0 <= d <= seen.width:
        d = int(np.abs(seen.inputs[0]).argmax())
    return k, d


def largest_loss(model: Model) -> int:
    """Return the training sample with the largest loss, from 1."""
    part = model.data.train
    losses = softmax_loss(model.scores(part.inputs), part.labels, reduction="none").value
    return int(np.argmax(losses)) + 1


def can_be_drawn(seen: OneSample) -> bool:
    """Whether the layer has so few weights that each may have its own edge."""
    return seen.width <= MOST_INPUTS and len(seen.bias) <= MOST_CLASSES


def sample_table(seen: OneSample, model: Model, words: Wording) -> tuple[list[str], Rows]:
    """Lay the sample out class by class: score, probability, target, gradient in the score."""
    result = seen.result
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(model.data.classes)):
        share, target = float(result.probabilities[0, k]), float(seen.targets[0, k])
        score, slope = float(seen.scores[k]), float(result.grad_scores[0, k])
        rows.append(
            [
                name,
                Number("logit", score, fixed_text(score), k + 1),
                Number("probability", share, fixed_text(share), k + 1),
                Number("target", target, short_text(target), k + 1),
                Number("grad_score", slope, fixed_text(slope), k + 1),
            ]
        )
    return [words("lesson.class"), "z", "a", "y", "∂L/∂z = a − y"], rows


def sample_image(model: Model, place: int, words: Wording, theme: Theme) -> Picture:
    """Draw a digit."""
    label = model.data.classes[model.data.train.labels[place]]
    alt = words("training.sample.image_alt", digit=label)
    return digits_picture(model.data, [place], alt, words, theme)


def pull_picture(seen: OneSample, model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the gradient of the sample's loss in every weight; the table has the strongest."""
    gradient = seen.result.grad_weights
    names, features = words.class_names(model.data.classes), feature_names(model.data, words)
    drawn = drawn_weights(gradient, model.data, "gradient", words, theme)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        d = int(np.abs(gradient[k]).argmax())
        pull = float(gradient[k, d])
        rows.append([name, features[d], Number("grad_weight", pull, fixed_text(pull))])
    columns = [words(f"training.sample.{name}") for name in ("strongest_at", "strongest")]
    return Picture(drawn, words("training.sample.alt"), [words("lesson.class"), *columns], rows)
