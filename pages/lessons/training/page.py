"""Softmax regression on data: train it, see what it has learnt, and where it is wrong."""

from pages.lessons.training import confusion, data, learnt, race, sample, side, train
from pages.widgets.screens import show_lesson

show_lesson(
    "training",
    {
        "data": data.show,
        "train": train.show,
        "learnt": learnt.show,
        "confusion": confusion.show,
        "sample": sample.show,
        "race": race.show,
    },
    side.show,
)
