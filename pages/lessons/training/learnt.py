"""What a model has learnt: its regions or weights, what it mistakes for what, its worst cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax, softmax_loss
from pages.lessons.training.confusion_figure import confusion_figure
from pages.lessons.training.data_set import SIDE, DataSet, Part
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.regions_figure import regions_figure
from pages.lessons.training.run import Model
from pages.lessons.training.weights_figure import weights_figure
from pages.widgets.figure import Figure, Vector, cut_names, short_names
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

MOST_MISTAKES = 10
_IN_A_LEGEND = 14  # columns of a name: two such stand side by side on a phone


def feature_names(data: DataSet, words: Wording) -> list[str]:
    """Return the names of the features; a column without one is called by its number."""
    if data.kind == "digits":
        places = [divmod(d, SIDE) for d in range(SIDE**2)]
        return [words("training.pixel", row=r + 1, column=c + 1) for r, c in places]
    return [
        words("training.feature", number=name) if isinstance(name, int) else name
        for name in data.features
    ]


def judged_by(data: DataSet) -> Part:
    """Return what a model is judged by: the held-out part; of a tiny file what there is."""
    return data.test if len(data.test) else data.train


def regions_picture(model: Model, followed: int | None, words: Wording, theme: Theme) -> Picture:
    """Draw the training points on the model's regions; the table has the layer itself."""
    data = model.data
    names = words.class_names(data.classes)
    right = model.scores(data.train.inputs).argmax(axis=1) == data.train.labels
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        own = right[data.train.labels == k]
        rows.append(
            [
                name,
                *(fixed_cell("weight", w) for w in model.weights[k]),
                fixed_cell("bias", model.bias[k]),
                Number("count", len(own), str(len(own))),
                Number("right", int(own.sum()), str(int(own.sum()))),
            ]
        )
    columns = [words(f"training.regions.{name}") for name in ("bias", "points", "right")]
    features = feature_names(data, words)
    drawn = regions_figure(
        data.train.inputs,
        data.train.labels,
        (model.weights, model.bias),
        (short_names(names, _IN_A_LEGEND), short_names(features)),
        theme,
        followed,
    )
    alt = words(
        "training.regions.alt",
        points=len(data.train),
        classes=len(names),
        right=int(right.sum()),
    )
    head = [words("lesson.class"), *(f"w {name}" for name in features), *columns]
    return Picture(drawn, alt, head, rows)


def weights_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the weights: as images where the inputs are one; the table has the strongest."""
    data = model.data
    names, features = words.class_names(data.classes), feature_names(data, words)
    drawn = drawn_weights(model.weights, data, "weight", words, theme)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
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
    return Picture(drawn, words("training.weights.alt", classes=len(names)), head, rows)


def drawn_weights(
    values: Vector, data: DataSet, quantity: str, words: Wording, theme: Theme
) -> Figure:
    """Draw weights (n, D), or their gradient: as images where the inputs are one."""
    names = words.class_names(data.classes)
    if data.kind == "digits":
        return images_figure(values, names, theme, signed=quantity)
    short = short_names(names), short_names(feature_names(data, words))
    return weights_figure(values, short, quantity, words, theme)


def some_digits(data: DataSet, words: Wording, theme: Theme) -> Picture:
    """Draw the first training digit of each class."""
    labels = data.train.labels
    places = [int(np.flatnonzero(labels == k)[0]) for k in range(len(data.classes))]
    return digits_picture(data, places, words("training.digits.alt"), words, theme)


def digits_picture(
    data: DataSet, places: Sequence[int], alt: str, words: Wording, theme: Theme
) -> Picture:
    """Draw training digits by their places."""
    part = data.train
    labels = [data.classes[part.labels[p]] for p in places]
    rows: list[list[str | Number]] = []
    for p, label in zip(places, labels, strict=True):
        ink = float(part.inputs[p].mean())
        rows.append([str(part.numbers[p]), label, Number("ink", ink, short_text(ink))])
    head = [words(f"training.digits.{name}") for name in ("number", "label", "ink")]
    return Picture(images_figure(part.inputs[list(places)], labels, theme), alt, head, rows)


def confusion_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw which class of those held out was taken for which."""
    data, part = model.data, judged_by(model.data)
    n, names = len(data.classes), words.class_names(model.data.classes)
    said = model.scores(part.inputs).argmax(axis=1)
    counts = np.bincount(part.labels * n + said, minlength=n * n).reshape(n, n)
    # The picture has room for the numbers of many classes only.
    named = [f"{k} · {name}" for k, name in enumerate(names, 1)] if data.kind == "csv" else names
    rows: list[list[str | Number]] = [
        [name, *(Number("count", int(c), str(c)) for c in counts[k])]
        for k, name in enumerate(named)
    ]
    right = int(np.trace(counts))
    drawn = confusion_figure(counts, short_names(names), words, theme)
    alt = words("training.confusion.alt", right=right, all=len(part))
    return Picture(drawn, alt, [words("training.axis.truth"), *named], rows)


def worst(model: Model) -> list[int]:
    """Return the places, in what it is judged by, of the mistakes with the largest loss."""
    part = judged_by(model.data)
    scores = model.scores(part.inputs)
    losses = softmax_loss(scores, part.labels, reduction="none").value
    wrong = np.flatnonzero(scores.argmax(axis=1) != part.labels)
    places: list[int] = wrong[np.argsort(-losses[wrong], kind="stable")].tolist()
    return places[:MOST_MISTAKES]


def mistakes_table(model: Model, places: Sequence[int], words: Wording) -> tuple[list[str], Rows]:
    """Lay mistakes out, by their places: what it is, what was said, and how surely."""
    data, part = model.data, judged_by(model.data)
    names = cut_names(words.class_names(data.classes))
    rows: list[list[str | Number]] = []
    for place in places:
        shares = softmax(model.scores(part.inputs[[place]]))[0]
        truth, said = int(part.labels[place]), int(shares.argmax())
        rows.append(
            [
                str(part.numbers[place]),
                names[truth],
                names[said],
                Number("probability", float(shares[said]), fixed_text(float(shares[said]))),
                Number("probability", float(shares[truth]), fixed_text(float(shares[truth]))),
            ]
        )
    number = "line" if data.kind == "csv" else "number"
    columns = (number, "truth", "said", "sure", "share")
    return [words(f"training.mistakes.{name}") for name in columns], rows


def mistakes_picture(model: Model, places: Sequence[int], words: Wording, theme: Theme) -> Picture:
    """Draw mistakes among the digits, by their places."""
    head, rows = mistakes_table(model, places, words)
    titles = [f"{row[1]} → {row[2]}<br>{_text(row[3])}" for row in rows]
    drawn = images_figure(judged_by(model.data).inputs[list(places)], titles, theme)
    return Picture(drawn, words("training.mistakes.alt", count=len(rows)), head, rows)


def _text(cell: str | Number) -> str:
    return cell.text if isinstance(cell, Number) else cell
