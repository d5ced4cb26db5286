"""What softmax does: from logits to probabilities, with the learner's own numbers."""

from functools import partial

from pages.bench.side import learners_bench
from pages.lessons.softmax import largest, looks, network, shift, sigmoid, stages, temperature
from pages.widgets.screens import show_lesson

show_lesson(
    "softmax",
    {
        "stages": stages.show,
        "largest": largest.show,
        "shift": shift.show,
        "temperature": temperature.show,
        "sigmoid": sigmoid.show,
        "looks": looks.show,
        "network": network.show,
    },
    partial(learners_bench, temperature=True),
)
