"""A gradient's way through softmax as a table, and what differences of the loss say of it."""

from __future__ import annotations

from itertools import chain

import numpy as np

from pages.lessons.any_loss.kinks import STEPS, Kink
from pages.lessons.any_loss.numbers import Passage
from pages.visit.state import LabState
from pages.widgets.figure import indexed
from pages.widgets.tables import Number, Rows, fixed_cell, operand
from pages.writing.numerals import exact_text, short_text
from pages.writing.wording import Wording, sentences

NOTHING = "–"


def passage_table(
    passed: Passage, state: LabState, words: Wording, *, caption: str
) -> tuple[str, list[str], Rows]:
    """Lay out a gradient's way through softmax, a class a row; with differences, if there are."""
    check = passed.check
    head = [words("lesson.class"), "a", "g", "g\u00a0−\u00a0ḡ", "∂L/∂z"]
    rows: list[list[str | Number]] = []
    a = [fixed_cell("probability", x, k) for k, x in enumerate(passed.probabilities)]
    g = [fixed_cell("upstream", x, k) for k, x in enumerate(passed.upstream)]
    dz = [gradient(float(x), k) for k, x in enumerate(passed.gradient)]
    mean: Number | str = NOTHING
    if passed.mean is not None:
        products = " + ".join(["{} · {}"] * len(a))
        mean = fixed_cell("mean", passed.mean)
        mean = mean.computed("", products, *chain.from_iterable(zip(a, g, strict=True)))
    for k, name in enumerate(words.class_names(state.names)):
        apart: Number | str = NOTHING
        if isinstance(mean, Number):
            apart = fixed_cell("apart", g[k].value - mean.value, k)
            apart = apart.computed("g − ḡ", "{} − {}", g[k], mean)
            dz[k] = dz[k].computed("a (g − ḡ)", "{} · {}", a[k], apart)
        rows.append([name, a[k], g[k], apart, dz[k]])
    rows.append([words("any_loss.rule.mean"), "", mean, "", ""])
    total_a, total = float(passed.probabilities.sum()), float(passed.gradient.sum())
    in_all = Number("sum_gradient", total, short_text(total)).total_of(dz)
    whole = fixed_cell("sum_probability", total_a).total_of(a)
    rows.append([words("any_loss.rule.sum"), whole, "", "", in_all])
    if check is not None:
        head += [words("any_loss.rule.difference"), words("any_loss.rule.residual")]
        for k, (exact, numeric) in enumerate(zip(check.analytic, check.numeric, strict=True)):
            difference = fixed_cell("difference", float(numeric), k)
            rows[k] += [difference, residual(dz[k], difference, float(abs(exact - numeric)))]
        for row in rows[-2:]:
            row += ["", ""]
    return caption, head, rows


def residual(exact: Number, numeric: Number, gap: float) -> Number:
    """Return a table's cell for how far apart two numbers are, with all their digits in."""
    one, other = (operand(n.value, exact_text(n.value)) for n in (exact, numeric))
    cell = Number("residual", gap, short_text(gap), exact.index)
    return cell.computed("", f"|{one} − {other}|", exact, numeric)


def check_sentence(passed: Passage, words: Wording) -> str:
    """Say whether differences of the loss confirm the gradient, or that there is none."""
    check, kink = passed.check, passed.kink
    if check is None:
        return words("any_loss.check.none")
    if kink is not None:
        said = kink_sentence(kink, words)
        return sentences([said, words("any_loss.check.kink_table")]) if kink.settled else said
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
