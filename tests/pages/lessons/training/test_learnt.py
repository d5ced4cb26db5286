"""What a model has learnt: its weights beside the images that they look at."""

from __future__ import annotations

import re

import numpy as np

from pages.lessons.training.data_set import made_data
from pages.lessons.training.learnt import weights_picture
from pages.lessons.training.mistakes import largest_losses, mistakes_picture
from pages.visit.training_plan import Plan
from pages.writing.wording import wording
from tests.pages.figures import WORDS, trained
from tests.pages.reading import numbers
from tests.pages.training import cores, judged, opened, plan_of, table_of


def test_a_digits_weights_stand_under_its_own_name() -> None:
    run = trained(Plan(data="digits"), 5)
    figure = weights_picture(run.model, WORDS, "light").figure
    notes = figure["layout"]["annotations"]
    assert [note["text"] for note in notes] == [*"0123456789"]
    for cells, weights in zip(figure["data"], run.model.weights, strict=True):
        assert np.allclose(cells["z"], weights.reshape(8, 8), rtol=0, atol=5e-5)
    part, places = run.data.test, largest_losses(run.model)
    mistakes = mistakes_picture(run.model, places, WORDS, "light")
    shown = zip(
        places, mistakes.figure["data"], mistakes.figure["layout"]["annotations"], strict=True
    )
    for sample, cells, note in shown:
        assert np.allclose(cells["z"], part.inputs[sample].reshape(8, 8), rtol=0, atol=5e-5)
        truth, said = re.findall(r"\d", note["text"])[:2]
        assert int(truth) == part.labels[sample]
        assert int(said) == run.model.scores(part.inputs[[sample]]).argmax()


EN = wording("en")


def test_the_layer_of_the_spiral_and_the_strongest_weights_of_the_digits() -> None:
    at = opened(trained=50)
    data = made_data(plan_of(at))
    model = cores(data, 50, Plan())[-1]
    shown = table_of(at, "training.regions.picture")
    assert numbers(shown, "weight") == model.weights.ravel().tolist()
    assert numbers(shown, "bias") == model.bias.tolist()
    right = [
        sum(shares.index(max(shares)) == k for shares in judged_of)
        for k in range(3)
        for judged_of in [
            [s for s, y in zip(judged(data.train, model), data.train.labels, strict=True) if y == k]
        ]
    ]
    assert numbers(shown, "count") == [100, 100, 100]
    assert numbers(shown, "right") == right

    at = opened(data="digits", trained=50)
    data = made_data(plan_of(at))
    model = cores(data, 50, Plan())[-1]
    shown = table_of(at, "training.film.weights")
    ends = [(max(row), min(row)) for row in model.weights.tolist()]
    assert numbers(shown, "weight") == [w for pair in ends for w in pair]
    assert numbers(shown, "bias") == model.bias.tolist()
    row, column = divmod(int(model.weights[3].argmax()), 8)
    assert EN("training.pixel", row=row + 1, column=column + 1) in shown
