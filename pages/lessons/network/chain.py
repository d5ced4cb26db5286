"""The chain rule at one weight of the drawn layer: the lines that are proved, at its nodes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st
from sympy import Add, Integer, Mul

from core import GradientCheck, check_gradient, layer_loss
from derivations import latex, number_latex
from pages.derivation.lines import FAMILY, aligned
from pages.lessons.network.controls import change_layer, learners_descent, learners_layer
from pages.lessons.network.descent import descend
from pages.lessons.network.graph_figure import symbol, weight_symbol
from pages.lessons.network.one_sample import OneSample
from pages.visit.choices import Choices
from pages.visit.layer import BIAS, FIRST_NODE, INPUTS
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import choice_of, mirror
from pages.widgets.difference_step import STEP
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.math_colours import SYMBOLS
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording

ASKED = (0, 1)  # the weight that the question compares with its bias


def show() -> None:
    """Let the learner choose a weight, and spell its gradient out."""
    lesson.section("network", "chain", _PREDICTION)
    show_chain(learners_descent(), _choose_weight())
    lesson.prose("network", "chain_seen")


def _larger(state: LabState, choices: Choices) -> str:
    """Say which gradient is larger in size, that of a weight or that of its logit's bias."""
    result = descend(state, choices.layer).result
    weight, bias = abs(result.grad_weights[ASKED]), abs(result.grad_bias[ASKED[0]])
    return "equal" if weight == bias else "weight" if weight > bias else "bias"


def _choose_asked() -> None:
    change_layer("edge", lambda layer: replace(layer, edge=ASKED))


_PREDICTION = Prediction(
    "network.chain",
    ("weight", "bias", "equal"),
    right=_larger,
    move=_choose_asked,
    numbers=lambda _state, choices: {"input": short_text(choices.layer.inputs[ASKED[1]])},
)


def show_chain(sample: OneSample, weight: tuple[int, int]) -> None:
    """Spell the gradient of a weight out in symbols and numbers, and hold it to a difference."""
    words = visit().words
    st.markdown(chain_formula(sample, weight, theme()))
    check = check_of(sample, weight)
    table(*chain_table(sample, weight, check, words))
    lesson.remark(words(f"network.chain.{check.verdict}", step=short_text(check.step)))


def _choose_weight() -> tuple[int, int]:
    """Let the learner choose a weight by its two ends; return class and input, from 0."""
    words, layer = visit().words, learners_layer()
    k, d = layer.edge
    with st.container(horizontal=True):
        mirror("chain_to", k)
        st.segmented_control(
            words("network.chain.to"),
            range(len(layer.bias)),
            key="chain_to",
            required=True,
            format_func=lambda k: symbol("z", FIRST_NODE + k),
            on_change=_take_ends,
        )
        mirror("chain_from", d)
        st.segmented_control(
            words("network.chain.from"),
            range(BIAS + 1),
            key="chain_from",
            required=True,
            format_func=lambda d: words("network.chain.bias") if d == BIAS else symbol("o", d + 1),
            on_change=_take_ends,
        )
    return k, d


def _take_ends() -> None:
    to = choice_of("chain_to", range(len(learners_layer().bias)))
    source = choice_of("chain_from", range(BIAS + 1))
    if to is not None and source is not None:
        change_layer("edge", lambda x: replace(x, edge=(to, source)))


def chain_formula(sample: OneSample, weight: tuple[int, int], theme: Theme) -> str:
    """Spell the gradient of one weight or bias out, in symbols and with the layer's numbers."""
    k, d = weight
    result = sample.result
    share, target = float(result.probabilities[0, k]), float(sample.targets[0, k])
    slope = float(result.grad_scores[0, k])
    difference = f"{number_latex(share)} - {number_latex(target)}"
    if d == sample.width:
        numbers, value = difference, slope
    else:
        came_in = float(sample.inputs[0, d])
        factor = number_latex(came_in)
        numbers = rf"({difference}) \cdot {f'({factor})' if came_in < 0 else factor}"
        value = float(result.grad_weights[k, d])
    start, *others = symbols(k, d, theme, sample.width)
    rows = [rf"{start} &= {others[0]}", *(f"&= {line}" for line in others[1:])]
    return aligned([*rows, rf"&\approx {numbers}", rf"&\approx {number_latex(value)}"])


