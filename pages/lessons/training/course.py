"""What became of a training's loss, in a sentence, in numbers and as curves."""

from __future__ import annotations

import math

from pages.lessons.training.learning_figure import Course, learning_figure
from pages.lessons.training.run import EVERY, Run
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import significant_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

MOST_ROWS = 100
_MANY_RISES = 0.1  # of the steps: the loss does not settle
_ROUNDING = 1e-12  # of the loss: what it rises by where it has settled is no rise


def run_status(run: Run, words: Wording) -> str:
    """Say in a line where a run is: the step, the loss, the accuracies."""
    said = words(
        "training.status",
        step=run.steps,
        loss=significant_text(run.losses[-1]),
        accuracy=percent(run.accuracies[-1]),
    )
    if not len(run.data.test):
        return said
    return said + words("training.status_held_out", accuracy=percent(run.held_out_now()))


def course(run: Run) -> str:
    """Return what became of the loss, as the id of a sentence."""
    rises = _rises(run)
    if run.overflow:
        return "overflow"
    if run.steps == 0:
        return "start"
    if run.losses[-1] > run.losses[0]:
        return "grew"
    if rises > _MANY_RISES * run.steps:
        return "bumpy"
    return "fell" if rises == 0 else "mostly"


def course_sentence(run: Run, words: Wording) -> str:
    """Say what the steps did to the loss, and what it means."""
    return words(
        f"training.course.{course(run)}",
        steps=run.steps,
        next=run.steps + 1,
        start=significant_text(run.losses[0]),
        now=significant_text(run.losses[-1]),
        highest=significant_text(max(run.losses)),
        rises=_rises(run),
        classes=len(run.data.classes),
        even=significant_text(math.log(len(run.data.classes))),
    )


def _rises(run: Run) -> int:
    return sum(b > a * (1 + _ROUNDING) for a, b in zip(run.losses, run.losses[1:], strict=False))


def shown_steps(last: int) -> list[int]:
    """Return every tenth step, or so many times ten that the table stays readable; and the last."""
    every = EVERY * -(-last // (EVERY * MOST_ROWS)) if last else EVERY
    return sorted({*range(0, last + 1, every), last})


def curves_picture(run: Run, words: Wording, theme: Theme) -> Picture:
    """Draw loss and accuracy; the table has them at every tenth step."""
    seen = dict(run.held_out)
    if len(run.data.test):
        seen[run.steps] = run.held_out_now()
    drawn = Course(run.losses, run.accuracies, seen)
    rows: list[list[str | Number]] = []
    for step in shown_steps(run.steps):
        loss, right = run.losses[step], run.accuracies[step]
        held_out = seen.get(step)
        rows.append(
            [
                str(step),
                Number("loss", loss, significant_text(loss)),
                Number("accuracy", right, percent(right)),
                "" if held_out is None else Number("held_out", held_out, percent(held_out)),
            ]
        )
    alt = words(
        "training.curves.alt",
        steps=run.steps,
        start=significant_text(run.losses[0]),
        now=significant_text(run.losses[-1]),
        accuracy=percent(run.accuracies[-1]),
    )
    columns = ("step", "loss", "train", "held_out")
    head = [words(f"training.curves.{name}") for name in columns]
    return Picture(learning_figure(drawn, words, theme), alt, head, rows)


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal: 95.8 %."""
    return f"{100 * share:.1f} %"
