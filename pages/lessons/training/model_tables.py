"""A model in numbers: what stands in the tables below its pictures."""

from __future__ import annotations

from pages.lessons.training.data_set import feature_names
from pages.lessons.training.run import Model
from pages.widgets.tables import Number, Table, fixed_cell
from pages.writing.wording import Wording


def model_table(model: Model, words: Wording) -> Table:
    """Lay a model out: of two features the whole layer, else the strongest weights."""
    return (regions_table if len(model.data.features) == 2 else weights_table)(model, words)


def model_alt(model: Model, words: Wording) -> str:
    """Say in a sentence what the picture of a model shows."""
    data = model.data
    if len(data.features) != 2:
        return words("training.weights.alt", classes=len(data.classes))
    right = model.scores(data.train.inputs).argmax(axis=1) == data.train.labels
    return words(
        "training.regions.alt",
        points=len(data.train),
        classes=len(data.classes),
        right=int(right.sum()),
    )


def regions_table(model: Model, words: Wording) -> Table:
    """Lay a layer of two inputs out, and how many of each class it gets right."""
    data = model.data
    right = model.scores(data.train.inputs).argmax(axis=1) == data.train.labels
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(data.classes)):
        hits = right[data.train.labels == k]
        rows.append(
            [
                name,
                *(fixed_cell("weight", w) for w in model.weights[k]),
                fixed_cell("bias", model.bias[k]),
                Number("count", len(hits), str(len(hits))),
                Number("right", int(hits.sum()), str(int(hits.sum()))),
            ]
        )
    columns = [words(f"training.regions.{name}") for name in ("bias", "points", "right")]
    head = [words("lesson.class"), *(f"w {name}" for name in feature_names(data, words)), *columns]
    return Table(words("training.regions.picture"), head, rows)


def weights_table(model: Model, words: Wording) -> Table:
    """Lay the largest and the smallest weight of each class out."""
    data, features = model.data, feature_names(model.data, words)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(data.classes)):
        most, least = int(model.weights[k].argmax()), int(model.weights[k].argmin())
        rows.append(
            [
                name,
                fixed_cell("bias", model.bias[k]),
                fixed_cell("weight", model.weights[k, most]),
                features[most],
                fixed_cell("weight", model.weights[k, least]),
                features[least],
            ]
        )
    columns = ("bias", "most", "most_at", "least", "least_at")
    head = [words("lesson.class"), *(words(f"training.weights.{name}") for name in columns)]
    return Table(words("training.film.weights"), head, rows)
