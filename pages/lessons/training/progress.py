"""How far a training has come, in texts: a line, percentages, and the steps that a table has."""

from __future__ import annotations

from pages.lessons.training.run import EVERY, Run
from pages.writing.numerals import percent_text, significant_text
from pages.writing.wording import Wording

MOST_ROWS = 100


def run_status(run: Run, words: Wording) -> str:
    """Say in a line where a run is: the step, the loss, the accuracies."""
    status = words(
        "training.status",
        step=run.steps,
        loss=significant_text(run.losses[-1]),
        accuracy=percent_text(run.accuracies[-1]),
    )
    if not len(run.data.test):
        return status
    return status + words("training.status_held_out", accuracy=percent_text(run.held_out_now()))


def table_steps(last: int) -> list[int]:
    """Return every tenth step, or so many times ten that the table stays readable; and the last."""
    every = EVERY * -(-last // (EVERY * MOST_ROWS)) if last else EVERY
    return sorted({*range(0, last + 1, every), last})
