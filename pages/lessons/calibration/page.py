"""What a trained model's confidence is worth, on samples that it has not seen and beyond them."""

from pages.lessons.calibration import (
    bench,
    far,
    meaning,
    noise,
    reliability,
    side,
    strange,
    temperature,
    worth,
)
from pages.widgets.screens import show_lesson

show_lesson(
    "calibration",
    {
        "reliability": reliability.show,
        "noise": noise.show,
        "worth": worth.show,
        "temperature": temperature.show,
        "bench": bench.show,
        "far": far.show,
        "strange": strange.show,
        "meaning": meaning.show,
    },
    side.show,
)
