"""How far a training has come, in texts: a line, percentages, and the steps that a table has."""

from __future__ import annotations

from pages.lessons.training.run import EVERY, Run
from pages.writing.numerals import significant_text
from pages.writing.wording import Wording

MOST_ROWS = 100


def run_status(run: Run, words: Wording) -> str:
    """Say in a line where a run is: the step, the loss, the accuracies."""
    status = words(
        "training.status",
        step=run.steps,
        loss=significant_text(run.losses[-1]),
        accuracy=percent(run.accuracies[-1]),
    )
    if not len(run.data.test):
        return status
    return status + words("training.status_held_out", accuracy=percent(run.held_out_now()))


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal: 95.8%."""
    return f"{100 * share:.1f}%"


def table_steps(last: int) -> list[int]:
    """Return every tenth step, or so many times ten that the table stays readable; and the last."""
    every = EVERY * -(-last // (EVERY * MOST_ROWS)) if last else EVERY
    return sorted({*range(0, last + 1, every), last})
