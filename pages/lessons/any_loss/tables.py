"""The lab's tables, pictures and sentences about the learner's numbers."""

from __future__ import annotations

import numpy as np

from pages.lessons.any_loss import squared
from pages.lessons.any_loss.kinks import STEPS, Kink
from pages.lessons.any_loss.numbers import Passage
from pages.lessons.any_loss.two_losses_figure import LossPath, two_losses_figure
from pages.lessons.any_loss.upstream_figure import upstream_figure
from pages.visit.state import LabState
from pages.widgets.figure import Vector, dense_near, indexed
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

_NOTHING = "–"


def passage_table(
    passed: Passage, state: LabState, words: Wording, *, caption: str
) -> tuple[str, list[str], Rows]:
    """Lay out a gradient's way through softmax, a class a row; with differences, if there are."""
    check = passed.check
    head = [words("lesson.class"), "a", "g", "g\u00a0−\u00a0ḡ", "∂L/∂z"]
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(state.names)):
        g, dz = float(passed.upstream[k]), float(passed.gradient[k])
        apart = _NOTHING if passed.mean is None else fixed_cell("apart", g - passed.mean, k)
        a = fixed_cell("probability", passed.probabilities[k], k)
        rows.append([name, a, fixed_cell("upstream", g, k), apart, gradient(dz, k)])
    mean = _NOTHING if passed.mean is None else fixed_cell("mean", passed.mean)
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


def passage_picture(passed: Passage, state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw g against what softmax makes of it."""
    names = words.class_names(state.names)
    g, dz = passed.upstream, passed.gradient
    rows: list[list[str | Number]] = [
        [name, fixed_cell("upstream", float(g[k]), k), gradient(float(dz[k]), k)]
        for k, name in enumerate(names)
    ]
    mean = "∞" if passed.mean is None else fixed_text(passed.mean)
    return Picture(
        upstream_figure(names, g, passed.mean, dz, words, theme),
        words("any_loss.rule.alt", mean=mean, lowest=_ends(dz, 0), highest=_ends(dz, -1)),
        [words("lesson.class"), "g", "∂L/∂z"],
        rows,
    )


def seen_sentence(passed: Passage, words: Wording) -> str:
    """Say what the numbers of a passage show."""
    if passed.mean is None:
        return words("any_loss.rule.infinite")
    lost = fixed_text(passed.mean)
    if np.ptp(passed.upstream) == 0:
        largest = short_text(float(np.abs(passed.gradient).max()))
        return words("any_loss.rule.constant", mean=lost, largest=largest)
    return words("any_loss.rule.shifted", mean=lost, sum=short_text(float(passed.gradient.sum())))


def check_sentence(passed: Passage, words: Wording) -> str:
    """Say whether differences of the loss confirm the gradient, or that there is none."""
    check, kink = passed.check, passed.kink
    if check is None:
        return words("any_loss.check.none")
    if kink is not None:
        said = kink_sentence(kink, words)
        return f"{said} {words('any_loss.check.kink_table')}" if kink.settled else said
    verdict = "disagree" if not check.passed else "agree" if check.conclusive else "too_small"
    residual = float(np.abs(check.analytic - check.numeric).max())
    return words(
        f"any_loss.check.{verdict}", residual=short_text(residual), step=short_text(check.step)
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


def path_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw both losses and both pulls along the path, the learner's point on it."""
    label, ends = squared.label_of(state), squared.reach_of_path(state)
    across = dense_near(squared.halfway(state), squared.REACH, *ends)
    own = [z for z in (state.logits[label],) if np.isfinite(z)]
    places = {*np.linspace(*ends, 7).tolist(), *own}
    shown = squared.path(state, np.array(sorted(places)))
    return Picture(
        two_losses_figure(
            label,
            squared.path(state, across),
            squared.path(state, np.array(own)) if own else None,
            words,
            theme,
        ),
        words("any_loss.squared.alt", number=label + 1),
        _path_head(label, words),
        _path_rows(shown),
    )


def point_sentence(state: LabState, words: Wording) -> str:
    """Say where the learner stands on the path, and what the factor a(1 - a) does there."""
    label = squared.label_of(state)
    here = squared.path(state, np.array([state.logits[label]]))
    numbers = {
        "number": label + 1,
        "share": fixed_text(float(here.share[0])),
        "factor": fixed_text(float(here.factor[0])),
        "cross": fixed_text(float(here.slopes["cross_entropy"][0])),
        "squared": fixed_text(float(here.slopes["mean_squared_error"][0])),
        "c": fixed_text(squared.others_spread(state)),
    }
    kind = "point" if np.isfinite(state.logits[label]) else "masked"
    return words(f"any_loss.squared.{kind}", **numbers)


def answer_table(found: squared.Counterexample, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay an answer beside squared error's gradient, as core and as differences have it."""
    check = found.passed.check
    head = [
        words("lesson.class"),
        words("any_loss.squared.answered"),
        words("any_loss.squared.is"),
        words("any_loss.rule.difference"),
    ]
    rows: Rows = [
        [
            name,
            fixed_cell("answer", float(found.answer[k]), k),
            gradient(float(found.passed.gradient[k]), k),
            _NOTHING if check is None else fixed_cell("difference", float(check.numeric[k]), k),
        ]
        for k, name in enumerate(words.class_names(found.state.names))
    ]
    return words("any_loss.squared.answer_table"), head, rows


def answer_sentence(
    found: squared.Counterexample, answer: str, state: LabState, words: Wording
) -> str:
    """Say what is wrong with an answer, by its worst number."""
    k = found.worst
    sentence = words(
        f"any_loss.squared.{answer}_said",
        number=k + 1,
        said=fixed_text(float(found.answer[k])),
        true=fixed_text(float(found.passed.gradient[k])),
    )
    if found.state != state:
        sentence = f"{words('any_loss.squared.elsewhere')} {sentence}"
    return sentence


def gradient(value: float, index: int) -> Number:
    """Return a table's cell for dL/dz of a class, in the colour of its sign."""
    sign = "_above" if value > 0 else "_below" if value < 0 else ""
    return fixed_cell(f"gradient{sign}", value, index)


def _ends(values: Vector, which: int) -> str:
    place = int(np.argsort(values)[which])
    return f"{fixed_text(float(values[place]))} ({place + 1})"


def _path_head(label: int, words: Wording) -> list[str]:
    z, a = indexed("z", label), indexed("a", label)
    short = [words(f"any_loss.squared.short.{name}") for name in ("cross_entropy", "squared")]
    return [
        z,
        a,
        *(f"L {name}" for name in short),
        *(f"∂L/∂{z} {name}" for name in short),
        f"{a}(1\u00a0−\u00a0{a})",
    ]


def _path_rows(shown: LossPath) -> Rows:
    return [
        [
            short_text(float(z)),
            fixed_cell("probability", float(shown.share[k])),
            *(fixed_cell("loss", float(values[k])) for values in shown.losses.values()),
            *(fixed_cell("slope", float(values[k])) for values in shown.slopes.values()),
            fixed_cell("factor", float(shown.factor[k])),
        ]
        for k, z in enumerate(shown.logits)
    ]
