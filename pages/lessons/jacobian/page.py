"""The Jacobian of softmax: every entry, the two cases, and where they come from."""

from functools import partial

from pages.bench.side import learners_bench
from pages.derivation import derivation_screens
from pages.lessons.jacobian import laws, matrix, origin
from pages.lessons.jacobian.derived import TEMPERATURE_GRADIENT, TEMPERATURE_SENSITIVITY
from pages.widgets.screens import show_lesson

show_lesson(
    "jacobian",
    {
        "matrix": matrix.show,
        "laws": laws.show,
        "softmax_jacobian": origin.show,
        **derivation_screens("jacobian", (TEMPERATURE_GRADIENT, TEMPERATURE_SENSITIVITY)),
    },
    partial(learners_bench, temperature=True, simplex=True),
)
