"""Questions whose answer is numbers: core's, and beside it what each slip would give.

Each question is drawn by a variant. Numbers at which a slip would give the right answer, or the
same as another slip, are drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, count
from types import MappingProxyType

import numpy as np

from core import layer_loss, softmax, softmax_jacobian, softmax_loss, softmax_vjp
from pages.practice.draws import Draws
from pages.practice.number_texts import differences, in_brackets, shown, text_of
from pages.widgets.figure import Vector

DECIMALS = 3  # that are asked for
UNIT = 10.0**-DECIMALS
_SMALL = (-2, -1, 0, 1, 2, 3)


@dataclass(frozen=True, eq=False)
class NumberQuestion:
    """A question, its answer, and what slips would answer.

    topic    what is asked for, an id
    given    the numbers of the question, by the letters that its sentence has for them
    right    the answer: one number, or one for each class
    slips    what each slip would answer, by its id
    working  the answer as a formula with the numbers in, as LaTeX
    zero     whether the entries of the answer add up to 0, as those of a gradient in z must
    query    of the bench's link with these numbers; empty where the bench has no such numbers
    """

    topic: str
    given: Mapping[str, object]
    right: Vector
    slips: Mapping[str, Vector]
    working: str
    zero: bool = False
    query: Mapping[str, str] = field(default_factory=dict)


def number_question(variant: int) -> NumberQuestion:
    """Return the question of a variant."""
    return _question(variant)


@lru_cache(maxsize=256)
def _question(variant: int) -> NumberQuestion:
    topic = topic_of(variant)
    for attempt in count():
        drawn = _TOPICS[topic](Draws("numbers", variant, attempt))
        answers = [drawn.right, *drawn.slips.values()]
        if all(_far(p, q) for p, q in combinations(answers, 2)):
            return drawn
    raise AssertionError


def topic_of(variant: int) -> str:
    """Return what is asked for in a variant: each topic once in so many variants."""
    around, place = divmod(variant, len(_TOPICS))
    return Draws("topics", around).several(tuple(_TOPICS), len(_TOPICS))[place]


def _far(p: Vector, q: Vector) -> bool:
    """Whether two answers cannot be taken for each other, rounded as they may be."""
    return p.shape != q.shape or float(np.abs(p - q).max()) > 8 * UNIT


def _logits(draws: Draws, classes: int = 3) -> Vector:
    """Draw logits that differ, none so far below another that its probability is about 0."""
    return np.array(draws.several(_SMALL, classes), dtype=float)


def _bench(z: Vector, label: int, **more: str) -> Mapping[str, str]:
    return {"z": ",".join(f"{x:g}" for x in z), "label": str(label + 1), **more}


def _probabilities(draws: Draws) -> NumberQuestion:
    z, temperature = _logits(draws), draws.one((1.0, 2.0))
    a = softmax(z, temperature=temperature)
    powers = np.exp(z / temperature)
    slips = {"not_normalised": powers, "double_softmax": softmax(a)}
    if temperature != 1:
        slips["missing_temperature"] = softmax(z)
    over = "" if temperature == 1 else f"/{temperature:g}"
    total = " + ".join(f"e^{{{x:g}{over}}}" for x in z)
    working = ", ".join(
        rf"a_{k} = \frac{{e^{{{x:g}{over}}}}}{{{total}}}" for k, x in enumerate(z, 1)
    )
    query = _bench(z, 0, temperature=f"{temperature:g}")
    given = {"z": shown(z), "T": f"{temperature:g}"}
    return NumberQuestion("probabilities", given, a, slips, working, query=query)


def _loss(draws: Draws) -> NumberQuestion:
    z, t = _logits(draws), draws.one(range(3))
    a = softmax(z)
    right = np.atleast_1d(softmax_loss(z, t).value)
    slips = {
        "sign_flipped": -right,
        "common_logarithm": right / np.log(10),
        "double_softmax": np.atleast_1d(softmax_loss(a, t).value),
        "sum_over_all_classes": np.atleast_1d(-np.log(a).sum()),
    }
    given = {"z": shown(z), "a": shown(a), "t": t + 1}
    working = rf"L = -\ln a_{t + 1} = -\ln {text_of(a[t])}"
    return NumberQuestion("loss", given, right, slips, working, query=_bench(z, t))


def _gradient(draws: Draws) -> NumberQuestion:
    z, t = _logits(draws), draws.one(range(3))
    a, y = softmax(z), np.eye(3)[t]
    right = np.asarray(softmax_loss(z, t).grad_logits)
    slips = {
        "sign_flipped": y - a,
        "probability_not_logit_gradient": -y / a,
        "diagonal_only": -y * (1 - a),
        "missing_delta": a - 1,
    }
    given = {"z": shown(z), "a": shown(a), "t": t + 1}
    working = differences(a, y)
    return NumberQuestion("gradient", given, right, slips, working, zero=True, query=_bench(z, t))


def _squared_gradient(draws: Draws) -> NumberQuestion:
    z, t = _logits(draws, 2), draws.one(range(2))
    a, y = softmax(z), np.eye(2)[t]
    right = np.asarray(softmax_loss(z, t, loss="mean_squared_error").grad_logits)
    g = a - y  # 2 (a - y) / n with n = 2
    slips = {
        "sign_flipped": -right,
        "cross_entropy_gradient_for_other_loss": a - y,
        "diagonal_only": g * a * (1 - a),
        "missing_class_mean": 2 * right,
    }
    given = {"z": shown(z), "a": shown(a), "t": t + 1, "y": shown(y)}
    mean = rf"\sum_k g_k a_k = {text_of(float(g @ a))}"
    working = rf"g = \tfrac{{2}}{{2}}(a - y) = ({shown(g)}), \quad {mean}, \quad "
    working += r"\frac{\partial L}{\partial z_i} = a_i \bigl(g_i - \sum_k g_k a_k\bigr)"
    query = _bench(z, t, loss="mean_squared_error")
    return NumberQuestion("squared_gradient", given, right, slips, working, zero=True, query=query)


def _batch_gradient(draws: Draws) -> NumberQuestion:
    z, t, samples = _logits(draws), draws.one(range(3)), draws.one((2, 4, 5))
    a, y = softmax(z), np.eye(3)[t]
    right = (a - y) / samples
    slips = {"missing_batch_mean": a - y, "sign_flipped": -right}
    given = {"z": shown(z), "a": shown(a), "t": t + 1, "N": samples}
    working = rf"\frac{{1}}{{{samples}}} \, ({differences(a, y).removeprefix('a - y = (')}"
    return NumberQuestion("batch_gradient", given, right, slips, working, zero=True)


def _jacobian(draws: Draws) -> NumberQuestion:
    z, pair = _logits(draws), (draws.one(range(3)), draws.one(range(3)))
    i, j = pair
    a = softmax(z)
    right = np.atleast_1d(softmax_jacobian(a)[i, j])
    own, other = a[i] * (1 - a[j]), -a[i] * a[j]
    slips = {"sign_flipped": -right, "log_softmax_as_softmax": right / a[i]}
    if i == j:
        slips["missing_delta"] = np.atleast_1d(other)
    else:
        slips |= {"missing_delta": np.atleast_1d(own), "diagonal_only": np.zeros(1)}
    given = {"z": shown(z), "a": shown(a), "i": i + 1, "j": j + 1}
    p, q = text_of(a[i]), text_of(a[j])
    factor = rf"{p} \cdot (1 - {q})" if i == j else rf"{p} \cdot (0 - {q})"
    working = rf"a_{i + 1} (\delta_{{{i + 1}{j + 1}}} - a_{j + 1}) = {factor}"
    return NumberQuestion("jacobian", given, right, slips, working, query=_bench(z, i))


def _product(draws: Draws) -> NumberQuestion:
    z, g = _logits(draws), np.array(draws.several((-2, -1, 0, 1, 2, 3), 3), dtype=float)
    a = softmax(z)
    right = np.asarray(softmax_vjp(a, g))
    mean = float(g @ a)
    slips = {
        "diagonal_only": g * a * (1 - a),
        "mean_not_subtracted": g * a,
        "factor_forgotten": g - mean,
        "log_softmax_as_softmax": g - a * g.sum(),
        "sign_flipped": -right,
    }
    given = {"z": shown(z), "a": shown(a), "g": shown(g)}
    terms = " + ".join(rf"{in_brackets(p)} \cdot {text_of(q)}" for p, q in zip(g, a, strict=True))
    working = rf"\sum_k g_k a_k = {terms} = {text_of(mean)}, \quad "
    working += rf"\frac{{\partial L}}{{\partial z_1}} = {text_of(a[0])} \cdot "
    working += rf"\bigl({text_of(g[0])} - {in_brackets(mean)}\bigr), \; \dots"
    return NumberQuestion("product", given, right, slips, working, zero=True)


def _weight(draws: Draws) -> NumberQuestion:
    z, o = _logits(draws), np.array(draws.several((-3, -2, 2, 3, 4), 3), dtype=float)
    t, (k, d) = draws.one(range(3)), draws.several(range(3), 2)
    a, y = softmax(z), np.eye(3)[t]
    # Weights 0 and the logits as biases: any weights that give these logits have this gradient.
    result = layer_loss(np.zeros((3, 3)), z, o[None, :], np.array([t]))
    right = np.atleast_1d(result.grad_weights[k, d])
    slips = {
        "sign_flipped": -right,
        "transposed_weights": np.atleast_1d((a[d] - y[d]) * o[k]),
        "input_forgotten": np.atleast_1d(a[k] - y[k]),
        "probability_not_logit_gradient": np.atleast_1d(-y[k] / a[k] * o[d]),
    }
    given = {"a": shown(a), "t": t + 1, "o": shown(o), "k": k + 1, "d": d + 1}
    working = rf"(a_{k + 1} - y_{k + 1}) \, o_{d + 1} = "
    working += rf"({text_of(a[k])} - {text_of(y[k])}) \cdot {in_brackets(o[d])}"
    return NumberQuestion("weight", given, right, slips, working)


def _inputs(draws: Draws) -> NumberQuestion:
    z, t = _logits(draws, 2), draws.one(range(2))
    w = np.array([draws.several((-3, -2, -1, 1, 2, 3), 2) for _ in range(2)], dtype=float)
    o = np.zeros((1, 2))  # any inputs with these logits have this gradient
    a, y = softmax(z), np.eye(2)[t]
    right = layer_loss(w, z, o, np.array([t])).grad_inputs[0]
    slips = {
        "transposed_weights": w @ (a - y),
        "sign_flipped": -right,
        "own_path_only": np.diag(w) * (a - y),
    }
    rows = r" \\ ".join(" & ".join(text_of(x) for x in row) for row in w)
    given = {"a": shown(a), "t": t + 1, "w": rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"}
    working = r"\frac{\partial L}{\partial o_1} = " + " + ".join(
        rf"{in_brackets(w[k, 0])} \cdot {in_brackets(float(a[k] - y[k]))}" for k in range(2)
    )
    return NumberQuestion("inputs", given, right, slips, working + r", \; \dots")


_TOPICS: Mapping[str, Callable[[Draws], NumberQuestion]] = MappingProxyType(
    {
        "probabilities": _probabilities,
        "loss": _loss,
        "gradient": _gradient,
        "squared_gradient": _squared_gradient,
        "batch_gradient": _batch_gradient,
        "jacobian": _jacobian,
        "product": _product,
        "weight": _weight,
        "inputs": _inputs,
    }
)
TOPICS = tuple(_TOPICS)
