"""The network lesson's tables, its loss curve, and what it says about the learner's numbers."""

from __future__ import annotations

from core import GradientCheck, check_gradient, layer_loss
from pages.lessons.network.descent import Descent
from pages.lessons.network.graph import symbol, weight_symbol
from pages.lessons.network.loss_figure import loss_figure
from pages.lessons.network.one_sample import OneSample
from pages.visit.state import LabState
from pages.widgets.difference_step import STEP
from pages.widgets.figure import Vector
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

_FEW = 10  # steps in a table before it goes on in tens


def layer_table(seen: Descent, state: LabState, words: Wording) -> tuple[list[str], Rows]:
    """Lay the picture out: one row an input, then for each class its weights and what follows."""
    result = seen.result
    symbols = [symbol("o", d + 1) for d in range(seen.width)]
    head = [words("lesson.class"), *symbols, "b", "z", "a", "y"]
    o = [Number("input", float(v), short_text(v)) for v in seen.inputs[0]]
    do = [_gradient("grad_input", v) for v in result.grad_inputs[0]]
    blank = [""] * 4
    rows: list[list[str | Number]] = [
        [words("network.graph.inputs"), *o, *blank],
        ["∂L/∂o", *do, *blank],
    ]
    for k, name in enumerate(words.class_names(state.names)):
        w = [Number("weight", float(v), short_text(v), k + 1) for v in seen.weights[k]]
        dw = [_gradient("grad_weight", v, k) for v in result.grad_weights[k]]
        node, slope = seen.node(k), result.grad_scores[0, k]
        bias, score = float(seen.bias[k]), float(seen.scores[k])
        share, target = float(result.probabilities[0, k]), float(seen.targets[0, k])
        rows.append(
            [
                f"{node} · {name}",
                *w,
                Number("bias", bias, short_text(bias), k + 1),
                Number("logit", score, short_text(score), k + 1),
                Number("probability", share, fixed_text(share), k + 1),
                Number("target", target, short_text(target), k + 1),
            ]
        )
        own = _gradient("grad_bias", result.grad_bias[k], k)
        rows.append([f"∂L/∂ ({node})", *dw, own, _gradient("grad_score", slope, k), "", ""])
    return head, rows


def check_of(seen: OneSample, chosen: tuple[int, int]) -> GradientCheck:
    """Hold the gradient of the chosen weight or bias against a central difference."""
    k, d = chosen
    result = seen.result
    if d == seen.width:
        gradient, at = result.grad_bias[k], seen.bias[k]
    else:
        gradient, at = result.grad_weights[k, d], seen.weights[k, d]

    def loss(x: Vector) -> float:
        weights, bias = seen.weights.copy(), seen.bias.copy()
        if d == seen.width:
            bias[k] = x[0]
        else:
            weights[k, d] = x[0]
        return float(layer_loss(weights, bias, seen.inputs, seen.targets).value)

    # So short that the score moves little, however large the input is.
    return check_gradient(loss, [gradient], [at], step=STEP / max(1.0, abs(_pull(seen, d))))


def _pull(seen: OneSample, d: int) -> float:
    """Return how fast a score moves with the weight of an input, or with its bias."""
    return 1.0 if d == seen.width else float(seen.inputs[0, d])


def chain_table(
    seen: OneSample, chosen: tuple[int, int], words: Wording
) -> tuple[list[str], Rows, str]:
    """Lay out the factors, the product, the difference and its distance; say what it shows."""
    k, d = chosen
    check = check_of(seen, chosen)
    gradient, numeric = float(check.analytic[0]), float(check.numeric[0])
    z, w = symbol("z", seen.node(k)), weight_symbol(k, d, seen.width)
    slope = float(seen.result.grad_scores[0, k])
    pull = _pull(seen, d)
    rows: list[list[str | Number]] = [
        [f"∂L/∂{z}", Number("grad_score", slope, _full(slope))],
        [f"∂{z}/∂{w}", Number("pull", pull, _full(pull))],
        [f"∂L/∂{w}", Number("chain", gradient, _full(gradient))],
        [words("network.chain.difference"), Number("difference", numeric, _full(numeric))],
        [
            words("network.chain.residual"),
            Number("residual", abs(gradient - numeric), short_text(abs(gradient - numeric))),
        ],
    ]
    verdict = "disagree" if not check.passed else "agree" if check.conclusive else "unseen"
    said = words(f"network.chain.{verdict}", step=short_text(check.step))
    return [words("network.chain.part"), words("network.chain.value")], rows, said


def course_sentence(seen: Descent, words: Wording) -> str:
    """Say what the steps did to the loss."""
    said = words(
        f"network.course.{seen.course}",
        steps=seen.steps,
        next=seen.steps + 1,
        start=significant_text(seen.losses[0]),
        now=significant_text(seen.losses[-1]),
        rises=seen.rises,
        factor=short_text(seen.factor),
    )
    return said if seen.factor == 1 else f"{said} {words('network.course.with_l2')}"


def loss_picture(seen: Descent, words: Wording, theme: Theme) -> Picture:
    """Draw the loss after each step; the table goes on in tens."""
    shown = [s for s in range(seen.steps + 1) if s <= _FEW or s % _FEW == 0 or s == seen.steps]
    rows: list[list[str | Number]] = [
        [str(s), Number("loss", seen.losses[s], significant_text(seen.losses[s]))] for s in shown
    ]
    alt = words(
        "network.steps.alt",
        steps=seen.steps,
        start=significant_text(seen.losses[0]),
        now=significant_text(seen.losses[-1]),
    )
    head = [words("network.axis.step"), words("network.axis.loss")]
    return Picture(loss_figure(seen.losses, words, theme), alt, head, rows)


def scores_of(seen: Descent) -> tuple[float, ...]:
    """Return the scores as logits for the bench."""
    return tuple(seen.scores.tolist())


def bias_for(state: LabState, seen: Descent) -> list[float]:
    """Return the biases at which the scores are the learner's logits; -inf for a masked class."""
    products: list[float] = (seen.weights @ seen.inputs[0]).tolist()
    return [z - product for z, product in zip(state.logits, products, strict=True)]


def _gradient(quantity: str, value: float, k: int | None = None) -> Number:
    return Number(quantity, float(value), fixed_text(float(value)), None if k is None else k + 1)


def _full(value: float) -> str:
    return repr(value).removesuffix(".0").replace("-", "−")
