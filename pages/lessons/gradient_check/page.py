"""Checking a gradient by differences: which step, which slips it finds, and how to do it."""

from functools import partial

from pages.bench.side import learners_bench
from pages.lessons.gradient_check import percent, recipe, slips, sweep
from pages.widgets.screens import show_lesson

show_lesson(
    "gradient_check",
    {
        "sweep": sweep.show,
        "slips": slips.show,
        "percent": percent.show,
        "recipe": recipe.show,
    },
    partial(learners_bench, target=True, loss=True, temperature=True),
)
