"""The gradient of any loss: what softmax does to a gradient that comes from above."""

from functools import partial

from pages.bench.side import learners_bench
from pages.derivation import derivation_screens
from pages.lessons.any_loss import own, rule, squared
from pages.lessons.any_loss.derived import DERIVED
from pages.widgets.screens import show_lesson

show_lesson(
    "any_loss",
    {
        "rule": rule.show,
        "squared": squared.show,
        "own": own.show,
        **derivation_screens("any_loss", DERIVED),
    },
    partial(learners_bench, target=True, loss=True),
)
