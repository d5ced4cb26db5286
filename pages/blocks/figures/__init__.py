"""The lessons' pictures: pure functions from numbers to Plotly figures, as plain dicts.

Every number comes from core; the functions only choose where to look. Figures carry no title (the
page asks the question above them) and no colours of their own but those of the quantities, so
that the rest follows the reader's theme. Class names are the learner's: Plotly reads markup in
every text, so names pass through `short_name`.
"""

from pages.blocks.figures.counts import confusion
from pages.blocks.figures.descent import descent
from pages.blocks.figures.far import STOPS, far
from pages.blocks.figures.frame import (
    Figure,
    Vector,
    cut_names,
    dense_near,
    indexed,
    short_name,
    short_names,
)
from pages.blocks.figures.images import images
from pages.blocks.figures.jacobian import jacobian
from pages.blocks.figures.learning import Course, learning, left_of, race
from pages.blocks.figures.regions import regions
from pages.blocks.figures.reliability import (
    Diagram,
    reliability_beside,
    reliability_with_counts,
)
from pages.blocks.figures.shares import largest, shares
from pages.blocks.figures.shift import shifted
from pages.blocks.figures.stability import LEAST_SHOWN, errors, penalties
from pages.blocks.figures.step_error import FREE, step_error
from pages.blocks.figures.surprise import surprise
from pages.blocks.figures.temperature import TEMPERATURE_RANGE, sweep, temperatures
from pages.blocks.figures.two_classes import sigmoid, two_classes
from pages.blocks.figures.two_losses import LossPath, two_losses
from pages.blocks.figures.upstream import upstream
from pages.blocks.figures.weights import weights
from pages.blocks.figures.who_looks import LEAK, moving_range, outputs, unmasked_pair, who_looks

__all__ = [
    "FREE",
    "LEAK",
    "LEAST_SHOWN",
    "STOPS",
    "TEMPERATURE_RANGE",
    "Course",
    "Diagram",
    "Figure",
    "LossPath",
    "Vector",
    "confusion",
    "cut_names",
    "dense_near",
    "descent",
    "errors",
    "far",
    "images",
    "indexed",
    "jacobian",
    "largest",
    "learning",
    "left_of",
    "moving_range",
    "outputs",
    "penalties",
    "race",
    "regions",
    "reliability_beside",
    "reliability_with_counts",
    "shares",
    "shifted",
    "short_name",
    "short_names",
    "sigmoid",
    "step_error",
    "surprise",
    "sweep",
    "temperatures",
    "two_classes",
    "two_losses",
    "unmasked_pair",
    "upstream",
    "weights",
    "who_looks",
]
