"""The layer of the network lesson as one value: its numbers at the start, and how it is trained.

Inputs, classes and steps count from 0 here. On the page nodes are numbered through as in the
lesson's source: inputs 1 to 3, then one node a class from 4 on, so that w₄₁ leads from 1 to 4.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, whole_number
from pages.visit.state import LARGEST_LOGIT
from pages.writing.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.writing.refusal import Refused

INPUTS = 3
FIRST_NODE = INPUTS + 1
BIAS = INPUTS  # in the place of an input: a bias is a weight whose input is 1
SMALLEST_STEP, LARGEST_STEP = 1e-4, 1e6
LARGEST_L2 = 100.0
MOST_STEPS = 1000
_BETWEEN_ROWS = "_"
_BIAS_SIGN = "b"
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
Row = tuple[float, ...]


@dataclass(frozen=True)
class Layer:
    """Numbers at the start, the training, and the weight whose chain is spelled out.

    edge        (class, input); BIAS in the place of the input is the bias
    step_size   the learning rate
    l2          the strength of 0.5 l2 sum(W^2), which training adds to the loss
    steps       how many gradient steps from the start are shown
    """

    inputs: Row = (1.0, 0.5, -1.0)
    # At these inputs the scores are 2, 3 and 4, as the bench's logits are at first.
    weights: tuple[Row, ...] = ((1.0, -1.0, -0.5), (0.5, 2.0, -1.0), (2.0, 1.0, -2.0))
    bias: Row = (1.0, 0.5, -0.5)
    edge: tuple[int, int] = (0, 0)
    step_size: float = 0.5
    l2: float = 0.0
    steps: int = 0

    def for_classes(self, classes: int) -> Layer:
        """Return the layer with one row a class: what is missing is made up, what is over left."""
        rows = (*self.weights, *(_new_row(k) for k in range(len(self.weights), classes)))
        bias = (*self.bias, *[0.0] * classes)
        edge = min(self.edge[0], classes - 1), self.edge[1]
        return replace(self, weights=rows[:classes], bias=bias[:classes], edge=edge)


def _new_row(k: int) -> Row:
    return tuple(((3 * k + 2 * d) % 7 - 3) / 10 for d in range(INPUTS))


def with_inputs(layer: Layer, values: Sequence[float]) -> Layer:
    """Replace the inputs, or raise Refused; back to the start."""
    inputs = _checked(values, INPUTS, "inputs")
    return replace(layer, inputs=inputs, steps=0)


def with_weights(layer: Layer, row: int, values: Sequence[float]) -> Layer:
    """Replace the weights into one class, or raise Refused; back to the start."""
    weights = list(layer.weights)
    try:
        weights[row] = _checked(values, INPUTS, "weights")
    except Refused as refused:
        raise refused.about("weights", z=logit_symbol(row)) from None
    return replace(layer, weights=tuple(weights), steps=0)


def with_weights_text(layer: Layer, row: int, text: str) -> Layer:
    """Replace the weights into one class by those of a text, or raise Refused."""
    try:
        values = parse_numbers(text, "weights")
    except Refused as refused:
        raise refused.about("weights", z=logit_symbol(row)) from None
    return with_weights(layer, row, values)


def logit_symbol(row: int) -> str:
    """Write the logit of a class with the number of its node: z₄ for the first."""
    return "z" + str(FIRST_NODE + row).translate(_SUBSCRIPTS)


def with_bias(layer: Layer, values: Sequence[float]) -> Layer:
    """Replace the biases, or raise Refused; back to the start."""
    return replace(layer, bias=_checked(values, len(layer.bias), "bias"), steps=0)


def with_number(layer: Layer, kind: str, place: Sequence[int], value: float) -> Layer:
    """Replace one number, or raise Refused; back to the start.

    kind   weight, bias or input
    place  class and input of a weight, or the place of a bias or an input
    """
    (number,) = _checked([value], 1, "layer_number")
    if kind == "input":
        (d,) = place
        return with_inputs(layer, (*layer.inputs[:d], number, *layer.inputs[d + 1 :]))
    if kind == "bias":
        (k,) = place
        return with_bias(layer, (*layer.bias[:k], number, *layer.bias[k + 1 :]))
    k, d = place
    row = layer.weights[k]
    return with_weights(layer, k, (*row[:d], number, *row[d + 1 :]))


def with_start(layer: Layer, weights: Sequence[Sequence[float]], bias: Sequence[float]) -> Layer:
    """Start anew from where the steps led, or raise Refused where that is beyond the limits."""
    for k, row in enumerate(weights):
        layer = with_weights(layer, k, row)
    return with_bias(layer, bias)


def with_finite_bias(layer: Layer, values: Sequence[float]) -> Layer:
    """`with_bias` for biases that give the bench's logits: a masked class has none."""
    if -math.inf in values:
        raise Refused("bias", "masked")
    return with_bias(layer, values)


