"""Every picture of every lesson, for a state or for models of each kind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from pages.lessons.calibration.mistakes import mistakes_picture as surest_mistakes
from pages.lessons.calibration.reliability import reliability_picture
from pages.lessons.calibration.strange import strange_picture
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.network.steps_figure import steps_figure
from pages.lessons.stability.costly import penalties_picture
from pages.lessons.training.confusion import confusion_picture
from pages.lessons.training.data import some_digits
from pages.lessons.training.learnt import regions_picture, weights_picture
from pages.lessons.training.mistakes import largest_losses, mistakes_picture
from pages.lessons.training.sample import sample_of
from pages.lessons.training.sample_pictures import pull_picture, sample_image
from pages.lessons.training.workplace import READY
from pages.visit.state import LabState
from pages.visit.training_plan import Plan
from pages.widgets.figure import Figure
from pages.writing.palette import Theme
from tests.pages.figures import WORDS, own_file, trained

INF = math.inf


def all_figures(logits: Sequence[float], temperature: float) -> list[Figure]:
    return [*figures_of_a_state(logits, temperature), *calibrations(), *trainings()]


def figures_of_a_state(logits: Sequence[float], temperature: float) -> list[Figure]:
    names = ("",) * len(logits)
    state = LabState(tuple(logits), temperature=temperature, target=len(logits) - 1, names=names)
    return [
        steps_figure([abs(logits[0]) if logits[0] > -INF else 0.0, 1e300], WORDS, "dark"),
        penalties_picture(state, WORDS, "light").figure,
    ]


@cache
def calibrations() -> list[Figure]:
    """The calibration lesson's pictures, which are of models and not of logits."""
    source, raw, spiral = (ready_judgement(name) for name in READY)
    return [
        reliability_picture(source.before, 15, WORDS, "light").figure,
        reliability_picture(spiral.before, 50, WORDS, "dark").figure,
        surest_mistakes(raw, WORDS, "dark").figure,
        strange_picture(raw.model, 1, WORDS, "dark").figure,
    ]


@cache
def trainings() -> list[Figure]:
    """The training lesson's pictures: of each kind of data, at the start, later and diverged."""
    spiral = trained(Plan(points=20), 30)
    diverged = trained(Plan(points=20, rate=1e6, decay=0.1), 100)
    assert diverged.overflow
    drawn = [
        regions_picture(spiral.model, WORDS, "light"),
        regions_picture(diverged.model, WORDS, "dark"),
    ]
    tones: tuple[Theme, Theme] = ("light", "dark")
    for run, tone in zip((trained(Plan(data="digits"), 0), own_file()), tones, strict=True):
        model = run.model
        one = sample_of(model, 0)
        drawn += [
            weights_picture(model, WORDS, tone),
            confusion_picture(model, WORDS, tone),
            pull_picture(one, model, WORDS, tone),
        ]
        if model.data.kind == "digits":
            drawn += [
                some_digits(model.data, WORDS, tone),
                mistakes_picture(model, largest_losses(model), WORDS, tone),
                sample_image(model, 3, WORDS, tone),
            ]
    return [picture.figure for picture in drawn]