@cache
def symbols(k: int, d: int, theme: Theme, width: int = INPUTS) -> tuple[str, ...]:
    """Return dL/dw, the one path that leads there, what is proved of it, and its cross-entropy."""
    one = FAMILY["layer_bias_gradient" if d == width else "layer_gradient"]
    node = Integer(width + 1 + k)
    places = dict(zip(one.indices, (node, Integer(d + 1)), strict=False))
    paths = one.lines[1]  # a sum over the scores, of which only this one depends on the weight
    path = _at(paths.function, {paths.limits[0][0]: node, **places})
    by_loss = FAMILY["cross_entropy_gradient"]
    slope = _at(by_loss.lines[-1], {by_loss.indices[0]: node})
    factors = [x for x in Mul.make_args(one.lines[-1]) if x.func.__name__ == "Indexed"]
    last = Mul(slope, *(_at(x, places) for x in factors), evaluate=False)
    lines = [_at(one.start, places), path, _at(one.lines[-1], places), last if factors else slope]
    colours = {name: ink(quantity, theme) for name, quantity in SYMBOLS.items()}
    return tuple(latex(line, colours=colours) for line in lines)


def _at(line: Any, places: dict[Any, Any]) -> Any:
    """Put nodes in the place of indices; the order of factors and terms is kept."""
    if isinstance(line, Add | Mul):
        return line.func(*(x.xreplace(places) for x in line.args), evaluate=False)
    return line.xreplace(places)


def check_of(sample: OneSample, weight: tuple[int, int]) -> GradientCheck:
    """Hold the gradient of a weight or bias against a central difference."""
    k, d = weight
    result = sample.result
    if d == sample.width:
        gradient, at = result.grad_bias[k], sample.bias[k]
    else:
        gradient, at = result.grad_weights[k, d], sample.weights[k, d]

    def loss(x: Vector) -> float:
        weights, bias = sample.weights.copy(), sample.bias.copy()
        if d == sample.width:
            bias[k] = x[0]
        else:
            weights[k, d] = x[0]
        return float(layer_loss(weights, bias, sample.inputs, sample.targets).value)

    # So short that the score moves little, however large the input is.
    return check_gradient(loss, [gradient], [at], step=STEP / max(1.0, abs(_pull(sample, d))))


def _pull(sample: OneSample, d: int) -> float:
    """Return how fast a score moves with the weight of an input, or with its bias."""
    return 1.0 if d == sample.width else float(sample.inputs[0, d])


def chain_table(
    sample: OneSample, weight: tuple[int, int], check: GradientCheck, words: Wording
) -> Table:
    """Lay out the factors, the product, the difference and its distance."""
    k, d = weight
    gradient, numeric = float(check.analytic[0]), float(check.numeric[0])
    residual = abs(gradient - numeric)
    z, w = symbol("z", sample.node(k)), weight_symbol(k, d, sample.width)
    slope, pull = float(sample.result.grad_scores[0, k]), _pull(sample, d)
    first = Number("grad_score", slope, _full(slope))
    second = Number("pull", pull, _full(pull))
    product = Number("chain", gradient, _full(gradient)).computed("", "{} · {}", first, second)
    difference = Number("difference", numeric, _full(numeric))
    apart = Number("residual", residual, short_text(residual))
    rows: list[list[str | Number]] = [
        [f"∂L/∂{z}", first],
        [f"∂{z}/∂{w}", second],
        [f"∂L/∂{w}", product],
        [words("network.chain.difference"), difference],
        [words("network.chain.residual"), apart.computed("", "|{} − {}|", product, difference)],
    ]
    head = [words("network.chain.part"), words("network.chain.value")]
    return Table(words("network.chain.table"), head, rows)


def _full(value: float) -> str:
    return repr(value).removesuffix(".0").replace("-", "−")