def with_step_size(layer: Layer, value: float) -> Layer:
    """Replace the step size, or raise Refused. As many steps are taken anew from the start."""
    if not SMALLEST_STEP <= value <= LARGEST_STEP:
        raise Refused("step_size", "range", value=value)
    return replace(layer, step_size=value)


def with_l2(layer: Layer, value: float) -> Layer:
    """Replace the strength of the L2 term, or raise Refused."""
    if not 0 <= value <= LARGEST_L2:
        raise Refused("l2", "range", value=value)
    return replace(layer, l2=value + 0.0)


def with_steps(layer: Layer, steps: float) -> Layer:
    """Show the layer after so many steps, or raise Refused."""
    return replace(layer, steps=whole_number(steps, "steps", 0, MOST_STEPS))


def _checked(values: Sequence[float], count: int, field: str) -> Row:
    if len(values) != count:
        raise Refused("inputs", "count", count=len(values), wanted=count).about(field)
    for value in values:
        if not -LARGEST_LOGIT <= value <= LARGEST_LOGIT:
            raise Refused("inputs", "range", value=value).about(field)
    return tuple(value + 0.0 for value in values)


def _weight_text(k: int, d: int) -> str:
    return f"{FIRST_NODE + k},{_BIAS_SIGN if d == BIAS else d + 1}"


def _read_weights(layer: Layer, text: str, _classes: int) -> Layer:
    rows = text.split(_BETWEEN_ROWS)
    if len(rows) != len(layer.weights):
        raise Refused("w", "rows", count=len(rows), wanted=len(layer.weights))
    for k, row in enumerate(rows):
        layer = with_weights_text(layer, k, row)
    return layer


def _read_edge(layer: Layer, text: str, _classes: int) -> Layer:
    places = {_weight_text(k, d): (k, d) for k in range(len(layer.bias)) for d in range(BIAS + 1)}
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain not in places:
        last = FIRST_NODE + len(layer.bias) - 1
        raise Refused("weight", "unknown", value=text.strip()[:40], first=FIRST_NODE, last=last)
    return replace(layer, edge=places[plain])


# Steps come after the numbers, whose edits lead back to the start.
PARAMETERS: tuple[Parameter[Layer], ...] = (
    Parameter(
        "o",
        lambda layer: numbers_text(layer.inputs, ","),
        lambda layer, text, _: with_inputs(layer, parse_numbers(text, "inputs")),
    ),
    Parameter(
        "w",
        lambda layer: _BETWEEN_ROWS.join(numbers_text(row, ",") for row in layer.weights),
        _read_weights,
    ),
    Parameter(
        "b",
        lambda layer: numbers_text(layer.bias, ","),
        lambda layer, text, _: with_bias(layer, parse_numbers(text, "bias")),
    ),
    Parameter(
        "eta",
        lambda layer: number_text(layer.step_size),
        lambda layer, text, _: with_step_size(layer, parse_number(text, "step_size")),
    ),
    Parameter(
        "l2",
        lambda layer: number_text(layer.l2),
        lambda layer, text, _: with_l2(layer, parse_number(text, "l2")),
    ),
    Parameter(
        "steps",
        lambda layer: str(layer.steps),
        lambda layer, text, _: with_steps(layer, parse_number(text, "steps")),
    ),
    Parameter("weight", lambda layer: _weight_text(*layer.edge), _read_edge),
)
