"""The models of a course in bytes, as the browser draws them: a plane's regions, or images."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pages.film.stops import round_ticks
from pages.lessons.training.data_set import SIDE, DataSet, feature_names
from pages.lessons.training.regions_figure import Ranges, class_symbol, ranges_of
from pages.lessons.training.run import Model
from pages.widgets.figure import cut_names
from pages.writing.palette import class_colour
from pages.writing.wording import Wording

Data: TypeAlias = dict[str, Any]
_IN_A_LEGEND = 14  # columns of a name
_LARGEST_PLACE, _LARGEST_WEIGHT = 65535, 127  # of two bytes, and of one with a sign
_CERTAIN = 1e30  # a score; further apart two are as sure, and the sum of three is still a float32
_MOST_NAMED = 8  # features in a line


def plane(data: DataSet, words: Wording) -> Data:
    """Return two features as a square: its axes, and the training samples on it."""
    (ranges, _), part = ranges_of(data.train.inputs), data.train
    low, span = _ends(ranges)
    places = np.clip((part.inputs - low) / span, 0, 1) * _LARGEST_PLACE
    names = cut_names(words.class_names(data.classes), _IN_A_LEGEND)
    return {
        "axes": cut_names(feature_names(data, words)),
        "ticks": [
            [((value - least) / (most - least), text) for value, text in round_ticks(least, most)]
            for least, most in ranges
        ],
        "places": _in_letters(np.round(places).astype("<u2")),
        "labels": _in_letters(part.labels.astype(np.uint8)),
        "classes": [
            {"name": name, "colour": class_colour(k), "symbol": class_symbol(k)}
            for k, name in enumerate(names)
        ],
    }


def on_plane(models: Sequence[Model]) -> str:
    """Return each class's score in the lower left corner, and its gain across and up: (S, n, 3)."""
    low, span = _ends(ranges_of(models[0].data.train.inputs)[0])
    weights = np.stack([model.weights for model in models])
    corner = np.stack([model.bias for model in models]) + weights @ low
    scores = np.concatenate([corner[..., None], weights * span], axis=-1)
    return _in_letters(np.clip(scores, -_CERTAIN, _CERTAIN).astype("<f4"))


def tiles(data: DataSet, words: Wording) -> Data:
    """Return how weights are laid out, a tile a class: as images where the inputs are one."""
    names = cut_names(words.class_names(data.classes))
    if data.kind == "digits":
        caption = words("training.film.colours")
        return {"names": names, "rows": SIDE, "columns": SIDE, "caption": caption}
    features = feature_names(data, words)
    shown = [*cut_names(features[:_MOST_NAMED]), *(["…"] if len(features) > _MOST_NAMED else [])]
    left_to_right = words("training.film.features", names=" · ".join(shown))
    caption = f"{words('training.film.colours')} {left_to_right}"
    return {"names": names, "rows": 1, "columns": len(features), "caption": caption}


def on_tiles(models: Sequence[Model], largest: float) -> str:
    """Return all weights in so many parts of the largest: (S, n, D)."""
    weights = np.stack([model.weights for model in models])
    return _in_letters(np.round(weights / largest * _LARGEST_WEIGHT).astype(np.int8))


def largest_weight(models: Sequence[Model]) -> float:
    """Return the largest absolute weight; 1 if all are 0."""
    return max(float(np.abs(model.weights).max()) for model in models) or 1.0


def _ends(ranges: Ranges) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low, high = np.array(ranges).T
    return low, high - low


def _in_letters(numbers: NDArray[Any]) -> str:
    return b64encode(numbers.tobytes()).decode()
