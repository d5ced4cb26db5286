"""A gradient's way through softmax as a table, and what differences of the loss say of it."""

from __future__ import annotations

import numpy as np

from pages.lessons.any_loss.kinks import STEPS, Kink
from pages.lessons.any_loss.numbers import Passage
from pages.visit.state import LabState
from pages.widgets.figure import indexed
from pages.widgets.tables import Number, Rows, fixed_cell
from pages.writing.numerals import short_text
from pages.writing.wording import Wording

NOTHING = "–"


def passage_table(
    passed: Passage, state: LabState, words: Wording, *, caption: str
) -> tuple[str, list[str], Rows]:
    """Lay out a gradient's way through softmax, a class a row; with differences, if there are."""
    check = passed.check
    head = [words("lesson.class"), "a", "g", "g\u00a0−\u00a0ḡ", "∂L/∂z"]
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(state.names)):
        g, dz = float(passed.upstream[k]), float(passed.gradient[k])
        apart = NOTHING if passed.mean is None else fixed_cell("apart", g - passed.mean, k)
        a = fixed_cell("probability", passed.probabilities[k], k)
        rows.append([name, a, fixed_cell("upstream", g, k), apart, gradient(dz, k)])
    mean = NOTHING if passed.mean is None else fixed_cell("mean", passed.mean)
    rows.append([words("any_loss.rule.mean"), "", mean, "", ""])
    total_a, total = float(passed.probabilities.sum()), float(passed.gradient.sum())
    in_all = Number("sum_gradient", total, short_text(total))
    rows.append(
        [words("any_loss.rule.sum"), fixed_cell("sum_probability", total_a), "", "", in_all]
    )
    if check is not None:
        head += [words("any_loss.rule.difference"), words("any_loss.rule.residual")]
        for row, exact, numeric in zip(rows, check.analytic, check.numeric, strict=False):
            gap = float(abs(exact - numeric))
            row += [
                fixed_cell("difference", float(numeric)),
                Number("residual", gap, short_text(gap)),
            ]
        for row in rows[-2:]:
            row += ["", ""]
    return caption, head, rows


def check_sentence(passed: Passage, words: Wording) -> str:
    """Say whether differences of the loss confirm the gradient, or that there is none."""
    check, kink = passed.check, passed.kink
    if check is None:
        return words("any_loss.check.none")
    if kink is not None:
        said = kink_sentence(kink, words)
        return f"{said} {words('any_loss.check.kink_table')}" if kink.settled else said
    residual = float(np.abs(check.analytic - check.numeric).max())
    return words(
        f"any_loss.check.{check.verdict}",
        residual=short_text(residual),
        step=short_text(check.step),
    )


def kink_sentence(kink: Kink, words: Wording) -> str:
    """Say the slopes on both sides of a point where there is no derivative, or a sharp bend."""
    return words(
        f"any_loss.check.{'kink' if kink.settled else 'bend'}",
        z=indexed("z", kink.logit),
        left=short_text(kink.left),
        right=short_text(kink.right),
        step=short_text(STEPS[-1]),
    )


def gradient(value: float, index: int) -> Number:
    """Return a table's cell for dL/dz of a class, in the colour of its sign."""
    sign = "_above" if value > 0 else "_below" if value < 0 else ""
    return fixed_cell(f"gradient{sign}", value, index)
