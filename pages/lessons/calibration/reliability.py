"""Screen "reliability": how often the model was right, by how sure it was."""

from __future__ import annotations

from pages.lessons.calibration.bins import bins_table, diagram_of, share_text, summary_table
from pages.lessons.calibration.predictions import Predictions, signs, verdict
from pages.lessons.calibration.reliability_figure import reliability_figure
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import table
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording


def show() -> None:
    """Show the diagram, and what its bins sum up to."""
    words, bins = visit().words, visit().choices.judging.bins
    lesson.section("calibration", "reliability", _PREDICTION)
    before = learners_subject().judgement.before
    picture = reliability_picture(before, bins, words, theme())
    with lesson.veil("reliability"):
        lesson.picture("calibration", "reliability", picture)
        lesson.remark(verdict_sentence(before, bins, words))
        lesson.prose("calibration", "reliability_seen")
    with lesson.fold(words("calibration.summary.fold"), "reliability-summary") as is_open:
        if is_open:
            lesson.prose("calibration", "summary")
            caption = words("calibration.summary.table")
            table(*summary_table(caption, {str(len(before)): before}, bins, words, "samples"))


_PREDICTION = Prediction(
    "calibration.reliability",
    ("over", "under", "chance", "both"),
    right=lambda _, choices: verdict(chosen_judgement().before, choices.judging.bins),
)


def reliability_picture(
    predictions: Predictions, bins: int, words: Wording, theme: Theme
) -> Picture:
    """Draw the reliability diagram with its counts."""
    diagram = diagram_of(predictions, bins)
    return Picture(
        reliability_figure(diagram, words, theme),
        words("calibration.reliability.alt", **_facts(predictions, bins)),
        *bins_table(diagram, words)[1:],
    )


def verdict_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say to which side the confidence is off, if it can be told."""
    name = verdict(predictions, bins)
    return words(f"calibration.verdict.{name}", **_facts(predictions, bins))


def _facts(predictions: Predictions, bins: int) -> dict[str, str]:
    over, under = signs(predictions.reliability(bins))
    numbers = {
        "accuracy": predictions.accuracy,
        "confidence": predictions.mean_confidence,
        "ece": predictions.error(bins),
        "over": over,
        "under": under,
        "chance": predictions.chance(bins),
    }
    texts = {name: share_text(value) for name, value in numbers.items()}
    return texts | {"n": str(len(predictions)), "bins": str(bins)}
