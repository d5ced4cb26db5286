"""Screen "meaning": the model beside one that always says how frequent each class is."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.bins import share_text, summary_table
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.predictions import Predictions
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Table, table
from pages.writing.wording import Wording


def show() -> None:
    """Compare the two: calibration alone says little."""
    lesson.section("calibration", "meaning", _PREDICTION)
    judgement, bins = learners_subject().judgement, visit().choices.judging.bins
    with lesson.veil("meaning"):
        table(*base_rate_table(judgement, bins, visit().words))
        lesson.prose("calibration", "meaning_seen")


def _smaller_error(_state: LabState, choices: Choices) -> str:
    """Say whose calibration error is the smaller one."""
    judgement, bins = chosen_judgement(), choices.judging.bins
    model, plain = judgement.before.error(bins), base_rate(judgement).error(bins)
    if share_text(model) == share_text(plain):
        return "alike"
    return "model" if model < plain else "plain"


_PREDICTION = Prediction("calibration.meaning", ("model", "plain", "alike"), right=_smaller_error)


def base_rate(judgement: Judgement) -> Predictions:
    """Return what a model would say that gives each class its share in training, always."""
    data = judgement.model.data
    shares = np.bincount(data.train.labels, minlength=len(data.classes)) / len(data.train)
    return Predictions(np.tile(np.log(shares), (len(judgement.before), 1)), judgement.before.labels)


def base_rate_table(judgement: Judgement, bins: int, words: Wording) -> Table:
    """Compare the model with one that always says how frequent each class is in training."""
    both = {"model": judgement.before, "plain": base_rate(judgement)}
    named = {words(f"calibration.base.{name}"): each for name, each in both.items()}
    return summary_table(words("calibration.base.table"), named, bins, words, "model")
